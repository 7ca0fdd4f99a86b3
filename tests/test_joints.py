"""Where a line breaks off: at a word that no finished line ends with."""

from __future__ import annotations

import pytest

from cleaner.joints import breaks_off, may_break_off


@pytest.mark.parametrize(
    "line",
    [
        "The proposal, brought forward by", "raised from investors including Northgate Capital and",
        "Der Abriss sorgte in der", "Le projet, porté par la", "El alcalde visitó la casa de",
        "Il sindaco ha parlato della", "O prefeito falou com a a uma", "De gemeente wil het", "the",
        "« On a vendu ici jusqu'à", "Der Rat stimmte gegen seine", "El club abre desde",
    ],
)  # fmt: skip
def test_lines_that_break_off(line: str) -> None:
    assert breaks_off(line)


@pytest.mark.parametrize(
    "line",
    [
        "", "The council met", "What to do", "A stolen van", "How people die", "Wie es weitergeht",
        "Voters say no", "Plan A", "The end.", "Made in Leeds", "Und nun?", "Il fait chaud", "THE",
        "Six under par", "How to live without", "Mit oder ohne", "Voor en tegen", "The seven sins",
    ],
)  # fmt: skip
def test_lines_that_may_be_whole(line: str) -> None:
    assert not breaks_off(line)


@pytest.mark.parametrize(
    "line", ["Some side streets in", "The ferry will wait for", "Der Rat sprach mit"]
)
def test_lines_of_torn_dumps_that_may_break_off(line: str) -> None:
    assert may_break_off(line)
    assert not breaks_off(line)


@pytest.mark.parametrize("line", ["Log in", "in", "", "The council met", "Sign on"])
def test_lines_that_few_words_make(line: str) -> None:
    assert not may_break_off(line)


@pytest.mark.parametrize(
    "line",
    [
        "Staden har köpt huset från", "Kommunen har fået pengene fra", "Wagon zbudowała fabryka w",
        "Starosta odmítl návrh od", "Совет города отказался от", "Рада міста відмовилася від",
        "Belediye başkanı ve", "Primarul a vorbit despre pod în", "A polgármester szerint az",
    ],
)  # fmt: skip
def test_lines_of_other_languages_break_off_too(line: str) -> None:
    assert breaks_off(line)
