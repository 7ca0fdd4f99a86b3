"""The phrase language: what each construct matches, what is refused, and that nothing is slow."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from cleaner.normalize import fold
from cleaner.rules import Line, builtin
from cleaner.rules.index import Index
from cleaner.rules.keys import BULLETS, beginning, first_word, key
from cleaner.rules.phrase import Phrase
from cleaner.rules.sequence import PhraseError, follows, forms, needs, read

if TYPE_CHECKING:
    from collections.abc import Callable


SPACE_BY_MARK = re.compile(r" (?=[,.:;!?)\]](?: |\Z))|(?<=[(\[]) ")


def matched(phrase: str, text: str) -> tuple[str, str] | None:
    """What `phrase` finds in a line the way rules look it up: its wording and the rest."""
    index: Index[str] = Index()
    index.add(Phrase(phrase), "owner")
    found = next(iter(index.find(Line(text))), None)
    return None if found is None else (found.wording, found.rest)


MATCHES = [
    # plain words, without regard to case, quotes, dashes, bullets in front, punctuation behind
    ("just posted", "Just Posted"),
    ("just posted", "JUST POSTED:"),
    ("just posted", "• Just posted …"),
    ("just posted", "- Just posted!"),
    ("just posted", "▶ Just posted >"),
    ("don't miss", "Don’t miss"),
    ("don’t miss", "DON'T MISS"),
    ("must-read", "Must–read"),
    ('the "best" of', "The “Best” of"),
    ("Just Posted", "just posted"),
    ("überblick", "ÜBERBLICK"),
    ("istanbul heute", "İSTANBUL HEUTE"),
    # (…|…): one of these
    ("(read|see) more", "Read more"),
    ("(read|see) more", "See more"),
    ("sign up (here|now|for free)", "Sign up for free"),
    ("((a|b) c|d) e", "B c e"),
    ("((a|b) c|d) e", "d e"),
    # […|…]: one of these, or nothing
    ("[this] story continues", "Story continues"),
    ("[this] story continues", "This story continues"),
    ("see [the|our] gallery", "See gallery"),
    ("see [the|our] gallery", "See our gallery"),
    ("sign[-]up", "Sign-up"),
    ("sign[-]up", "Signup"),
    # #: a number
    ("# comments", "12 comments"),
    ("# min read", "3 min read"),
    ("#h ago", "3h ago"),
    ("[約]#(時間|分)前", "約3時間前"),
    ("[約]#(時間|分)前", "20分前"),
    ("写真 : …", "写真：横浜港"),
    ("関連記事", "◆関連記事。"),
    ("duration #:#", "Duration 0:49"),
    ("photo # of #", "Photo 3 of 12"),
    ("# [(to|-)] # points", "3 to 12 points"),
    # …: up to twelve words inside
    ("get … inbox", "Get inbox"),
    ("get … inbox", "Get our best stories in your inbox"),
    ("get … inbox", "Get " + "one " * 12 + "inbox"),
    ("by … terms … policy", "By signing up you agree to our terms and to the privacy policy."),
    # …: any text at either end
    ("sponsored by …", "Sponsored by Acme Motors of Ohio"),
    ("sponsored by …", "Sponsored by"),
    ("photo : …", "Photo: Jane Doe"),
    ("photo : …", "PHOTO : Jane Doe"),
    ("© …", "© 2020 The Banner"),
    ("… all rights reserved", "Copyright 2020 The Banner. All rights reserved."),
    ("… all rights reserved", "All rights reserved"),
    ("… via ap", "Jane Doe via AP"),
    # \: the next character as it is
    (r"\(c\) …", "(c) 2020 The Banner"),
    (r"a \# b", "A # b"),
    (r"this \[ad\]", "This [ad]"),
    (r"c:\\ drive", "C:\\ drive"),
    # a bullet in a phrase is as good as none, as in a line
    ("- more from …", "- More from Politics"),
    ("- more from …", "More from Politics"),
    ("- advertisement -", "- Advertisement -"),
    # between letters a space is a must, elsewhere it may be missing
    ("annonce : annonce", "Annonce: annonce"),
    ("annonce : annonce", "Annonce : annonce"),
    ("(no account|no subscription) ? [sign up]", "No account? Sign up"),
    (r"archive \( photo \)", "Archive (photo)"),
    ("read more … : …", "Read more: Trudeau speaks"),
    ("read more … : …", "Read more about the bridge: Trudeau speaks"),
    ("read more … : …", "Read more about the bridge : Trudeau speaks"),
    ("affected by … ? tell …", "Affected by the storm? Tell us"),
    ("read … , … and more", "Read one, two three and more"),
    ("(read more) [:] …", "Read more: Trudeau speaks"),
    ("(read more) [:] …", "Read more Trudeau speaks"),
    ("(read more) [(in|at) (length|full)]", "Read more in full"),
    ("read in # (min|minutes)", "Read in 5min"),
]

NO_MATCHES = [
    ("just posted", "Just posted today"),
    ("just posted", "He just posted"),
    ("just posted", "Justposted"),
    ("(edit|editor) (or|in|at) …", "Editor"),  # "edit" and "or", with nothing between
    ("(edit|editor) (or|in|at) …", "Editin Leeds"),
    ("(read|see) more", "Hear more"),
    ("(read|see) more", "Read"),
    ("[this] story continues", "That story continues"),
    ("# comments", "Twelve comments"),
    ("# comments", "comments"),
    ("get … inbox", "Get inboxes"),
    ("get … inbox", "Get " + "one " * 13 + "inbox"),
    ("get … inbox", "Getinbox"),
    ("read more … : …", "Read more about the bridge"),
    ("read more … : …", "Read more " + "word " * 13 + ": Trudeau speaks"),
    ("affected by … ? tell …", "Affected by the storm? He would not tell"),
    ("by … terms … policy", "By the policy of our terms"),
    ("photo by …", "Photo byline of the year"),
    ("photo by …", "Photographers by the sea"),
    ("get in to the house …", "Get into the house now"),
    ("sponsored by …", "It was sponsored by Acme"),
    ("… via ap", "Jane Doe via API"),
    ("… ap", "A map"),
    ("… all rights reserved", "All rights reserved, they said"),
    (r"\(c\) …", "c 2020 The Banner"),
    (r"a \# b", "A 1 b"),
    ("a", ""),
    ("a", "…"),
]


@pytest.mark.parametrize(("phrase", "text"), MATCHES)
def test_matches(phrase: str, text: str) -> None:
    assert matched(phrase, text) is not None


@pytest.mark.parametrize(("phrase", "text"), NO_MATCHES)
def test_does_not_match(phrase: str, text: str) -> None:
    assert matched(phrase, text) is None


@pytest.mark.parametrize(
    ("phrase", "text", "wording", "rest"),
    [
        ("just posted", "• Just Posted:", "• Just Posted:", ""),
        ("by …", "By Jane Doe", "By", "Jane Doe"),
        ("- by …", "— By Jane Doe", "By", "Jane Doe"),
        ("photo [credit] [:] …", "Photo credit: Jane Doe/CP", "Photo credit:", "Jane Doe/CP"),
        ("watch (above|below) …", "WATCH BELOW", "WATCH BELOW", ""),
        ("… (via ap|via cp)", "Jane Doe via AP", "via AP", ""),
        ("# photos …", "12 photos of “İstanbul”", "12 photos", "of “İstanbul”"),
    ],
)
def test_wording_and_rest_are_as_typed(phrase: str, text: str, wording: str, rest: str) -> None:
    assert matched(phrase, text) == (wording, rest)


@pytest.mark.parametrize(
    ("phrase", "cause"),
    [
        ("", "a gap needs words beside it"),
        (" ", "a gap needs words beside it"),
        ("…", "a gap needs words beside it"),
        ("a … … b", "a gap needs words beside it"),
        ("… a …", "open at both ends"),
        ("a … b … c … d", "more than 2 gaps"),
        ("a (b … c)", "a gap inside brackets"),
        ("a [b …]", "a gap inside brackets"),
        ("(a|b", "'(' is never closed"),
        ("[a|b", "'[' is never closed"),
        ("(a|b]", "'(' is never closed"),
        ("[a|b)", "'[' is never closed"),
        ("a|b)", "')' without an opening bracket"),
        ("a]", "']' without an opening bracket"),
        ("a|b", "| outside brackets"),
        ("|a", "| outside brackets"),
        ("a \\", "nothing follows the last \\"),
        ("[the] …", "needs a word at its fixed end"),
        ("… [now]", "needs a word at its fixed end"),
        ("- …", "needs a word at its fixed end"),
        ("()", "without words"),
        ("[a]", "without words"),
        ("(a|)", "without words"),
        ("...", "without words"),
        ("a" * 1001, "longer than 1000"),
        ("(" * 400 + "a" + ")" * 400, "brackets in brackets"),
        ("[a|b]" * 60 + " …", "too many wordings"),
    ],
)
def test_refused_with_the_cause(phrase: str, cause: str) -> None:
    with pytest.raises(PhraseError) as error:
        Phrase(phrase).check()
    assert cause in str(error.value)


def test_a_phrase_of_many_wordings_still_matches() -> None:
    many = "(a|b|c|d|e|f|g) " * 4 + "end"  # 2401 wordings: a pattern instead of a look-up
    assert not Phrase(many).literal
    assert matched(many, "A b c d end") is not None
    assert matched(many, "A b c x end") is None


def test_a_phrase_of_few_wordings_is_looked_up() -> None:
    assert Phrase("[this] (story|article) continues").keys.forms == {
        "story continues",
        "article continues",
        "this story continues",
        "this article continues",
    }


@pytest.mark.parametrize(
    ("line", "compared"),
    [
        ("advertisement", "advertisement"),
        ("• advertisement", "advertisement"),
        ("* - advertisement ...", "advertisement"),
        ("advertisement?", "advertisement?"),
        ("…", ""),
        ("", ""),
    ],
)
def test_key(line: str, compared: str) -> None:
    assert key(line) == compared


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("read more on this", ("read", "more")),
        ("related: a bridge", ("related", ":")),
        ("related : a bridge", ("related", ":")),
        ("12 photos", ("#", "photos")),
        ("comments (3)", ("comments", "(")),
        ("page 3of 4", ("page", "#")),
        ("3h ago", ("#", "h")),
        ("3時間前", ("#", "時間前")),
        ("約3分", ("約", "#")),
        ("写真:横浜港", ("写真", ":")),
        ("© 2020 the banner", ("©", "#")),
        ("“don't miss it", ("don", "'")),
        ("more", ("more", "")),
        ("→ …", ("", "")),
        ("", ("", "")),
    ],
)
def test_beginning(line: str, found: tuple[str, str]) -> None:
    assert beginning(line) == found
    assert first_word(key(line)) == found[0]


WORDS = ["w" + letter * times for letter in "abcdefghij" for times in range(1, 5)]
MANY = f"[{'|'.join(WORDS)}]"


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("# (photos|images)", {"#": {"photos", "images"}}),
        ("(watch|video) :", {"watch": {":"}, "video": {":"}}),
        ("read [it|more] on", {"read": {"it", "more", "on"}}),
        ("(read|see also) more", {"read": {"more"}, "see": {"also"}}),
        ("(comments|# comments)", {"comments": set(), "#": {"comments"}}),
        ("photo #", {"photo": {"#"}}),
        ("by", {"by": set()}),  # anything
        ("(more|more on)", {"more": set()}),
        (f"{MANY} {MANY} x", {**{word: set() for word in WORDS}, "x": set()}),  # too many
    ],
)  # fmt: skip
def test_what_a_phrase_can_begin_with(phrase: str, found: dict[str, set[str]]) -> None:
    for told in (follows(read(phrase)), Phrase(f"{phrase} …").keys.firsts):
        assert {first: set(seconds.split()) for first, seconds in told.items()} == found


def test_what_is_plain_to_see_is_what_reading_finds() -> None:
    rules = builtin()
    phrases = [Phrase(text) for owner in (*rules.rules, *rules.signals) for text in owner.phrases]
    literal = [phrase for phrase in phrases if phrase.literal]
    assert len(literal) > 500
    for phrase in literal:
        wordings = forms(read(fold(phrase.text).lstrip(BULLETS).strip())) or set()
        spaced = {" ".join(form.split()) for form in wordings}
        tight = {SPACE_BY_MARK.sub("", form) for form in spaced}
        assert phrase.keys.forms == set(map(key, spaced | tight)), phrase.text


@pytest.mark.parametrize(
    ("phrase", "groups"),
    [
        ("read more of it", (("read",),)),  # the longest, or one of them
        ("(read|see) [much] more", (("read", "see"), ("more",))),
        ("(read|#) more", (("more",),)),
        ("# [photos]", ()),
        ("(a (long|b) word|c)", (("word", "c"),)),
    ],
)
def test_words_that_a_line_must_have(phrase: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert needs(read(phrase)) == groups


@pytest.mark.parametrize("line", ["read more", "see read", "read it", "watch more"])
def test_lines_that_lack_such_words_need_no_pattern(line: str) -> None:
    phrase = Phrase("(read|see) [much] more …")
    first, second = beginning(line)
    may = second in phrase.keys.firsts.get(first, "").split() and phrase.may_match(line)
    assert may == (line == "read more")
    assert may or phrase.pattern.match(line) is None


# Lines that come close to matching as often as they can.
SLOW: list[tuple[str, Callable[[int], str]]] = [
    ("get … inbox", lambda n: "get " * n),
    ("get … in … box", lambda n: "get " + "in " * n),
    ("a … b … c", lambda n: "a b " * n + "d"),
    ("… b … c", lambda n: "b " * n + "x"),
    ("… (a|b|ab) … (c|cd)", lambda n: "ab " * n + "x c x"),
    ("… all rights reserved", lambda n: "all rights reserve " * n),
    ("… a", lambda n: "a" + "." * n + "a" + "." * n + "x"),
    ("# # # …", lambda n: "1" * n),
    ("# [x] # [x] # end", lambda n: "1" * n),
    ("… #:#", lambda n: "1:" * n + "x"),
    ("a [b] [c] [d] [e] …", lambda n: "a" + " " * n),
    ("a …", lambda n: "a" + "." * n + "x"),
    ("a", lambda n: "-" * n + "a" + ":" * n + "b"),
    ("(a|a b|a b c) … d", lambda n: "a b c " * n),
]


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(("phrase", "make"), SLOW, ids=[phrase for phrase, _ in SLOW])
def test_time_grows_with_the_line_and_no_faster(phrase: str, make: Callable[[int], str]) -> None:
    pattern = Phrase(phrase).pattern
    short, long = make(50_000), make(200_000)
    once, four_times = _seconds(lambda: pattern.match(short)), _seconds(lambda: pattern.match(long))
    # What is quadratic takes seconds here; below that the machine has a noise of its own.
    assert four_times < max(0.02, 9 * once)


def test_preparing_a_line_takes_linear_time() -> None:
    short, long = "-a " * 50_000, "-a " * 200_000
    assert _seconds(lambda: Line(long)) < max(0.02, 9 * _seconds(lambda: Line(short)))
    short, long = "." * 50_000, "." * 200_000
    assert _seconds(lambda: Line(long)) < max(0.02, 9 * _seconds(lambda: Line(short)))
