"""Titles without the site's name, markup and remains of encodings."""

from __future__ import annotations

import pytest

from cleaner.titles import Sites, is_cut_short, plain_title, title_key, variants, without_site

BANNER = Sites(["The Banner"], "www.thebanner.com")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("It&#39;s <b>over</b>", "It's over"),
        ("a < b and c > d", "a < b and c > d"),
        ("AT&T", "AT&T"),
        ("(S+) Storm hits coast", "Storm hits coast"),
        ("(Plus) Sturm an der Küste", "Sturm an der Küste"),
        ("(Almost) nothing happened", "(Almost) nothing happened"),
        ("(S+)", "(S+)"),
        ("", ""),
    ],
)
def test_markup_and_entities_go(text: str, plain: str) -> None:
    assert plain_title(text) == plain


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Storm hits coast - The Banner", "Storm hits coast"),
        ("Storm hits coast | The Banner", "Storm hits coast"),
        ("Storm hits coast | Weather | The Banner", "Storm hits coast"),
        ("The Banner | Storm hits coast", "Storm hits coast"),
        ("Storm hits coast – thebanner.com", "Storm hits coast"),
        ("Storm hits coast : The Banner", "Storm hits coast"),
        ("Storm hits coast: The Banner", "Storm hits coast"),
        ("Storm hits coast | The Banner Online", "Storm hits coast"),
        ("The Banner", ""),
        ("The Banner | thebanner.com", ""),
        # nothing of the site in it
        ("Storm hits coast", "Storm hits coast"),
        ("Storm hits coast - what we know", "Storm hits coast - what we know"),
        ("The Banner of war is raised again", "The Banner of war is raised again"),
        ("Storm: the Banner cup is off", "Storm: the Banner cup is off"),
        ("Sport | Storm hits the coast again", "Sport | Storm hits the coast again"),
        ("Self-made man", "Self-made man"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_sites_name_goes(title: str, rest: str) -> None:
    assert without_site(title, BANNER) == rest


@pytest.mark.parametrize(
    ("names", "host", "title", "rest"),
    [
        ([], "www.golem.de", "Samsung: neue Patente - Golem.de", "Samsung: neue Patente"),
        ([], "news.example.co.uk", "Storm hits coast - Example", "Storm hits coast"),
        (["CBC"], "cbc.ca", "What is next for Gaza? | CBC News", "What is next for Gaza?"),
        (
            ["中日新聞Web"],
            "chunichi.co.jp",
            "南海トラフ、一時調査：中日新聞Web",
            "南海トラフ、一時調査",
        ),
        (["한국일보"], "", "절연 부담 커졌다ㅣ한국일보", "절연 부담 커졌다"),
        # a short host is contained in words by chance
        ([], "ap.org", "Map of the island - Maps", "Map of the island - Maps"),
        ([], "", "Storm hits coast - The Banner", "Storm hits coast - The Banner"),
    ],
)
def test_sites_go_by_several_names(names: list[str], host: str, title: str, rest: str) -> None:
    assert without_site(title, Sites(names, host)) == rest


def test_titles_are_compared_by_their_words() -> None:
    assert title_key("“Storm hits coast!”") == title_key("'STORM hits coast'")
    assert title_key("Storm hits") != title_key("Storm hit")


def test_variants_are_runs_of_parts() -> None:
    assert variants("A one - B two | C three") == [
        "A one - B two", "B two | C three", "A one", "B two", "C three",
    ]  # fmt: skip
    assert variants("No parts, self-made") == []
    assert variants("古い橋、通行止め（共同通信）") == ["古い橋、通行止め"]
    assert variants("（共同通信）古い橋") == []
    assert variants("") == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [("Storm hits …", True), ("Storm hits...", True), ("Storm. ", False), ("", False)],
)
def test_cut_titles(text: str, cut: bool) -> None:
    assert is_cut_short(text) is cut


@pytest.mark.parametrize(
    ("text", "named", "exact", "begins"),
    [
        ("The Banner", True, True, True),
        ("Banner", True, False, False),
        ("The Banner Online", True, False, True),
        ("Jane Doe", False, False, False),
        ("", False, False, False),
    ],
)
def test_naming_the_site(text: str, named: bool, exact: bool, begins: bool) -> None:
    assert BANNER.named_by(text) is named
    assert BANNER.is_exactly(text) is exact
    assert BANNER.begins(text) is begins
