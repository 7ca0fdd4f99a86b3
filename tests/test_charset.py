"""Bytes to text: the right letters or a warning, never mojibake, and no text out of a picture."""

from __future__ import annotations

import codecs
import gzip
import random
import struct
import zipfile
from io import BytesIO

import pytest

import cleaner
from cleaner import BinaryInput, Caution
from cleaner.readers.charset import decode

FRENCH = (
    "Le président a déclaré jeudi que l’accord était « très important » — où cela mènera-t-il ?"
)
GERMAN = "Der Präsident erklärte am Donnerstag, das Abkommen sei für Europa „sehr wichtig“."
CZECH = "Prezident ve čtvrtek prohlásil, že dohoda je pro Evropu velmi důležitá, řekl mluvčí."
RUSSIAN = "Президент заявил в четверг, что соглашение очень важно для Европы, и уехал в Женеву."
GREEK = "Ο πρόεδρος δήλωσε την Πέμπτη ότι η συμφωνία είναι πολύ σημαντική για την Ευρώπη."
TURKISH = (
    "Cumhurbaşkanı perşembe günü anlaşmanın çok önemli olduğunu söyledi."
    " Görüşmeler Cenevre’de başladı."
)
ARABIC = "قال الرئيس يوم الخميس إن الاتفاق مهم جدا لأوروبا، وبدأت المفاوضات في جنيف."
THAI = "ประธานาธิบดีกล่าวเมื่อวันพฤหัสบดีว่าข้อตกลงนี้มีความสำคัญมากสำหรับยุโรป"
JAPANESE = "首相は木曜日、この合意は欧州にとって非常に重要だと述べた。交渉はジュネーブで始まった。"
CHINESE = "总统星期四表示，该协议对欧洲非常重要。谈判在日内瓦开始，代表们举行了三天的会议。"
TAIWANESE = "總統星期四表示，該協議對歐洲非常重要。談判在日內瓦開始，代表們舉行了三天的會議。"
KOREAN = "대통령은 목요일 이 협정이 유럽에 매우 중요하다고 말했다. 협상은 제네바에서 시작되었다."


def page(text: str, head: str = "") -> str:
    links = "<li><a href='/news'>News</a></li>" * 20
    return (
        f"<html><head>{head}<title>T</title></head>"
        f"<body><ul>{links}</ul><p>{text}</p></body></html>"
    )


# (what the page says, how it was written, the text)
DECLARED = [
    ("utf-8", "utf-8", FRENCH),
    ("UTF8", "utf-8", JAPANESE),
    ("windows-1252", "cp1252", FRENCH),
    ("iso-8859-1", "cp1252", FRENCH),  # as the web has it: what is called Latin-1 seldom is
    ("latin1", "cp1252", GERMAN),
    ("us-ascii", "cp1252", FRENCH),
    ("iso-8859-15", "iso8859-15", "Le café coûte 3 € à Œuilly"),
    ("iso-8859-2", "iso8859-2", CZECH),
    ("windows-1250", "cp1250", CZECH),
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("windows-1253", "cp1253", GREEK),
    ("iso-8859-9", "cp1254", TURKISH),
    ("windows-1256", "cp1256", ARABIC),
    ("tis-620", "cp874", THAI),
    ("shift_jis", "cp932", JAPANESE + "①"),
    ("x-sjis", "cp932", JAPANESE),
    ("euc-jp", "euc-jp", JAPANESE),
    ("iso-2022-jp", "iso2022-jp", JAPANESE),
    ("gb2312", "gbk", CHINESE + "镕"),  # a name of which GB2312 has no letter
    ("gbk", "gb18030", CHINESE + "𠮷"),
    ("x-gbk", "gbk", CHINESE),
    ("big5", "big5", TAIWANESE),
    ("euc-kr", "cp949", KOREAN + "똠"),
    ("ks_c_5601-1987", "cp949", KOREAN),
]


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="{}">',
        "<meta charset={}>",
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={}">',
        "<meta content='text/html;charset={}' http-equiv='content-type' />",
    ],
)
@pytest.mark.parametrize(
    ("label", "encoding", "text"), DECLARED, ids=[f"{d[0]}={d[1]}" for d in DECLARED]
)
def test_what_a_page_declares(head: str, label: str, encoding: str, text: str) -> None:
    source = page(text, head.format(label))
    assert decode(source.encode(encoding))[:2] == (source, True)


@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_an_xml_declaration_declares(quote: str) -> None:
    source = f"<?xml version='1.0' encoding={quote}windows-1251{quote}?>\n{page(RUSSIAN)}"
    assert decode(source.encode("cp1251"))[:2] == (source, True)


@pytest.mark.parametrize("mark", [True, False], ids=["mark", "no-mark"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [FRENCH, page(JAPANESE), page(RUSSIAN, "<meta charset='utf-16'>")])
def test_wide_characters(encoding: str, mark: bool, text: str) -> None:
    data = (("\ufeff" if mark else "") + text).encode(encoding)
    assert decode(data)[:2] == (text, True)


def test_a_mark_says_more_than_a_declaration() -> None:
    source = page(FRENCH, "<meta charset='windows-1251'>")
    assert decode(codecs.BOM_UTF8 + source.encode())[:2] == (source, True)
    assert decode(codecs.BOM_UTF16_LE + source.encode("utf-16-le"))[:2] == (source, True)


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, JAPANESE, KOREAN, ARABIC])
@pytest.mark.parametrize(
    "label", ["iso-8859-1", "windows-1252", "windows-1251", "gb2312", "shift_jis", "utf-16", "x-no"]
)
def test_utf8_is_utf8_whatever_the_page_claims(text: str, label: str) -> None:
    source = page(text, f"<meta charset={label}>")
    assert decode(source.encode())[:2] == (source, True)


@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1", "windows-1252", "gb2312"])
@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, JAPANESE])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"<p>", b"<p>\xe9"),  # a byte of another encoding
        lambda data: data + "…".encode()[:2],  # cut off inside a character
        lambda data: data.replace(b"</p>", "é".encode()[:1] + b"</p>"),
        lambda data: data.replace(b"</p>", b"\xff</p>"),
    ],
)
def test_a_broken_byte_breaks_no_other(label: str, text: str, damage: object) -> None:
    source = page(text * 5, f"<meta charset={label}>" if label else "")
    result, intact, _ = decode(damage(source.encode()))  # type: ignore[operator]
    assert not intact
    assert text * 4 in result
    assert result.count("\ufffd") == 1


CUT = b'<meta name=description content="Il a dit \xe2\x80">'  # by bytes, not by characters


@pytest.mark.parametrize("metas", [1, 2, 3])
@pytest.mark.parametrize(
    ("declaration", "hint"), [(b"<meta charset=utf-8>", None), (b"", "utf-8"), (b"", "UTF8")]
)
def test_descriptions_cut_inside_a_character(
    metas: int, declaration: bytes, hint: str | None
) -> None:
    text = "<p>He said: “No.”</p>"
    decoded = decode(declaration + CUT * metas + text.encode(), hint)
    assert decoded.text.endswith(text)
    assert not decoded.intact


@pytest.mark.parametrize("encoding", ["gb18030", "euc_jp", "shift_jis"])
def test_chance_makes_no_utf8(encoding: str) -> None:
    text = f"<meta charset=utf-8><p>{JAPANESE * 20}</p>"
    assert decode(text.encode(encoding), "utf-8").text == text


def test_a_page_cut_off_after_its_first_letter() -> None:
    data = "<meta charset=latin-1><p>Café crème".encode()
    assert decode(data.replace(b"\xa8me", b""))[:2] == (
        "<meta charset=latin-1><p>Café cr\ufffd",
        False,
    )


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", FRENCH), ("cp1251", RUSSIAN)])
@pytest.mark.parametrize("label", ["utf-8", "utf-16", "x-user-defined", "utf8mb4", "none", ""])
def test_a_wrong_declaration_is_not_believed(label: str, encoding: str, text: str) -> None:
    source = page(text, f"<meta charset='{label}'>")
    assert decode(source.encode(encoding))[:2] == (source, True)


@pytest.mark.parametrize(
    "label",
    [
        "rot13", "undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "base64",
        "zlib", "hex", "bz2", "uu", "quopri", "utf-7", "mbcs", "oem", "\x00", "a" * 1000, "é", "'",
    ],
)  # fmt: skip
def test_what_is_no_character_set_is_no_declaration(label: str) -> None:
    source = page(FRENCH, f"<meta charset={label}>")
    text = decode(source.encode("cp1252", "replace")).text
    assert FRENCH in text


DETECTED = [
    ("cp1252", FRENCH), ("cp1252", GERMAN), ("cp1250", CZECH), ("cp1251", RUSSIAN),
    ("koi8-r", RUSSIAN), ("cp1256", ARABIC), ("cp1254", TURKISH), ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE), ("iso2022-jp", JAPANESE), ("gb2312", CHINESE), ("big5", TAIWANESE),
    ("euc-kr", KOREAN),
]  # fmt: skip


@pytest.mark.parametrize("form", ["dump", "page"])
@pytest.mark.parametrize("times", [2, 20, 4000])
@pytest.mark.parametrize(("encoding", "text"), DETECTED, ids=[d[0] for d in DETECTED])
def test_what_is_not_declared_is_detected(encoding: str, text: str, times: int, form: str) -> None:
    text = f"{text} " * times
    source = text if form == "dump" else page(text)
    assert decode(source.encode(encoding))[:2] == (source, True)


@pytest.mark.parametrize(
    "text",
    [
        "The president said Thursday the deal is “very important” for Europe — and it’s the first.",
        "The café on the corner has been there since 1911, as everyone who lives near it knows.",
        "Ms. Peña said that the city’s budget – some $3 million – had been spent by November.",
        "It rose to 30 °C… the ‘hottest’ day • of the year, ™ and ®, © 2020 The Banner.",
    ],
)
@pytest.mark.parametrize("form", ["dump", "page"])
def test_quotes_and_a_foreign_name_in_english_are_western(text: str, form: str) -> None:
    source = text if form == "dump" else page(text)
    assert decode(source.encode("cp1252"))[:2] == (source, True)


@pytest.mark.parametrize("data", [b"", b"plain", b"\n", b"a ~{ b", b"~{ASCII~} only"])
def test_ascii(data: bytes) -> None:
    assert decode(data)[:2] == (data.decode("ascii"), True)


def test_broken_text_is_read_and_warned_of() -> None:
    data = page(JAPANESE, "<meta charset=euc-jp>").encode("euc-jp").replace(b"</p>", b"\x8f</p>")
    article = cleaner.clean(data)
    assert Caution.DECODING_ERRORS in article.warnings
    odd = codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le") + b"x"
    text, intact, _ = decode(odd)
    assert not intact
    assert text.startswith(FRENCH)


def test_text_that_made_sense_is_not_warned_of() -> None:
    assert Caution.DECODING_ERRORS not in cleaner.clean(page(FRENCH).encode("cp1252")).warnings
    assert Caution.DECODING_ERRORS not in cleaner.clean(page(FRENCH + "\ufffd").encode()).warnings


def _zip() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", FRENCH)
    return buffer.getvalue()


BINARY = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00" + bytes(range(256)) * 2,
    "ico": b"\x00\x00\x01\x00\x01\x00\x10\x10\x00\x00",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "zip": _zip(),
    "gzip": gzip.compress(FRENCH.encode(), mtime=0),
    "bzip2": codecs.encode(random.Random(0).randbytes(4000), "bz2"),  # type: ignore[arg-type]
    "xz": b"\xfd7zXZ\x00\x00\x04",
    "zstd": b"\x28\xb5\x2f\xfd\x04\x00",
    "elf": b"\x7fELF\x02\x01\x01\x00",
    "ogg": b"OggS\x00\x02",
    "random": random.Random(1).randbytes(20_000),
    "a little random": random.Random(2).randbytes(300),
    "zeros": bytes(1000),
    "floats": struct.pack("<500d", *range(500)),
}


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize("kind", ["auto", "html", "text"])
def test_binary_data_is_refused(name: str, kind: str) -> None:
    with pytest.raises(BinaryInput, match="binary"):
        cleaner.clean(BINARY[name], kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "RIFF between the parties widens\n\n" + FRENCH,
        "BZh is no word\n\n" + FRENCH,
        "GIF89 was the name of the band\n\n" + FRENCH,
        "OggStream, they call it\n\n" + FRENCH,
        "Rar! cried the dinosaur\n\n" + FRENCH,
        "PK won the match\n\n" + FRENCH,
        "PDF files are refused. %PDF- is how they begin.",
        "A bell\x07, a form feed\x0c and an escape\x1b[0m in a terminal's log\n" + FRENCH,
        "Zeros\x00 happen\x00\n" + FRENCH,
    ],
)
def test_text_that_looks_like_a_binary_file_is_read(text: str) -> None:
    assert decode(text.encode())[:2] == (text, True)


@pytest.mark.parametrize("unit", [b"<", b"<script ", b"<meta ", b"\xe9", b"\xc3", b"~{", b"\x1b$B"])
def test_degenerate_bytes_take_little_time(unit: bytes) -> None:
    text = decode(unit * (1_000_000 // len(unit)) + b"\xe9").text
    assert text


# --- what a server says --------------------------------------------------------------------------

GREEK = "<p>Η γέφυρα έκλεισε τη Δευτέρα</p>"


@pytest.mark.parametrize("hint", ["iso-8859-7", "ISO-8859-7", "greek", "windows-1253"])
def test_a_hint_is_believed_where_the_page_says_nothing(hint: str) -> None:
    data = "<p>Καλό</p>".encode("iso-8859-7")  # too short to guess from
    assert decode(data)[:2] != ("<p>Καλό</p>", True)
    assert decode(data, hint)[:2] == ("<p>Καλό</p>", True)


@pytest.mark.parametrize(
    "hint", ["iso-8859-1", "koi8-r", "utf-8", "utf-16", "rot13", "", "☃", None]
)
def test_a_wrong_hint_does_no_harm(hint: str | None) -> None:
    declared = '<meta charset="iso-8859-7">' + GREEK
    assert decode(declared.encode("iso-8859-7"), hint)[:2] == (declared, True)
    assert decode(GREEK.encode(), hint)[:2] == (GREEK, True)
    assert decode(GREEK.encode("utf-16"), hint)[:2] == (GREEK, True)


def test_the_default_of_many_servers_is_no_hint() -> None:
    russian = "<p>" + "Мост через реку был закрыт в понедельник после осмотра. " * 5 + "</p>"
    assert decode(russian.encode("cp1251"), "iso-8859-1")[:2] == (russian, True)


def test_a_hint_that_breaks_the_text_is_not_believed() -> None:
    russian = "<p>" + "Вся дорога была закрыта с утра и до понедельника. " * 5 + "</p>"
    assert decode(russian.encode("cp1251"), "iso-8859-7")[:2] == (russian, True)


def test_the_hint_comes_from_the_caller() -> None:
    data = "A headline\n\nMost\n\nŁódź".encode("cp1250")
    assert "Łódź" not in cleaner.clean(data).body
    assert "Łódź" in cleaner.clean(data, encoding="windows-1250").body
