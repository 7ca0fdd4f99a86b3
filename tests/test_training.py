"""Training: gold to labels, a corpus to examples, examples to the same weights every time."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import cleaner
from cleaner.errors import InputError
from cleaner.model.lines import NAMES
from cleaner.model.training.align import BODY, IGNORED, OTHER, align
from cleaner.model.training.dumps import dumps_of
from cleaner.model.training.examples import part_of
from cleaner.model.training.lines import load_dumps, make_dumps, taught
from cleaner.model.training.pages import load_pages
from cleaner.model.training.score import page_score, summary
from cleaner.readers import read

ONE = "The council met on Monday evening to discuss the new bridge over the river."
TWO = "It decided by seven votes to two that the work should begin in the spring."
THREE = "Mayor Jane Roe called it a good day for everybody who lives on the north shore."
OTHER_STORY = "Elsewhere a dog was found on the roof of a school after a night of rain."


def labels(html: str, gold: str, optional: str = "") -> dict[str, int]:
    page = read(html, "html")
    return {
        block.text: label
        for block, label in zip(page.blocks, align(page.blocks, gold, optional), strict=True)
    }


class TestAlign:
    def test_body_and_the_rest(self) -> None:
        found = labels(f"<p>{ONE}</p><p>{OTHER_STORY}</p><p>{TWO}</p>", f"{ONE}\n{TWO}")
        assert found == {ONE: BODY, OTHER_STORY: OTHER, TWO: BODY}

    def test_of_copies_the_one_among_its_neighbours_is_chosen(self) -> None:
        page = read(
            f"<aside><p>{TWO}</p></aside><div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>"
            f"<footer><p>{ONE}</p></footer>", "html",
        )  # fmt: skip
        assert align(page.blocks, f"{ONE}\n{TWO}\n{THREE}") == [OTHER, BODY, BODY, BODY, OTHER]

    def test_short_blocks_count_where_the_gold_goes_on_with_them(self) -> None:
        html = f"<p>Much more</p><p>{ONE}</p><h2>Seven to two</h2><p>{TWO}</p><p>Seven to two</p>"
        page = read(html, "html")
        found = align(page.blocks, f"{ONE}\nSeven to two\n{TWO}")
        assert found == [OTHER, BODY, BODY, BODY, OTHER]

    def test_a_block_with_a_few_words_more_or_less_is_still_found(self) -> None:
        longer = ONE.replace("the new bridge", "the (long awaited) new bridge")
        assert labels(f"<p>{longer}</p><p>{TWO}</p>", f"{ONE}\n{TWO}")[longer] == BODY

    def test_optional_text_is_ignored_unless_it_is_body(self) -> None:
        found = labels(f"<h2>{THREE}</h2><p>{ONE}</p>", ONE, optional=f"{THREE}\n{ONE}")
        assert found == {THREE: IGNORED, ONE: BODY}

    def test_out_of_order_text_counts_where_nothing_else_covers_it(self) -> None:
        found = labels(f"<p>{THREE}</p><p>{ONE}</p><p>{TWO}</p>", f"{ONE}\n{TWO}\n{THREE}")
        assert set(found.values()) == {BODY}

    @pytest.mark.parametrize("gold", ["", "Nothing of this page stands in this text at all."])
    def test_nothing_to_find(self, gold: str) -> None:
        assert set(labels(f"<p>{ONE}</p><p>x</p>", gold).values()) == {OTHER}


class TestScore:
    def test_perfect(self) -> None:
        score = page_score(ONE, ONE)
        assert (score.precision, score.recall, score.f1, score.exact) == (1.0, 1.0, 1.0, True)

    def test_noise_costs_precision_only(self) -> None:
        score = page_score(f"{ONE} {OTHER_STORY}", ONE)
        assert score.recall == 1.0
        assert score.precision is not None
        assert score.precision < 0.6
        assert not score.exact

    def test_optional_text_counts_neither_way(self) -> None:
        both = f"{THREE}\n{ONE}"  # the three shingles across the seam still count
        assert page_score(both, ONE, optional=THREE).precision == pytest.approx(11 / 14)
        assert page_score(both, ONE).precision == pytest.approx(11 / 27)
        assert page_score(ONE, ONE, optional=THREE).f1 == 1.0

    def test_nothing_given(self) -> None:
        score = page_score("", ONE)
        assert (score.precision, score.recall, score.f1) == (None, 0.0, 0.0)

    def test_summary_averages_before_combining(self) -> None:
        figures = summary([page_score(ONE, ONE), page_score("", ONE)])
        assert figures["precision"] == 1.0
        assert figures["recall"] == 0.5
        assert figures["f1"] == pytest.approx(2 / 3)
        assert figures["whole"] == 0.5
        assert figures["bad"] == 0.5


def write_corpus(folder: Path, pages: int) -> None:
    """Write small pages of many sites: an article among links, teasers and comments."""
    (folder / "pages").mkdir(parents=True)
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for n in range(pages):
            body = [f"{text} That was story {n}." for text in (ONE, TWO, THREE)]
            html = (
                f"<title>Story {n}</title><nav class='menu'><a href='/'>Home</a></nav>"
                f"<div class='article-body'>{''.join(f'<p>{p}</p>' for p in body)}</div>"
                f"<div class='related'><p>{OTHER_STORY} {n}</p></div>"
            )
            path = folder / "pages" / f"page{n}.html.gz"
            path.write_bytes(gzip.compress(html.encode()))
            row = {"id": f"page{n}", "site": f"site{n}.example", "body": "\n".join(body)}
            gold.write(json.dumps(row) + "\n")


class TestDataset:
    def test_examples(self, tmp_path: Path) -> None:
        write_corpus(tmp_path / "tiny", 3)
        examples = load_pages(tmp_path / "tiny")
        assert [example.site for example in examples] == [f"site{n}.example" for n in range(3)]
        for example in examples:
            assert example.corpus == "tiny"
            assert example.labels.tolist() == [1, 1, 1, 0]
            assert example.rows.shape[0] == len(example.words) == 4
            assert example.weights[example.labels == 1].sum() == pytest.approx(1.0)

    def test_long_pages_do_not_rule(self, tmp_path: Path) -> None:
        write_corpus(tmp_path, 1)
        path = tmp_path / "pages" / "page0.html.gz"
        more = "".join(f"<p>{OTHER_STORY} Number {n}.</p>" for n in range(200))
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()) + more.encode()))
        example = load_pages(tmp_path)[0]
        assert example.weights[example.labels == 0].sum() == pytest.approx(3.0)

    @pytest.mark.parametrize("broken", ["", '{"id": "x", "site": "s", "body": "b"}', "{"])
    def test_a_broken_corpus_is_named(self, tmp_path: Path, broken: str) -> None:
        if broken:
            (tmp_path / "gold.jsonl").write_text(broken, encoding="utf-8")
        with pytest.raises(InputError, match=str(tmp_path)):
            load_pages(tmp_path)

    def test_parts_are_by_site_and_stable(self) -> None:
        assert part_of("example.org", 5) == part_of("example.org", 5) == 4
        assert {part_of(f"site{n}", 5) for n in range(100)} == set(range(5))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sklearn", reason="training needs the extra news-cleaner[train]")
    folder = tmp_path_factory.mktemp("corpus") / "tiny"
    write_corpus(folder, 24)
    return folder


class TestFit:
    def test_the_command_is_repeatable_and_the_model_learns(self, corpus: Path) -> None:
        from cleaner.model.body import load
        from cleaner.model.training.__main__ import main

        outputs = []
        for name in ("a.npz", "b.npz"):
            target = corpus / name
            result = CliRunner().invoke(
                main, ["html", str(corpus), "-o", str(target), "--folds", "2"]
            )
            assert result.exit_code == 0, result.output
            assert "24 pages of 24 sites" in result.output
            outputs.append(target)
        with np.load(outputs[0]) as a, np.load(outputs[1]) as b:
            assert a.files == b.files
            for name in a.files:
                assert (a[name] == b[name]).all(), name
        model = load(str(outputs[0]))
        assert model.words[2, "article-body"] > 0 > model.words[2, "related"]
        first = gzip.decompress((corpus / "pages" / "page0.html.gz").read_bytes())
        judgement = model.judge(read(first))
        kept = judgement.probabilities > judgement.threshold
        assert kept.tolist() == [False, True, True, True, False]

    @pytest.mark.usefixtures("corpus")
    def test_a_missing_corpus_is_a_plain_message(self, tmp_path: Path) -> None:
        from cleaner.model.training.__main__ import main

        result = CliRunner().invoke(main, ["html", str(tmp_path / "nowhere")])
        assert result.exit_code == 1
        assert "nowhere" in result.output
        assert "Traceback" not in result.output


class TestDumps:
    PAGE = (
        "<title>The story | The Banner</title><nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
        f"<main><h1>The story</h1><p>{ONE} <a href='/x'>See</a> more.</p><p>{TWO}</p>"
        f"<p>{THREE}</p></main>"
        "<script>var x = 1;</script><footer>Terms</footer>"
    )

    def test_kinds(self) -> None:
        dumps = dict(dumps_of(self.PAGE.encode(), "The story"))
        assert dumps["blocks"].split("\n\n") == [
            "Home News", "The story", f"{ONE} See more.", TWO, THREE, "Terms",
        ]  # fmt: skip
        assert dumps["element"] == f"The story\n{ONE} See more.\n{TWO}\n{THREE}"
        assert dumps["fragments"].split("\n")[4:7] == [ONE, "See", "more."]
        everything = f"Home News The story {ONE} See more. {TWO} {THREE} Terms"
        assert dumps["full"].split() == f"The story | The Banner {everything}".split()
        assert TWO in dumps["main"].split("\n")
        assert not any("var x" in text for text in dumps.values())

    def test_kinds_of_longer_pages(self) -> None:
        page = Path(__file__).parent.parent / "fixtures" / "pages" / "table.html"
        dumps = dict(dumps_of(page.read_bytes(), "The story"))
        assert dumps["markdown"].startswith("# The story\n\n")
        assert dumps["justext"].count("\n") >= 3

    @pytest.mark.parametrize(
        "page", [f"<p>{ONE}</p>", f"<article>A teaser</article><p>{ONE}</p><p>{TWO}</p>"]
    )
    def test_without_a_main_element_that_holds_much_there_is_none(self, page: str) -> None:
        assert "element" not in dict(dumps_of(page.encode(), None))

    @pytest.mark.parametrize("page", [b"", b"\n", b"<br>", b"<script>1</script>", b"\xff\xfe"])
    def test_no_dump_is_empty(self, page: bytes) -> None:
        assert all(text for _, text in dumps_of(page, None))

    def test_pages_without_gold_are_taught_where_their_article_is_sure(self) -> None:
        row = {"id": "a", "site": "a.example", "body": None, "url": None}
        page = Path(__file__).parent.parent / "fixtures" / "pages" / "structure.html"
        article = cleaner.clean_file(page)
        gold = taught(page.read_bytes(), row)
        assert gold == {
            **row,
            "headline": article.headline,
            "body": article.body,
            "optional": article.standfirst,
        }
        assert taught(b"<p>Sign in</p>", row) is None

    def test_examples_are_what_the_rules_have_left(self, tmp_path: Path) -> None:
        write_dumps(tmp_path, 1)
        (example,) = load_dumps(tmp_path)
        assert (example.corpus, example.site) == ("full", "site0.example")
        assert example.labels.tolist() == [0, 0, 1, 1, 1, 0]
        assert example.rows[:, NAMES.index("kept")].tolist() == [1, 1, 1, 1, 1, 0]
        assert example.read().blocks[2].text == ONE

    def test_pages_give_dumps_of_their_own(self, tmp_path: Path) -> None:
        write_corpus(tmp_path / "tiny", 2)
        examples = make_dumps(tmp_path / "tiny")
        kinds = "full fragments main recall markdown blocks clean"
        assert {e.corpus for e in examples} == {f"tiny {kind}" for kind in kinds.split()}
        assert all(3 <= example.labels.sum() <= 4 for example in examples)
        assert all(e.labels.all() for e in examples if e.corpus == "tiny clean")

    @pytest.mark.parametrize("broken", [None, b"", b"no gzip", gzip.compress(b"{", mtime=0)])
    def test_a_broken_file_is_named(self, tmp_path: Path, broken: bytes | None) -> None:
        if broken is not None:
            (tmp_path / "dumps.jsonl.gz").write_bytes(broken)
        if broken == b"":
            assert load_dumps(tmp_path) == []
            return
        with pytest.raises(InputError, match=str(tmp_path)):
            load_dumps(tmp_path)


def write_dumps(folder: Path, count: int) -> None:
    """Write small dumps of many sites: an article between navigation and a call to action."""
    with gzip.open(folder / "dumps.jsonl.gz", "wt", encoding="utf-8") as file:
        for n in range(count):
            body = f"{ONE}\n{TWO}\n{THREE}"
            text = f"Home\nNews of site {n}\n{body}\nSign up for our newsletter"
            row = {"id": f"d{n}", "kind": "full", "site": f"site{n}.example", "body": body}
            file.write(json.dumps({**row, "text": text}) + "\n")


class TestFitLines:
    def test_the_command_is_repeatable_and_the_model_learns(self, tmp_path: Path) -> None:
        pytest.importorskip("torch", reason="to train on dumps takes PyTorch")
        from cleaner.model.dump import load
        from cleaner.model.training.__main__ import main

        write_dumps(tmp_path, 120)
        write_corpus(tmp_path / "pages-of-news", 4)
        outputs = [tmp_path / "a.npz", tmp_path / "b.npz"]
        for target in outputs:
            arguments = ["text", str(tmp_path), "-o", str(target), "--folds", "2"]
            arguments += ["--pages", str(tmp_path / "pages-of-news")]
            result = CliRunner().invoke(main, arguments)
            assert result.exit_code == 0, result.output
            assert "120 pages of 120 sites" in result.output
        with np.load(outputs[0]) as a, np.load(outputs[1]) as b:
            assert a.files == b.files
            for name in a.files:
                assert (a[name] == b[name]).all(), name
        page = read(f"Home\nNews of site 1\n{ONE}\n{TWO}\n{THREE}", "text")
        probabilities = load(str(outputs[0])).judge(page).probabilities
        assert probabilities[2:].min() > probabilities[:2].max()
