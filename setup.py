"""The one step of the build that `pyproject.toml` cannot say: catalogues of the rules."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

_HERE = Path(__file__).parent
_RULES = "cleaner/rules/data"


class _BuildCatalogues(build_py):
    """Copies the package, then reads the rules files so that nobody has to at run time."""

    def run(self) -> None:
        super().run()
        sys.path.insert(0, str(_HERE))
        from cleaner.rules.catalogue import build_catalogue  # noqa: PLC0415  (see the path)

        target = (_HERE if self.editable_mode else Path(self.build_lib)) / _RULES
        for file in sorted((_HERE / _RULES).glob("*.toml")):
            build_catalogue(file, target)


setup(cmdclass={"build_py": _BuildCatalogues})
