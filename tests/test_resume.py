"""Runs cut short: whatever happened, the resumed output is the undisturbed one, byte for byte."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from inline import Inline
from poison import environment

from cleaner.batch import sinks
from cleaner.batch.ledger import Lock
from cleaner.batch.pool import Direct, Failure, Ready
from cleaner.batch.tasks import Line
from cleaner.cli import main
from cleaner.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.batch.pool import Feed

DUMP = "date 2020-01-08 A headline of the day\n\nThe bridge {} was closed on Monday, she said.\n"
OUTPUTS = ["out", "out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"]
TWO_WAYS = ["out", "out.jsonl.gz"]


@pytest.fixture(autouse=True)
def _small_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let packed outputs have many members, so that there is something to cut."""
    monkeypatch.setattr(sinks, "_PACK", 3000)
    monkeypatch.setattr("cleaner.batch.run._COMMIT", 0.0)
    monkeypatch.setattr("cleaner.batch.run.Pool", Inline)
    pytest.importorskip("zstandard")
    pytest.importorskip("pyarrow")


def make(folder: Path, count: int, words: str = "") -> Path:
    """A folder of documents, one of them empty and therefore a failure."""
    folder.mkdir()
    for i in range(count):
        (folder / f"{i:03}.txt").write_text(DUMP.format(i) + words)
    (folder / f"{count // 2:03}.txt").write_text("")
    return folder


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["clean", "-j", "1", *(str(a) for a in arguments)])
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    return result


def lines(*records: dict[str, str]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".ledger")
    }


def undisturbed(source: Path, name: str, *options: str) -> dict[str, bytes]:
    folder = source.parent / "undisturbed"
    shutil.rmtree(folder, ignore_errors=True)
    run(source, "-o", folder / name, *options)
    return contents(folder)


def interrupt(monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
    """Let the `after`th article meet an error on its way to the output."""
    written = 0

    def patch(cls: type[sinks.Folder | sinks.Lines]) -> None:
        original = cls.write

        def write(self: Any, name: str, data: bytes) -> bytes:
            nonlocal written
            written += type(self) in (cls, sinks.ParquetFile)  # packed ones write twice
            if written > after:
                raise error
            return original(self, name, data)

        monkeypatch.setattr(cls, "write", write)

    for cls in (sinks.Folder, sinks.Lines, sinks.PackedLines):
        patch(cls)


# --- killed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("victim", ["main", "worker"])
def test_a_run_killed_at_any_moment(tmp_path: Path, name: str, victim: str) -> None:
    source = make(tmp_path / "in", 16)
    slow = {path.name: path.read_text() for path in source.iterdir()}
    for file, text in slow.items():
        (source / file).write_text(text and text + "\nPOISON-SLEEP\n")
    env = environment(tmp_path / "poison")

    def command(folder: str, *options: str) -> list[str]:
        start = [sys.executable, "-m", "cleaner", "clean", str(source), "-q", *options]
        return [*start, "-j", "2", "-o", str(tmp_path / folder / name)]

    subprocess.run(command("undisturbed"), check=False, timeout=120)
    with subprocess.Popen(command("out"), env=env) as process:
        while process.poll() is None and not (workers := _workers(process.pid)):
            time.sleep(0.05)
        time.sleep(random.Random(f"{name} {victim}").uniform(0.2, 2))
        os.kill(process.pid if victim == "main" else workers[0], signal.SIGKILL)
    assert process.returncode == (-signal.SIGKILL if victim == "main" else 1)
    if victim == "main":
        assert subprocess.run(command("out", "--resume"), check=False).returncode == 1
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")


def _workers(pid: int) -> list[int]:
    """The worker processes of a run, as Linux knows them."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = {child: Path(f"/proc/{child}/cmdline").read_text() for child in children}
    except OSError:
        return []
    return [int(child) for child, line in lines.items() if "spawn_main" in line]


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    slow = make(tmp_path / "in", 40, "\nPOISON-SLEEP\n")
    env = environment(tmp_path / "poison")
    target = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "cleaner", "clean", slow, "-o", target, "-j", "1"]
    with subprocess.Popen(
        command, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        part = tmp_path / ".out.jsonl.part"
        while not (part.exists() and _workers(process.pid)):
            time.sleep(0.05)
        time.sleep(1)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, stderr = process.communicate(timeout=60)
    message = "cleaner: interrupted; the same command with --resume goes on\n"
    assert (process.returncode, stderr) == (130, message)
    assert not target.exists()


# --- cut short in other ways ---------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("after", [0, 1, 9, 10, 28])
def test_a_run_that_stops_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, after: int
) -> None:
    source = make(tmp_path / "in", 30)
    expected = undisturbed(source, name)
    target = tmp_path / "out" / name
    with monkeypatch.context() as patch:
        interrupt(patch, after, KeyboardInterrupt())
        assert run(source, "-o", target).exit_code == 130
    result = run(source, "-o", target, "--resume")
    assert result.exit_code == 1
    assert contents(tmp_path / "out") == expected
    last = "30 documents: 29 cleaned (0 without an article), 1 failed"
    assert result.stderr.splitlines()[-1] == last


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_disk_that_fills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    source = make(tmp_path / "in", 30)
    expected = undisturbed(source, name)
    target = tmp_path / "out" / name
    with monkeypatch.context() as patch:
        interrupt(patch, 17, sinks.BrokenOutput(f"{target}: No space left on device"))
        result = run(source, "-o", target)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        f"cleaner: {target}: No space left on device; the same command with --resume goes on"
    )
    assert run(source, "-o", target, "--resume").exit_code == 1
    assert contents(tmp_path / "out") == expected


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize(
    "change", ["changed", "added", "removed", "last", "repaired", "broken", "broken-link"]
)
@pytest.mark.parametrize("finished", [False, True])
def test_inputs_that_changed_are_cleaned_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, change: str, finished: bool
) -> None:
    source = make(tmp_path / "in", 30)
    target = tmp_path / "out" / name
    with monkeypatch.context() as patch:
        if not finished:
            interrupt(patch, 20, KeyboardInterrupt())
        run(source, "-o", target)
    new = DUMP.format("of another town")
    if change == "removed":
        (source / "010.txt").unlink()
        if name == "out":
            (target / "010.txt.json").unlink()  # what an input has left behind is nobody's business
    elif change == "broken":
        (source / "007.txt").write_text("")
    elif change == "broken-link":
        (source / "007.txt").unlink()
        (source / "007.txt").symlink_to("gone.txt")
    else:
        changed = {"changed": "007", "added": "0075", "last": "029", "repaired": "015"}
        (source / f"{changed[change]}.txt").write_text(new)
    result = run(source, "-o", target, "--resume")
    expected = undisturbed(source, name)
    assert result.exit_code == (0 if change == "repaired" else 1)
    assert contents(tmp_path / "out") == expected


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_finished_run_has_nothing_to_do(tmp_path: Path, name: str) -> None:
    source = make(tmp_path / "in", 10)
    target = tmp_path / "out" / name
    run(source, "-o", target)
    before = contents(tmp_path / "out")
    result = run(source, "-o", target, "--resume")
    assert result.exit_code == 1  # one failed, and still does
    assert "10 documents done before" in result.stderr
    errors = f"{target}.errors.jsonl"
    assert f"cleaner: failed before and not tried again: 1 (see {errors})\n" in result.stderr
    assert contents(tmp_path / "out") == before
    os.unlink(errors)
    assert run(source, "-o", target, "--resume", "--quiet").stderr == ""
    assert contents(tmp_path / "out") == before


def test_failures_can_be_tried_again_by_their_sources(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 3)
    run(source, "-o", tmp_path / "out.jsonl")
    (source / "001.txt").write_text(DUMP)
    failed = (tmp_path / "out.jsonl.errors.jsonl").read_text().splitlines()
    (tmp_path / "list").write_text("".join(json.loads(line)["source"] + "\n" for line in failed))
    assert run("--files-from", tmp_path / "list", "-o", tmp_path / "again").exit_code == 0
    assert len(list((tmp_path / "again").rglob("001.txt.json"))) == 1


def test_a_file_lost_from_the_folder_is_made_again(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 5)
    run(source, "-o", tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "out" / "001.txt.json").unlink()
    (tmp_path / "out" / "003.txt.json").write_text('{\n  "headline": "half')
    run(source, "-o", tmp_path / "out", "--resume")
    assert contents(tmp_path / "out") == before


def test_out_of_order_can_go_on_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = make(tmp_path / "in", 40)
    target = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        interrupt(patch, 20, KeyboardInterrupt())
        run(source, "-o", target, "--unordered")
    assert run(source, "-o", target, "--unordered", "--resume").exit_code == 1
    ids = sorted(json.loads(line)["id"] for line in target.read_text().splitlines())
    assert ids == [f"{i:03}.txt" for i in range(40) if i != 20]
    (source / "003.txt").write_text("Changed.")
    result = run(source, "-o", target, "--unordered", "--resume")
    assert result.exit_code == 1
    assert "003.txt: changed since, and out of order nothing can be taken back" in result.stderr


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
@pytest.mark.parametrize("change", ["changed", "added", "removed", "last"])
def test_out_of_order_a_refused_change_costs_nothing(
    tmp_path: Path, name: str, change: str
) -> None:
    source = make(tmp_path / "in", 6)
    target = tmp_path / "out" / name
    run(source, "-o", target, "--unordered")
    before = contents(tmp_path / "out")
    if change in ("removed", "last"):
        (source / ("002.txt" if change == "removed" else "005.txt")).unlink()
    else:
        (source / f"{'002' if change == 'changed' else '0025'}.txt").write_text("Changed.")
    for _ in range(2):
        result = run(source, "-o", target, "--unordered", "--resume")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1].endswith(
            " since, and out of order nothing can be taken back (--overwrite begins anew)"
        )
        assert contents(tmp_path / "out") == before
    assert run(source, "-o", target, "--unordered").exit_code == 1  # ours, made anew


def test_out_of_order_a_changed_pipe_is_refused(tmp_path: Path) -> None:
    source = lines(*({"text": DUMP.format(i)} for i in range(6)))
    target = tmp_path / "out.jsonl"
    command = ["clean", "-j", "1", "-", "-o", str(target), "--unordered"]
    assert CliRunner().invoke(main, command, input=source).exit_code == 0
    whole = target.read_bytes()
    for changed in (source.replace("bridge 3", "tunnel 3"), source[: source.rindex("{")]):
        result = CliRunner().invoke(main, [*command, "--resume"], input=changed)
        assert result.exit_code == 1
        assert result.stderr.endswith(" (--overwrite begins anew)\n")
    assert CliRunner().invoke(main, [*command, "--resume"], input=source).exit_code == 0
    assert target.read_bytes() == whole


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("of", ["paths", "records"])
def test_a_pipe_is_not_looked_at_beforehand(tmp_path: Path, name: str, of: str) -> None:
    """It would be empty when the run comes to it, and the finished output with it."""
    source = make(tmp_path / "in", 5)
    items = [f"{path}\n" for path in sorted(source.iterdir())]
    if of == "records":
        items = [lines({"id": str(i), "text": DUMP.format(i)}) for i in range(5)]
    option = {"paths": "--files-from", "records": "--kind=jsonl"}[of]
    for folder, options, count in (("new", [], 5), ("out", [], 4), ("out", ["--resume"], 5)):
        with filled_pipe("".join(items[:count])) as pipe:
            run(option, pipe, "-o", tmp_path / folder / name, *options)
    assert contents(tmp_path / "out") == contents(tmp_path / "new") != {}


@contextlib.contextmanager
def filled_pipe(data: str) -> Iterator[str]:
    """The name of a pipe with some data in it, as of `<(command)` in a shell."""
    reader, writer = os.pipe()
    os.write(writer, data.encode())
    os.close(writer)
    try:
        yield f"/dev/fd/{reader}"
    finally:
        os.close(reader)


def test_a_table_that_cannot_be_written_costs_no_work(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 6)
    target = tmp_path / "out" / "out.parquet"
    expected = undisturbed(source, target.name)
    (tmp_path / "out" / ".out.parquet.table").mkdir(parents=True)  # in the way
    result = run(source, "-o", target)
    assert result.exit_code == 1
    assert "out.parquet: " in result.stderr
    assert result.stderr.endswith("; the same command with --resume goes on\n")
    result = run(source, "-o", target)
    assert result.exit_code == 2
    assert "left unfinished by an earlier run (--resume goes on with it" in result.stderr
    (tmp_path / "out" / ".out.parquet.table").rmdir()
    result = run(source, "-o", target, "--resume", "--summary", tmp_path / "summary.json")
    assert result.exit_code == 1
    assert json.loads((tmp_path / "summary.json").read_text())["done_earlier"] == 6
    assert contents(tmp_path / "out") == expected


def test_a_part_that_is_whole_but_not_in_its_place_is_not_lost(tmp_path: Path) -> None:
    """A kill between the last commit and the file's move to its place."""
    source = make(tmp_path / "in", 6)
    target = tmp_path / "out" / "out.jsonl"
    run(source, "-o", target)
    before = contents(tmp_path / "out")
    target.rename(tmp_path / "out" / ".out.jsonl.part")
    result = run(source, "-o", target)
    assert result.exit_code == 2
    assert "left unfinished by an earlier run" in result.stderr
    assert run(source, "-o", target, "--resume").exit_code == 1
    assert contents(tmp_path / "out") == before


def test_an_unfinished_run_out_of_order_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though its first document, which took its time, is not done."""
    source = make(tmp_path / "in", 6)
    target = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        interrupt(patch, 3, KeyboardInterrupt())
        run(source, "-o", target, "--unordered")
    with sqlite3.connect(tmp_path / ".out.jsonl.ledger") as ledger:
        ledger.execute("delete from documents where n = 0")
    ledger.close()
    assert run(source, "-o", target, "--unordered").exit_code == 2


@pytest.mark.parametrize("name", OUTPUTS)
def test_strict_stops_at_the_first_failure(tmp_path: Path, name: str) -> None:
    source = make(tmp_path / "in", 30)
    target = tmp_path / "out" / name
    result = run(source, "-o", target, "--strict")
    assert result.exit_code == 1
    assert "015.txt: the file is empty" in result.stderr
    assert "stopped at the first failure (--strict)" in result.stderr
    (source / "015.txt").write_text(DUMP)
    assert run(source, "-o", target, "--strict", "--resume").exit_code == 0
    assert contents(tmp_path / "out") == undisturbed(source, name)


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("pack", [3000, 1 << 20])
def test_strict_stops_at_each_failure_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, pack: int
) -> None:
    """Wherever compressed outputs may be cut, and each failure is on record in the end."""
    monkeypatch.setattr(sinks, "_PACK", pack)
    source = make(tmp_path / "in", 30)
    (source / "003.txt").write_text("")
    target = tmp_path / "out" / name
    stops = []
    for options in ([], ["--resume"], ["--resume"]):
        said = run(source, "-o", target, "--strict", *options).stderr
        stops.append([number for number in ("003", "015") if f"{number}.txt: the file" in said])
        assert ("stopped at the first failure" in said) == (len(stops) < 3)
    assert (stops[0], stops[1][-1:]) == (["003"], ["015"])
    assert contents(tmp_path / "out") == undisturbed(source, name)


# --- whose output it is --------------------------------------------------------------------------


@pytest.mark.parametrize("name", TWO_WAYS)
def test_an_unfinished_run_is_neither_lost_nor_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    source = make(tmp_path / "in", 30)
    target = tmp_path / "out" / name
    with monkeypatch.context() as patch:
        interrupt(patch, 20, KeyboardInterrupt())
        run(source, "-o", target)
    result = run(source, "-o", target)
    assert result.exit_code == 2
    assert "left unfinished by an earlier run (--resume goes on with it" in result.stderr
    assert run(source, "-o", target, "--overwrite").exit_code == 1
    assert contents(tmp_path / "out") == undisturbed(source, name)


def test_options_that_make_another_output_are_refused(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 3)
    run(source, "-o", tmp_path / "out.jsonl")
    result = run(source, "-o", tmp_path / "out.jsonl", "--resume", "--explain")
    assert result.exit_code == 2
    assert "begun with a different setting of --explain" in result.stderr


@pytest.mark.parametrize("options", [[], ["--resume"]])
def test_a_file_that_is_none_of_ours_is_kept(tmp_path: Path, options: list[str]) -> None:
    source = make(tmp_path / "in", 3)
    (tmp_path / "out.jsonl").write_text("precious")
    result = run(source, "-o", tmp_path / "out.jsonl", *options)
    assert result.exit_code == 2
    assert "out.jsonl: exists and is none of ours (--overwrite replaces it)" in result.stderr
    assert (tmp_path / "out.jsonl").read_text() == "precious"
    assert run(source, "-o", tmp_path / "out.jsonl", "--overwrite").exit_code == 1
    (tmp_path / "out.jsonl").write_text("precious again")
    assert run(source, "-o", tmp_path / "out.jsonl").exit_code == 2


@pytest.mark.parametrize("options", [[], ["--errors", "{}/mine"]])
def test_a_file_that_is_no_file_of_errors_is_kept(tmp_path: Path, options: list[str]) -> None:
    source = make(tmp_path / "in", 3)
    errors = tmp_path / ("mine" if options else "out.jsonl.errors.jsonl")
    errors.write_text("precious")
    options = [option.format(tmp_path) for option in options]
    result = run(source, "-o", tmp_path / "out.jsonl", *options)
    assert result.exit_code == 2
    assert f"{errors}: exists and is none of ours" in result.stderr
    assert errors.read_text() == "precious"
    assert run(source, "-o", tmp_path / "out.jsonl", *options, "--overwrite").exit_code == 1
    assert run(source, "-o", tmp_path / "out.jsonl", *options).exit_code == 1
    assert json.loads(errors.read_text())["id"] == "001.txt"


@pytest.mark.parametrize("options", [[], ["--overwrite"], ["--resume"]])
def test_a_folder_is_no_file_of_errors(tmp_path: Path, options: list[str]) -> None:
    source = make(tmp_path / "in", 3)
    (tmp_path / "mine").mkdir()
    result = run(source, "-o", tmp_path / "out.jsonl", "--errors", tmp_path / "mine", *options)
    assert result.exit_code == 2
    assert f"{tmp_path / 'mine'}: Is a directory" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "mine"]


@pytest.mark.parametrize("options", [[], ["--overwrite"]])
def test_a_pipe_for_errors_is_written_to(tmp_path: Path, options: list[str]) -> None:
    source = make(tmp_path / "in", 3)
    os.mkfifo(tmp_path / "pipe")
    for documents in ("001.txt", ""):
        with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
            out = tmp_path / "out.jsonl"
            run(source, "-o", out, "--errors", tmp_path / "pipe", *options)
            said, _ = reader.communicate(timeout=60)
        assert [json.loads(line)["id"] for line in said.splitlines()] == documents.split()
        (source / "001.txt").write_text(DUMP)
    assert (tmp_path / "pipe").is_fifo()


def device(path: Path, kind: int, major: int, minor: int) -> Path:
    """Make a device of one's own: those of the system are not for tests that root may run."""
    try:
        os.mknod(path, kind | 0o600, os.makedev(major, minor))
        if kind == stat.S_IFCHR:
            path.open("wb").close()
    except OSError:
        pytest.skip("devices cannot be made here")
    return path


@pytest.mark.parametrize("options", [[], ["--overwrite"]])
def test_a_device_for_errors_stays_one(tmp_path: Path, options: list[str]) -> None:
    source = make(tmp_path / "in", 3)
    (tmp_path / "link").symlink_to(device(tmp_path / "null", stat.S_IFCHR, 1, 3))
    for name in ("null", "link"):
        errors = tmp_path / name
        assert run(source, "-o", tmp_path / "out", "--errors", errors, *options).exit_code == 1
        assert stat.S_ISCHR(errors.stat().st_mode)
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("options", [[], ["--overwrite"]])
def test_a_disk_is_no_file_of_errors(tmp_path: Path, options: list[str]) -> None:
    source = make(tmp_path / "in", 3)
    disk = device(tmp_path / "disk", stat.S_IFBLK, 7, 200)
    result = run(source, "-o", tmp_path / "out", "--errors", disk, *options)
    assert result.exit_code == 2
    assert f"{disk}: neither a file nor a pipe" in result.stderr


def test_errors_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 3)
    full = device(tmp_path / "full", stat.S_IFCHR, 1, 7)
    result = run(source, "-o", tmp_path / "out.jsonl", "--errors", full)
    assert result.exit_code == 1
    assert f"cleaner: {full}: No space left on device" in result.stderr


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_an_output_that_lost_something_is_not_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    source = make(tmp_path / "in", 30)
    with monkeypatch.context() as patch:
        interrupt(patch, 20, KeyboardInterrupt())
        run(source, "-o", tmp_path / name)
    (tmp_path / f".{name}.part").write_bytes(b"")
    result = run(source, "-o", tmp_path / name, "--resume")
    assert result.exit_code == 1
    assert f"{name}: shorter than when it was left (--overwrite begins anew)" in result.stderr
    assert run(source, "-o", tmp_path / name, "--overwrite").exit_code == 1
    assert contents(tmp_path)[name] == undisturbed(source, name)[name]


@pytest.mark.parametrize("name", OUTPUTS[1:])
@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data[:0], lambda data: data * 2]
)
def test_a_finished_file_that_was_touched_is_not_called_well(
    tmp_path: Path, name: str, damage: Callable[[bytes], bytes]
) -> None:
    source = make(tmp_path / "in", 3)
    target = tmp_path / "out" / name
    run(source, "-o", target)
    touched = damage(target.read_bytes())
    target.write_bytes(touched)
    result = run(source, "-o", target, "--resume")
    assert result.exit_code == 2
    assert f"{name}: not as it was left (--overwrite begins anew)" in result.stderr
    assert target.read_bytes() == touched
    assert run(source, "-o", target, "--overwrite").exit_code == 1
    assert contents(tmp_path / "out") == undisturbed(source, name)


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.jsonl.zst"])
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[:12] + b"\xff" * (len(data) - 12), "damaged ("),
        (lambda data: b"x" * len(data), "damaged ("),
        (lambda data: data[:100], ""),  # gzip notices a missing end, Zstandard does not
    ],
)
def test_a_compressed_file_that_is_damaged_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    damage: Callable[[bytes], bytes],
    message: str,
) -> None:
    source = make(tmp_path / "in", 30)
    with monkeypatch.context() as patch:
        interrupt(patch, 20, KeyboardInterrupt())
        run(source, "-o", tmp_path / name)
    part = tmp_path / f".{name}.part"
    part.write_bytes(damage(part.read_bytes()))
    (source / "002.txt").write_text("Changed.")
    result = run(source, "-o", tmp_path / name, "--resume")
    assert result.exit_code == 1
    assert f"{name}: {message}" in result.stderr
    assert result.stderr.endswith("(--overwrite begins anew)\n")


@pytest.mark.parametrize("name", OUTPUTS)
def test_our_own_output_is_made_anew(tmp_path: Path, name: str) -> None:
    source = make(tmp_path / "in", 3)
    run(source, "-o", tmp_path / "out" / name)
    (source / "000.txt").write_text("Changed.")
    (source / "002.txt").write_text("")
    assert run(source, "-o", tmp_path / "out" / name).exit_code == 1
    assert contents(tmp_path / "out") == undisturbed(source, name)


@pytest.mark.parametrize("options", [[], ["--resume"]])
def test_a_record_that_fails_now_has_no_article_left(tmp_path: Path, options: list[str]) -> None:
    source = tmp_path / "in.jsonl"
    records = [{"id": name, "text": DUMP.format(name)} for name in "abc"]
    source.write_text(lines(*records))
    run(source, "-o", tmp_path / "out")
    (tmp_path / "out" / "d.json").write_text("precious")
    source.write_text(lines(records[0], {"id": "b", "text": ""}, {"id": "d", "text": ""}))
    assert run(source, "-o", tmp_path / "out", *options).exit_code == 1
    left = {path.name for path in (tmp_path / "out").glob("*.json")}
    # The third line has another id now: "c" is gone from the input, as a file may be.
    assert left - {"c.json"} == {"a.json", "d.json"}
    assert (tmp_path / "out" / "d.json").read_text() == "precious"


@pytest.mark.parametrize("options", [[], ["--resume"]])
def test_a_record_that_killed_its_worker_has_no_article_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """Nor does it lose its id, of which its worker can tell no more."""

    class Deadly(Inline):
        def map(self, feed: Feed[Any], ordered: bool = True) -> Iterator[tuple[Any, Any]]:
            while (item := next_of(feed)) is not None:
                tag, task = item
                deadly = isinstance(task, Line) and b"POISON" in task.data
                died = Ready(Failure("TimedOut", "took longer than 60 s", task=task))
                yield from super().map(Direct([(tag, died if deadly else task)]), ordered)

    source = tmp_path / "in.jsonl"
    source.write_text(lines(*({"id": name, "text": DUMP.format(name)} for name in "abc")))
    run(source, "-o", tmp_path / "out")
    source.write_text(source.read_text().replace("bridge b", "POISON"))
    monkeypatch.setattr("cleaner.batch.run.Pool", Deadly)
    assert run(source, "-o", tmp_path / "out", *options).exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").glob("*.json")) == ["a.json", "c.json"]
    (failure,) = map(json.loads, (tmp_path / "out.errors.jsonl").read_text().splitlines())
    assert (failure["id"], failure["error"]) == ("b", "TimedOut")


def next_of(feed: Feed[Any]) -> tuple[Any, Any] | None:
    try:
        return feed.take()
    except StopIteration:
        return None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b c", "a c c"),  # the first of an id stays, whichever was there before
        ("a b c", "c b a"),
        ("a b c d", "b b c d"),
        ("a b c", "a x c"),
        ("a b b", "a x b"),
        ("a b c", "c a b"),
    ],
)
def test_ids_that_moved_give_what_a_new_run_gives(tmp_path: Path, before: str, after: str) -> None:
    source = tmp_path / "in.jsonl"
    target = tmp_path / "there" / "out"
    seen = []
    for ids, option in ((after, "--overwrite"), (before, "--overwrite"), (after, "--resume")):
        records = [{"id": name, "text": DUMP.format(i)} for i, name in enumerate(ids.split())]
        source.write_text(lines(*records))
        run(source, "-o", target, option)
        seen.append(contents(target.parent))
        if len(seen) == 1:
            shutil.rmtree(target.parent)
    new, _, resumed = seen
    # Articles of ids that are gone stay.
    assert {name: resumed[name] for name in new} == new


def test_a_record_that_lost_its_id_has_no_article_left(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    records = [{"id": name, "text": DUMP.format(name)} for name in "abc"]
    source.write_text(lines(*records))
    run(source, "-o", tmp_path / "out")
    source.write_text(lines(records[0]) + "{broken\n" + lines(records[2]))
    assert run(source, "-o", tmp_path / "out", "--resume").exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").glob("*.json")) == ["a.json", "c.json"]


def test_a_failure_takes_no_other_documents_article_away(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    first, second = ({"id": "a", "text": text} for text in (DUMP.format(1), ""))
    source.write_text(lines(first, second))
    assert run(source, "-o", tmp_path / "out").exit_code == 1
    assert (tmp_path / "out" / "a.json").exists()


@pytest.mark.parametrize("name", TWO_WAYS)
def test_a_second_run_at_once_is_refused(tmp_path: Path, name: str) -> None:
    source = make(tmp_path / "in", 3)
    run(source, "-o", tmp_path / name)
    before = contents(tmp_path)
    lock = tmp_path / ("out/.cleaner.lock" if name == "out" else f".{name}.lock")
    held = Lock(lock, tmp_path / name)
    try:
        for options in ([], ["--resume"], ["--overwrite"]):
            result = run(source, "-o", tmp_path / name, *options)
            assert result.exit_code == 2
            assert f"{tmp_path / name}: another run is writing there" in result.stderr
    finally:
        held.release()
    assert contents(tmp_path) == before
    lock.touch()  # left by a run that was killed
    assert run(source, "-o", tmp_path / name).exit_code == 1
    assert contents(tmp_path) == before


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"):
        Lock(tmp_path / "no" / "lock", tmp_path)


def test_where_files_cannot_be_locked_the_rest_works(tmp_path: Path) -> None:
    """As on Windows, which has no fcntl."""
    source = make(tmp_path / "in", 3)
    start = "import sys; sys.modules['fcntl'] = None; from cleaner.cli import main; main()"

    def without(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", start, "clean", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert "closed on Monday" in without(source / "000.txt").stdout
    assert len(without(source, "-o", "-").stdout.splitlines()) == 2
    result = without(source, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 2
    assert "out.jsonl: this system has no locks for files (fcntl)" in result.stderr
    assert "-o - " in result.stderr


def test_an_account_that_is_broken_is_said(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 3)
    (tmp_path / ".out.jsonl.ledger").write_text("junk" * 1000)
    result = run(source, "-o", tmp_path / "out.jsonl", "--resume")
    assert result.exit_code == 2
    assert ".out.jsonl.ledger: file is not a database" in result.stderr
    assert run(source, "-o", tmp_path / "out.jsonl", "--overwrite").exit_code == 1
    assert contents(tmp_path)["out.jsonl"] == undisturbed(source, "out.jsonl")["out.jsonl"]


# --- poison --------------------------------------------------------------------------------------


def test_poison_is_recorded_and_the_run_goes_on(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 20)
    poison = {"003": "LOOP", "004": "CRASH", "012": "MEMORY", "013": "EXIT", "014": "MISTAKE"}
    for name, word in poison.items():
        (source / f"{name}.txt").write_text(DUMP + f"\nPOISON-{word}\n")
    record = {"id": "named", "text": DUMP + "\nPOISON-CRASH\n"}
    (source / "records.jsonl").write_text(lines(record))
    target = tmp_path / "out.jsonl"
    options = ["-j", "2", "--timeout", "3", "--max-memory", "300", "--quiet"]
    result = subprocess.run(
        [sys.executable, "-m", "cleaner", "clean", source, "-o", target, *options],
        env=environment(tmp_path / "poison"), capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (1, b"")
    ids = [json.loads(line)["id"] for line in target.read_text().splitlines()]
    assert ids == [f"{i:03}.txt" for i in range(20) if f"{i:03}" not in poison and i != 10]
    text = (tmp_path / "out.jsonl.errors.jsonl").read_text()
    assert [(e["id"], e["error"]) for e in map(json.loads, text.splitlines())] == [
        ("003.txt", "TimedOut"), ("004.txt", "WorkerDied"), ("010.txt", "EmptyInput"),
        ("012.txt", "OutOfMemory"), ("013.txt", "WorkerDied"), ("014.txt", "RecursionError"),
        ("named", "WorkerDied"),
    ]  # fmt: skip
