"""Clauses that tell who said something."""

from __future__ import annotations

import pytest

from cleaner.reported import is_reported


@pytest.mark.parametrize(
    "text",
    [
        "Email me at midnight, the note said.",
        "Follow me on Instagram, she told the jury, and you will see.",
        "Like what you see? he asked the mirror.",
        "Write to us!” shouted the men at the gate",
        "Contact me, Ms Lund wrote in May.",
        "Schreiben Sie mir unter Tränen, sagte sie.",
        "Vous êtes abonné ? demanda le guichetier.",
        "Nous vendons vos données, a-t-il ajouté.",
    ],
)
def test_who_said_it_is_told(text: str) -> None:
    assert is_reported(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sign up for our newsletter, and we will write to you every day.",
        "Have a tip? Told nobody else yet? Email us.",
        "He said so in the letter.",
        "Follow us on Facebook, Twitter and Instagram to read what she said.",
        "Subscribe, log in or write, in the place where she once sat, to us.",
        "?!,,",
    ],
)
def test_who_said_it_is_not_told(text: str) -> None:
    assert not is_reported(text)
