"""News agencies: by any of their names, told from people and from words."""

from __future__ import annotations

import re

import pytest

from cleaner.agencies import agency, agency_pattern


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
