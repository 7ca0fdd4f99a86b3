"""Batches: what is found, what is written, and that no document costs another."""

from __future__ import annotations

import gzip
import os
import stat
from pathlib import Path

import pytest

import cleaner
from cleaner import BinaryInput, EmptyInput, InputError, OutputError
from cleaner.batch.output import beside
from cleaner.batch.sinks import BrokenOutput, Folder, add_field
from cleaner.batch.sources import find_inputs
from cleaner.batch.tally import Tally
from cleaner.batch.tasks import Tag

ARTICLE = "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n"


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")


def found(*paths: Path) -> list[tuple[str, str]]:
    """Name and problem of each input."""
    return [(item.name, str(item.error or "")) for item in find_inputs(paths)]


def test_what_belongs_to_an_output_lies_beside_it_or_in_it(tmp_path: Path) -> None:
    assert beside(tmp_path / "out.jsonl").errors == tmp_path / "out.jsonl.errors.jsonl"
    assert beside(tmp_path / "out.jsonl").ledger == tmp_path / ".out.jsonl.ledger"
    assert beside(tmp_path / "out").ledger == tmp_path / "out" / ".cleaner.ledger"
    assert beside(Path("/")).errors == Path("/.errors.jsonl")  # nothing is beside it


# --- sources -------------------------------------------------------------------------------------


def test_folders_are_searched_for_documents_in_order_of_name(tmp_path: Path) -> None:
    taken = ["a.md", "a.txt", "b.HTM", "c/a.html", "c/d/e.txt.gz", "f.Html.GZ", "g.txt/h.txt"]
    make(tmp_path, *taken, "a.json", "c/README", "txt", "x.txt.bak", "y.gz", "z.html.zip")
    assert found(tmp_path) == [(name, "") for name in taken]


def test_hidden_documents_are_documents(tmp_path: Path) -> None:
    make(tmp_path, ".a.txt", ".b/c.txt")
    assert [name for name, _ in found(tmp_path)] == [".a.txt", ".b/c.txt"]


def test_a_file_named_directly_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b")
    assert found(tmp_path / "a.md", tmp_path / "b") == [("a.md", ""), ("b", "")]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert found(tmp_path) == []


def test_paths_are_taken_in_the_order_given(tmp_path: Path) -> None:
    make(tmp_path, "b/1.txt", "a/2.txt", "3.txt")
    order = [tmp_path / "b", tmp_path / "3.txt", tmp_path / "a"]
    assert [name for name, _ in found(*order)] == ["1.txt", "3.txt", "2.txt"]


@pytest.mark.parametrize(
    "name", ["a b.txt", "ü–😀.txt", "a\nb.txt", "-.txt", "'\"$(x).txt", "a\\b.txt", "%s{0}.txt"]
)
def test_names_are_only_names(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    assert found(tmp_path) == [(name, "")]


def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(path, "wb") as file:
        file.write(ARTICLE.encode())
    ((name, problem),) = found(tmp_path)
    assert os.fsencode(name) == b"\xff\xfe.txt"
    assert problem == ""


@pytest.mark.parametrize("name", ["no.txt", "no/folder", "x" * 300, "x" * 5000])
def test_a_path_that_does_not_exist_is_a_failed_input(tmp_path: Path, name: str) -> None:
    ((_, problem),) = found(tmp_path / name)
    assert problem.startswith(f"{tmp_path / name}: ")
    assert "No such file" in problem or "name too long" in problem


def test_links_are_followed_but_never_in_circles(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "out/b.txt")
    (tmp_path / "in" / "linked.txt").symlink_to(tmp_path / "out" / "b.txt")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "out" / "over").symlink_to(tmp_path / "in")
    results = dict(found(tmp_path / "in"))
    assert [name for name, problem in results.items() if not problem] == [
        "a.txt", "linked/b.txt", "linked.txt",
    ]  # fmt: skip
    assert {name for name, problem in results.items() if "leads back" in problem} == {
        "linked/over", "up",
    }  # fmt: skip


def test_a_link_to_itself_is_a_failed_input(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    results = dict(found(tmp_path))
    assert results.pop("a.txt") == ""
    assert set(results) == {"self.txt", "one", "two"}
    assert all("broken link" in problem for problem in results.values())
    ((_, problem),) = found(tmp_path / "self.txt")
    assert "broken link" in problem


def test_a_broken_link_is_a_failed_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    ((name, problem),) = found(tmp_path)
    assert name == "a.txt"
    assert "a.txt: a broken link (No such file" in problem


def test_pipes_and_the_like_in_folders_are_failed_inputs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    make(tmp_path, "b.txt")
    assert found(tmp_path) == [("a.txt", f"{tmp_path}/a.txt: not a regular file"), ("b.txt", "")]


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/1.txt", "b/2.txt", "c/3.txt")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == [
        ("a/1.txt", ""),
        ("b", f"{tmp_path}/b: Permission denied"),
        ("c/3.txt", ""),
    ]


# --- reading one file ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "error", "cause"),
    [
        ("a.txt", b"", EmptyInput, "the file is empty"),
        ("a.txt", b" \r\n\t\n", EmptyInput, "the file is empty"),
        ("a.txt.gz", b"", EmptyInput, "the file is empty"),
        ("a.txt.gz", gzip.compress(b"", mtime=0), EmptyInput, "the file is empty"),
        ("a.html", b"\x89PNG\r\n\x1a\n\x00", BinaryInput, "binary"),
        ("a.txt", bytes(500), BinaryInput, "binary"),
        ("a.txt", gzip.compress(ARTICLE.encode(), mtime=0), BinaryInput, "binary"),
        (
            "a.txt.gz",
            gzip.compress(gzip.compress(ARTICLE.encode(), mtime=0), mtime=0),
            BinaryInput,
            "binary",
        ),
        ("a.txt.gz", gzip.compress(ARTICLE.encode(), mtime=0)[:-9], InputError, "broken gzip data"),
        ("a.txt.gz", gzip.compress(ARTICLE.encode(), mtime=0)[:5], InputError, "broken gzip data"),
        (
            "a.txt.gz",
            gzip.compress(ARTICLE.encode(), mtime=0) + b"junk",
            InputError,
            "broken gzip data",
        ),
        ("a.txt.gz", ARTICLE.encode(), InputError, "broken gzip data"),
        (
            "a.txt.gz",
            gzip.compress(ARTICLE.encode(), mtime=0)[:30] + b"\xff" * 30,
            InputError,
            "broken gzip data",
        ),
    ],
)
def test_a_file_without_text(
    tmp_path: Path, name: str, data: bytes, error: type[Exception], cause: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as raised:
        cleaner.clean_file(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert cause in str(raised.value)


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("no.txt", "No such file or directory"),
        ("", "Is a directory"),
        ("a.txt/b.txt", "Not a directory"),
        ("x" * 300, "File name too long"),
        ("a\0b", "null byte"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, cause: str) -> None:
    make(tmp_path, "a.txt")
    with pytest.raises(InputError) as raised:
        cleaner.clean_file(tmp_path / name)
    assert str(raised.value) == f"{tmp_path / name}: {cause}" or cause in str(raised.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match=r"a.txt: Permission denied"):
        cleaner.clean_file(tmp_path / "a.txt")


def test_a_file_that_fails_while_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt")

    def fail(path: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(InputError, match=r"a.txt: Permission denied"):
        cleaner.clean_file(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.html", "a", "a.GZ"])
def test_a_file_is_cleaned_like_its_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = ARTICLE.encode()
    path.write_bytes(gzip.compress(data, mtime=0) if name.lower().endswith(".gz") else data)
    assert cleaner.clean_file(path) == cleaner.clean_file(str(path)) == cleaner.clean(ARTICLE)


# --- a folder ------------------------------------------------------------------------------------


def files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


OURS = b'{\n  "headline": null\n}\n'


def test_articles_are_written_at_their_names(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "new" / "out")
    folder.write("a.txt.json", b"1")
    folder.write("b/c/d.html.gz.json", "“2”\n".encode())
    assert files(folder.root) == {"a.txt.json": "1", "b/c/d.html.gz.json": "“2”\n"}


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("7", "7.json"),
        ("urn:uuid:1", "urn:uuid:1.json"),
        ("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd.json"),
        ("/etc/passwd", "%2Fetc%2Fpasswd.json"),
        ("..", "...json"),
        ("a\0b\n", "a%00b%0A.json"),
        ("ü", "%C3%BC.json"),
        ("\ud800", "%ED%A0%80.json"),
        ("x" * 5000, "x" * 200 + "-6b6b3ff5e1a4a1d4.json"),
    ],
)
def test_ids_become_names_of_files(tmp_path: Path, identity: str, name: str) -> None:
    result = Folder(tmp_path).name(Tag("", "", b""), identity)
    if len(identity) > 200:
        assert (result[:201], len(result)) == (name[:201], len(name))
        assert result != Folder(tmp_path).name(Tag("", "", b""), identity + "x")
    else:
        assert result == name
    Folder(tmp_path).write(result, OURS)
    assert [path.parent for path in tmp_path.rglob("*.json")] == [tmp_path]


def test_a_file_keeps_its_path(tmp_path: Path) -> None:
    tag = Tag("", "", b"", is_file=True)
    assert Folder(tmp_path).name(tag, "a/b c.txt") == "a/b c.txt.json"


@pytest.mark.parametrize("old", [OURS, b'{\n  "@context": "https://schema.org",\n'])
def test_a_file_of_an_earlier_run_is_replaced(tmp_path: Path, old: bytes) -> None:
    (tmp_path / "a.json").write_bytes(old)
    Folder(tmp_path).write("a.json", b"new")
    assert files(tmp_path) == {"a.json": "new"}


def test_a_file_that_is_none_of_ours_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("precious")
    with pytest.raises(OutputError, match=r"a.json: exists and is none of ours \(--overwrite"):
        Folder(tmp_path).write("a.json", b"new")
    assert files(tmp_path) == {"a.json": "precious"}
    Folder(tmp_path, overwrite=True).write("a.json", b"new")
    assert files(tmp_path) == {"a.json": "new"}


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(28, "No space left on device"), BrokenOutput),
        (OSError(122, "Disk quota exceeded"), BrokenOutput),
        (OSError(36, "File name too long"), OutputError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
@pytest.mark.parametrize("before", [None, OURS.decode()])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_write_that_fails_leaves_nothing_behind(  # noqa: PLR0913, PLR0917
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    raised: type[BaseException],
    before: str | None,
    step: str,
) -> None:
    if before is not None:
        (tmp_path / "a.json").write_text(before)
    folder = Folder(tmp_path)
    original = getattr(Path, step)

    def fail(self: Path, argument: bytes) -> None:
        if step == "write_bytes":
            original(self, argument[:2])
        raise error

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(raised) as caught:
        folder.write("a.json", b"new")
    assert type(caught.value) is raised
    monkeypatch.undo()
    assert files(tmp_path) == ({} if before is None else {"a.json": before})
    folder.write("a.json", b"again")
    assert files(tmp_path) == {"a.json": "again"}


def test_what_a_kill_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".cleaner.part").write_text("half")
    Folder(tmp_path)
    assert files(tmp_path) == {}


def test_a_folder_knows_what_it_holds(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    written = folder.write("a/b.json", OURS)
    assert folder.holds(written)
    (tmp_path / "a" / "b.json").write_bytes(OURS[:-1])
    assert not folder.holds(written)
    (tmp_path / "a" / "b.json").unlink()
    assert not folder.holds(written)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_files_have_the_rights_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        Folder(tmp_path).write("a.json", b"1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == mode


@pytest.mark.parametrize("name", ["out", "out/below"])
def test_a_folder_that_cannot_be_made(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError) as raised:
        Folder(tmp_path / name)
    assert str(raised.value).startswith(f"{tmp_path / name}: ")


@pytest.mark.parametrize("name", ["taken.json", "file/below.txt.json", "x" * 255 + ".json"])
def test_a_name_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken.json").mkdir()
    (tmp_path / "file").write_text("a file")
    with pytest.raises(OutputError) as raised:
        Folder(tmp_path).write(name, b"1")
    assert str(raised.value).startswith(f"{tmp_path / name}: ")
    assert not isinstance(raised.value, BrokenOutput)
    assert files(tmp_path) == {"file": "a file"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"a": 1}\n', b'{"a": 1, "b": "c"}\n'),
        (b'{\n  "a": 1\n}\n', b'{\n  "a": 1,\n  "b": "c"\n}\n'),
        (b'{"a": {"x": 1}}\n', b'{"a": {"x": 1}, "b": "c"}\n'),
    ],
)
def test_a_field_is_added_in_both_forms(data: bytes, expected: bytes) -> None:
    assert add_field(data, "b", "c") == expected


def test_the_summary_counts() -> None:
    tally = Tally(documents=10, empty=1, failed=2, bytes=4_000_000, seconds=2.0)
    tally.warnings.update(["no-date", "no-date", "no-headline"])
    tally.skipped.update(["HTTP 301"])
    assert tally.lines() == [
        "warnings: 2 no-date, 1 no-headline",
        "not pages, left alone: 1 HTTP 301",
        "2.0 s, 5.0 documents/s, 2.00 MB/s",
        "10 documents: 8 cleaned (1 without an article), 2 failed",
    ]
    data = tally.to_dict()
    assert (data["articles"], data["empty"], data["failed"]) == (7, 1, 2)
    assert (data["documents_per_second"], data["megabytes_per_second"]) == (5.0, 2.0)
    assert Tally().lines()[-1] == "0 documents: 0 cleaned (0 without an article), 0 failed"
