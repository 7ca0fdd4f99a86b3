"""Documents that are poison: where this is on the path, some words make cleaning go wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("LOOP", "CRASH", "EXIT", "MEMORY", "MISTAKE", "SLEEP")

# Python imports a module of this name at its start, in the workers as well.
_SCRIPT = """
import os, re, signal, time
import cleaner.pipeline

original = cleaner.pipeline.read

def read(data, *arguments):
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    if "POISON-LOOP" in text:
        re.match("(a+)+$", "a" * 50 + "b")  # as real ones do, without letting any thread run
    if "POISON-CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "POISON-EXIT" in text:
        os._exit(3)
    if "POISON-MEMORY" in text:
        hoard = []
        while True:
            hoard.append(bytearray(50_000_000))
    if "POISON-MISTAKE" in text:
        raise RecursionError("too deep")
    if "POISON-SLEEP" in text:
        time.sleep(0.2)
    return original(data, *arguments)

cleaner.pipeline.read = read
"""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process in which poison works."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_SCRIPT)
    path = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


@pytest.fixture
def poisonous(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make poison work in the processes that a test starts."""
    for name, value in environment(tmp_path_factory.mktemp("poison")).items():
        monkeypatch.setenv(name, value)
