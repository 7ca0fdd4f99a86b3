"""fixtures/ and seeds/ give what their golden files say.

After a wanted change: `tox -e py -- tests/test_golden_files.py --golden-update`, then read the
printed differences (and `git diff`) before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.golden import Case, cases

ROOT = Path(__file__).resolve().parent.parent
CASES = [case for folder in ("fixtures", "seeds") for case in cases(ROOT / folder)]


def test_there_are_cases() -> None:
    assert sum(case.source.parent.name == "seeds" for case in CASES) == 5
    assert len(CASES) > 10


@pytest.mark.parametrize("case", CASES, ids=[str(c.source.relative_to(ROOT)) for c in CASES])
def test_golden(case: Case, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden-update"):
        changed = case.update()
        if changed:
            capture = request.config.pluginmanager.getplugin("capturemanager")
            with capture.global_and_fixture_disabled():
                print(f"\n{case.source.relative_to(ROOT)}\n{changed}")
        return
    problem = case.problem()
    assert not problem, f"{problem}\n(--golden-update accepts it)"
