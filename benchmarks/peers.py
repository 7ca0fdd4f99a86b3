"""The extractors that are compared: each a function from a page to a prediction.

Every one is used as its documentation says, with its network access off. A peer's package is
imported when it is first asked for, so that one that is missing costs only its own column.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.metrics import Prediction

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PEERS", "Extractor", "Peer", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document as extractors take it: its bytes, its text, and its address if known."""

    data: bytes
    text: str
    url: str | None = None


if TYPE_CHECKING:
    Extractor = Callable[[Source], Prediction]


@dataclass(frozen=True, slots=True)
class Peer:
    """An extractor to compare with: `make` imports it and returns the function that runs it.

    `requirement` is the pinned package, "" for what cleaner itself needs; `gives` the parts of an
    article that it gives at all; `dumps` whether it takes text dumps.
    """

    make: Callable[[], Extractor]
    requirement: str = ""
    gives: str = "body headline date"
    dumps: bool = False


def _cleaner() -> Extractor:
    cleaner = importlib.import_module("cleaner")

    def run(source: Source) -> Prediction:
        article = cleaner.clean(source.data, url=source.url)
        return Prediction(article.headline, article.date, article.body)

    return run


def _as_it_is() -> Extractor:
    """Keep a dump as it is: what cleaning it has to beat."""
    return lambda source: Prediction(body=source.text)


def _parse() -> Extractor:
    """Only parse the page with lxml and read all of its text: the floor of time."""
    etree = importlib.import_module("lxml.etree")

    def run(source: Source) -> Prediction:
        tree = etree.fromstring(source.data, etree.HTMLParser(huge_tree=True))
        if tree is None:
            return Prediction()
        return Prediction(body=etree.tostring(tree, method="text", encoding="unicode"))

    return run


def _trafilatura(**options: Any) -> Callable[[], Extractor]:
    def make() -> Extractor:
        extract = importlib.import_module("trafilatura").bare_extraction

        def run(source: Source) -> Prediction:
            found = extract(
                source.data, url=source.url, with_metadata=True, include_comments=False, **options
            )
            if found is None:
                return Prediction()
            return Prediction(found.title, found.date, found.text)

        return run

    return make


def _newspaper() -> Extractor:
    newspaper = importlib.import_module("newspaper")
    config = newspaper.Config()
    config.fetch_images = False

    def run(source: Source) -> Prediction:
        article = newspaper.Article(source.url or "https://example.org/", config=config)
        article.download(input_html=source.text)
        article.parse()
        day = article.publish_date
        return Prediction(article.title, day.isoformat() if day else None, article.text)

    return run


def _readability() -> Extractor:
    document = importlib.import_module("readability").Document
    fromstring = importlib.import_module("lxml.html").fromstring

    def run(source: Source) -> Prediction:
        found = document(source.text)
        body = fromstring(found.summary(html_partial=True)).text_content()
        return Prediction(found.short_title(), None, body)

    return run


def _goose() -> Extractor:
    goose = importlib.import_module("goose3").Goose({"enable_image_fetching": False})

    def run(source: Source) -> Prediction:
        found = goose.extract(raw_html=source.text)
        return Prediction(found.title, found.publish_date, found.cleaned_text)

    return run


def _justext() -> Extractor:
    justext = importlib.import_module("justext")
    # It wants to be told the language; a benchmark of many gives it the words of all.
    words = frozenset().union(*(justext.get_stoplist(name) for name in justext.get_stoplists()))

    def run(source: Source) -> Prediction:
        paragraphs = justext.justext(source.data, words)
        return Prediction(body="\n".join(p.text for p in paragraphs if not p.is_boilerplate))

    return run


def _boilerpy() -> Extractor:
    extractors = importlib.import_module("boilerpy3.extractors")
    extractor = extractors.ArticleExtractor(raise_on_failure=False)

    def run(source: Source) -> Prediction:
        found = extractor.get_doc(source.text)
        return Prediction(found.title, None, found.content)

    return run


def _resiliparse() -> Extractor:
    tree_of = importlib.import_module("resiliparse.parse.html").HTMLTree
    plain = importlib.import_module("resiliparse.extract.html2text").extract_plain_text

    def run(source: Source) -> Prediction:
        tree = tree_of.parse(source.text)
        return Prediction(tree.title, None, plain(tree, main_content=True, alt_texts=False))

    return run


def _htmldate() -> Extractor:
    find_date = importlib.import_module("htmldate").find_date

    def run(source: Source) -> Prediction:
        return Prediction(date=find_date(source.text, original_date=True, url=source.url))

    return run


PEERS: dict[str, Peer] = {
    "parse": Peer(_parse, gives="body"),
    "as it is": Peer(_as_it_is, gives="body", dumps=True),
    "cleaner": Peer(_cleaner, dumps=True),
    "trafilatura": Peer(_trafilatura(), "trafilatura==2.3.1"),
    "trafilatura fast": Peer(_trafilatura(fast=True), "trafilatura==2.3.1"),
    "trafilatura precision": Peer(_trafilatura(favor_precision=True), "trafilatura==2.3.1"),
    "newspaper4k": Peer(_newspaper, "newspaper4k==0.9.6"),
    "readability-lxml": Peer(_readability, "readability-lxml==0.9", "body headline"),
    "goose3": Peer(_goose, "goose3==3.1.22"),
    "jusText": Peer(_justext, "jusText==3.0.2", "body"),
    "boilerpy3": Peer(_boilerpy, "boilerpy3==1.0.7", "body headline"),
    "resiliparse": Peer(_resiliparse, "resiliparse==2.0.1", "body headline"),
    "htmldate": Peer(_htmldate, "htmldate==1.11.0", "date"),
}
