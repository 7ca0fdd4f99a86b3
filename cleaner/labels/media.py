"""Captions, credits of images, and the cards of video players."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.agencies import agencies_of_line, agency_pattern, may_name_agency
from cleaner.article import Reason
from cleaner.dates import find_dates
from cleaner.names import NAME
from cleaner.normalize import words
from cleaner.page import Kind
from cleaner.rules import Line
from cleaner.shape import ends_sentence, is_prose, is_title_like

if TYPE_CHECKING:
    from cleaner.labels.draft import Draft

__all__ = ["caption_day_start", "label_media"]

_LONGEST_CAPTION = 700
_LONGEST_CREDIT = 90
_LONGEST_POST = 400
_LEAST_DESCRIPTION = 40  # characters: with less in front, a name and a name are no credit
_LONGEST_WITH_AGENCY = 200
_POST_BY = re.compile(r"[—–-] ?[^()]{1,60} \(@\w{1,30}\)(?=\W*(?:\w+\W+){0,3}\d{4}\W*\Z|\W*\Z)")
_PICTURE_POST = re.compile(r"pic\.(?:twitter|x)\.com/\w+\Z")  # as posts with a picture end
_CLOSING_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,90})[)\]]\Z")
_MARK_WITHIN = re.compile(r"[.!?…](?=.)")
# An initial ends no sentence: "Credit: J. Doe".
_LAST_SENTENCE = re.compile(r".*(?:(?<![:y] [A-Z])\.|[!?…])[\"'”’»)\]]*\s+(?=\S)", re.DOTALL)
_PARTED = re.compile(r".*\s[—–|-]\s(\S.*)\Z")
# "Jane Doe/The Banner" after a sentence, whoever the source is.
_NAME_AND_SOURCE = re.compile(rf"{NAME} ?/ ?(?:[A-Z][\w'’.-]*)(?: [\w'’.-]+){{0,4}}\Z")
_PICTURE_BY = re.compile(rf"(?:Foto|Photo|Picture|Image|Beeld|Bild|Imagen|Imagem)s?:? {NAME}\Z")
# "…＝2024年1月5日、市役所で、山田太郎撮影": Japanese papers close a caption so.
# "市民走过新桥。王小明摄", "市民走过新桥（新华社记者王小明摄）": so do Chinese ones.
_WIDE_CREDIT = re.compile(
    r"[＝=][^＝=。]{2,60}(?:撮影|提供)\Z"
    r"|[。！？；（(](?:[\u4e00-\u9fff]{0,8}[记記]者\s?)?[\u4e00-\u9fff]{2,4}"
    r"(?:[、\s][\u4e00-\u9fff]{2,4}){0,3}\s?(?<!拍)[摄攝]影?[）)]?\Z"
)
_WIDE_ENDS = frozenset("影供摄攝）")
_CREDIT_LABEL = re.compile(r"\w+(?: \w+)? ?[:：] ?\S")  # "Credit: Jane Doe", "Bild: dpa"
_OF_CREDITS = (  # no line that ends in a credit is without one of these
    ")", "]", "/", "|", " via ", "影", "供", "摄", "攝", " - ", " – ", " — ", ".", "!", "?", "…",
)  # fmt: skip
_DASH = re.compile(r"\s[-–—|]")
_DASH_BEFORE_DAY = re.compile(rf"{_DASH.pattern}\s*\Z")


def label_media(draft: Draft) -> None:
    """Remove captions, image credits and video cards."""
    for index, block in draft.unnamed():
        if block.kind is Kind.CAPTION:
            draft.remove(index, Reason.MEDIA_CAPTION, "caption-element")
    _label_cards(draft)
    _label_posts(draft)
    _label_credited_captions(draft)
    _label_captions_above_credits(draft)
    _label_dated_captions(draft)


def _label_cards(draft: Draft) -> None:
    """Remove video cards: a title, perhaps an age, the duration, perhaps a description."""
    found = draft.may_signal("duration")
    parted = bool(found) and any(block.gap for block in draft.blocks[1:])
    rule = "video-card"
    for index in found:
        if not (draft.blocks[index].kept and draft.signals("duration", index)):
            continue
        draft.remove(index, Reason.MEDIA_CAPTION, rule)
        top = index
        if draft.signals("age", index - 1) and draft.blocks[index - 1].kept:
            top = index - 1
            draft.remove(top, Reason.MEDIA_CAPTION, rule)
        title = top - 1
        titled = title >= 0 and draft.blocks[title].kept and _is_card_title(draft, title)
        if titled:
            draft.remove(title, Reason.MEDIA_CAPTION, rule)
        if _is_card_description(draft, index, title if titled else None, parted):
            draft.remove(index + 1, Reason.MEDIA_CAPTION, rule)


def _is_card_title(draft: Draft, index: int) -> bool:
    text = draft.blocks[index].text
    # The first line of a page is its own title, not a card's.
    return index > 0 and is_title_like(text) and not ends_sentence(text)


def _is_card_description(draft: Draft, duration: int, title: int | None, parted: bool) -> bool:
    """Whether the line after the duration describes the video rather than goes on with the text.

    Where blank lines part the cards from the text (`parted`), a line that follows without one
    belongs to the card; where nothing does, it must share a word with the card's title.
    """
    after = duration + 1
    if after >= len(draft.blocks) or not draft.blocks[after].kept:
        return False
    if draft.blocks[after].gap:
        return False
    if parted:
        return True
    if title is None:
        return False
    telling = {word for word in words(draft.blocks[title].text) if len(word) > 4}
    return bool(telling.intersection(words(draft.blocks[after].text)))


def _label_posts(draft: Draft) -> None:
    """Remove the signature of an embedded post, "— Jane Doe (@jane) May 7, 2025", and its text."""
    signed, pictured = draft.holding("(@"), draft.holding("pic.twitter.com/", "pic.x.com/")
    for index, block in draft.unnamed() if pictured else ():
        if index in pictured and _PICTURE_POST.search(block.text) is not None:
            draft.remove(index, Reason.MEDIA_CAPTION, "embedded-post")
    for index, block in draft.unnamed() if signed else ():
        if index not in signed or _POST_BY.match(block.text) is None:
            continue
        draft.remove(index, Reason.MEDIA_CAPTION, "embedded-post")
        above = draft.blocks[index - 1] if index else None
        if above is not None and above.kept and len(above.text) <= _LONGEST_POST:
            draft.remove(index - 1, Reason.MEDIA_CAPTION, "embedded-post")


def _label_credited_captions(draft: Draft) -> None:
    """Remove lines that end in the credit of an image."""
    kept = reversed(list(draft.kept()))
    last_prose = next((i for i, block in kept if is_prose(block.text)), -1)
    may_be = draft.holding(*_OF_CREDITS)
    for index, block in draft.unnamed():
        if index not in may_be or len(block.text) > _LONGEST_CAPTION:
            continue
        if _ends_in_credit(draft, block.text, index < last_prose):
            draft.remove(index, Reason.MEDIA_CAPTION, "credited-caption")


def _label_captions_above_credits(draft: Draft) -> None:
    """Remove the captions of a dump whose credits ("Credit: Jane Doe") are lines of their own.

    Below its first paragraph: above stand titles, too.
    """
    if draft.page.document != "text":
        return
    begun: int | None = None  # where the text has
    for index, (above, block) in enumerate(pairwise(draft.blocks)):
        if block.reason is not Reason.MEDIA_CAPTION or not above.kept or ends_sentence(above.text):
            continue
        if not _LEAST_DESCRIPTION <= len(above.text) <= _LONGEST_CAPTION:
            continue
        if len(block.text) > _LONGEST_CREDIT or _CREDIT_LABEL.match(block.text) is None:
            continue
        if begun is None:
            prose = (i for i, paragraph in draft.kept() if is_prose(paragraph.text))
            begun = next(prose, len(draft.blocks))
        if index > begun:
            above.remove(Reason.MEDIA_CAPTION, "caption-above-credit")


def _ends_in_credit(draft: Draft, text: str, above_prose: bool) -> bool:
    bracket = _CLOSING_BRACKET.search(text) if text.endswith((")", "]")) else None
    if bracket is not None:
        if _is_image_credit(draft, bracket[1]):
            return True
        # A name alone, "(CBC)", also closes agencies' articles: not at the end of the text.
        before = text[: bracket.start()].rstrip()
        return above_prose and ends_sentence(before) and _is_bare_credit(bracket[1])
    if _is_agency_credit(text):
        return True
    if text[-1] in _WIDE_ENDS and _WIDE_CREDIT.search(text) is not None:
        return True
    # Where the text ends as a sentence does, no credit follows.
    if ends_sentence(text):
        return False
    return _ends_in_parted_credit(draft, text) or _ends_in_credit_line(draft, text, above_prose)


def _ends_in_parted_credit(draft: Draft, text: str) -> bool:
    """Whether a credit follows a dash or a bar: "The bridge in May — Photo: Jane Doe"."""
    parts = _PARTED.match(text)
    if parts is None or len(parts[1]) > _LONGEST_CREDIT:
        return False
    described = len(text) - len(parts[1]) >= _LEAST_DESCRIPTION and " /" not in parts[1]
    if described and _NAME_AND_SOURCE.match(parts[1]) is not None:
        return True
    found = draft.rules.signal("image-credit", Line(parts[1]))
    return found is not None and found.rest != ""


def _ends_in_credit_line(draft: Draft, text: str, above_prose: bool) -> bool:
    """Whether a credit follows the last sentence: "The bridge in May. Photo: Jane Doe"."""
    if _MARK_WITHIN.search(text) is None:  # most titles have no sentence
        return False
    sentence = _LAST_SENTENCE.match(text)
    if sentence is None:
        return False
    tail = text[sentence.end() :].lstrip("|–—- ")
    if not tail or len(tail) > _LONGEST_CREDIT:
        return False
    # "© dpa" closes captions, and the last paragraph of an agency's article.
    if not above_prose and is_prose(text[: sentence.end()].rstrip()):
        return False
    short = above_prose and len(text) <= _LONGEST_WITH_AGENCY
    if short and agencies_of_line(tail):  # alone, as Korean papers name whose picture it is
        return True
    named = _NAME_AND_SOURCE.match(tail) or _PICTURE_BY.match(tail)
    return named is not None or draft.rules.signal("image-credit", Line(tail)) is not None


def _is_agency_credit(text: str) -> bool:
    # What the pattern joins names with is rare, so that prose is dismissed without it.
    if not ("/" in text or "|" in text or " via " in text):
        return False
    end = text[-_LONGEST_CREDIT:]
    return may_name_agency(end) and _image_credit().search(end) is not None


def _is_image_credit(draft: Draft, text: str) -> bool:
    if _is_agency_credit(text):
        return True
    return not ends_sentence(text) and draft.rules.signal("image-credit", Line(text)) is not None


def _is_bare_credit(text: str) -> bool:
    """Whether bracketed words after a finished sentence name a source: "CBC", "Jane Doe/CBC"."""
    return (
        not ends_sentence(text)
        and len(text.split()) <= 6
        and text[0].isupper()
        and (text.isupper() or "/" in text or _bare_source().match(text) is not None)
    )


@cache
def _image_credit() -> re.Pattern[str]:
    """Match "THE CANADIAN PRESS/Sean Kilpatrick", "Jane Doe/AFP via Getty Images" at the end."""
    source = agency_pattern()
    return re.compile(
        rf"(?<!\w)(?:{source}(?:[ ](?:photos?|images?|pool))?[ ]?/[ ]?(?:{NAME}|{source})"
        rf"|{NAME}[ ]?[/|][ ]?{source}(?:[ ]via[ ]{source})?"
        rf"|{source}[ ](?:photos?|images)[ ]?/[^.!?]{{2,50}}"
        rf"|(?:{source}|[^\s/]{{2,30}}/[^/.!?]{{1,30}})[ ]via[ ]{source})[ ]*\Z"
    )


@cache
def _bare_source() -> re.Pattern[str]:
    return re.compile(rf"{agency_pattern()}\Z")


def _label_dated_captions(draft: Draft) -> None:
    """Remove titles of videos that carry their day ("Title – Jan 8, 2020") beside their player."""
    for index, block in draft.kept():
        if not block.text[-1].isdigit():  # as few lines do
            continue
        start = caption_day_start(block.text)
        if start is None:
            continue
        title = block.text[:start].rstrip(" -–—|")
        for beside in (index - 1, index + 1):
            if not 0 <= beside < len(draft.blocks):
                continue
            neighbour = draft.blocks[beside]
            if neighbour.reason is Reason.MEDIA_CAPTION or title in neighbour.text:
                draft.remove(index, Reason.MEDIA_CAPTION, "dated-caption")
                break


def caption_day_start(text: str) -> int | None:
    """Return where the day that closes a caption after a dash begins, None for none."""
    if len(text) > _LONGEST_CAPTION or not text[-1:].isdigit() or _DASH.search(text) is None:
        return None
    for _, start, end in find_dates(text):
        if end == len(text) and _DASH_BEFORE_DAY.search(text[:start]) is not None:
            return start
    return None
