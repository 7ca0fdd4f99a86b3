"""Reading a document's bytes: never more of them than a document has."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

import cleaner
from cleaner.errors import EmptyInput, InputError
from cleaner.files import LARGEST, read_file, read_stream
from cleaner.whole import written_whole

if TYPE_CHECKING:
    from pathlib import Path


def bomb(size: int) -> bytes:
    """A few kilobytes that unpack to `size` bytes and more."""
    return gzip.compress(b" " * (1 << 20), mtime=0) * (size // (1 << 20) + 1)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert read_file(path, 5) == b"12345"
    with pytest.raises(InputError, match=r"a\.txt: more than 0 MiB"):
        read_file(path, 4)


def test_gzip_is_decompressed(tmp_path: Path) -> None:
    path = tmp_path / "a.TXT.GZ"
    path.write_bytes(gzip.compress(b"1") + gzip.compress(b"2") + bytes(100))
    assert read_file(path) == b"12"


PACKED = gzip.compress(b"1", mtime=0)


@pytest.mark.parametrize(
    "data", [b"no gzip", PACKED[:-9], PACKED + b"x"], ids=["no gzip", "cut short", "more behind"]
)
def test_broken_gzip_is_an_input_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.gz: broken gzip data"):
        read_file(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(bomb(40 * LARGEST))
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match=r"page\.html\.gz: more than 64 MiB, too large"):
            cleaner.clean_file(path)
        assert tracemalloc.get_traced_memory()[1] < 4 * LARGEST
    finally:
        tracemalloc.stop()


def test_a_stream_without_end_is_left_at_the_limit() -> None:
    with open("/dev/zero", "rb") as endless, pytest.raises(InputError, match="too large"):
        read_stream(endless, 1 << 20)


def test_an_empty_file_and_a_missing_one(tmp_path: Path) -> None:
    empty = tmp_path / "a.gz"
    empty.write_bytes(b"")
    with pytest.raises(EmptyInput, match=r"a\.gz: the file is empty"):
        read_file(empty)
    with pytest.raises(InputError, match=r"b\.txt: No such file"):
        read_file(tmp_path / "b.txt")


def test_a_stream_is_read_from_where_it_stands() -> None:
    stream = io.BytesIO(b"12345")
    stream.seek(2, os.SEEK_SET)
    assert read_stream(stream) == b"345"


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_standard_input_has_the_same_limit(command: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "cleaner", command, "-"],
        input=b"a" * (LARGEST + 1), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr == b"Error: standard input: more than 64 MiB, too large for a document\n"


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    with written_whole(target) as part:
        part.write_bytes(b"new")
        assert target.read_bytes() == b"old"
        assert part.parent == tmp_path
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["pipe", "link"])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with (
        pytest.raises(OSError, match="exists and is no regular file"),
        written_whole(tmp_path / name) as part,
    ):
        part.write_text("new")
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_to_a_file_is_replaced(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "a").write_text("old")
    (tmp_path / "link").symlink_to("a")
    with written_whole(tmp_path / "link") as part:
        part.write_text("new")
    assert (tmp_path / "link").read_text() == "new"


def test_a_file_is_written_whole_by_way_of_another_place(tmp_path: Path) -> None:
    beside = tmp_path / ".part"
    with written_whole(tmp_path / "a.json", beside) as part:
        part.write_bytes(b"new")
    assert part == beside
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_nothing_is_left_of_a_file_that_failed(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def write() -> None:
        with written_whole(target) as part:
            part.write_bytes(b"ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
