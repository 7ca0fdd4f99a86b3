"""Arrow: the schema keeps to the article, and every row comes back in its place."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys

import pytest

import cleaner
from cleaner import EmptyInput, InputError
from cleaner.records import Content, Fields, Unreadable, read_record

pa = pytest.importorskip("pyarrow")

from cleaner.connect.arrow import SCHEMA, clean_batch, to_batch  # noqa: E402  (after the skip)

DAY = (2024, 5, 6)
NAN = float("nan")  # what pandas has where there is nothing
DUMP = "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n"
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>A bridge</title></head><body><h1>A bridge</h1>"
    "<p>The bridge over the Oder was closed on Monday after engineers found cracks in it.</p>"
    "<p>Nobody could say when it would be open to traffic again, the engineers said.</p></body>"
)


def test_the_columns_are_the_articles_fields() -> None:
    names = [field.name for field in dataclasses.fields(cleaner.Article)]
    assert SCHEMA.names == ["id", *names, "duplicate_of", "error"]
    source = [field.name for field in dataclasses.fields(cleaner.Source)]
    assert [field.name for field in SCHEMA.field("source").type] == source
    removed = [field.name for field in SCHEMA.field("removed").type.value_type]
    assert removed == list(cleaner.Removed._fields)


@pytest.mark.parametrize(
    "kind", ["string", "large_string", "binary", "large_binary", "string_view", "dictionary"]
)
@pytest.mark.parametrize("explain", [False, True])
def test_rows_are_cleaned_like_documents(kind: str, explain: bool) -> None:
    pages = pa.array([PAGE, PAGE.replace("Oder", "Elbe")])
    if kind == "dictionary":
        pages = pages.dictionary_encode()
    else:
        pages = pages.cast("binary" if "binary" in kind else "string").cast(kind)
    batch = pa.record_batch({"id": [7, 8], "html": pages, "url": ["https://a.example/1", None]})
    result = clean_batch(batch, explain=explain)
    assert isinstance(result, pa.RecordBatch)
    assert result.schema == SCHEMA
    expected = cleaner.clean(PAGE, "https://a.example/1", "html").to_dict(explain=explain)
    first = result.to_pylist()[0]
    assert first == {"removed": None, **expected, "id": "7", "duplicate_of": None, "error": None}


def test_a_table_gives_a_table() -> None:
    table = pa.table({"text": pa.chunked_array([[DUMP], [DUMP, DUMP]])})
    result = clean_batch(table)
    assert isinstance(result, pa.Table)
    assert result["date"].to_pylist() == ["2020-01-08"] * 3
    assert result["id"].to_pylist() == [None] * 3


def test_no_rows_give_no_rows() -> None:
    batch = pa.record_batch({"html": pa.array([], pa.string())})
    assert (clean_batch(batch).num_rows, clean_batch(batch).schema) == (0, SCHEMA)


def test_a_broken_row_costs_no_other() -> None:
    png = b"\x89PNG\r\n\x1a\n\x00"
    batch = pa.record_batch({"id": list("abcd"), "html": [png, b" ", None, PAGE.encode()]})
    result = clean_batch(batch).to_pylist()
    assert [row["error"] for row in result] == [
        "BinaryInput: this is a binary file, not text or HTML",
        "EmptyInput: field 'html' is empty",
        "InputError: no field holds a page (looked for html, raw_html, text, content, raw_content)",
        None,
    ]
    for row in result[:3]:
        assert {name for name, value in row.items() if value is not None} == {"id", "error"}
    assert "closed on Monday" in result[3]["body"]


def odd(pages: list[bytes]) -> pa.Array:
    """Text as other writers leave it: bytes that are no UTF-8, unchecked."""
    return pa.Array.from_buffers(pa.string(), len(pages), pa.array(pages).buffers())


def test_what_python_cannot_hold_is_read_nevertheless() -> None:
    moments = pa.array([1714979289123456789] * 2, pa.timestamp("ns"))
    pages = odd([PAGE.encode(), PAGE.replace("Oder", "Saône").encode("latin-1")])
    batch = pa.record_batch({"id": ["a", "b"], "html": pages, "captured": moments})
    for data in (batch, pa.Table.from_batches([batch, batch])):
        for row in clean_batch(data).to_pylist():
            assert (row["error"], row["source"]["captured"]) == (None, "2024-05-06")
            assert ("over the Oder" if row["id"] == "a" else "over the Saône") in row["body"]


def test_a_cell_that_cannot_be_read_costs_its_row() -> None:
    nowhere = pa.array([None, 1714979289123456, None], pa.timestamp("us", tz="No/Where"))
    batch = pa.record_batch({"id": ["a", "b", "c"], "html": [PAGE] * 3, "captured": nowhere})
    assert clean_batch(batch)["error"].to_pylist() == [None] * 3  # nobody named the column
    rows = clean_batch(batch, fields=Fields(captured="captured")).to_pylist()
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [row["error"] is None for row in rows] == [True, False, True]
    assert rows[1]["error"].startswith("InputError: field 'captured' cannot be read: ")


def test_a_cell_that_cannot_be_read_is_no_text_and_no_id() -> None:
    record = {"id": Unreadable("why"), "text": "x", "html": Unreadable("why")}
    assert read_record(record, Fields()) == Content("x", "text")
    assert Fields().identity(record) is None
    with pytest.raises(InputError, match="field 'html' cannot be read: why"):
        read_record(record, Fields(html="html"))


def test_a_mistake_of_ours_costs_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(data: str, *_: object, **__: object) -> cleaner.Article:
        if "trip" in data:
            raise RecursionError("too deep")
        return cleaner.clean(data)

    monkeypatch.setattr("cleaner.connect.arrow.clean", trip)
    result = clean_batch(pa.record_batch({"text": ["trip", DUMP]}))
    assert result["error"].to_pylist() == ["RecursionError: too deep (please report this)", None]


@pytest.mark.parametrize("kind", [pa.RecordBatch, pa.Table])
def test_the_first_of_several_columns_of_a_name_counts(kind: type) -> None:
    columns = [pa.array([PAGE]), pa.array(["x"]), pa.array([None]), pa.array(["y"])]
    batch = kind.from_arrays(columns, names=["html", "id", "html", "id"])
    (row,) = clean_batch(batch).to_pylist()
    assert (row["id"], row["error"]) == ("x", None)


def test_a_batch_without_pages_is_refused() -> None:
    with pytest.raises(InputError, match=r"no column holds pages \(looked for html, raw_html"):
        clean_batch(pa.record_batch({"id": ["1"]}))


def test_fields_can_be_named() -> None:
    batch = pa.record_batch({"key": ["x"], "seite": [PAGE], "wo": ["https://a.example/"]})
    fields = Fields(html="seite", url="wo", id="key")
    (row,) = clean_batch(batch, fields=fields).to_pylist()
    assert (row["id"], row["url"], row["error"]) == ("x", "https://a.example/", None)


def test_half_a_pair_is_spelled_out() -> None:
    row = to_batch([{"id": "a\udcff", "authors": ["\ud800"], "body": "ü–😀"}]).to_pylist()[0]
    assert (row["id"], row["authors"], row["body"]) == ("a\\udcff", ["\\ud800"], "ü–😀")


def test_without_pyarrow_it_says_what_to_install() -> None:
    script = "import sys; sys.modules['pyarrow'] = None; import cleaner; cleaner.clean_batch"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert "needs pyarrow: pip install 'news-cleaner[arrow]'" in result.stderr


# --- records -------------------------------------------------------------------------------------


class NotATime(dt.datetime):
    """As pandas has it: a moment without a day."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    def date(self) -> dt.date:
        raise ValueError("NaTType does not support date")


class Unlike:
    """As pandas has it: whether it equals something cannot be said."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"html": "<p>x"}, Content("<p>x", "html")),
        ({"raw_html": b"<p>x"}, Content(b"<p>x", "html")),
        ({"text": "x"}, Content("x", "text")),
        ({"content": "x"}, Content("x", "auto")),
        ({"raw_content": "x"}, Content("x", "auto")),
        ({"html": "", "text": "x"}, Content("x", "text")),
        ({"html": None, "text": "x"}, Content("x", "text")),
        ({"html": "h", "text": "t"}, Content("h", "html")),
        ({"text": "x", "url": "u"}, Content("x", "text", "u")),
        ({"text": "x", "url": b"u"}, Content("x", "text", "u")),
        ({"text": "x", "url": ""}, Content("x", "text")),
        (
            {"text": "x", "captured": "2024-05-06T07:08:09Z"},
            Content("x", "text", None, dt.date(2024, 5, 6)),
        ),
        ({"text": "x", "crawl_date": dt.datetime(*DAY)}, Content("x", "text", None, dt.date(*DAY))),
        ({"text": "x", "captured": dt.date(*DAY)}, Content("x", "text", None, dt.date(*DAY))),
        ({"text": "x", "date": "2024-05-06"}, Content("x", "text")),
        # What nobody named and what does not fit is none of ours.
        ({"html": 5, "text": "x"}, Content("x", "text")),
        ({"html": NAN, "text": "x", "url": NAN, "captured": NAN}, Content("x", "text")),
        ({"text": "x", "url": 1}, Content("x", "text")),
        ({"text": "x", "url": ["u"]}, Content("x", "text")),
        ({"text": "x", "captured": "soon"}, Content("x", "text")),
        ({"text": "x", "captured": True}, Content("x", "text")),
        ({"text": "x", "captured": 1714953600}, Content("x", "text")),
        ({"text": "x", "crawl_date": "Mon, 06 May 2024 07:08:09 GMT"}, Content("x", "text")),
        (
            {"text": "x", "captured": True, "crawl_date": "2024-05-06"},
            Content("x", "text", None, dt.date(*DAY)),
        ),
        ({"text": "x", "captured": NotATime(*DAY)}, Content("x", "text")),
        ({"text": "x", "captured": Unlike()}, Content("x", "text")),
    ],
)  # fmt: skip
def test_a_record_is_read(record: dict[str, object], expected: Content) -> None:
    assert read_record(record, Fields()) == expected


@pytest.mark.parametrize(
    ("record", "error", "message"),
    [
        ({}, InputError, "no field holds a page"),
        ({"html": " \n"}, EmptyInput, "field 'html' is empty"),
        ({"html": 5}, InputError, "field 'html': int, not text"),
        ({"text": ["a"]}, InputError, "field 'text': list, not text"),
        ({"html": NAN, "text": NAN}, InputError, "no field holds a page"),
        ({"html": " ", "text": 5}, InputError, "field 'text': int, not text"),
    ],
)
def test_a_record_that_cannot_be_read(
    record: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        read_record(record, Fields())
    assert type(raised.value) is error
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("record", "fields", "message"),
    [
        ({"text": "x", "url": 1}, Fields(url="url"), "field 'url': int, not text"),
        (
            {"text": "x", "captured": "soon"},
            Fields(captured="captured"),
            "day of capture: 'soon' is no ISO 8601",
        ),
        ({"text": "x", "at": 20240506}, Fields(captured="at"), "day of capture: 20240506 is no"),
        ({"text": "x", "at": Unlike()}, Fields(captured="at"), "is no ISO 8601 date"),
        ({"page": 5, "mine": "x"}, Fields(html="page", text="mine"), "field 'page': int, not text"),
    ],
)
def test_a_field_that_was_named_must_fit(
    record: dict[str, object], fields: Fields, message: str
) -> None:
    with pytest.raises(InputError) as raised:
        read_record(record, fields)
    assert message in str(raised.value)


def test_what_is_missing_is_so_in_named_fields_too() -> None:
    fields = Fields(html="page", text="mine", url="at", captured="day")
    for day in (NAN, NotATime(*DAY), " "):
        record = {"page": NAN, "mine": "x", "at": NAN, "day": day}
        assert read_record(record, fields) == Content("x", "text")


def test_named_fields_replace_the_usual_ones() -> None:
    record = {"html": "h", "text": "t", "mine": "m"}
    assert read_record(record, Fields(text="mine")) == Content("m", "text")
    assert read_record(record, Fields(html="gone", text="mine")) == Content("m", "text")
    with pytest.raises(InputError, match=r"looked for gone"):
        read_record(record, Fields(html="gone"))


@pytest.mark.parametrize(
    ("record", "identity"),
    [
        ({}, None),
        ({"id": None}, None),
        ({"id": ""}, None),
        ({"id": NAN}, None),
        ({"id": 0}, "0"),
        ({"id": b"a"}, "a"),
        ({"id": {"$oid": "5"}}, None),
        ({"id": [1]}, None),
    ],
)
def test_identities(record: dict[str, object], identity: str | None) -> None:
    assert Fields().identity(record) == identity
