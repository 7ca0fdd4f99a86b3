"""Names of people: by their shape, and cut out of the bylines that hold them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources

from cleaner.dates import find_moments, tells_of_change
from cleaner.normalize import fold

__all__ = [
    "NAME",
    "is_desk",
    "is_given_name",
    "is_group",
    "is_name",
    "joins_people",
    "lead_end",
    "may_begin_with_name",
    "people_in",
    "split_people",
    "up_to_day",
]

# A capitalised word: "Murray", "O'Brien", "McDonald-Smith", "J.", "P.K.", "Ñíguez".
_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯҐЄІЇ"
_WORD = (
    rf"(?:(?:[{_UPPER}]\.){{2,4}}|[{_UPPER}](?:[\w'’-]*\w)?\.?"
    rf"|[dDlL]['’][{_UPPER}]\w+|al-[{_UPPER}]\w+)"
)
_PARTICLES = (
    "de da do dos das del della di du des la le van von der den ter ten zu bin ibn el al y e af"
)
_PARTICLE = f"(?:{'|'.join(_PARTICLES.split())})"
_IN_NAMES = frozenset(_PARTICLES.split())
# Two to five words, the first and the last capitalised.
NAME = rf"{_WORD}(?:[ ]{_PARTICLE}){{0,2}}[ ]{_WORD}(?:(?:[ ]{_PARTICLE}){{0,2}}[ ]{_WORD}){{0,2}}"
_IS_NAME = re.compile(rf"{NAME}\Z")
_GIVEN_NAME = re.compile(rf"[{_UPPER}][a-zß-ÿа-яё]{{2,14}}\Z")
_LEAST_WORDS, _MOST_WORDS = 2, 5
_LONGEST_NAME = 60

# Between the people of a byline: punctuation, or a word for "and" between two full names.
_MARK = re.compile(r"[;|/•⋅、，،\n·–—-]")
_MARKS = re.compile(r"\s*(?:[;|/•⋅、，،]|\s[-–—·]\s|\n)\s*|(?<=[가-힣])\s?·\s?(?=[가-힣])")
_COMMA_IN_NAME = re.compile(r"\s*,\s*(?=[JS]r\b\.?\s*(?:,|\Z))")
_BRACKET = re.compile(r"[(\[（【]")
_BRACKETED = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]")
_WHOLLY_BRACKETED = re.compile(r"\A[(（【]([^()（）【】]*)[)）】]\Z")
# "経済部・" in front of who writes for that desk
_WIDE_DESK = re.compile("\\A[\u3400-\u9fff]{1,8}(?:部|支局|総局|支社|本社)・(?=[\u3400-\u9fff])")
# A name in capitals in front of an office that is in none: "JANE DOE Courier Staff Writer".
_SHOUTED = re.compile(r"\A((?:[A-Z][A-Z.'’-]* ){1,3}[A-Z][A-Z.'’-]{2,}) (?=[A-Z][a-z])")
# "Jane Doe on May 8", "Jane Doe le 8 mai"
_BEFORE_A_DAY = re.compile(r" (?:on|at|am|vom|den|le|el|il|em|op|dne|dnia)\s*\Z")
_GLUED_LEAD = re.compile(r"\A((?:Written |Posted )?[Bb]y)(?=[A-Z][a-z])")
# The next element's words on the end of a name, "Jane FosterTravel Editor"; not "Ann McDonald".
_GLUED_OFFICE = re.compile(rf"(?<=[ ][{_UPPER}][a-zß-ÿ]{{3}})([a-zß-ÿ]*)(?=[A-Z][a-z])(?<!Fitz)")
_GLUE = re.compile(r"[a-zß-ÿ][A-Z]")
_GLUED_DAY = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z][a-z]+ \d{1,2}, \d{4})")
_DIGIT = re.compile(r"\d")
_INITIAL_LAST = re.compile(r"\s\w\Z")  # how accounts are displayed: "Jane D"
_PLACE = re.compile(r"\s(?:in|from|[Ff]or|at|aus|für|bei)\s")
_NEWSPAPER = re.compile(r"(?:The|El|La|Los|Le|Les|Il|Die|Der|Das|Het) ")  # behind a bar
_MAIL = re.compile(r"(?<!\S)\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_OTHERS = re.compile(r"\s*외 ?\d+명|\s*et al\.?\Z|\s+and others\Z")
_NOT_IN_NAMES = re.compile(r"[\d@:_?!#%*=<>\[\]{}\\\"“”„]")
_ENDS_IN_INITIAL = re.compile(r"\b(?:\w|[JS]r)\.\Z")
_EDGES = " .,;:-–—|·•/()[]"
_EDGES_BUT_STOP = _EDGES.replace(".", "")
_TRAILING_DATE = re.compile(r"(?<![\s,|·•–—-])[\s,|·•–—-]*\d.*\Z", re.DOTALL)


@cache
def _data() -> dict[str, str]:
    return tomllib.loads((resources.files("cleaner") / "names.toml").read_text("utf-8"))


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(_data()[name].split())


@cache
def _no_name() -> frozenset[str]:
    """Return the words that capitalised phrases contain and names do not."""
    return _table("button") | _table("phrase")


@cache
def _korean_papers() -> tuple[str, ...]:
    return tuple(_data()["korean_paper"].split())


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[,;|/·•]|\s(?:{_any_of('joint')})\s)\s*")


@cache
def _comma() -> re.Pattern[str]:
    """Match a comma between people, and the word for "and" behind it."""
    return re.compile(rf"\s*,\s*(?:(?:{_any_of('and')})\s+)?")


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_any_of('weekday')})\b\.?,?\s*\Z", re.IGNORECASE)


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_any_of('and')})\s+")


def _any_of(name: str) -> str:
    return "|".join(map(re.escape, sorted(_table(name))))


@cache
def _leads() -> frozenset[str]:
    lines = _data()["lead"].splitlines()
    return frozenset(lead.strip() for line in lines for lead in line.split("|")) - {""}


@cache
def _lead() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_leads(), key=lambda lead: (-len(lead), lead))))
    return re.compile(rf"[(（\s]*(?:{words})(?:\s?[:：]\s*|\s+|(?<=・))", re.IGNORECASE)


@cache
def _lead_words() -> frozenset[str]:
    """Return the first words of what introduces a byline."""
    return frozenset(lead.split()[0].partition(":")[0].lower() for lead in _leads())


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(_table("suffix"), key=len, reverse=True))


@cache
def _korean() -> re.Pattern[str]:
    """Match the names of reporters among what else Korean papers put on their line."""
    words = "|".join(sorted(word for word in _table("suffix") if "가" <= word[0] <= "힣"))
    papers = "|".join(_korean_papers())
    return re.compile(rf"(?<![가-힣])([가-힣]{{2,4}})(?<!{papers})\s?(?:{words})(?![가-힣])")


def is_name(text: str) -> bool:
    """Whether `text` has the shape of one person's name, such as "Ursula von der Leyen"."""
    if len(text) > _LONGEST_NAME or not 0 < text.count(" ") < _MOST_WORDS:
        return False
    if _is_plain(text.rpartition(" ")[2]) or _IS_NAME.match(text) is None:
        return False
    return _no_name().isdisjoint(fold(text).split())


def may_begin_with_name(text: str) -> bool:
    """Whether a text may begin with a name, by its second word: cheaper than a pattern."""
    words = text.split(" ", 2)
    return len(words) > 1 and (words[1] in _IN_NAMES or not _is_plain(words[1]))


def _is_plain(word: str) -> bool:
    """Whether a word is in lower case, and not just "d'Arc" or "al-Amin", as most of prose are."""
    return word.islower() and word.isascii() and word.isalpha()


def is_given_name(text: str) -> bool:
    """Whether `text` has the shape of a given name alone, or of a name that is one word."""
    known = any(text.lower() in _table(table) for table in ("role", "beat", "group", "desk"))
    return _GIVEN_NAME.match(text) is not None and text.lower() not in _no_name() and not known


def is_group(text: str) -> bool:
    """Whether `text` names a desk, a company or a machine rather than a person."""
    words = _split(text)
    return not (_table("desk").isdisjoint(words) and _table("group").isdisjoint(words))


def is_desk(text: str) -> bool:
    """Whether `text` names no one in particular: a desk, staff, an account."""
    return not _table("desk").isdisjoint(_split(text))


def _split(text: str) -> list[str]:
    return text.lower().replace("-", " ").replace(".", " ").split()


def joins_people(word: str) -> bool:
    """Whether a word or sign stands between the people of a byline, and in no name."""
    return word == "," or word.lower() in _table("separate")


def split_people(text: str) -> list[str]:
    """Split "Jane Doe, John Roe and Reuters" into its parts, not yet judged."""
    return [part.strip(" .,;:-–—") for part in _joint().split(text) if part.strip(" .,;:-–—")]


def up_to_day(text: str) -> str:
    """Return what stands in front of a day, without what joins them: "Jane Doe on Monday,"."""
    return _BEFORE_A_DAY.sub("", _weekday().sub(" ", text))


def lead_end(text: str) -> int:
    """Return where the words that introduce a byline end ("By ", "Von: "), 0 for none."""
    if text[:1].isalnum():  # most lines, dismissed without trying a hundred wordings
        word = text.split(None, 1)[0].partition(":")[0]
        if word.isascii() and word.lower() not in _lead_words():
            return 0
    match = _lead().match(text)
    return 0 if match is None else match.end()


def people_in(text: str, stated: bool = False) -> list[str]:
    """Return the parts of a byline that name someone: people, and agencies or desks unjudged.

    Offices, mail addresses, days and what stands in brackets are cut. `stated` says that the text
    is a statement of authors and nothing else, where a name need not have a name's capitals.
    """
    text = _without_asides(text.strip())
    lead = _GLUED_LEAD.match(text)
    if lead is not None:
        text = f"{lead[1]} {text[lead.end() :]}"
    if "기자" in text or "특파원" in text:
        named = _korean().findall(text)
        if named:
            return [name for name in dict.fromkeys(named) if not is_group(name)]
    text = _WIDE_DESK.sub("", text)
    days = find_moments(text, "dmy")
    if days:
        text = f"{up_to_day(text[: days[0].start])}|{text[days[0].end :]}"
    text = _SHOUTED.sub(r"\1|", text[lead_end(text) :], count=1)
    if _GLUE.search(text) is not None:
        text = _GLUED_OFFICE.sub(_unglued, text)
    parts: list[str] = []
    office = False  # behind the name, in lower case: "Jane Doe, g1 — São Paulo" adds its place
    for at, piece in enumerate(_MARKS.split(text) if _MARK.search(text) else (text,)):
        first, *others = _by_commas(piece[lead_end(piece) :]) or [""]
        if not (office or (at and _NEWSPAPER.match(first))):
            parts += (first, *(part for part in others if not _is_office(part)))
        office = bool(others) and others[-1][0].islower() and is_name(first)
    names = (_cut(name) for part in parts for name in _by_and(part))
    return [name for name in dict.fromkeys(names) if name and _could_be_name(name, stated)]


def _without_asides(text: str) -> str:
    """Return a byline without mail addresses and what stands in brackets, days set apart.

    Most have none of these: what all of a kind contain is looked for first, as it is found fast.
    """
    if _BRACKET.search(text) is not None:
        text = _BRACKETED.sub("", _WHOLLY_BRACKETED.sub(r"\1", text))
    if "@" in text or "://" in text or "www." in text:
        text = _MAIL.sub(" ", text)
    return text if _DIGIT.search(text) is None else _GLUED_DAY.sub(" ", text)


def _unglued(match: re.Match[str]) -> str:
    """Set a name apart from the office glued to it; the second half of a name is none."""
    after = match.string[match.end() : match.end() + _LONGEST_NAME]
    words = after.partition(",")[0].split()
    tables = (_table("role"), _table("beat"), _table("group"), _table("desk"))
    told = any(word.lower().strip(_EDGES) in table for word in words for table in tables)
    return f"{match[1]}|" if told else match[1]


def _by_commas(text: str) -> list[str]:
    """Split at commas, and put "Doe, Jane" in the order of speech."""
    parts = [part for part in _comma().split(_COMMA_IN_NAME.sub(" ", text)) if part]
    if len(parts) == 2 and all(p.isalpha() and p.istitle() for p in parts):
        return [f"{parts[1]} {parts[0]}"]
    return parts


def _by_and(text: str) -> list[str]:
    """Split at words for "and", unless a side is one word: "Santiago Ramón y Cajal" is one man."""
    names: list[str] = []
    start = 0
    for match in _and().finditer(text):
        left = text[start : match.start()].strip()
        right = text[match.end() : match.end() + _LONGEST_NAME].strip()
        both = " " in left and " " in right
        if both or match[0].strip().lower() in _table("separate"):
            names.append(left)
            start = match.end()
    return [*names, text[start:]]


def _cut(text: str) -> str:
    """Return the name alone, without title, office and day."""
    if _DIGIT.search(text) is not None or "et al" in text or "and others" in text:
        text = up_to_day(_TRAILING_DATE.sub("", _OTHERS.sub("", text)))
    text = text.strip(_EDGES_BUT_STOP)
    if text.endswith(_suffixes()):
        suffix = next(suffix for suffix in _suffixes() if text.endswith(suffix))
        text = text.removesuffix(suffix).rstrip()
    words = _PLACE.split(text, maxsplit=1)[0].split()
    while words and (words[0].lower().rstrip(".") in _table("title") or _is_role(words[0])):
        del words[0]
    office = next((at for at, word in enumerate(words) if _ends_name(word)), len(words))
    while _LEAST_WORDS < office < len(words) and words[office - 1].lower() in _table("beat"):
        office -= 1
    text = " ".join(words[:office])
    if text.endswith(".") and _ENDS_IN_INITIAL.search(text) is not None:
        return text
    return text.strip(_EDGES)


def _ends_name(word: str) -> bool:
    """Whether a word is of an office, or says what happened on a day."""
    return _is_role(word) or word.lower().strip(_EDGES) in _table("stamp")


def _is_role(word: str) -> bool:
    return word.lower().strip(_EDGES) in _table("role")


def _is_office(text: str) -> bool:
    """Whether what stands behind a name and a comma is an office: "Home Security Expert"."""
    words = text.split()
    if text[0].islower() or len(words) < _LEAST_WORDS:
        return text[0].islower()
    return _is_role(words[-1]) or (_is_role(words[0]) and words[1].islower())


def _caseless(text: str) -> bool:
    """Whether the first letter of `text` is from a script without capitals."""
    first = next((char for char in text if char.isalpha()), "")
    return bool(first) and first.lower() == first.upper()


def _could_be_name(text: str, stated: bool) -> bool:
    if len(text) > _LONGEST_NAME or _NOT_IN_NAMES.search(text) is not None:
        return False
    if _caseless(text):
        return _is_caseless_name(text)
    words = text.split()
    if not _table("button").isdisjoint(fold(text).split()):
        return False
    if len(words) < 2 or (len(words[-1]) == 1 and _INITIAL_LAST.search(text) is not None):
        return False
    if len(words) > _MOST_WORDS + 1 or tells_of_change(text):
        return False
    return stated or _IS_NAME.match(text) is not None


def _is_caseless_name(text: str) -> bool:
    """Whether a text in a script without capitals is as short as a name."""
    first = unicodedata.name(next(char for char in text if char.isalpha()), "")
    if text.endswith(_korean_papers()):
        return False
    if first.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")):
        longest = 12 if first.startswith("KATAKANA") or "・" in text or " " in text else 5
        return 2 <= len(text) <= longest
    return 2 <= len(text.split()) <= _MOST_WORDS
