"""Headless Chromium for tests that look at what a browser makes of a page."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["chromium", "missing"]

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
)  # fmt: skip


def missing() -> str:
    """Say what is missing for tests in a browser, "" for nothing."""
    if CHROMIUM is None or DRIVER is None:
        return "no chromium and chromedriver here (Debian: chromium, chromium-driver)"
    return ""


@contextmanager
def chromium(profile: Path, width: int = 1360, height: int = 900) -> Iterator[Any]:
    """Start a browser with a new profile; it logs what the console and the network say."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="the extra 'browser' is missing")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(executable_path=DRIVER)
    )
    try:
        resize(driver, width, height)
        yield driver
    finally:
        driver.quit()


def resize(driver: Any, width: int, height: int) -> None:
    """Give the page a size, also one narrower than a window can be."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


def emulate(driver: Any, media: str = "", **features: str) -> None:
    """Have the page drawn for a medium and for preferences, as prefers_color_scheme="dark"."""
    listed = [{"name": n.replace("_", "-"), "value": v} for n, v in features.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": listed})
