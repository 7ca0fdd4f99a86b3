"""News agencies: by any of their names, told from people and from words."""

from __future__ import annotations

import re

import pytest

from cleaner.agencies import (
    agencies_of_line,
    agency,
    agency_pattern,
    begins_agencies,
    may_name_agency,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Canadian Press", "The Canadian Press"),
        ("THE CANADIAN PRESS", "The Canadian Press"),
        ("Canadian Press", "The Canadian Press"),
        ("the  canadian press", "The Canadian Press"),
        ("(The Canadian Press)", "The Canadian Press"),
        ("— The Canadian Press.", "The Canadian Press"),
        ("CP", "The Canadian Press"),
        ("The Associated Press", "The Associated Press"),
        ("AP", "The Associated Press"),
        ("Reuters", "Reuters"),
        ("AFP", "Agence France-Presse"),
    ],
)
def test_an_agency_has_one_name(text: str, name: str) -> None:
    found = agency(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text", ["", "the", "Jane Doe", "cp", "ap", "Canadian Pressure", "The Canadian", "Press", "..."]
)
def test_other_words_are_no_agency(text: str) -> None:
    assert agency(text) is None


def test_what_lines_of_agencies_begin_with() -> None:
    for word in ("reuters", "the", "afp"):
        assert begins_agencies(word)
    for word in ("Reuters", "bridge", ""):
        assert not begins_agencies(word)


def test_agencies_that_only_hold_pictures_are_told() -> None:
    pictures, words = agency("Getty Images"), agency("Reuters")
    assert pictures is not None
    assert words is not None
    assert (pictures.images, words.images) == (True, False)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The Canadian Press", True),
        ("the canadian press", True),
        ("AP", True),
        ("ap", False),
        ("Jane Doe", False),
        ("", False),
    ],
)
def test_the_pattern_knows_names_in_any_case_and_codes_in_capitals(text: str, whole: bool) -> None:
    assert (re.fullmatch(agency_pattern(), text) is not None) is whole


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Reuters", ["Reuters"]),
        ("Agence France-Presse", ["Agence France-Presse"]),
        ("AA", []),  # a button for larger letters
        ("AA, AFP", ["Anadolu Agency", "Agence France-Presse"]),
        ("dpa/AFP", ["Deutsche Presse-Agentur", "Agence France-Presse"]),
        ("(dpa, AFP)", ["Deutsche Presse-Agentur", "Agence France-Presse"]),
        ("Avec l’AFP et Reuters", ["Agence France-Presse", "Reuters"]),
        ("avec La Presse canadienne", ["The Canadian Press"]),
        ("— With the Associated Press and Reuters", ["The Associated Press", "Reuters"]),
        ("Reuters, with AP", ["Reuters", "The Associated Press"]),
        ("Com Lusa.", ["Lusa"]),
        ("Getty Images", ["Getty Images"]),
        # more than agencies, or none
        ("Reuters and Jane Doe", []),
        ("With Reuters gone", []),
        ("Avec Jeanne", []),
        ("The press", []),
        ("With", []),
        ("", []),
        ("—", []),
        ("AP " * 40, []),
    ],
)
def test_lines_that_are_agencies_and_no_more(line: str, names: list[str]) -> None:
    assert [source.name for source in agencies_of_line(line)] == names


def test_every_agency_makes_a_line() -> None:
    """The first word of a line dismisses it: none of an agency's names may be dismissed."""
    from cleaner.agencies import _by_code, _by_name

    for name, entry in (*_by_name().items(), *_by_code().items()):
        assert agencies_of_line(f"With {name}") == [entry]


def test_the_last_word_of_every_agency_may_name_it() -> None:
    """It dismisses texts in front of the pattern: none that has one may be dismissed."""
    from cleaner.agencies import _by_code, _by_name

    for name in (*_by_name(), *_by_code()):
        assert may_name_agency(f"Jane Doe/{name.upper()} via nobody"), name
    assert not may_name_agency("The council/the mayor")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("dpa/lby", ["Deutsche Presse-Agentur"]),
        ("AFP/jd", ["Agence France-Presse"]),
        ("AFP/Reuters", ["Agence France-Presse", "Reuters"]),
        ("dpa/the council", []),
    ],
)
def test_the_desk_behind_an_agency_is_cut(line: str, names: list[str]) -> None:
    assert [found.name for found in agencies_of_line(line)] == names
