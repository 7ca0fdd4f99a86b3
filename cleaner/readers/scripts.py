"""The JSON data in a page's scripts: what one holds, assigns to a variable or pushes on a list.

No script is run.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cleaner.readers.statements import load_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["data_of"]

# `x = {"`, `x = [`, `x = JSON.parse("`, `x.push({"`: a script's own objects hardly ever quote their
# keys. React pushes the pieces of one stream as strings: `self.__next_f.push([1,"`.
_GIVEN = re.compile(
    r"[\w$\])]\s*=\s*(?:(?=\{\s*\"|\[\s*[\[{\"])|JSON\.parse\(\s*(?=\"))"
    r"|(?P<streamed>\b__next_f)?\.push\(\s*(?(streamed)(?=\[\s*1\s*,)|(?=\{\s*\"|\[\s*[\[{\"]))"
)
_MOST_ATTEMPTS = 100  # at reading as JSON what one script gives
_DECODER = json.JSONDecoder(strict=False)
# A row of that stream: its number, then so many bytes of text, or a value up to the line's end, of
# a kind where a letter says so: modules, hints, errors. JSON has none.
_ROW = re.compile(r"[0-9a-f]{0,16}:(?:T(?P<bytes>[0-9a-f]{1,8}),|(?P<kind>[A-Z]*))")
_ELEMENT = 4  # parts of an element in it


def data_of(scripts: Iterable[str]) -> Iterator[Any]:
    """Yield the JSON data in the texts of a page's scripts."""
    stream: list[str] = []
    for script in scripts:
        if script.lstrip()[:1] in ("{", "["):
            whole = load_json(script)
            if whole is not None:
                yield whole
                continue
        yield from _given(script, stream)
    yield from _rows("".join(stream))


def _given(script: str, stream: list[str]) -> Iterator[Any]:
    """Yield the data that a script assigns or pushes; what it adds to the stream goes there."""
    at = 0
    for _ in range(_MOST_ATTEMPTS):
        found = _GIVEN.search(script, at)
        if found is None:
            return
        try:
            value, at = _DECODER.raw_decode(script, found.end())
        except json.JSONDecodeError as error:
            # Up to here it was JSON, so that nothing in it needs a second look.
            at = max(error.pos, found.end())
        except ValueError:  # a number of thousands of digits
            at = found.end()
        except RecursionError:
            return
        else:
            if found["streamed"]:
                stream += [piece for piece in value if isinstance(piece, str)]
            else:
                yield load_json(value) if isinstance(value, str) else value


def _rows(stream: str) -> Iterator[Any]:
    """Yield the values and texts of a stream in React's "flight" format."""
    at = 0
    while at < len(stream):
        row = _ROW.match(stream, at)
        if row is not None and row["bytes"]:
            size = int(row["bytes"], 16)
            data = stream[row.end() : row.end() + size].encode("utf-8", "replace")
            text = data[:size].decode("utf-8", "ignore")
            yield text
            at = row.end() + len(text)
            continue
        end = stream.find("\n", at)
        end = len(stream) if end < 0 else end
        if row is not None and not row["kind"]:
            yield _properties(load_json(stream[row.end() : end]))
        at = end + 1


def _properties(value: Any) -> Any:
    """Leave of every element in a row its properties, and of its strings those that are text.

    An element is `["$", type, key, properties]`; a string that begins with "$" refers to another
    row, or had the sign doubled.
    """
    top = [value]
    stack: list[Any] = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, list) and len(node) == _ELEMENT and node[0] == "$":
            del node[: _ELEMENT - 1]
        for at, inner in enumerate(node) if isinstance(node, list) else node.items():
            if isinstance(inner, str):
                if inner.startswith("$"):
                    node[at] = inner[1:] if inner.startswith("$$") else ""
            elif isinstance(inner, list | dict):
                stack.append(inner)
    return top[0]
