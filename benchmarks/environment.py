"""An environment of its own for the peers: made once, found again by what is pinned in it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers import PEERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["ROOT", "python_with"]

ROOT = Path(__file__).resolve().parent.parent


def python_with(names: Sequence[str], report: Callable[[str], object]) -> Path:
    """Return an interpreter that has what cleaner and the named peers need.

    A peer that cannot be installed is reported, and left out by whoever fails to import it.
    """
    with (ROOT / "pyproject.toml").open("rb") as file:
        own: list[str] = tomllib.load(file)["project"]["dependencies"]
    own.append("lxml_html_clean>=0.4.3")  # what peers know as an extra of lxml
    pins = sorted({PEERS[name].requirement for name in names} - {""})
    key = hashlib.sha256("\n".join((sys.version, *own, *pins)).encode()).hexdigest()[:12]
    folder = _cache() / key
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "complete"
    if done.is_file():
        return python
    report(f"setting up {folder}")
    venv.create(folder, clear=True, with_pip=True)
    failed = _install(python, own)
    if failed:
        raise OSError(f"cannot install what cleaner needs: {failed}")
    complete = True
    for pin in pins:
        failed = _install(python, [pin])
        if failed:
            complete = False
            report(f"{pin}: not installed: {failed}")
    if complete:
        done.touch()
    return python


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "cleaner-benchmarks"


def _install(python: Path, packages: Sequence[str]) -> str | None:
    """Install packages; return what pip says where it cannot."""
    command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    done = subprocess.run([*command, *packages], capture_output=True, text=True, check=False)
    if not done.returncode:
        return None
    return (done.stderr.strip().splitlines() or ["unknown"])[-1]
