"""Names of people, and the bylines that hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.names import (
    is_desk,
    is_group,
    is_name,
    lead_end,
    may_begin_with_name,
    people_in,
    split_people,
)


@pytest.mark.parametrize(
    "text",
    ["Jane Doe", "Ursula von der Leyen", "John O'Brien", "María R. Sahuquillo", "Jean-Luc Picard",
     "MTHOBISI SITHOLE", "André Oliver KLEIN", "Андрей Колесников", "Ada d'Arc"],
)  # fmt: skip
def test_names(text: str) -> None:
    assert is_name(text)
    for behind in ("", ", reporter", " is a reporter", " | The Banner", "/John Roe"):
        assert may_begin_with_name(text + behind)


@pytest.mark.parametrize("text", ["The council met", "Jane said so", "Council", ""])
def test_most_lines_do_not_begin_with_a_name(text: str) -> None:
    assert not may_begin_with_name(text)


@pytest.mark.parametrize(
    "text",
    ["", "Jane", "jane doe", "The Daily Post", "Staff Reporter", "Sports Desk", "Monday Morning",
     "Jane Doe was there", "One Two Three Four Five Six", "J" * 80],
)  # fmt: skip
def test_other_phrases_are_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("MND Staff", True),
        ("Sports Desk", True),
        ("Lesotho Times", True),
        ("Redaktion", True),
        ("daily.post developer", True),
        ("admin", True),
        ("Jane Doe", False),
        ("Felix Schröder", False),
        ("", False),
    ],
)
def test_desks_and_companies_are_groups(text: str, group: bool) -> None:
    assert is_group(text) is group


@pytest.mark.parametrize(
    ("text", "desk"),
    [("Banner Staff", True), ("Sports Desk", True), ("admin", True), ("Redaktion", True),
     ("The Banner", False), ("Lesotho Times", False), ("Doe Institute", False), ("", False)],
)  # fmt: skip
def test_desks_are_no_organisations(text: str, desk: bool) -> None:
    assert is_desk(text) is desk


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("Von: Bill MCCARTHY, Marisha GOLDHAMER", ["Bill MCCARTHY", "Marisha GOLDHAMER"]),
        ("Par Jeanne Dupont et Jean Martin", ["Jeanne Dupont", "Jean Martin"]),
        ("Por María R. Sahuquillo", ["María R. Sahuquillo"]),
        ("Trine Juncher Jørgensen og Tôrtia Reimer-Johansen",
         ["Trine Juncher Jørgensen", "Tôrtia Reimer-Johansen"]),
        ("Mathatisi Sebusi/Mohalenyane Phakela", ["Mathatisi Sebusi", "Mohalenyane Phakela"]),
        ("Автор: Андрей Колесников", ["Андрей Колесников"]),
        ("（责编：牛镛、岳弘彬）", ["牛镛", "岳弘彬"]),
        ("신현주 기자", ["신현주"]),
        ("박준석 기자 외 1명", ["박준석"]),
        ("순천, 광양 구현모 기자 ninek@example.com", ["구현모"]),
        ("스포츠배너=선수민 기자", ["선수민"]),
        ("Von Diana Resnik mit AP", ["Diana Resnik"]),
        ("Jane Doe with John Roe", ["Jane Doe", "John Roe"]),
        # what is glued to a name
        ("bySauli Giliard", ["Sauli Giliard"]),
        ("Emma MackenzieLifestyle Editor", ["Emma Mackenzie"]),
        ("André KleinRedakteur", ["André Klein"]),
        ("Ann McDonald", ["Ann McDonald"]),
        ("Mary FitzGerald, Editor", ["Mary FitzGerald"]),
        ("Mark SubbaRao and John Roe", ["Mark SubbaRao", "John Roe"]),
        ("JeanPierre Dupont", ["JeanPierre Dupont"]),
        # papers behind it
        ("Galo Ramírez | El Sol de México", ["Galo Ramírez"]),
        ("Anna Tran, Le Van Minh", ["Anna Tran", "Le Van Minh"]),
        ("By Jane Doe For Example.Com", ["Jane Doe"]),
        # offices, titles, addresses, places and days go
        ("Jane Doe Parliamentary Correspondent", ["Jane Doe"]),
        ("Kathy Court Reporter", ["Kathy Court"]),
        ("Jane Doe, Home Security Expert", ["Jane Doe"]),
        ("By Jane Doe, Senior Reporter", ["Jane Doe"]),
        ("Jane Doe Political Editor", ["Jane Doe"]),
        ("Chief Reporter Jane Doe", ["Jane Doe"]),
        ("By Jane Doe in Ottawa", ["Jane Doe"]),
        ("By Dr. Jane Doe - Mar 27, 2024", ["Jane Doe"]),
        ("Jane Doe (Ottawa)", ["Jane Doe"]),
        ("By Jane Doe jane@example.com", ["Jane Doe"]),
        ("By Jane Doe @janedoe", ["Jane Doe"]),
        ("Sehernur Karsu | 05.04.2025 - Güncelleme : 05.04.2025", ["Sehernur Karsu"]),
        ("Jane DoeNovember 21, 2025", ["Jane Doe"]),
        ("ByJane Doe", ["Jane Doe"]),
        ("Jane Doe, Founder", ["Jane Doe"]),
        ("Jane Doe, Certified Diver", ["Jane Doe"]),
        ("Jane Doe Last Updated", ["Jane Doe"]),
        ("By Jane Doe and John Roe Posted Wed 16 Jul 2025 at 12:14pm", ["Jane Doe", "John Roe"]),
        ("dalla nostra inviata Maria Rossi", ["Maria Rossi"]),
        ("By JANE DOE Courier Staff Writer", ["JANE DOE"]),
        ("By Jane DOE", ["Jane DOE"]),
        ("Por Joana Silva, g1 — Vila Serena", ["Joana Silva"]),
        ("By Jane Doe, Reuters — John Roe", ["Jane Doe", "John Roe"]),
        ("Full Bio", []),
        ("Written By", []),
        # one man, two names
        ("Santiago Ramón y Cajal", ["Santiago Ramón y Cajal"]),
        ("Doe, Jane", ["Jane Doe"]),
        # nobody
        ("By Staff", []),
        ("By AFP", []),
        ("한국일보 기자", []),
        ("Editor : Somebody", []),
        ("By the time the fire brigade came, it was out.", []),
        ("5 min read", []),
        ("https://example.com/jane-doe", []),
        ("admin", []),
        ("Jane D", []),
        ("", []),
        # a comma and a word for "and"
        ("Jane Doe, John Roe, and Ann Lee", ["Jane Doe", "John Roe", "Ann Lee"]),
        ("By Jane Doe, and John Roe", ["Jane Doe", "John Roe"]),
        ("Por Ana Díaz, Juan Rey, y Luis Mora", ["Ana Díaz", "Juan Rey", "Luis Mora"]),
        ("By Jane Doe, city reporter, and John Roe, photographer", ["Jane Doe", "John Roe"]),
        ("Jane Doe, PhD, and John Roe, MD", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe, & Ann Lee", ["Jane Doe", "John Roe", "Ann Lee"]),
        # what joins a name and a day
        ("By Jane Doe on Tuesday, March 5, 2024", ["Jane Doe"]),
        ("Submitted by Jane Doe on Tue, 03/05/2024 - 09:00", ["Jane Doe"]),
        ("Posted by Jane Doe at 9:00 AM", ["Jane Doe"]),
        ("Von Erika Muster am Dienstag, 5. März 2024", ["Erika Muster"]),
        ("Par Jeanne Dupont, le mardi 5 mars 2024", ["Jeanne Dupont"]),
        ("By Jane Sunday", ["Jane Sunday"]),
        ("Haber Giriş Tarihi: 03.12.2025 08:05", []),
        ("By Martin King Jr.", ["Martin King Jr."]),
        ("By Martin King, Jr., and Jane Doe", ["Martin King Jr.", "Jane Doe"]),
        ("文・山田太郎", ["山田太郎"]),
    ],
)  # fmt: skip
def test_people_in_bylines(text: str, names: list[str]) -> None:
    assert people_in(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("viktor hedlund", ["viktor hedlund"]),  # a field that holds authors needs no capitals
        ("松岡大地", ["松岡大地"]),
        ("105092", []),
        ("https://www.facebook.com/example", []),
        ("jane", []),
        ("Jane Doe, Special to the Lantern", ["Jane Doe"]),
    ],
)
def test_people_in_statements(text: str, names: list[str]) -> None:
    assert people_in(text, stated=True) == names


@pytest.mark.parametrize(
    ("text", "led"),
    [("By Jane", True), ("Von Jane", True), ("Text: Jane", True), ("Bylaws", False), ("", False)],
)
def test_leads(text: str, led: bool) -> None:
    assert bool(lead_end(text)) is led


def test_splitting_judges_nothing() -> None:
    assert split_people("Jane Doe, John Roe and Reuters") == ["Jane Doe", "John Roe", "Reuters"]
    assert split_people("") == []


@given(st.text(max_size=120))
def test_names_come_from_the_text(text: str) -> None:
    for name in people_in(text) + people_in(text, stated=True):
        assert name
        assert len(name) <= 60
