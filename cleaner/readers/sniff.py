"""HTML or a text dump?"""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["MARKDOWN", "Document", "sniff"]

Document = Literal["html", "text"]

MARKDOWN = ".md"  # the suffix

_LOOKED_AT = 20_000
_LEAD_IN = re.compile(r"(?:[\s\ufeff]|<\?xml[^>]*>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_ELEMENT = re.compile(
    r"</?(?:html|head|title|meta|link|script|style|body|div|p|section|article|main|header|footer"
    r"|nav|ul|ol|li|table|tr|td|h[1-6]|span|a|br|img|figure|blockquote)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# A dump may hold forgotten tags; a page has one at least every so many characters.
_CHARACTERS_A_TAG = 200


def sniff(text: str, suffix: str = "") -> Document:
    """Tell what `text` is; `suffix` is a file name's, the last word where the text is unclear."""
    start = _LEAD_IN.match(text, 0, _LOOKED_AT)
    at = start.end() if start else 0
    if _ROOT.match(text, at):
        return "html"
    sample = text[:_LOOKED_AT]
    tags = len(_ELEMENT.findall(sample))
    if suffix in (".html", ".htm", ".xhtml"):
        return "html" if tags else "text"
    if text[at : at + 1] == "<" and tags >= 2 and tags * _CHARACTERS_A_TAG >= len(sample) - at:
        return "html"
    if suffix not in (".txt", MARKDOWN) and len(_ROOT.findall(sample)) >= 2:
        return "html"
    return "text"
