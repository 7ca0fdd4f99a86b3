"""The command: what it prints and writes, its exit codes, and never a traceback."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

import cleaner
from cleaner.cli import main

ARTICLE = (
    "date 2020-01-08 A headline of the day\n\nThe bridge – “closed” – was old, she said.\n\n"
    "Advertisement\n"
)
PAGE = "<!DOCTYPE html><html><head><title>A page</title></head><body><p>Text.</p></body></html>"


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    return result


def command(
    *arguments: str | bytes | Path, stdin: bytes = b"", **options: object
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    result: subprocess.CompletedProcess[bytes] = subprocess.run(
        [sys.executable, "-m", "cleaner", *arguments],
        input=stdin, capture_output=True, timeout=60, check=False, **options,
    )  # type: ignore[call-overload]  # fmt: skip
    assert b"Traceback" not in result.stderr
    return result


def make(root: Path, *names: str, text: str = ARTICLE) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())


def files(root: Path) -> list[str]:
    """The files below a folder, but for the account that each run keeps of itself."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(".ledger")
    )


def read(path: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return data


# --- one document --------------------------------------------------------------------------------


def test_a_file_is_printed(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    result = run("clean", tmp_path / "a.txt")
    assert result.exit_code == 0
    assert result.stdout == cleaner.clean(ARTICLE).to_json() + "\n"
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--explain"], cleaner.clean(ARTICLE).to_json(explain=True)),
        (["--schema", "schema.org"], cleaner.clean(ARTICLE).to_json(schema="schema.org")),
        (["--kind", "html"], cleaner.clean(ARTICLE, kind="html").to_json()),
        (["--url", "https://example.com/a"], cleaner.clean(ARTICLE, "https://example.com/a").to_json()),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)  # fmt: skip
def test_options(tmp_path: Path, options: list[str], expected: str) -> None:
    make(tmp_path, "a.txt")
    for source in (tmp_path / "a.txt", "-"):
        result = run("clean", source, *options, stdin=ARTICLE.encode())
        assert (result.exit_code, result.stdout) == (0, expected + "\n")


def test_standard_input_is_read() -> None:
    for data in (ARTICLE.encode(), ARTICLE.encode("utf-16"), ARTICLE.encode("cp1252")):
        assert json.loads(run("clean", "-", stdin=data).stdout)["date"] == "2020-01-08"


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n\x00", "binary"),
        ("cut.txt.gz", gzip.compress(ARTICLE.encode(), mtime=0)[:-8], "broken gzip data"),
        ("gone.txt", None, "No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_cleaned(
    tmp_path: Path, name: str, data: bytes | None, cause: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    result = run("clean", path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {path}: ")
    assert cause in result.stderr


def test_a_document_may_have_so_much(tmp_path: Path) -> None:
    text = ARTICLE * 20_000
    big = tmp_path / "big.txt"
    make(tmp_path, "big.txt", text=text)
    for source, name in ((big, big), ("-", "standard input")):
        result = run("clean", source, "--max-size", "1", stdin=text.encode())
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"Error: {name}: more than 1 MiB, too large for a document\n"
    assert run("clean", big, "--max-size", "3").exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--timeout", "60"], ["--max-memory", "2048"], ["-j", "1"], ["--unordered"], ["--resume"],
        ["--overwrite"], ["--strict"], ["--dedupe"], ["--drop-duplicates"], ["--errors", "e.json"],
        ["--summary", "s.json"], ["--html-field", "h"], ["--text-field", "t"], ["--url-field", "u"],
        ["--id-field", "i"], ["--captured-field", "c"],
    ],
    ids=lambda options: options[0],
)  # fmt: skip
def test_options_of_a_batch_are_refused_for_one_document(
    tmp_path: Path, options: list[str]
) -> None:
    make(tmp_path, "a.txt")
    for source in (tmp_path / "a.txt", "-"):
        result = run("clean", source, *options, stdin=ARTICLE.encode())
        assert (result.exit_code, result.stdout) == (2, "")
        name = "--jobs" if options[0] == "-j" else options[0]
        assert f"{name} is for batches: add -o FOLDER, or -o -" in result.stderr


def test_standard_input_that_cannot_be_cleaned() -> None:
    result = run("clean", "-", stdin=bytes(100))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: standard input: ")
    assert "binary" in result.stderr


def test_invalid_utf8_is_cleaned_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode() + b"\n\xff\n")
    article = json.loads(run("clean", path).stdout)
    assert "decoding-errors" in article["warnings"]
    assert "The bridge – “closed” – was old" in article["body"]


def test_a_document_without_an_article_is_no_failure(tmp_path: Path) -> None:
    make(tmp_path, "a.html", text="<html><body><script>x</script></body></html>")
    result = run("clean", tmp_path / "a.html")
    assert result.exit_code == 0
    assert "empty-body" in json.loads(result.stdout)["warnings"]
    result = run("clean", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "1 document: 1 cleaned (1 without an article), 0 failed" in result.stderr


# --- many documents ------------------------------------------------------------------------------


def test_folders_are_cleaned_to_the_same_relative_paths(tmp_path: Path) -> None:
    make(tmp_path / "in", "a.txt", "b/c.txt.gz", "b/notes.pdf")
    make(tmp_path / "in", "b/d/e.html", "b/x.txt/f.htm", text=PAGE)
    result = run("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout == ""
    *details, last = result.stderr.splitlines()
    assert "1 other file in folders left alone" in details
    assert last == "4 documents: 4 cleaned (0 without an article), 0 failed"
    assert files(tmp_path / "out") == [
        "a.txt.json", "b/c.txt.gz.json", "b/d/e.html.json", "b/x.txt/f.htm.json",
    ]  # fmt: skip
    text = (tmp_path / "out" / "a.txt.json").read_bytes().decode("utf-8")
    assert text == cleaner.clean(ARTICLE).to_json() + "\n"
    assert read(tmp_path / "out" / "b" / "c.txt.gz.json") == json.loads(text)


def test_options_hold_for_every_document(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    run("clean", tmp_path, "-o", tmp_path / "out", "--explain")
    for name in ("a", "b"):
        assert read(tmp_path / "out" / f"{name}.txt.json")["removed"] != []
    run("clean", tmp_path, "-o", tmp_path / "out", "--schema", "schema.org")
    assert read(tmp_path / "out" / "a.txt.json")["@type"] == "NewsArticle"


def test_some_fail_and_the_others_are_written(tmp_path: Path) -> None:
    make(tmp_path / "in", "1.txt", "3/a.txt", "9.txt")
    (tmp_path / "in" / "2.txt").write_bytes(b"")
    (tmp_path / "in" / "4.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (tmp_path / "in" / "5.txt.gz").write_bytes(gzip.compress(ARTICLE.encode())[:-8])
    (tmp_path / "in" / "6.txt").symlink_to("gone")
    (tmp_path / "in" / "7").symlink_to(tmp_path / "in")
    os.mkfifo(tmp_path / "in" / "8.txt")
    result = run("clean", tmp_path / "in", tmp_path / "no", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert files(tmp_path / "out") == ["1.txt.json", "3/a.txt.json", "9.txt.json"]
    text = (tmp_path / "out.errors.jsonl").read_text(encoding="utf-8")
    errors = [json.loads(line) for line in text.splitlines()]
    assert [error["id"] for error in errors] == [
        "2.txt", "4.html", "5.txt.gz", "6.txt", "7", "8.txt", "no",
    ]  # fmt: skip
    assert errors[1] == {
        "id": "4.html",
        "source": f"{tmp_path}/in/4.html",
        "error": "BinaryInput",
        "message": "this is a binary file, not text or HTML",
    }
    lines = result.stderr.splitlines()
    causes, summary = [line for line in lines if line.startswith("cleaner: ")], lines[-1]
    assert [cause.removeprefix(f"cleaner: {tmp_path}/") for cause in causes] == [
        "in/2.txt: the file is empty",
        "in/4.html: this is a binary file, not text or HTML",
        "in/5.txt.gz: broken gzip data: Compressed file ended before the end-of-stream marker was"
        " reached",
        "in/6.txt: a broken link (No such file or directory)",
        "in/7: a link that leads back to a folder above it",
        "in/8.txt: not a regular file",
        "no: No such file or directory",
    ]
    assert summary == "10 documents: 3 cleaned (0 without an article), 7 failed"


def test_two_documents_of_one_name(tmp_path: Path) -> None:
    make(tmp_path, "1/a.txt", "2/a.txt")
    result = run("clean", tmp_path / "1" / "a.txt", tmp_path / "2", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "a.txt.json: another document of this run was written there" in result.stderr
    assert files(tmp_path / "out") == ["a.txt.json"]


def test_the_output_may_lie_in_the_input(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b/c.txt")
    for _ in range(2):  # what the first run wrote is no input of the second
        assert run("clean", tmp_path, "-o", tmp_path / "out").exit_code == 0
        assert run("clean", tmp_path, "-o", tmp_path).exit_code == 0
    assert files(tmp_path) == [
        "a.txt", "a.txt.json", "b/c.txt", "b/c.txt.json", "out/a.txt.json", "out/b/c.txt.json",
    ]  # fmt: skip


def test_a_folder_without_documents(tmp_path: Path) -> None:
    result = run("clean", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1].startswith("0 documents")


def test_a_single_file_with_output_is_written(tmp_path: Path) -> None:
    make(tmp_path, "deep/a.md")
    assert run("clean", tmp_path / "deep" / "a.md", "-o", tmp_path / "out").exit_code == 0
    assert files(tmp_path / "out") == ["a.md.json"]


def test_a_document_that_cannot_be_written_fails_alone(tmp_path: Path) -> None:
    make(tmp_path / "in", "a.txt", "b.txt")
    (tmp_path / "out" / "a.txt.json").mkdir(parents=True)
    result = run("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert (
        f"cleaner: {tmp_path}/in/a.txt: {tmp_path}/out/a.txt.json: Is a directory" in result.stderr
    )
    assert files(tmp_path / "out") == ["b.txt.json"]


def test_messages_stay_on_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[31m.txt").write_bytes(b"")
    result = run("clean", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        f"cleaner: {tmp_path}/a\\nb\\x1b[31m.txt: the file is empty"
    )


# --- rules ---------------------------------------------------------------------------------------


def test_own_rules(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", text=ARTICLE + "\nThe bridge pays for this.\n\nMore was said later.\n")
    options: list[str | Path] = []
    for name, phrase in (("bridge", "the bridge pays …"), ("more", "more was said …")):
        rules = tmp_path / f"{name}.toml"
        rules.write_text(f'[[rule]]\nid = "{name}"\nreason = "legal"\nphrases = ["{phrase}"]\n')
        options += ["--rules", rules]
    removed = json.loads(run("clean", tmp_path / "a.txt", "--explain", *options).stdout)["removed"]
    assert [row["rule"] for row in removed] == ["ad-label", "bridge", "more"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (None, "own.toml: No such file"),
        ('[[rule]]\nid = "x"\n', "own.toml: line 1: reason is missing"),
        ("[[rule", "own.toml: "),
    ],
)
def test_broken_rules_are_wrong_usage(tmp_path: Path, text: str | None, cause: str) -> None:
    make(tmp_path, "a.txt")
    if text is not None:
        (tmp_path / "own.toml").write_text(text)
    result = run("clean", tmp_path / "a.txt", "--rules", tmp_path / "own.toml")
    assert result.exit_code == 2
    assert cause in result.stderr


# --- usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        ([], "Missing argument 'PATH...'"),
        (["{}"], "add -o FOLDER"),
        (["--files-from", "{}/gone"], "gone: No such file"),
        (["{}", "-o", "{}/out.csv"], "out.csv: unknown suffix"),
        (["{}", "-o", "{}/out.json"], "for a folder of that name, "),
        (["{}", "-o", "{}/out", "--resume", "--overwrite"], "do not go together"),
        (["{}", "-o", "-", "--resume"], "do not go together"),
        (["{}", "-o", "{}/out", "--dedupe", "--unordered"], "do not go together"),
        (["{}", "-o", "{}/o.parquet", "--schema", "schema.org"], "do not go together"),
        (["{}", "-o", "{}/out", "--jobs", "0"], "'--jobs'"),
        (["{}", "-o", "{}/out", "--timeout", "0"], "'--timeout'"),
        (["{}/a.txt", "{}/b.txt"], "add -o FOLDER"),
        (["{}/a.txt", "-o", "{}/b.txt"], "b.txt: unknown suffix"),
        (["{}/a.txt", "-o", "{}/b.txt/below"], "below: Not a directory"),
        (["-", "-o", "{}/out"], "single document"),
        (["-", "--kind", "warc"], "standard input holds JSON lines"),
        (["-", "-o", "{}/o.jsonl", "--kind", "parquet"], "standard input holds JSON lines"),
        (["{}/a.txt", "--max-size", "99999999999999"], "'--max-size'"),
        (["{}", "-o", "{}/out", "--url", "https://example.com"], "single document"),
        (["{}", "-o", "{}/out", "--kind", "html"], "single document"),
        (["{}/a.txt", "-o", "{}/out", "--url", "https://x.example"], "they do not go with -o"),
        (["{}/a.txt", "{}/b.txt", "--url", "https://x.example"], "for a single document\n"),
        (["{}/a.txt", "--kind", "pdf"], "'pdf' is not one of"),
        (["{}/a.txt", "--schema", "xml"], "'xml' is not one of"),
        (["{}/a.txt", "--colour"], "No such option"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str], cause: str) -> None:
    make(tmp_path, "a.txt", "b.txt")
    arguments = [argument.format(tmp_path) for argument in arguments]
    result = run("clean", *arguments, stdin=ARTICLE.encode())
    assert result.exit_code == 2
    assert cause in result.stderr
    assert files(tmp_path) == ["a.txt", "b.txt"]


IN, OUT = "{}/in.jsonl", "{}/out.jsonl"


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        ([IN, "-o", OUT, "--errors", IN], "in.jsonl: both an input and --errors"),
        ([IN, "-o", OUT, "--errors", "{}/link"], "in.jsonl: both an input and --errors"),
        ([IN, "-o", OUT, "--errors", "{}/./in.jsonl"], "in.jsonl: both an input and --errors"),
        ([IN, "-o", OUT, "--summary", IN], "in.jsonl: both an input and --summary"),
        ([IN, "--summary", IN], "in.jsonl: both an input and --summary"),
        ([IN, "-o", IN, "--overwrite"], "in.jsonl: both an input and the output"),
        (["{}/link", "-o", IN, "--overwrite"], "link: both an input and the output"),
        (["--files-from", IN, "-o", IN, "--overwrite"], "in.jsonl: both an input and the output"),
        ([IN, "-o", OUT, "--summary", OUT], "out.jsonl: both the output and --summary"),
        ([IN, "-o", OUT, "--errors", OUT], "out.jsonl: both the output and --errors"),
        ([IN, "-o", OUT, "--errors", "{}/x", "--summary", "{}/x"], "both --errors and --summary"),
        ([IN, "-o", OUT, "--summary", OUT + ".errors.jsonl"], "--summary and the file of errors"),
        ([IN, "-o", OUT, "--summary", "{}/list"], "list: exists and is none of ours"),
        (["{}/folder", "-o", OUT, "--errors", "{}/folder/a.jsonl"], "a.jsonl: exists and is none"),
        (["--files-from", "{}/list", "-o", OUT, "--errors", IN], "in.jsonl: exists and is none"),
    ],
)
def test_what_is_read_is_never_written_over(
    tmp_path: Path, arguments: list[str], cause: str
) -> None:
    line = json.dumps({"id": "a", "text": ARTICLE}) + "\n"
    for name in ("in.jsonl", "folder/a.jsonl"):
        make(tmp_path, name)
        (tmp_path / name).write_text(line)
    (tmp_path / "list").write_text(f"{tmp_path}/in.jsonl\n")
    (tmp_path / "link").symlink_to(tmp_path / "in.jsonl")
    result = run("clean", *(argument.format(tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert cause in result.stderr
    assert files(tmp_path) == ["folder/a.jsonl", "in.jsonl", "link", "list"]
    assert (tmp_path / "in.jsonl").read_text() == line


@pytest.mark.parametrize("option", [[], ["--resume"], ["--overwrite"]])
def test_a_pattern_may_find_the_output_when_the_command_is_given_again(
    tmp_path: Path, option: list[str]
) -> None:
    line = json.dumps({"id": "a", "text": ARTICLE}) + "\n"
    (tmp_path / "in.jsonl").write_text(line + "no JSON\n")
    out = tmp_path / "out.jsonl"
    assert run("clean", tmp_path / "in.jsonl", "-o", out).exit_code == 1
    made = out.read_text()
    again = sorted(tmp_path.glob("*.jsonl"))  # the output and its errors, too
    assert len(again) == 3
    assert run("clean", *again, "-o", out, *option).exit_code == 1
    assert out.read_text() == made
    result = run("clean", out, "-o", out, *option)
    assert (result.exit_code, out.read_text()) == (2, made)
    assert "out.jsonl: both an input and the output" in result.stderr


def test_what_a_run_wrote_it_writes_again(tmp_path: Path) -> None:
    """Its summary, too; and what it says may all go to one pipe."""
    make(tmp_path, "in/a.txt")
    places = ["-o", tmp_path / "out", "--errors", tmp_path / "e", "--summary", tmp_path / "s"]
    for _ in range(2):
        assert run("clean", tmp_path / "in", *places).exit_code == 0
    assert run("clean", tmp_path / "in", "-o", tmp_path / "in").exit_code == 0
    (tmp_path / "in" / "b.txt").write_text("")
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        both = ["--errors", tmp_path / "pipe", "--summary", tmp_path / "pipe"]
        with (tmp_path / "pipe").open("wb"):  # for as long as anything is written
            assert run("clean", tmp_path / "in", "-o", tmp_path / "out", *both).exit_code == 1
        said, _ = reader.communicate(timeout=60)
    assert b'{"id": "b.txt", ' in said
    assert b'"failed": 1' in said


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["clean", "--help"], ["schema", "-h"]])
def test_help(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_version() -> None:
    assert cleaner.__version__ in run("--version").stdout


def test_unknown_command() -> None:
    assert run("wash").exit_code == 2


def test_schema_is_a_json_schema_that_articles_keep_to(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    article = json.loads(run("clean", tmp_path / "a.txt", "--explain").stdout)
    jsonschema.Draft202012Validator(schema).validate(article)


# --- as a process --------------------------------------------------------------------------------


def test_the_module_and_the_command_are_one(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    script = shutil.which("cleaner", path=str(Path(sys.executable).parent))
    assert script is not None
    outputs = [
        subprocess.run(
            [*start, "clean", tmp_path / "a.txt"], capture_output=True, check=True, timeout=60
        ).stdout
        for start in ([script], [sys.executable, "-m", "cleaner"])
    ]
    assert outputs == [cleaner.clean(ARTICLE).to_json().encode() + b"\n"] * 2
    assert command("--help").stdout.startswith(b"Usage: cleaner ")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16", "utf-8"])
def test_output_is_utf8_whatever_the_terminal_speaks(tmp_path: Path, encoding: str) -> None:
    make(tmp_path, "ü.txt")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    result = command("clean", tmp_path / "ü.txt", env=environment)
    assert result.stdout == cleaner.clean(ARTICLE).to_json().encode() + b"\n"


def test_half_a_pair_in_an_address_is_still_json(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    result = command("clean", tmp_path / "a.txt", "--url", b"https://example.com/\xff")
    assert result.returncode == 0
    assert json.loads(result.stdout)["url"] == "https://example.com/\udcff"


@pytest.mark.parametrize(
    "name", [b"a b.txt", "ü–😀.txt".encode(), b"a\nb.txt", b"\xff\xfe.txt", b"--help.txt", b"-.txt"]
)
def test_any_name_of_a_file(tmp_path: Path, name: bytes) -> None:
    folder = os.fsencode(tmp_path)
    for path, data in ((folder + b"/" + name, ARTICLE.encode()), (folder + b"/0" + name, b"")):
        with open(path, "wb") as file:
            file.write(data)
    result = command("clean", folder, b"-o", folder + b"/out")
    assert result.returncode == 1
    assert result.stderr.count(b"cleaner: ") == 1
    assert set(os.listdir(folder + b"/out")) == {name + b".json", b".cleaner.ledger"}
    assert command("clean", b"--", name, cwd=folder).returncode == 0


def test_a_reader_that_leaves_early_ends_it_quietly(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", text=ARTICLE + "\n".join(f"Line {i} of many." for i in range(50_000)))
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", "clean", tmp_path / "a.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(10) == b'{\n  "headl'
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "arguments", [["clean", "{}/a.txt"], ["schema"], ["golden", "check", "{}"]]
)
def test_a_full_disk_is_said_and_not_thrown(tmp_path: Path, arguments: list[str]) -> None:
    make(tmp_path, "a.txt")
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "cleaner", *(a.format(tmp_path) for a in arguments)],
            stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr == b"Error: standard output: No space left on device\n"


def test_a_closed_standard_output_is_said(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    command = f"{sys.executable} -m cleaner clean {tmp_path}/a.txt -o - >&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)
    assert result.returncode == 2
    assert b"standard output: closed" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.usefixtures("interruptible")
def test_a_single_document_may_be_interrupted_too() -> None:
    command = [sys.executable, "-m", "cleaner", "clean", "-", "--kind", "text"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdin is not None
        process.stdin.write(b"x" * (1 << 20))  # more than a pipe holds: it is being read
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (130, b"cleaner: interrupted\n")


def test_a_closed_standard_input_is_said() -> None:
    result = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m cleaner clean - <&-"],
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (1, b"Error: standard input: closed\n")


def test_a_pipe_named_directly_is_read() -> None:
    result = command("clean", "/dev/stdin", stdin=ARTICLE.encode())
    assert json.loads(result.stdout)["date"] == "2020-01-08"


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_same_files_give_the_same_bytes(tmp_path: Path, hash_seed: str) -> None:
    make(tmp_path / "in", "a.txt", "b.txt")
    make(tmp_path / "in", "c.html", text=PAGE)
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    result = command("clean", tmp_path / "in", "-o", tmp_path / "out", "--explain", env=environment)
    assert result.returncode == 0
    expected = tmp_path / "expected"
    run("clean", tmp_path / "in", "-o", expected, "--explain")
    for name in ("a.txt.json", "b.txt.json", "c.html.json"):
        assert (tmp_path / "out" / name).read_bytes() == (expected / name).read_bytes()
