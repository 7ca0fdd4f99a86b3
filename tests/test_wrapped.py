"""Lines that a tool broke at a width."""

from __future__ import annotations

import textwrap
from functools import partial
from itertools import cycle

import pytest
from timed import least

import cleaner
from cleaner.readers.text import read_text
from cleaner.readers.wrapped import unwrapped

PARAGRAPHS = (
    "The council of the town of Nelson met on Monday evening to talk about the new bridge over the"
    " river, which is to replace the one that was built in 1957 and closed last autumn.",
    "“It will open in spring,” the mayor, Jane Roe, told the council. “We need it, and we need it"
    " soon.” Nobody spoke against the plan, though some asked who would pay for the lights.",
    "Work is to begin in March, once the ice has gone, and to take two years. Until then, all who"
    " want to cross have to go by the ferry, or to drive forty kilometres to the next town.",
    "She said no.",
    "The old one carried nine thousand cars a day, twice what it was made for, engineers said, and"
    " the town had known of the cracks in its pillars for years without telling anyone.",
)


def wrapped(width: int, apart: str = "\n\n", indent: str = "") -> str:
    fill = textwrap.TextWrapper(
        width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    return apart.join(map(fill.fill, PARAGRAPHS))


def texts(text: str) -> list[str]:
    return [block.text for block in read_text(text).blocks]


@pytest.mark.parametrize("width", [40, 65, 72, 79])
@pytest.mark.parametrize("indent", ["", "   "])
def test_paragraphs_are_whole_again(width: int, indent: str) -> None:
    assert texts(wrapped(width, indent=indent)) == list(PARAGRAPHS)


def test_without_blank_lines_a_paragraph_ends_where_there_is_room_for_more() -> None:
    assert texts(wrapped(52, apart="\n")) == list(PARAGRAPHS)


def test_each_line_has_the_number_of_its_first() -> None:
    text = wrapped(60)
    lines = text.split("\n")
    for number, line in unwrapped(list(enumerate(lines, start=1))):
        assert line.startswith(lines[number - 1])


def test_what_stands_around_the_text_stays_apart() -> None:
    menu = ["Home", "News", "  * Sport", "  * All that there is to know about the town of Nelson"]
    text = "\n".join([*menu, "", wrapped(60), "", "1. https://example.org/a", "Terms of use"])
    assert texts(text) == [
        "Home", "News", "* Sport", "* All that there is to know about the town of Nelson",
        *PARAGRAPHS, "1. https://example.org/a", "Terms of use",
    ]  # fmt: skip


def test_an_item_that_follows_a_full_line_is_another() -> None:
    items = "* Keep a hundred metres away from the bridge until it opens\n* Keep dogs on a lead"
    assert texts(f"{wrapped(60)}\n\n{items}")[-2:] == items.split("\n")


def test_a_rule_below_a_full_line_is_no_word() -> None:
    line = "   " + "_" * 57
    assert texts(f"{wrapped(60)}\n{line}\nMore")[-2:] == [line.strip(), "More"]


def test_addresses_are_never_broken() -> None:
    text = wrapped(60)
    long = "https://example.org/" + "a-very-long-address/" * 8
    assert texts(f"{text}\n\n{long}\n\nJane Roe\njane.roe@example-courier.example\nNELSON") == [
        *PARAGRAPHS, long, "Jane Roe", "jane.roe@example-courier.example", "NELSON",
    ]  # fmt: skip


def test_words_hyphenated_by_columns_are_whole_again() -> None:
    column = [
        "The council of the town of Nel-", "son met on Monday evening to",
        "talk about the new bridge over", "the river, which is to re-",
        "place the one that was built in", "1957 and that had been closed",
        "for a year. Nobody spoke a-", "gainst it. They agreed. Some",
        "well-known people in the town", "asked who was going to pay for",
        "the lights, and if the anti-", "quated ferry would go on.",
    ]  # fmt: skip
    assert texts("\n".join(column)) == [
        "The council of the town of Nelson met on Monday evening to talk about the new bridge over"
        " the river, which is to replace the one that was built in 1957 and that had been closed"
        " for a year. Nobody spoke against it. They agreed. Some well-known people in the town"
        " asked who was going to pay for the lights, and if the antiquated ferry would go on."
    ]


def test_a_word_broken_at_its_own_hyphen_keeps_it() -> None:
    text = "It is a well-known and much-loved bridge, half-built and out-of-date. " * 9
    broken = textwrap.fill(text, 60)
    assert broken.count("-\n") > 1
    assert texts(broken) == [text.strip()]


def test_a_soft_hyphen_at_the_end_of_a_line_goes() -> None:
    lines = [
        f"{'word ' * 6}done. Now they said all the cit\u00ad",
        f"izens of the town {'word ' * 8}and",
    ] * 6
    assert "all the citizens of the town" in texts("\n".join(lines))[0]


def test_scripts_without_spaces_take_two_columns_a_letter() -> None:
    text = (
        "市议会周一晚上开会讨论了关于明年春天开放新桥的问题。会议一致通过了镇长提出的有关决定" * 8
    )
    lines = [text[i : i + 20] for i in range(0, len(text), 20)]
    assert texts("\n".join(lines)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PARAGRAPHS),
        "\n".join(PARAGRAPHS),
        "Home\nNews\nSport\nWeather\nJobs\nLocal news\nMore\nAbout us\nContact\nTerms of use",
        "\n".join(f"Round {n}: The town of Nelson against the next" for n in range(40)),
        "\n".join(f"{n} houses" for n in range(100)),
        "", "x", "\n\n", "x" * 200,
        "one cup of flour\ntwo eggs from the farm\na pinch of salt\nbutter for the pan",
        "\n".join("新市长在周一的会议上宣布大桥明年春天开放通行"[: 17 + n % 4] for n in range(30)),
        "\n".join(["Sign in to read it all", "my account and my settings", "your newsletters"] * 9),
        # A menu, and a text that is not wrapped.
        "\n".join(["All about the town", "of Nelson and others", "in the country by the"] * 9)
        + "\n" + "\n".join(PARAGRAPHS * 3),
    ],
)  # fmt: skip
def test_other_lines_stay_as_they_are(text: str) -> None:
    lines = list(enumerate(text.split("\n"), start=1))
    assert unwrapped(lines) == lines


def test_a_wrapped_dump_gives_the_article_of_a_whole_one() -> None:
    front = "A bridge for Nelson opens in spring\n\nBy Jane Doe\n\nMay 8, 2025\n\n"
    whole = cleaner.clean(front + "\n\n".join(PARAGRAPHS), kind="text")
    found = cleaner.clean(front + wrapped(72), kind="text")
    assert (found.headline, found.date, found.authors) == (
        "A bridge for Nelson opens in spring", "2025-05-08", ("Jane Doe",),
    )  # fmt: skip
    assert found.body == whole.body


def test_a_number_in_a_sentence_begins_no_item() -> None:
    text = "It opens on the first of May and stays open until the\n29. of October, they said."
    assert texts(f"{wrapped(54)}\n\n{text}")[-1] == text.replace("\n", " ")
    items = "These came first, of all who ran, in the town of Nelson:\n1. Jane Doe\n2. John Roe"
    assert texts(f"{wrapped(56)}\n\n{items}")[-3:] == items.split("\n")


def test_a_title_in_larger_letters_goes_on_in_lower_case() -> None:
    front = "Council of Nelson builds a new\nbridge over the river\nBy Jane Doe\n\n"
    assert texts(front + wrapped(72))[:2] == [
        "Council of Nelson builds a new bridge over the river", "By Jane Doe",
    ]  # fmt: skip


def test_lines_filled_by_the_width_of_letters_vary_in_number() -> None:
    text = " ".join(PARAGRAPHS * 2)
    lines, rest = [], text
    for limit in cycle((88, 79, 84, 78)):
        if len(rest) <= limit:
            break
        lines.append(rest[: rest.rindex(" ", 0, limit)])
        rest = rest[len(lines[-1]) + 1 :]
    assert len(lines) > 8
    assert texts("\n".join([*lines, rest])) == [text]


def test_where_lines_were_joined_the_others_stand_apart() -> None:
    page = read_text(f"A title\nA line\n{wrapped(60)}")
    assert all(block.gap for block in page.blocks)
    assert [b.gap for b in read_text("A title\nA line").blocks] == [True, False]


def test_hangul_has_spaces() -> None:
    text = (
        "시의회는 월요일 저녁 회의에서 새로운 다리를 내년 봄에 개통하기로 했다. "
        "시장은 주민의 의견을 듣기 위해 공청회를 열겠다고 말했다. "
        "기존의 다리는 지난가을 균열이 발견된 뒤로 통행이 금지된 상태이다. "
    ) * 4
    assert texts(textwrap.fill(text, 30)) == [text.strip()]


@pytest.mark.parametrize("word", ["und", "oder", "en", "och", "and"])
def test_a_hyphen_that_hangs_keeps_its_space(word: str) -> None:
    text = (
        f"Der Stadtrat hat am Montag getagt. Es ging um den Bus- {word} Bahnverkehr der Stadt. "
        * 12
    )
    filled = (textwrap.fill(text, width, break_on_hyphens=False) for width in range(50, 80))
    broken = next(lines for lines in filled if f"Bus-\n{word} " in lines)
    assert texts(broken) == [text.strip()]


def test_fields_of_a_header_are_lines() -> None:
    header = (
        "To: Subscribers of The Nelson Courier <all-of-them@lists.example>\nSubject: A bridge opens"
    )
    assert texts(f"{header}\n\n{wrapped(64)}")[:2] == header.split("\n")


def test_a_long_paragraph_takes_linear_time() -> None:
    text = " ".join(PARAGRAPHS) + " "
    few, many = (textwrap.fill(text * n, 72).split("\n") for n in (100, 800))
    times = [least(partial(unwrapped, list(enumerate(lines)))) for lines in (few, many)]
    assert times[1] < 24 * times[0]  # where they grow with its square: 64
