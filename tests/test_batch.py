"""Batches: what is found, what is written, and that no document costs another."""

from __future__ import annotations

import gzip
import os
import stat
from pathlib import Path

import pytest

import cleaner
from cleaner import BinaryInput, EmptyInput, InputError, OutputError
from cleaner.batch import run as run_module
from cleaner.batch.run import Tally, run
from cleaner.batch.sinks import Folder
from cleaner.batch.sources import Input, find_inputs

ARTICLE = "date 2020-01-08 A headline of the day\n\nThe bridge was closed on Monday, she said.\n"


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")


def found(*paths: Path) -> list[tuple[str, str]]:
    """Name and problem of each input."""
    return [(item.name, str(item.error or "")) for item in find_inputs(paths)]


# --- sources -------------------------------------------------------------------------------------


def test_folders_are_searched_for_documents_in_order_of_name(tmp_path: Path) -> None:
    taken = ["a.txt", "b.HTM", "c/a.html", "c/d/e.txt.gz", "f.Html.GZ", "g.txt/h.txt"]
    make(tmp_path, *taken, "a.json", "b.md", "c/README", "txt", "x.txt.bak", "y.gz", "z.html.zip")
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
        ("a.txt.gz", gzip.compress(b""), EmptyInput, "the file is empty"),
        ("a.html", b"\x89PNG\r\n\x1a\n\x00", BinaryInput, "binary"),
        ("a.txt", bytes(500), BinaryInput, "binary"),
        ("a.txt", gzip.compress(ARTICLE.encode()), BinaryInput, "binary"),
        ("a.txt.gz", gzip.compress(gzip.compress(ARTICLE.encode())), BinaryInput, "binary"),
        ("a.txt.gz", gzip.compress(ARTICLE.encode())[:-9], InputError, "broken gzip data"),
        ("a.txt.gz", gzip.compress(ARTICLE.encode())[:5], InputError, "broken gzip data"),
        ("a.txt.gz", gzip.compress(ARTICLE.encode()) + b"junk", InputError, "broken gzip data"),
        ("a.txt.gz", ARTICLE.encode(), InputError, "broken gzip data"),
        (
            "a.txt.gz",
            gzip.compress(ARTICLE.encode())[:30] + b"\xff" * 30,
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
    path.write_bytes(gzip.compress(data) if name.lower().endswith(".gz") else data)
    assert cleaner.clean_file(path) == cleaner.clean_file(str(path)) == cleaner.clean(ARTICLE)


# --- sinks ---------------------------------------------------------------------------------------


def files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_articles_are_written_at_their_names(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "new" / "out")
    assert folder.write("a.txt", "1") == tmp_path / "new" / "out" / "a.txt.json"
    folder.write("b/c/d.html.gz", "“2”\n")
    assert files(folder.root) == {"a.txt.json": "1", "b/c/d.html.gz.json": "“2”\n"}


def test_a_file_of_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    Folder(tmp_path).write("a.txt", "old")
    Folder(tmp_path).write("a.txt", "new")
    assert files(tmp_path) == {"a.txt.json": "new"}


def test_a_file_of_the_same_run_is_not(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a.txt", "first")
    with pytest.raises(OutputError, match="another document of this run"):
        folder.write("a.txt", "second")
    assert files(tmp_path) == {"a.txt.json": "first"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("before", [None, "old"])
@pytest.mark.parametrize("step", ["write", "replace"])
def test_a_write_that_fails_leaves_nothing_behind(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    before: str | None,
    step: str,
) -> None:
    folder = Folder(tmp_path)
    if before is not None:
        Folder(tmp_path).write("a.txt", before)
    original = Path.open

    def fail(*_: object) -> None:
        raise error

    def open_and_fail(self: Path, *args: object, **options: object) -> object:
        file = original(self, *args, **options)  # type: ignore[call-overload]
        file.write("half")
        file.close()
        raise error

    if step == "write":
        monkeypatch.setattr(Path, "open", open_and_fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt):
        folder.write("a.txt", "new")
    monkeypatch.undo()
    assert files(tmp_path) == ({} if before is None else {"a.txt.json": before})
    folder.write("a.txt", "again")  # the failed one does not count as written
    assert files(tmp_path) == {"a.txt.json": "again"}


def test_a_reader_sees_a_whole_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, seen = Path.replace, []

    def look(self: Path, target: Path) -> Path:
        seen.append((self.parent == target.parent, self.read_text(), target.exists()))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", look)
    Folder(tmp_path).write("a.txt", "whole")
    assert seen == [(True, "whole", False)]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_files_have_the_rights_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        path = Folder(tmp_path).write("a.txt", "1")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("name", ["out", "out/below"])
def test_a_folder_that_cannot_be_made(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError) as raised:
        Folder(tmp_path / name)
    assert str(raised.value).startswith(f"{tmp_path / name}: ")


@pytest.mark.parametrize("name", ["taken", "file/below.txt", "x" * 255])
def test_a_name_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken.json").mkdir()
    (tmp_path / "file").write_text("a file")
    with pytest.raises(OutputError) as raised:
        Folder(tmp_path).write(name, "1")
    assert str(raised.value).startswith(f"{tmp_path / name}.json: ")
    assert files(tmp_path) == {"file": "a file"}


# --- running -------------------------------------------------------------------------------------


def test_every_document_is_written_or_reported(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "c.txt", "e.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_text("Advertisement")
    (tmp_path / "f.txt").symlink_to("gone")
    written: dict[str, cleaner.Article] = {}
    reports: list[str] = []
    tally = run(find_inputs([tmp_path]), written.__setitem__, reports.append)
    assert tally == Tally(documents=6, empty=1, failed=2)
    assert list(written) == ["a.txt", "c.txt", "d.txt", "e.txt"]
    assert written["a.txt"] == cleaner.clean(ARTICLE)
    assert [report.split(": ")[0] for report in reports] == [
        f"{tmp_path}/b.txt", f"{tmp_path}/f.txt",
    ]  # fmt: skip


def test_a_mistake_of_ours_costs_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.txt", "b.txt", "c.txt")

    def trip(path: Path, **options: object) -> cleaner.Article:
        if path.name == "b.txt":
            raise RecursionError("maximum recursion depth exceeded")
        return cleaner.clean(ARTICLE)

    monkeypatch.setattr(run_module, "clean_file", trip)
    written: list[str] = []
    reports: list[str] = []
    tally = run(find_inputs([tmp_path]), lambda name, _: written.append(name), reports.append)
    assert tally == Tally(documents=3, failed=1)
    assert written == ["a.txt", "c.txt"]
    assert reports == [
        f"{tmp_path}/b.txt: RecursionError: maximum recursion depth exceeded (please report this)"
    ]


def test_an_interrupt_ends_the_run(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")

    def interrupt(name: str, article: cleaner.Article) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(find_inputs([tmp_path]), interrupt, print)


def test_an_output_that_fails_is_the_documents_failure(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    reports: list[str] = []
    folder = Folder(tmp_path / "out")
    inputs = [Input(tmp_path / "a.txt", "same"), Input(tmp_path / "a.txt", "same")]
    tally = run(inputs, lambda name, article: folder.write(name, article.body), reports.append)
    assert tally == Tally(documents=2, failed=1)
    assert len(reports) == 1
    assert "same.json: another document of this run was written there" in reports[0]
