"""Build the public API as a page: python docs/make_api.py FOLDER (needs pdoc and pyarrow)."""

from __future__ import annotations

import sys
from pathlib import Path

import pdoc

import cleaner

if __name__ == "__main__":
    # pdoc looks names up in the module itself, and some are imported only when asked for.
    for name in cleaner.__all__:
        setattr(cleaner, name, getattr(cleaner, name))
    pdoc.pdoc("cleaner", output_directory=Path(sys.argv[1]))
