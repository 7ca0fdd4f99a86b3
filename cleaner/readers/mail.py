"""The header of a mail on top of a dump: newsletters are articles that came by mail."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.page import Fact

if TYPE_CHECKING:
    from cleaner.page import Block, Page

__all__ = ["read_mail_header"]

_SENDER = "From|Von|De|Da|Van|Od|Fra|Från|Kimden"
_SUBJECT = "Subject|Betreff|Objet|Asunto|Assunto|Oggetto|Onderwerp|Temat|Emne|Ämne|Konu"
_SENT = (
    "Date|Sent|Datum|Gesendet|Envoyé|Fecha|Enviado|Data|Inviato|Verzonden|Wysłano|Dato|Sendt"
    "|Skickat|Tarih"
)
_OTHERS = "To|Cc|Bcc|Reply-To|An|À|Para|A|Aan|Do|Til|Till|Kime|List-[A-Z][a-z]+|Message-I[Dd]"
_FIELD = re.compile(
    rf"(?:(?P<sender>{_SENDER})|(?P<subject>{_SUBJECT})|(?P<sent>{_SENT})|{_OTHERS}) ?: ?(?=\S)"
)
_FEWEST = 3  # fields


def read_mail_header(page: Page) -> None:
    """Take the header of a mail off: its subject is the first line, its date a statement."""
    fields = list(takewhile(_is_field, zip(page.blocks, map(_field, page.blocks), strict=True)))
    kinds = {match.lastgroup for _, match in fields if match is not None}
    if len(fields) < _FEWEST or not {"sender", "subject"} <= kinds:
        return
    for index, (block, match) in enumerate(fields):
        assert match is not None
        if match["subject"]:
            block.source = block.source or block.text
            block.text = block.text[match.end() :]
            continue
        if match["sent"]:
            page.facts.append(_date(block.text[match.end() :], index))
        block.remove(Reason.METADATA, "mail-header")


def _field(block: Block) -> re.Match[str] | None:
    return _FIELD.match(block.text)


def _is_field(field: tuple[Block, re.Match[str] | None]) -> bool:
    return field[1] is not None


def _date(text: str, index: int) -> Fact:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  (sockets: few dumps are mails)

    try:
        sent = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # as people's programs write it
        return Fact("date", text, "text", "published", index)
    return Fact("date", sent.isoformat(), "dump-header")
