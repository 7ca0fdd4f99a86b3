"""The paragraphs of the body: lines that an extractor broke flow together, no others do."""

from __future__ import annotations

import pytest

from cleaner.article import Reason
from cleaner.page import Block, Page
from cleaner.paragraphs import paragraphs
from cleaner.readers import read
from cleaner.torn import paragraph_at, runs

SAID = "The council of the town of Nelson met on Monday evening, as"


def joined(*lines: str, gap: bool = False) -> list[str]:
    page = Page("text", [Block(line, gap=gap or not n) for n, line in enumerate(lines)])
    return list(paragraphs(page))


VERSES = (
    "One lantern with a mended glass,", "One bell without a tongue,",
    "One length of rope, not what it was", "When he and I were young.",
    "One penny, that a woman paid,", "And would not have the change,",
    "The far side, and the lamps of it,", "And no one hailing me.",
    "Hear someone calling on the stones", "Most evenings, after ten.",
    "I always took the others over.", "Somebody take me, then.",
    "The roof is sound. The hearth will draw.", "The tide comes when it will.",
    "You need not lock the outer door.", "I never did.", "Come in.",
)  # fmt: skip


def test_verses_stay_lines() -> None:
    assert joined(*VERSES) == list(VERSES)


def test_the_lead_of_an_item_flows_into_it_where_blank_lines_part_the_items() -> None:
    page = Page("text")
    for group in (
        (SAID, "the Banner", ", had said, and again on Tuesday."),
        ("1. Raise the screen.", "Put your laptop on books until its top is level with your eyes."),
        ("2. Fill the gap.", "Roll up a hand towel and put it behind you, above your belt, now."),
    ):
        page.blocks += [Block(line, gap=not n) for n, line in enumerate(group)]
    assert [text.partition(".")[0] for text in paragraphs(page)][1:] == ["1", "2"]


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        ((SAID, "the Banner", "had said."), f"{SAID} the Banner had said."),
        ((SAID, "the Banner", ", had said."), f"{SAID} the Banner, had said."),
        ((SAID, "The Nelson Banner", "had said."), f"{SAID} The Nelson Banner had said."),
        (("It met (", "on Monday", ") again."), "It met (on Monday) again."),
        (("It met,", "Jane Doe said."), "It met, Jane Doe said."),
        (("Er sagte: „", "Neu ist das“, so die Stadt."), "Er sagte: „Neu ist das“, so die Stadt."),
        (("Elle a dit «", "oui", "» hier."), "Elle a dit «oui» hier."),
        (("It went on", "… and on."), "It went on … and on."),
    ],
)
def test_what_was_broken_at_a_link_flows_back(lines: tuple[str, ...], paragraph: str) -> None:
    assert joined(*lines) == [paragraph]


@pytest.mark.parametrize(
    "lines",
    [
        ("It met on Monday.", "the mayor was there."),  # a finished sentence
        ("A bridge opens", "The council of Nelson met on Monday."),  # a subhead
        ("Bread", "Butter", "Milk"),  # a list
        ("What to bring:", "Bread", "Butter"),
        ("- bread", "- butter"),
        (f"{SAID}:", "Bread", "Butter"),
        ("It met", "A line as long as a paragraph has, which begins with a capital", "and so"),
        ("„Das ist neu“", "Der Rat der Stadt hat am Montag getagt."),
        ("市议会周一开会", "市长在场"),
    ],
)
def test_paragraphs_stay_apart(lines: tuple[str, ...]) -> None:
    assert len(joined(*lines)) >= 2
    assert joined(*lines)[0] == lines[0]


LINES = [f"{n} times the council of the town met about the bridge." for n in range(12)]
LIST = ["the bridge", "the ferry over the river", "the road through the valley"]


def test_only_torn_dumps_are_joined() -> None:
    assert joined(*LINES, *LIST) == [*LINES, *LIST]  # items begin in lower case too
    assert len(joined(*LINES, "The mayor", ", who was there", "said so.")) == len(LINES) + 1
    several = [SAID, "the Banner had said, and as it was reported on the day after in", "the Post."]
    assert joined(*LINES, *several, *several)[-1] == " ".join(several)


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        # a word that nothing ends with
        (
            ("The proposal, brought by", "Jane Doe", ", failed."),
            "The proposal, brought by Jane Doe, failed.",
        ),
        # a name with a full stop, and the sentence that goes on
        (
            ("David Watt of", "Rosenberg Inc.", "said so", "."),
            "David Watt of Rosenberg Inc. said so.",
        ),
        # a clause in dashes
        (
            ("It met", ", as", "she said", "– not for the first time."),
            "It met, as she said – not for the first time.",
        ),
    ],
)
def test_pieces_of_torn_sentences(lines: tuple[str, ...], paragraph: str) -> None:
    assert joined(*lines) == [paragraph]


@pytest.mark.parametrize(
    "lines",
    [
        ("He met them", ", it says:", "the mayor;", "the council."),
        ("It was, they said", ".", "”A quotation opens so in Swedish."),
        ("It was, they said", ".", "eBay sold it."),
        ("It was, they said", ".", "Log In"),
    ],
)
def test_what_stays_apart_in_torn_dumps(lines: tuple[str, ...]) -> None:
    assert joined(*lines)[-1] == lines[-1]


TORN = ("It met", ", twice.")  # says that a dump is torn


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        # more about a name, in brackets or behind a dash; what somebody said
        (
            ("Nelson Water", "(NW), a company", "The mayor"),
            ["Nelson Water (NW), a company", "The mayor"],
        ),
        (("Jane Doe", "- who was there", "The mayor"), ["Jane Doe - who was there", "The mayor"]),
        (("The mayor", "“of a town”", ", said so."), ["The mayor “of a town”, said so."]),
        # a number and its item, labels and what they say
        (("2.", "The Nelson Ferry"), ["2. The Nelson Ferry"]),
        (("Light:", "Full sun.", "Water:", "Twice."), ["Light: Full sun.", "Water:", "Twice."]),
        # in scripts without spaces
        (
            ("議会は月曜日に", "田中市長", "の橋を閉鎖した。"),
            ["議会は月曜日に", "田中市長の橋を閉鎖した。"],
        ),
        (("市长", "，他说。", "市议会周一开会"), ["市长，他说。", "市议会周一开会"]),
        # what stands before a name, a word with which a sentence begins
        (("She met", "Dr.", "Jane Doe", "again."), ["She met", "Dr. Jane Doe again."]),
        (("So in Salt. In", "Nelson", ", too."), ["So in Salt. In Nelson, too."]),
        # a word without its vowel
        (("Le maire, selon l’", "Hôtel", ", dit"), ["Le maire, selon l’Hôtel, dit"]),
        (("The dogs’", "Kennel"), ["The dogs’", "Kennel"]),
        # short pieces in front of a link or a number, in a sentence
        (
            ("Doe, who signed in March", "and was on loan to the club", "Leeds", "until May."),
            ["Doe, who signed in March and was on loan to the club Leeds until May."],
        ),
        (
            ("The ferry costs the council", "3.4 million", "a year."),
            ["The ferry costs the council 3.4 million a year."],
        ),
        # an item and a sentence that is longer than links are
        (
            (
                "Room for a dozen cars and a few bicycles too",
                "There is no cover, and the mayor told me",
                "not to hope.",
            ),
            [
                "Room for a dozen cars and a few bicycles too",
                "There is no cover, and the mayor told me not to hope.",
            ],
        ),
        # a number that stands higher or lower
        (("It has 3,200 m", "2", "of halls."), ["It has 3,200 m2 of halls."]),
        (("Less CO", "2", "than in May."), ["Less CO2 than in May."]),
        (("Team", "2", "Other team", "3"), ["Team", "2", "Other team", "3"]),
        # quotation marks apart from what they hold, or with spaces inside
        (("“", "Shall we?", "” he asked."), ["“Shall we?” he asked."]),
        (
            ("« Il est", "seul", "», dit", "Max Weber", ", l’ami."),
            ["« Il est seul », dit Max Weber, l’ami."],
        ),
        # initials, the credit of an image; an intro of a list
        (("Nelson Water", "(J. Doe)"), ["Nelson Water", "(J. Doe)"]),
        (("What to bring:", "Bread.", "Butter."), ["What to bring:", "Bread.", "Butter."]),
    ],
)
def test_torn_dumps(lines: tuple[str, ...], paragraphs: list[str]) -> None:
    assert joined(*TORN, *lines) == ["It met, twice.", *paragraphs]


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        (("T", "he council met."), "The council met."),
        (("Rosenberg Inc", "said so on Monday."), "Rosenberg Inc said so on Monday."),
    ],
)
def test_one_torn_sentence_in_a_dump_of_whole_lines(lines: tuple[str, ...], paragraph: str) -> None:
    assert joined(*LINES, *lines, *LINES) == [*LINES, paragraph, *LINES]
    assert joined(*LINES, "- bread", "butter,", "milk.", *LINES)[12:15] == [
        "- bread",
        "butter,",
        "milk.",
    ]


def test_two_paragraphs_in_a_cell_are_no_row() -> None:
    table = "<table><tr><td>{}</td><td>{}</td></tr></table>"
    one, other = "It met again.<br><br>Nobody came.", "Home"
    page = read(table.format(one, other), "html")
    assert list(paragraphs(page)) == ["It met again.", "Nobody came.", "Home"]
    row = read(table.format("Nelson", "3"), "html")
    assert list(paragraphs(row)) == ["Nelson | 3"]
    within = read(table.format("<p>Nelson</p>", "<div>3</div>"), "html")
    assert list(paragraphs(within)) == ["Nelson | 3"]
    several = read(table.format("<p>Nelson</p><p>Leeds</p>", "<p>3</p>"), "html")
    assert list(paragraphs(several)) == ["Nelson", "Leeds", "3"]


def test_a_blank_line_parts() -> None:
    assert joined(SAID, "the Banner", "had said.", gap=True) == [SAID, "the Banner", "had said."]


def test_a_removed_line_parts() -> None:
    page = Page("text", [Block(t, gap=False) for t in (SAID, "Advertisement", "the Banner said.")])
    page.blocks[1].remove(Reason.AD_MARKER, "ad")
    assert list(paragraphs(page)) == [SAID, "the Banner said."]


def test_nothing_is_lost() -> None:
    lines = [SAID, "the Banner", ", had said.", "A subhead", "Then (", "again", ") it met."]
    assert "".join(joined(*lines)).replace(" ", "") == "".join(lines).replace(" ", "")


def page_of(*runs: tuple[str, ...]) -> Page:
    """Return a dump of paragraphs with blank lines in between."""
    return Page("text", [Block(line, gap=not n) for lines in runs for n, line in enumerate(lines)])


def test_where_blank_lines_part_paragraphs_the_lines_of_one_flow_together() -> None:
    runs = [("It met", ", twice.")] * 3
    mayor = ("Mayor", "Jane “Jo” Doe of the old town by the river", "Banks agreed.")
    items = ("Bread", "Butter")
    assert list(paragraphs(page_of(*runs, mayor, items))) == [
        *["It met, twice."] * 3,
        " ".join(mayor),
        *items,
    ]
    assert len(list(paragraphs(page_of((*sum(runs, ()), *mayor))))) > 4


@pytest.mark.parametrize(
    ("reason", "joins"), [(Reason.AD_MARKER, True), (Reason.OUTSIDE_ARTICLE, False)]
)
def test_an_advertisement_cuts_no_sentence_in_two(reason: Reason, joins: bool) -> None:
    page = page_of(("It met", ", twice."), (SAID,), ("AD",), ("the Banner said.",))
    page.blocks[3].remove(reason, "x")
    assert list(paragraphs(page))[1:] == (
        [f"{SAID} the Banner said."] if joins else [SAID, "the Banner said."]
    )


PIECES = (
    SAID, "the Banner", ", a paper of the town", "Jane Doe", ", who was there", "and left", ".",
)  # fmt: skip


def test_blank_lines_between_all_pieces_part_nothing() -> None:
    whole = f"{SAID} the Banner, a paper of the town Jane Doe, who was there and left."
    assert joined(*PIECES, gap=True) == [whole]
    # But they do where no line begins with what only goes on.
    lines = (SAID, "the Banner", "had said.", "It met again.", "the end")
    assert joined(*lines, gap=True) == list(lines)


def test_pieces_between_blank_lines_go_on_in_lower_case_too() -> None:
    lines = (f"{SAID} some in the", "old hall", ". It was as cold as ever there, the mayor said of",
             "the walls, and the windows had been broken by a", "ball in May.")  # fmt: skip
    assert joined(*lines, gap=True) == [" ".join(lines).replace(" .", ".")]
    listed = ("Bread and what goes with bread in winter time", "butter and what goes with butter")
    assert joined(*listed, *listed, gap=True) == [*listed, *listed]


def test_a_quotation_mark_of_two_commas_begins_a_paragraph() -> None:
    lines = (SAID, "the Banner", ", said.", "It met again.", ",,Nobody came”, Doe said.")
    assert joined(*lines)[1:] == ["It met again.", ",,Nobody came”, Doe said."]


def test_who_speaks_in_a_torn_interview_stands_in_front_of_what_is_said() -> None:
    torn = (SAID, "the Banner", ", said.")
    first, second = ("JANE DOE:", "It met."), ("JOHN ROE:", "It did not meet", "at all", ", I say.")
    told = joined(*torn, *first, *second, *first, *second)
    assert told[1:3] == ["JANE DOE: It met.", "JOHN ROE: It did not meet at all, I say."]
    assert joined(*torn, "HOW TO HELP:", "Call the town hall on Monday.")[1:] == [
        "HOW TO HELP:",
        "Call the town hall on Monday.",
    ]


EDGED = """The council met on Monday and asked\x20
Jane Doe
 and
John Roe
 to speak of the bridge.
They came with the plans of\x20
Paul Lake
, whom the town had asked in May.
What they said
“It holds,” Doe said of the\x20
Old Bridge
 on the river."""


def test_blanks_at_line_breaks_tell_where_a_sentence_was_broken() -> None:
    whole = [
        "The council met on Monday and asked Jane Doe and John Roe to speak of the bridge.",
        "They came with the plans of Paul Lake, whom the town had asked in May.",
        "What they said",
        "“It holds,” Doe said of the Old Bridge on the river.",
    ]
    assert list(paragraphs(read(EDGED, "text"))) == whole


def test_blanks_behind_whole_lines_tell_nothing() -> None:
    lines = [f"The council met on the {n}th of May.\n Bread\n Butter" for n in range(4, 9)]
    assert len(list(paragraphs(read("\n".join(lines), "text")))) == 15


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        ((SAID, "the Banner", ", said", "Karakum", "'yı geçti."),
         f"{SAID} the Banner, said Karakum'yı geçti."),
        ((SAID, "the Banner", ", said.", "NELSON —", "The bridge is open."),
         "NELSON — The bridge is open."),
        ((SAID, "the Banner", "and its owner", "Jane Doe", ", had said."),
         f"{SAID} the Banner and its owner Jane Doe, had said."),
    ],
)  # fmt: skip
def test_what_is_broken_at_a_suffix_or_a_dash_flows_back(
    lines: tuple[str, ...], paragraph: str
) -> None:
    assert paragraph in joined(*lines)


def test_runs_hold_the_lines_of_a_paragraph_each() -> None:
    lines = ["Menu", SAID, "the Banner", ", said.", "It met again on Monday."]
    blocks = [Block(line, gap=not n) for n, line in enumerate(lines)]
    assert runs(blocks) == [range(1), range(1, 4), range(4, 5)]
    assert paragraph_at(blocks, range(1, 4)).text == f"{SAID} the Banner , said."
    blocks[2].remove(Reason.NAVIGATION, "menu")  # what is out is no piece of anything
    assert runs(blocks) == [range(n, n + 1) for n in range(5)]


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        # a link that a full stop follows is the end of a sentence
        (("It had cost", "640,000 zł", ". The rest came later."),
         "It had cost 640,000 zł. The rest came later."),
        # a preposition at the end
        (("Some side streets in", "Glace Bay", "and Sydney were still closed on Monday."),
         "Some side streets in Glace Bay and Sydney were still closed on Monday."),
        # a quotation mark behind a space opens
        (("He shakes his head. “", "Počasi", ",” he says."),
         "He shakes his head. “Počasi,” he says."),
    ],
)  # fmt: skip
def test_what_a_torn_dump_alone_tells_flows_back(lines: tuple[str, ...], paragraph: str) -> None:
    assert joined(SAID, "the Banner", ", had said.", *lines)[-1] == paragraph


def test_a_link_may_begin_a_sentence_inside_a_paragraph() -> None:
    text = "\n\n".join(
        [
            f"{SAID}\nthe Banner\nhad said.",
            "Tenants were not amused at all by it.\nJane Doe\n, who leads them, said so twice.",
            f"{SAID}\nthe Courier\nhad said.",
            f"{SAID}\nthe Globe\nhad said.",
            f"{SAID}\nthe Mail\nhad said.",
        ]
    )
    found = list(paragraphs(read(text, "text")))
    assert found[1] == (
        "Tenants were not amused at all by it. Jane Doe, who leads them, said so twice."
    )
    # where blank lines part nothing, it may as well begin a paragraph
    found = list(paragraphs(read(text.replace("\n\n", "\n"), "text")))
    assert "Tenants were not amused at all by it." in found
