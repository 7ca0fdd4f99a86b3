"""The body model: arrays over a page, words in names, arithmetic, judgement."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from judged import Fixed

import cleaner
from cleaner.article import Reason
from cleaner.labels import Draft
from cleaner.labels.outside import label_outside
from cleaner.model.body import COLUMNS, BodyModel, builtin_model, load, save
from cleaner.model.features import NAMES, features
from cleaner.model.judgement import best_threshold
from cleaner.model.layout import ANCESTORS, Layout, ancestors
from cleaner.model.network import Network, standardized
from cleaner.model.tokens import WordScores, block_words, split_names
from cleaner.model.trust import EVIDENCE, evidence, trust
from cleaner.readers import read
from cleaner.rules import builtin

LONG = "The council of the town of Nelson met on Monday evening to talk about the new bridge. " * 2
PAGE = f"""<html><head><title>A new bridge – The Banner</title>
<meta name="description" content="The council of the town of Nelson met on Monday evening to talk">
</head><body>
<nav class="topNav"><ul><li><a href="/a">Home</a></li><li><a href="/b">News</a></li></ul></nav>
<main id="content"><article class="article-body story"><h1>A new bridge</h1>
<p>{LONG}One.</p><p>{LONG}Two.</p><p>{LONG}Three.</p><p><b>Short</b> line.</p></article>
<aside class="related-links"><h3>More</h3><p><a href="/c">{LONG}</a></p></aside></main>
<footer><div hidden><p>{LONG}Hidden.</p></div><p>All about us.</p></footer></body></html>"""


@pytest.fixture(scope="module")
def page() -> cleaner.page.Page:
    return read(PAGE, "html")


def block_at(page, text):
    return next(i for i, block in enumerate(page.blocks) if text in block.text)


class TestLayout:
    def test_subtree_sums_are_those_of_a_walk(self, page) -> None:
        layout = Layout(page)
        ones, twos = layout.subtrees(np.ones(layout.n), np.full(layout.n, 2.0))
        assert (twos == 2.0 * ones).all()
        for box, total in zip(page.boxes, ones, strict=True):
            inside = [b for b in page.blocks if box in b.markup.box.path()]
            assert total == len(inside)

    def test_root_holds_everything(self, page) -> None:
        layout = Layout(page)
        assert layout.subtrees(layout.length)[0, 0] == layout.length.sum()
        assert layout.inside([0], layout.box).all()

    def test_inside_is_membership_of_the_path(self, page) -> None:
        layout = Layout(page)
        inside = layout.inside(range(layout.m), layout.box)
        for box, row in zip(page.boxes, inside.tolist(), strict=True):
            assert row == [box in block.markup.box.path() for block in page.blocks]

    def test_levels_are_steps_to_the_meeting_point(self, page) -> None:
        layout = Layout(page)
        for target in page.boxes:
            up, down = layout.levels(target.index, np.arange(layout.m))
            path = list(target.path())
            for box in page.boxes:
                own = list(box.path())
                meeting = next(b for b in own if b in path)
                assert up[box.index] == own.index(meeting)
                assert down[box.index] == path.index(meeting)

    def test_smallest_box_with_half_of_the_prose_is_the_article(self, page) -> None:
        layout = Layout(page)
        [prose] = layout.subtrees(layout.prose)
        most, half = layout.smallest(prose, [1.0, 0.5])
        assert page.boxes[half].tag == "article"
        assert prose[most] == prose[0]
        assert not (prose[most + 1 : page.boxes[most].end] == prose[0]).any()

    def test_container_of_a_paragraph_is_the_box_around_it(self, page) -> None:
        layout = Layout(page)
        one = block_at(page, "One.")
        assert page.boxes[layout.box[one]].tag == "p"
        assert page.boxes[layout.container[one]].tag == "article"

    def test_good_is_long_shown_and_unlinked(self, page) -> None:
        good = Layout(page).good
        assert good[block_at(page, "One.")]
        assert not good[block_at(page, "Hidden.")]
        assert not good[block_at(page, "Short line.")]
        linked = next(i for i, b in enumerate(page.blocks) if b.markup.linked > 80)
        assert not good[linked]

    @pytest.mark.parametrize(
        ("names", "is_consent"),
        [
            ("didomi-popup", True), ("c-consent", True), ("cookie-banner", True),
            ("privacyGate", True), ("vendor-list", True), ("cookiecutters", False),
            ("newsletter", False),
        ],
    )  # fmt: skip
    def test_consent_stands_beside_the_page(self, names: str, is_consent: bool) -> None:
        dialog = f"<div class='{names}'><p>{LONG}We ask.</p></div>"
        layout = Layout(read(PAGE.replace("<main", f"{dialog}<main"), "html"))
        assert layout.consent.sum() == is_consent
        assert not (layout.good & layout.consent).any()
        # What holds most of the prose is the page, whatever it is called.
        assert not Layout(
            read(PAGE.replace("<main", f"<main class='{names}'"), "html")
        ).consent.any()

    def test_what_is_around_is_counted_on_the_path(self, page) -> None:
        layout = Layout(page)
        for box, counts in zip(page.boxes, ancestors(page.boxes).tolist(), strict=True):
            tags = [around.tag for around in box.path()]
            assert counts == [tags.count(tag) for tag in ANCESTORS]
            assert layout.depth[box.index] == len(tags) - 1

    def test_a_page_in_a_dense_script_has_longer_lengths(self) -> None:
        dense = read("<p>" + "新しい橋が開通しました。" * 5 + "</p>", "html")
        assert Layout(dense).length[0] == 2.5 * len(dense.blocks[0].text)
        assert Layout(dense).good[0]


class TestWords:
    @pytest.mark.parametrize(
        ("names", "words"),
        [
            ("article-body", ["article", "body", "article-body"]),
            ("articleBody", ["article", "body", "article-body"]),
            ("c-Card__Title--xl", ["card", "title", "xl", "card-title-xl"]),
            ("HTMLText", ["html", "text", "html-text"]),
            ("col-md-8 mt-2", ["col", "md", "col-md", "mt"]),
            ("a b", []),
            ("", []),
            ("story story", ["story"]),
        ],
    )
    def test_split(self, names: str, words: list[str]) -> None:
        assert list(split_names(names)) == words

    def test_endless_attributes_are_cut(self) -> None:
        assert len(split_names(" ".join(f"word{chr(97 + i % 26) * 3}" for i in range(9999)))) <= 40

    def test_words_by_level(self, page) -> None:
        words = set(block_words(page.blocks[block_at(page, "One.")]))
        assert (2, "article-body") in words
        assert (3, "content") in words
        assert not any(level < 2 for level, _ in words)

    def test_first_inline_element_is_a_level(self) -> None:
        block = read('<p class="own"><span class="ad-label">Ad</span> text</p>', "html").blocks[0]
        assert {(0, "ad-label"), (1, "own")} <= set(block_words(block))

    def test_scores_are_sums_of_weights(self, page) -> None:
        weights = {(2, "article"): 1.0, (2, "story"): 0.5, (3, "content"): -2.0, (1, "x"): 9.0}
        block = page.blocks[block_at(page, "One.")]
        assert WordScores(weights).of([block]) == [(0.0, 0.0, 1.5, -2.0)]

    def test_scores_agree_with_words_on_every_block(self, page) -> None:
        weights = {word: 0.25 for block in page.blocks for word in block_words(block)}
        scores = WordScores(weights).of(page.blocks)
        for block, row in zip(page.blocks, scores, strict=True):
            assert sum(row) == pytest.approx(0.25 * len(list(block_words(block))))

    def test_a_word_counts_once_however_often_it_stands_above(self) -> None:
        nested = read(
            "<div class=w><div class=word><div class=word><p><i>x</i></p></div></div></div>"
        )
        assert WordScores({(3, "word"): 1.0}).of(nested.blocks)[0][3] == 1.0


class TestFeatures:
    def test_shape_and_names(self, page) -> None:
        seen = features(page)
        assert seen.rows.shape == (len(seen.candidates), len(NAMES))
        assert len(set(NAMES)) == len(NAMES)
        assert np.isfinite(seen.rows).all()

    def test_short_links_are_not_asked_about(self, page) -> None:
        asked = {page.blocks[i].text for i in features(page).candidates}
        assert "Home" not in asked
        assert "A new bridge" in asked

    @pytest.mark.parametrize(
        ("text", "name", "value"),
        [
            ("One.", "tag-p", 1), ("One.", "in-article", 1), ("One.", "in-top", 1),
            ("One.", "ends-full-stop", 1), ("One.", "good", 1), ("One.", "in-description", 1),
            ("One.", "hidden", 0), ("Hidden.", "hidden", 1), ("Hidden.", "in-footer", 1),
            ("Hidden.", "in-top", 0), ("Short line.", "starts-bold", 1),
            ("Short line.", "in-description", 0), ("A new bridge", "after-title", 0),
            ("One.", "after-title", 1), ("A new bridge", "tag-h1", 1),
        ],
    )  # fmt: skip
    def test_value(self, page, text: str, name: str, value: float) -> None:
        seen = features(page)
        row = seen.candidates.tolist().index(block_at(page, text))
        assert seen.rows[row, NAMES.index(name)] == value

    def test_stated_body_speaks_for_and_against(self) -> None:
        data = f'{{"@type": "NewsArticle", "headline": "A", "articleBody": "{LONG}"}}'
        page = read(
            f'<script type="application/ld+json">{data}</script><p>{LONG}</p>'
            f"<p>{LONG.replace('council', 'court')}</p>", "html",
        )  # fmt: skip
        column = features(page).rows[:, NAMES.index("in-stated-body")]
        assert column.tolist() == [1.0, -1.0]


class TestNetwork:
    def net(self) -> Network:
        layers = [(np.array([[1.0], [0.0]]), np.zeros(1)), (np.array([[2.0]]), np.array([-1.0]))]
        return Network(np.zeros(2), np.ones(2), [layers])

    def test_arithmetic(self) -> None:
        rows = np.array([[1.0, 5.0], [-1.0, 5.0]])
        expected = [1 / (1 + np.exp(-1.0)), 1 / (1 + np.exp(1.0))]
        assert self.net().probabilities(rows) == pytest.approx(expected)

    def test_outliers_are_clipped(self) -> None:
        assert standardized(np.array([[1e9, -1e9]]), np.zeros(2), np.ones(2)).tolist() == [[4, -4]]

    def test_rows_do_not_influence_each_other(self) -> None:
        rows = np.random.default_rng(0).normal(size=(500, len(COLUMNS)))
        network = builtin_model().network
        together = network.probabilities(rows)
        alone = [network.probabilities(row[None])[0] for row in rows[::50]]
        assert together[::50] == pytest.approx(alone, abs=1e-5)

    @pytest.mark.parametrize(
        ("probabilities", "threshold"),
        [([0.99, 0.99, 0.01], 0.5), ([0.4, 0.4, 0.01], 0.3), ([0.01, 0.01], 0.2), ([0.0], 0.5)],
    )
    def test_threshold_follows_what_the_page_promises(self, probabilities, threshold) -> None:
        found, _ = best_threshold(np.array(probabilities), np.full(len(probabilities), 100.0))
        assert found == pytest.approx(threshold, abs=0.08)

    def test_threshold_maximises_expected_f1(self) -> None:
        generator = np.random.default_rng(1)
        for _ in range(50):
            p, n = generator.uniform(size=20) ** 2, generator.integers(20, 400, 20).astype(float)
            threshold, best = best_threshold(p, n)
            cuts = [2 * (p * n)[p > t].sum() / (n[p > t].sum() + (p * n).sum()) for t in (0, *p)]
            assert best == pytest.approx(max(cuts))
            if 0.2 < threshold < 0.5:
                kept = p > threshold
                reached = 2 * (p * n)[kept].sum() / (n[kept].sum() + (p * n).sum())
                assert reached == pytest.approx(best)


class TestTrust:
    def test_evidence_has_its_names(self, page) -> None:
        seen = features(page)
        found = evidence(
            seen.rows, np.full(len(seen.candidates), 0.7), np.full(len(seen.candidates), 90.0)
        )
        assert found.shape == (len(EVIDENCE),)
        assert found[0] == 1.0
        assert np.isfinite(found).all()

    def test_unsure_pages_are_trusted_less(self, page) -> None:
        seen = features(page)
        lengths = seen.layout.length[seen.candidates]
        sure = np.where(lengths > 100, 0.99, 0.01)
        unsure = np.where(lengths > 100, 0.6, 0.4)
        coefficients = builtin_model().confidence
        assert trust(coefficients, seen.rows, sure, lengths) > trust(
            coefficients, seen.rows, unsure, lengths
        )


class TestJudgement:
    def test_body_and_the_rest(self, page) -> None:
        judgement = builtin_model().judge(page)
        judged = zip(page.blocks, judgement.probabilities, strict=True)
        kept = {block.text.split()[-1] for block, p in judged if p > judgement.threshold}
        assert {"One.", "Two.", "Three."} <= kept
        assert not {"Hidden.", "More", "us."} & kept
        assert judgement.probabilities[block_at(page, "Home")] == 0.0
        assert judgement.probabilities[block_at(page, "Hidden.")] < judgement.threshold

    @pytest.mark.parametrize("html", ["", "<html></html>", "<a href=x>Home</a>", "<p></p>"])
    def test_nothing_to_judge(self, html: str) -> None:
        judgement = builtin_model().judge(read(html, "html"))
        assert judgement.confidence == 0.0
        assert not judgement.probabilities.any()

    def test_explanation_names_the_strongest_features(self, page) -> None:
        explained = builtin_model().explain(page, block_at(page, "One."), most=5)
        assert len(explained) == 5
        assert {name for name, _, _ in explained} <= set(COLUMNS)
        effects = [abs(effect) for _, _, effect in explained]
        assert effects == sorted(effects, reverse=True)

    def test_a_block_not_asked_about_has_no_explanation(self, page) -> None:
        assert builtin_model().explain(page, block_at(page, "Home")) == []

    def test_a_page_of_plain_paragraphs_comes_out_whole(self) -> None:
        paragraphs = [f"{LONG}It was meeting number {n} of the year." for n in range(12)]
        text = "".join(f"<p>{p}</p>" for p in paragraphs)
        article = cleaner.clean(
            f"<html><body><article><h1>A bridge</h1>{text}</article></body></html>"
        )
        assert article.body.split("\n\n") == paragraphs
        assert article.headline == "A bridge"
        assert article.removed == ()


class TestWeights:
    def test_they_survive_the_file(self, tmp_path: Path, page) -> None:
        model = builtin_model()
        save(model, str(tmp_path / "w.npz"))
        again = load(str(tmp_path / "w.npz"))
        assert again.version == model.version
        assert again.words == model.words
        before, after = model.judge(page).probabilities, again.judge(page).probabilities
        assert after == pytest.approx(before, abs=1e-5)

    def test_weights_of_other_features_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "w.npz"
        save(builtin_model(), str(path))
        with np.load(path) as data:
            arrays = dict(data)
        arrays["columns"] = np.array("length\nwidth")
        np.savez(path, **arrays)
        with pytest.raises(ValueError, match="train again"):
            load(str(path))

    def test_they_are_small_and_versioned(self) -> None:
        path = Path(cleaner.model.body.__file__).parent / "weights" / "html.npz"
        assert path.stat().st_size < 250_000
        assert len(builtin_model().version) == 12

    def test_a_model_can_go_to_another_process(self, page) -> None:
        again: BodyModel = pickle.loads(pickle.dumps(builtin_model()))
        assert (again.judge(page).probabilities == builtin_model().judge(page).probabilities).all()


TWO = "<p>The council met.</p><p>It rained.</p>"


@pytest.mark.parametrize(
    ("html", "probabilities", "kept"),
    [
        # what goes on with the last one
        (f"{TWO}<p>Edited for length.</p>", (0.9, 0.9, 0.3), "++ +"),
        (f"{TWO}<p>One.</p><p>Two.</p>", (0.9, 0.9, 0.3, 0.3), "++ ++"),
        # unlikely, or beyond what is unlikely
        (f"{TWO}<p>One.</p><p>Two.</p>", (0.9, 0.9, 0.2, 0.3), "++ .."),
        # another kind of element, another box, a link
        (f"{TWO}<h2>More</h2>", (0.9, 0.9, 0.4), "++ ."),
        (f"{TWO}<div><p>One.</p></div>", (0.9, 0.9, 0.4), "++ ."),
        (f"{TWO}<p><a href=x>A title</a> 2</p>", (0.9, 0.9, 0.4), "++ ."),
        # between two, in one box
        ("<p>One.</p><h2>Two</h2><p>Three.</p>", (0.9, 0.1, 0.9), "+++"),
        ("<p>One.</p><h2>Two</h2><p>Three.</p>", (0.9, 0.04, 0.9), "+.+"),
        # nothing to go on with
        (f"{TWO}<p>One.</p>", (0.4, 0.4, 0.4), "..."),
        # a subhead over what is kept, in its box or boxes in that, but not above all of it
        (f"{TWO}<div><h3>For</h3><ul><li>Light</li></ul></div>", (0.9, 0.9, 0.1, 0.9), "++ ++"),
        (f"{TWO}<div><h3>For</h3><p>Light.</p></div>", (0.9, 0.9, 0.04, 0.9), "++ .+"),
        (f"{TWO}<div><h3>For</h3></div><div><p>L.</p></div>", (0.9, 0.9, 0.1, 0.9), "++ .+"),
        (f"{TWO}<div><h3><a href=x>For</a></h3><p>L.</p></div>", (0.9, 0.9, 0.1, 0.9), "++ .+"),
        (f"{TWO}<div><p>For</p><p>Light.</p></div>", (0.9, 0.9, 0.1, 0.9), "++ .+"),
        (f"<h3>For</h3>{TWO}", (0.1, 0.9, 0.9), ".++"),
        # parts of the text, with others in between and boxes of their own
        (f"<ul><li>A.</ul><blockquote>B.</blockquote>{TWO}", (0.9, 0.1, 0.9, 0.9), "+++ +"),
        (
            f"{TWO}<blockquote><p>B.</p></blockquote><div>C.</div>{TWO}",
            (0.9, 0.9, 0.2, 0.9, 0.9, 0.9),
            "++ + +++",
        ),
        (
            f"{TWO}<blockquote><p>B.</p></blockquote><div>C.</div>{TWO}",
            (0.9, 0.9, 0.1, 0.0, 0.9, 0.9),
            "++ +.++",
        ),
        (
            f"{TWO}<figure><table><tr><td>A<td>B</table></figure>{TWO}",
            (0.9, 0.9, 0.2, 0.2, 0.9, 0.9),
            "++ ++ ++",
        ),
        (
            f"{TWO}<table><tr><td>A<td>B</table><details><summary>C</summary><p>D</p></details>{TWO}",
            (0.9, 0.9, 0.2, 0.2, 0.9, 0.9, 0.9, 0.9),
            "++ ++ ++ ++",
        ),
        (f"{TWO}<div><p>B.</p></div><div>C.</div>{TWO}", (0.9, 0.9, 0.2, 0.9, 0.9, 0.9), "++ .+++"),
        (
            f"{TWO}<ul><li><a>B.</a></ul><div>C.</div>{TWO}",
            (0.9, 0.9, 0.2, 0.9, 0.9, 0.9),
            "++ .+++",
        ),
        # each in a box of its own
        ("<div><p>A.</p></div><div><p>B.</p></div><div><p>C.</p></div>", (0.9, 0.2, 0.9), "+++"),
        ("<div><p>A.</p></div><p>B.</p><div><p>C.</p></div>", (0.9, 0.2, 0.9), "+.+"),
        ("<div><h2>A:</h2></div><div><ul><li>B<li>C</ul></div>", (0.9, 0.2, 0.2), "+++"),
        # a list at the end, where something leads to it
        ("<p>A.</p><p>They are:</p><ul><li>B<li>C</ul>", (0.9, 0.9, 0.1, 0.15), "++ ++"),
        ("<p>A.</p><p>They are:</p><ul><li>B<li>C<li>D</ul>", (0.9, 0.9, 0.1, 0.05, 0.1), "++ +.+"),
        ("<p>A.</p><h3>Tips</h3><ul><li>B<li>C</ul>", (0.9, 0.9, 0.15, 0.2), "++ ++"),
        ("<p>A.</p><h3>Tips</h3><ul><li>B<li>C</ul>", (0.9, 0.9, 0.1, 0.1), "++ .."),
        (f"{TWO}<ul><li>B<li>C</ul>", (0.9, 0.9, 0.2, 0.2), "++ .."),
        ("<p>A.</p><p>They are:</p><ul><li><a>B</a><li>C</ul>", (0.9, 0.9, 0.2, 0.2), "++ .."),
        ("<p>A.</p><p>They are:</p><div><p></p><ul><li>B</ul></div>", (0.9, 0.9, 0.2), "++ ."),
        # a table kept in good part
        (f"{TWO}<table><tr><td>A<td>B<tr><td>C<td>D</table>", (0.9,) * 4 + (0.0, 0.3), "++ ++++"),
        (f"{TWO}<table><tr><td>A<td>B<tr><td>C<td>D</table>", (0.9,) * 3 + (0.1,) * 3, "++ +..."),
    ],
)
def test_doubtful_blocks_follow_their_neighbours(
    html: str, probabilities: tuple[float, ...], kept: str
) -> None:
    page = read(f"<article>{html}</article>", "html")
    label_outside(Draft(page, builtin(), model=Fixed(*probabilities)))
    assert "".join("+" if b.kept else "." for b in page.blocks) == kept.replace(" ", "")


@pytest.mark.parametrize(
    ("around", "reason"),
    [("newsletter-post", Reason.OUTSIDE_ARTICLE), ("post", Reason.CALL_TO_ACTION)],
)
def test_a_name_around_the_text_is_no_reason(around: str, reason: Reason) -> None:
    page = read(f"<div class={around}>{TWO}<div class=newsletter-box>N</div></div>", "html")
    label_outside(Draft(page, builtin(), model=Fixed(0.9, 0.9, 0.1)))
    assert page.blocks[-1].reason is reason
