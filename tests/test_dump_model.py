"""The model of dumps: features of lines, weights of wordings, networks over neighbours."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from judged import Fixed

import cleaner
from cleaner import Reason
from cleaner.labels import PASSES, Draft, label_lines
from cleaner.labels.lines import _keep_between
from cleaner.model.dump import COLUMNS, builtin_dump_model, load, save
from cleaner.model.lines import NAMES, lines
from cleaner.model.sequence import Net, SequenceNetwork
from cleaner.model.wording import LEVELS, WordingScores, wordings
from cleaner.model.words import Words
from cleaner.page import Block, Page
from cleaner.readers.text import read_text
from cleaner.rules import builtin

ONE = "The council of the town of Nelson met on Monday evening to talk about the new bridge."
TWO = "“It will open in spring,” the mayor, Jane Roe, told the Nelson council. “We need it.”"
PROSE = (
    ONE,
    TWO,
    "The old one was built in 1957 and carries nine thousand cars a day, twice what it was made"
    " for. Engineers closed one of its lanes last autumn after cracks were found.",
    "Nobody spoke against the plan, though some asked who would pay for the lights.",
    "Work is to begin in March, once the ice has gone, and to take two years.",
)
DUMP = f"A bridge for Nelson\n\nHome | News\n\n{ONE}\n{TWO}\n\n3 items in cart\n3 items in cart"


def value(row: int, name: str, dump: str = DUMP) -> float:
    return float(lines(read_text(dump).blocks).rows[row, NAMES.index(name)])


class TestLines:
    def test_shape_and_names(self) -> None:
        seen = lines(read_text(DUMP).blocks)
        assert seen.rows.shape == (6, len(NAMES))
        assert len(set(NAMES)) == len(NAMES)
        assert np.isfinite(seen.rows).all()
        assert next(iter(seen.words)) == ["a", "bridge", "for", "nelson"]

    @pytest.mark.parametrize(
        ("row", "name", "expected"),
        [
            (2, "prose", 1), (3, "prose", 1), (0, "prose", 0), (4, "prose", 0),
            (2, "ends-full-stop", 1), (3, "ends-quote", 1), (0, "ends-sentence", 0),
            (2, "begins-capital", 1), (3, "begins-quote", 1), (4, "begins-digit", 1),
            (3, "gap-before", 0), (2, "gap-before", 1), (2, "gap-after", 0), (5, "gap-after", 1),
            (1, "separators", 1), (0, "separators", 0), (4, "copies", 1), (0, "copies", 0),
            (2, "in-segment", 1), (0, "in-segment", 0), (5, "in-segment", 0),
            (0, "in-first-line", 1), (0, "position", 0), (5, "position", 1), (2, "kept", 1),
        ],
    )  # fmt: skip
    def test_values(self, row: int, name: str, expected: float) -> None:
        assert value(row, name) == expected

    def test_a_line_is_no_evidence_for_itself(self) -> None:
        assert value(2, "topic") == pytest.approx(2 / 6)  # Nelson and council
        assert value(0, "topic", f"Nelson council\n\n{ONE}\n{TWO}") == 1.0
        assert value(1, "topic", f"Some other words\n\n{ONE}") == 0.0

    def test_what_the_rules_said_is_seen(self) -> None:
        page = read_text(DUMP)
        page.blocks[4].remove(Reason.CALL_TO_ACTION, "cart")
        row = lines(page.blocks).rows[4]
        assert row[NAMES.index("kept")] == 0.0
        assert row[[NAMES.index(f"said-{n}") for n in range(10)]].tolist().index(1.0) == 4

    def test_wide_scripts_count_for_more(self) -> None:
        assert lines(read_text("市议会周一开会").blocks).length.tolist() == [7 * 2.5]

    @pytest.mark.parametrize(
        ("name", "line", "expected"),
        [
            ("quoted", "„Ja“", 1), ("quoted", "’Ja", 0), ("digits", "٣٤²4", 1),
            ("digits", "a1", 0.5),
            ("digits", f"{'x' * 60}1", 0), ("separators", "a › b", 1),
            ("separators", f"{'x' * 200}|", 0), ("commas", "a, b，c、d", 3 / 4),
            ("address", "jane@example.com", 1), ("address", "see www.example", 1),
            ("address", "https://x", 1), ("address", f"{'x' * 199}@y", 0), ("shouted", "AB 1", 1),
            ("sentences", "A. B! C? D。E.", np.log1p(4)), ("sentences", "3.5 x.y", 0),
        ],
    )  # fmt: skip
    def test_signs(self, name: str, line: str, expected: float) -> None:
        assert lines([Block("x"), Block(line)]).rows[1, NAMES.index(name)] == expected

    @pytest.mark.parametrize("dump", ["x", ".", "1", "\u200d", "🙂", "\udc80"])
    def test_one_odd_line(self, dump: str) -> None:
        assert np.isfinite(lines([Block(dump)]).rows).all()


class TestWordings:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("", []),
            ("more", [(0, "more"), (2, "more"), (3, "more"), (5, "more")]),
            ("see more", [(0, "see"), (0, "more"), (2, "see"), (3, "more"), (4, "see more"),
                          (5, "see more")]),
        ],
    )  # fmt: skip
    def test_of_a_line(self, line: str, expected: list[tuple[int, str]]) -> None:
        assert list(wordings(line.split())) == expected

    def test_long_lines_have_no_pairs(self) -> None:
        found = list(wordings([f"w{n}" for n in range(30)]))
        assert {level for level, _ in found} == {1, 2, 3}
        assert (1, "w19") in found
        assert (1, "w20") not in found

    @pytest.mark.parametrize(
        "line", ["", "more", "see more", "see see more", "a b c d e", " ".join("abcdefghijklmnop")]
    )
    def test_scores_are_sums_over_wordings(self, line: str) -> None:
        words = line.split()
        weights = {key: 0.5 + n for n, key in enumerate(wordings(words))}
        scores = WordingScores(weights).of(Words([line]))[0]
        for level in range(len(LEVELS)):
            expected = sum(w for (at, _), w in weights.items() if at == level)
            assert scores[level] == pytest.approx(expected)

    def test_the_unknown_is_worth_nothing(self) -> None:
        assert not WordingScores({(0, "x"): 1.0}).of(Words(["more", ""])).any()

    def test_each_line_has_its_own(self) -> None:
        weights = {(0, "see"): 1.0, (2, "see"): 2.0, (3, "see"): 4.0, (4, "see more"): 8.0}
        scores = WordingScores(weights).of(Words(["see", "", "See more, see more", "more see"]))
        assert scores[:, [0, 2, 3, 4]].tolist() == [
            [1, 2, 4, 0], [0, 0, 0, 0], [1, 2, 0, 8], [1, 0, 4, 0],
        ]  # fmt: skip


class TestWords:
    LINES = ("One two, one", "", "42 — İstanbul'da", "…", "ONE", "x_y ½")

    def test_of_each_line(self) -> None:
        words = Words(self.LINES)
        # A capital dotted I is two characters in lower case, the second of which is no letter.
        assert list(words) == [
            ["one", "two", "one"], [], ["42", "İstanbul".lower(), "da"], [], ["one"], ["x_y", "½"],
        ]  # fmt: skip
        assert words.sizes.tolist() == [3, 0, 3, 0, 1, 2]
        assert words.per_line(words.capital).tolist() == [1, 0, 1, 0, 1, 0]

    def test_once_a_line(self) -> None:
        words = Words(self.LINES)
        once = np.zeros(len(words.distinct))
        once[words.distinct.index("one")] = 1.0
        assert words.per_line(once[words.word]).tolist() == [2, 0, 0, 0, 1, 0]
        assert words.per_line_once(once[words.word_once]).tolist() == [1, 0, 0, 0, 1, 0]

    @pytest.mark.parametrize("lines", [[""], ["…"], ["", ""], ["word"]])
    def test_few(self, lines: list[str]) -> None:
        assert list(map(len, Words(lines))) == [len(line.split("…")[0].split()) for line in lines]


def net(width: int = 2) -> Net:
    """Adds up the only input of a line, its neighbours and theirs."""
    one = np.zeros((1, width), np.float32)
    one[0, 0] = 1.0
    around = np.zeros((3 * width, width), np.float32)
    around[[0, width, 2 * width], 0] = 1.0
    out = np.zeros((width, 1), np.float32)
    out[0, 0] = 1.0
    none, bias = np.zeros(width, np.float32), np.full(1, -1.5, np.float32)
    return Net((one, none), [(around, none), (around, none)], [(out, bias)])


class TestSequence:
    def odds(self, *values: float) -> list[float]:
        network = SequenceNetwork(np.zeros(1), np.ones(1), [net()])
        found = network.probabilities(np.array(values)[:, None])
        return [round(float(x), 4) for x in np.log(found / (1 - found)) + 1.5]

    def test_layers_see_further_and_further(self) -> None:
        # The first adds the lines beside a line to it (twice itself), the second those two away.
        assert self.odds(0, 0, 0, 1, 0, 0, 0) == [1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 1.0]

    def test_beyond_the_ends_is_nothing(self) -> None:
        assert self.odds(1) == [4.0]
        assert self.odds(1, 0) == [4.0, 2.0]

    def test_networks_are_averaged(self) -> None:
        rows, none = np.array([[0.0], [1.0]]), np.zeros(1)
        one = net()
        weights, bias = one.out[0]
        other = Net(one.into, one.around, [(weights, bias + 3.0)])
        alone = [SequenceNetwork(none, none + 1, [n]).probabilities(rows) for n in (one, other)]
        both = SequenceNetwork(none, none + 1, [one, other]).probabilities(rows)
        assert alone[0] != pytest.approx(alone[1])
        assert both == pytest.approx((alone[0] + alone[1]) / 2)


class TestJudgement:
    def test_prose_of_an_article_among_furniture(self) -> None:
        head, foot = ["Home", "News", "Sport", "Weather", "Jobs"], ["Follow us", "Terms of use"]
        dump = "\n".join((*head, *PROSE, *foot))
        judgement = builtin_dump_model().judge(read_text(dump))
        others = [*judgement.probabilities[:5], *judgement.probabilities[10:]]
        assert judgement.probabilities[5:10].min() > max(others)
        assert judgement.threshold > max(others)
        assert 0.0 < judgement.confidence < 1.0

    def test_lines_that_rules_removed_are_not_asked_about(self) -> None:
        page = read_text(DUMP)
        page.blocks[2].remove(Reason.LEGAL, "x")
        assert builtin_dump_model().judge(page).probabilities[2] == 0.0

    @pytest.mark.parametrize("page", [Page("text"), Page("text", [Block("x")])])
    def test_nothing_to_judge(self, page: Page) -> None:
        for block in page.blocks:
            block.remove(Reason.LEGAL, "x")
        judgement = builtin_dump_model().judge(page)
        assert not judgement.probabilities.any()
        assert judgement.confidence == 0.0

    def test_long_dumps_are_judged_in_pieces(self) -> None:
        page = read_text("\n".join([ONE, TWO] * 15_000))
        judgement = builtin_dump_model().judge(page)
        assert len(judgement.probabilities) == 30_000
        assert judgement.probabilities.min() > 0.0

    def test_the_confidence_depends_on_the_dump(self) -> None:
        model = builtin_dump_model()
        clean = model.judge(read_text("\n\n".join(PROSE))).confidence
        rubbish = model.judge(read_text("Home\nNews\nSport\nMore\n" * 5)).confidence
        assert clean > rubbish


def kept(*probabilities: float, threshold: float = 0.5, end: str = "") -> str:
    page = Page("text", [Block(f"Line {n:2}{end}") for n in range(len(probabilities))])
    label_lines(Draft(page, builtin(), model=Fixed(*probabilities, threshold=threshold)))
    assert page.trust == 0.75
    for block in page.blocks:
        assert block.kept or (block.reason, block.rule) == (Reason.OUTSIDE_ARTICLE, "model")
    return "".join("+" if block.kept else "." for block in page.blocks)


SENTENCES = {
    "en": "Paragraph {0} tells that the town had {1} houses on the river in the year {0}.",
    "de": "Absatz {0} berichtet, dass der Rat am Montag über Punkt {1} der Liste beraten hat.",
    "zh": "第{0}段说，市议会周一开会讨论了第{1}个问题，并且通过了关于明年春天开放新桥的决定。",
}


class TestLabel:
    @pytest.mark.parametrize("language", SENTENCES)
    @pytest.mark.parametrize("lines", [20, 300, 1000])
    def test_a_text_of_one_form_is_whole_however_long(self, language: str, lines: int) -> None:
        text = "\n\n".join(SENTENCES[language].format(n, 7 * n) for n in range(lines))
        assert cleaner.clean(text, kind="text").body == text

    def test_a_long_text_is_judged_by_the_model_too(self) -> None:
        sure, lost, end = (0.9,) * 60, (0.0,) * 60, " of a text that goes on and on."
        assert kept(*sure, *lost, end=end) == "+" * 120
        assert kept(*sure, *lost, end=end.rstrip(".")) == "+" * 60 + "." * 60  # no sentences
        assert kept(*sure[30:], *lost[30:], end=end) == "+" * 30 + "." * 30  # not so long
        assert kept(*sure, *sure, 0.0, 0.0, end=end) == "+" * 120 + ".."  # little is dropped

    def test_prose_alone_is_the_article_whatever_the_model_says(self) -> None:
        end = " is a paragraph of a story that is long enough to be one and ends as one does."
        assert kept(0.9, 0.9, 0.9, 0.3, 0.0, 0.3, end=end) == "+" * 6
        assert kept(0.9, 0.9, 0.9, 0.3, 0.0, 0.3, end=end.rstrip(".")) == "+++..."
        assert kept(*[0.9] * 20, 0.0, end=end) == "+" * 20 + "."  # little is dropped

    @pytest.mark.parametrize(
        ("probabilities", "expected"),
        [
            ((0.0, 0.9, 0.9, 0.4, 0.1), ".++.."),
            ((0.9, 0.4, 0.1, 0.0, 0.9), "+...+"),  # one of them is surely not
            ((0.0, 0.9, 0.2, 0.9, 0.0), ".+++."),
            ((0.0, 0.9, 0.2, 0.3, 0.2, 0.9, 0.0), ".+++++."),
            ((0.0, 0.9, 0.2, 0.3, 0.2, 0.2, 0.9, 0.0), ".+....+."),  # too many
            ((0.1, 0.2, 0.1, 0.2, 0.1), "....."),
        ],
    )
    def test_doubtful_lines(self, probabilities: tuple[float, ...], expected: str) -> None:
        assert kept(*probabilities) == expected

    def test_likely_paragraphs_beside_the_body(self) -> None:
        end = " is a paragraph of a story that is long enough to be one and ends as one does."
        menu, likely = ["Home"] * 8, (0.35, 0.35, 0.9, 0.35, 0.1)
        page = Page("text", [Block(text) for text in [*menu, *[f"{n}{end}" for n in range(5)]]])
        label_lines(Draft(page, builtin(), model=Fixed(*[0.0] * 8, *likely)))
        assert [block.kept for block in page.blocks] == [False] * 8 + [True] * 4 + [False]

    @pytest.mark.parametrize(
        ("lines", "kept"),
        [
            (["Books?", "The tide tables.", "God?", "On Thursdays.", "Why?", "The boat.", "Rain?",
              "Yes, and the fog that follows it in from the sea every autumn evening."], True),
            (["Books?", "The tide tables.", "God?", "On Thursdays.", "Why?",
              "That is when the boat comes, and the fog follows it in from the sea."], False),
            (["Do you ship?", "Yes.", "Can I pay later?", "No.", "Is it new?", "No.", "Is it far?",
              "Yes."], False),
        ],
        ids=["an interview", "few questions", "nothing likely"],
    )  # fmt: skip
    def test_questions_and_answers_go_together(self, lines: list[str], kept: bool) -> None:
        page = Page("text", [Block(text) for text in ["Home", *lines, "Sport", "Weather"]])
        likely = [0.9 if len(line) > 60 else 0.0 for line in lines]
        label_lines(Draft(page, builtin(), model=Fixed(0.0, *likely, 0.0, 0.0)))
        assert all(block.kept for block in page.blocks[1:-2]) is kept
        assert not any(block.kept for block in (page.blocks[0], *page.blocks[-2:]))

    def test_a_clean_dump_loses_only_what_is_surely_noise(self) -> None:
        assert kept(*[0.99] * 24, 0.3, 0.05) == "+" * 25 + "."
        assert kept(*[0.99] * 8, 0.3, 0.05) == "+" * 8 + ".."
        assert kept(*[0.99] * 8, 0.3, 0.05, end=".") == "+" * 9 + "."
        assert kept(*[0.99] * 3, 0.3, 0.05, end=".") == "+++.."

    def test_above_the_text_of_a_clean_dump_a_line_must_be_likelier_than_below(self) -> None:
        assert kept(0.2, 0.35, *[0.99] * 24, 0.2) == "." + "+" * 26
        assert kept(0.2, 0.35, *[0.99] * 12, 0.2, end=".") == "." + "+" * 14

    def test_below_a_line_that_is_hardly_body_a_clean_dump_is_over(self) -> None:
        assert kept(*[0.99] * 24, 0.3, 0.05, 0.3) == "+" * 25 + ".."
        assert kept(*[0.99] * 24, 0.3, 0.12, 0.3) == "+" * 25 + ".."
        assert kept(*[0.99] * 24, 0.3, 0.16, 0.3) == "+" * 27

    def test_a_clean_dump_loses_nothing_from_between(self) -> None:
        assert kept(*[0.99] * 12, 0.01, 0.3, 0.0, *[0.99] * 12, 0.01) == "+" * 27 + "."

    @pytest.mark.parametrize(
        ("sentence", "after", "expected"),
        [(0.9, 0.9, "++++"), (0.1, 0.9, "...+"), (0.9, 0.1, "+++.")],
    )
    def test_pieces_of_a_sentence_are_judged_as_one(
        self, sentence: float, after: float, expected: str
    ) -> None:
        lines = ("It met (", "twice", "), says the mayor of the town on the river.", "He agreed.")
        page = Page("text", [Block(line, gap=False) for line in ["A menu", "More", *lines]])
        label_lines(Draft(page, builtin(), model=Fixed(0.0, 0.0, sentence, after)))
        assert "".join("+" if block.kept else "." for block in page.blocks[2:]) == expected

    def test_a_likely_paragraph_in_pieces_goes_on_with_the_body(self) -> None:
        lines = ["It met", ", twice, to talk about the bridge over the river and about its end.",
                 "Earlier the council had gone to the harbour of", "Nelson",
                 "to look at the ferry, which is as old as the bridge."]  # fmt: skip
        for likely, stays in ((0.3, True), (0.2, False)):
            page = Page("text", [Block(line, gap=False) for line in ["A menu", *lines]])
            label_lines(Draft(page, builtin(), model=Fixed(0.0, 0.9, likely)))
            assert [block.kept for block in page.blocks[1:]] == [True] * 2 + [stays] * 3

    @pytest.mark.parametrize(
        ("intro", "item", "stays"),
        [
            ("These were named:", 0.06, True), ("These were named", 0.06, False),
            ("These were named:", 0.04, False),
        ],
    )  # fmt: skip
    def test_items_below_the_line_that_introduces_them(
        self, intro: str, item: float, stays: bool
    ) -> None:
        page = Page("text", [Block(text) for text in ["Menu", intro, *"ABCDE", "He agreed."]])
        label_lines(Draft(page, builtin(), model=Fixed(0.0, 0.9, *[item] * 5, 0.9)))
        assert [block.kept for block in page.blocks] == [False, True, *[stays] * 5, True]

    @pytest.mark.parametrize(
        ("intro", "items", "kept"),
        [
            ("These were named:", (0.12, 0.2, 0.11), "+++"),
            ("These were named:", (0.12, 0.05, 0.2), "+.."),
            ("These were named:", (0.2,) * 12, "++++++++...."),
            ("These were named", (0.2, 0.2, 0.2), "..."),
        ],
    )
    def test_items_at_the_end_below_the_line_that_introduces_them(
        self, intro: str, items: tuple[float, ...], kept: str
    ) -> None:
        page = Page("text", [Block(text) for text in ["Menu", "More", "Home", intro]])
        page.blocks += [Block(f"Item {n}") for n in range(len(items))]
        label_lines(Draft(page, builtin(), model=Fixed(0.0, 0.0, 0.0, 0.9, *items)))
        assert "".join("+" if block.kept else "." for block in page.blocks[4:]) == kept

    @pytest.mark.parametrize(
        ("lines", "kept"),
        [
            # sentences below the text
            ("A menu|The text.|1. One fell.|2. Two fell.|3. Three fell.", ".++++"),
            # what stands over text
            ("A menu|The text.|1. One|More text.|2. Two|3. Three fell.", ".+++.+"),
            # no sentences: teasers
            ("A menu|The text.|1. One falls|2. Two fall|3. Three fall", ".+..."),
            # above the text
            ("A menu|1. One fell.|2. Two fell.|3. Three fell.|The text.", "....+"),
            # too few, or no list
            ("A menu|The text.|1. One fell.|2. Two fell.|Menu", ".+..."),
            ("A menu|The text.|1. One fell.|3. Three fell.|7. Seven fell.", ".+..."),
        ],
    )
    def test_sentences_that_count_up(self, lines: str, kept: str) -> None:
        texts = lines.split("|")
        page = Page("text", [Block(text) for text in texts])
        probabilities = [0.9 if "text" in text else 0.01 for text in texts]
        label_lines(Draft(page, builtin(), model=Fixed(*probabilities)))
        assert "".join("+" if block.kept else "." for block in page.blocks) == kept

    @pytest.mark.parametrize(
        ("question", "answer", "stays"),
        [
            ("Who fell?", ("Nobody.", 0.12), True), ("Who fell?", ("Nobody.", 0.08), False),
            ("Who fell", ("Nobody.", 0.12), False), ("Who fell?", ("Subscribe", 0.12), False),
        ],
    )  # fmt: skip
    def test_the_answer_to_a_question_of_the_text(
        self, question: str, answer: tuple[str, float], stays: bool
    ) -> None:
        page = Page("text", [Block(t) for t in ("A", "B", "C", "Menu", question, answer[0])])
        label_lines(Draft(page, builtin(), model=Fixed(0.0, 0.0, 0.0, 0.0, 0.9, answer[1])))
        assert [block.kept for block in page.blocks[4:]] == [True, stays]

    def test_a_list_between_an_introduction_and_a_likely_paragraph(self) -> None:
        end = " is a paragraph of a story that is long enough to be one and ends as one does."
        texts = ["Menu", f"One{end}", "These were named:", "Jane", "John", f"Two{end}", "More"]
        for item, stays in ((0.06, True), (0.04, False)):
            page = Page("text", [Block(text) for text in texts])
            model = Fixed(0.0, 0.9, 0.9, item, item, 0.3, 0.0)
            label_lines(Draft(page, builtin(), model=model))
            assert [b.kept for b in page.blocks] == [False, True, True, *[stays] * 3, False]

    def test_where_the_article_is_not_found_all_stays(self) -> None:
        assert kept(0.3, 0.1, 0.0, 0.2, 0.1, threshold=0.2) == "+++++"

    def test_between(self) -> None:
        above = [True, False, False, True, False]
        _keep_between([0.9, 0.2, 0.05, 0.9, 0.4], above, 0.1, 3)
        assert above == [True, False, False, True, False]

    def test_pages_are_not_judged(self) -> None:
        page = Page("html", [Block("x")] * 10)
        label_lines(Draft(page, builtin(), model=Fixed(*[0.0] * 10)))
        assert len(page.kept()) == 10

    def test_it_comes_after_the_rules(self) -> None:
        names = [label_pass.__name__ for label_pass in PASSES]
        assert names.index("label_lines") > names.index("label_people")


class TestWeights:
    def test_they_survive_a_round_trip(self, tmp_path) -> None:
        model = builtin_dump_model()
        path = str(tmp_path / "text.npz")
        save(model, path)
        again = load(path)
        page = read_text(DUMP)
        assert again.version == model.version
        assert again.wordings == model.wordings
        found, expected = again.judge(page), model.judge(page)
        assert (found.probabilities == expected.probabilities).all()
        assert found.confidence == expected.confidence

    def test_weights_of_other_features_are_refused(self, tmp_path) -> None:
        path = tmp_path / "text.npz"
        save(builtin_dump_model(), str(path))
        with np.load(path) as data:
            arrays = dict(data)
        arrays["columns"] = np.array("\n".join(COLUMNS[1:]))
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)
        with pytest.raises(ValueError, match="train again"):
            load(str(path))


GOLDS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")).get("body")
    for path in sorted((Path(__file__).parent / "gold").rglob("*.json"))
}


@pytest.mark.parametrize("name", [name for name, body in GOLDS.items() if body])
def test_a_dump_that_is_all_article_is_left_alone(name: str) -> None:
    body = GOLDS[name]
    article = cleaner.clean(f"A bridge opens in Nelson\n\n{body}", kind="text")
    assert article.removed == ()
    assert f"{article.standfirst or ''}\n\n{article.body}".endswith(body[-200:])


def test_a_few_lines_are_not_judged() -> None:
    article = cleaner.clean("A bridge opens\n\nIt opened.\n\nThe mayor came.")
    assert article.body == "It opened.\n\nThe mayor came."
