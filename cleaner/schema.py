"""The JSON Schema of an article, generated from its type hints."""

from __future__ import annotations

import types
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from cleaner.article import Article, Removed, Source

__all__ = ["json_schema"]

_OPTIONAL = ("removed",)  # there only when asked for
_DESCRIPTIONS = {
    "headline": "The headline, null where the page states none",
    "date": "When it was published, ISO 8601: a day, or a moment with the page's own offset",
    "body": "The text; paragraphs and subheads separated by one blank line",
    "standfirst": "The line that sums the article up, where one stands apart from the text",
    "authors": "People who wrote it",
    "credits": "Agencies and contributors",
    "language": "ISO 639-1",
    "url": "The canonical address",
    "site": "The site's name as the page states it",
    "date_modified": "When it was last changed, as `date`",
    "date_not_before": "Where `date` is null: a day that it was not published before",
    "confidence": "Estimated quality of the body, 0 to 1",
    "warnings": "What to know before trusting it",
    "source": "Where the facts are from",
    "removed": "What is not in the body, in document order",
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that `Article.to_dict` keeps to."""
    schema = _object(Article, optional=_OPTIONAL)
    for name, description in _DESCRIPTIONS.items():
        schema["properties"][name] = {"description": description, **schema["properties"][name]}
    schema["properties"]["confidence"].update(minimum=0, maximum=1)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Article",
        **schema,
    }


def _object(cls: type, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    fields = get_type_hints(cls)
    return {
        "type": "object",
        "properties": {name: _type(hint) for name, hint in fields.items()},
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }


def _type(hint: Any) -> dict[str, Any]:
    if get_origin(hint) in (Union, types.UnionType):
        inner = [_type(arm)["type"] for arm in get_args(hint)]
        return {"type": inner}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0])}
    if hint in (Source, Removed):
        return _object(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [str(member) for member in hint]}
    names = {str: "string", int: "integer", float: "number", types.NoneType: "null"}
    return {"type": names[hint]}
