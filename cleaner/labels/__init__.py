"""Labelling: passes over the blocks of a page, each with one job.

A pass removes blocks, with a reason and the name of its rule, or claims one for a field; what no
pass touched is the body. Later passes see what earlier ones removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.labels.alone import label_alone
from cleaner.labels.appended import label_appended
from cleaner.labels.bios import label_bios
from cleaner.labels.calls import label_calls
from cleaner.labels.draft import Draft
from cleaner.labels.duplicates import label_duplicates
from cleaner.labels.front import label_front
from cleaner.labels.inline import label_inline
from cleaner.labels.lines import label_lines
from cleaner.labels.media import label_media
from cleaner.labels.menus import label_menus
from cleaner.labels.metadata import label_metadata
from cleaner.labels.outside import label_outside
from cleaner.labels.people import label_people
from cleaner.labels.phrases import label_phrases
from cleaner.labels.rest import label_rest
from cleaner.labels.teasers import label_teasers

if TYPE_CHECKING:
    from cleaner.model.judgement import Model
    from cleaner.page import Page
    from cleaner.rules import Rules

__all__ = ["PASSES", "Draft", "label", "label_lines"]

PASSES = (
    label_menus,
    label_outside,
    label_inline,
    label_phrases,
    label_calls,
    label_rest,
    label_media,
    label_teasers,
    label_metadata,
    label_people,
    label_bios,
    label_front,
    label_appended,
    label_alone,
    label_lines,
    label_duplicates,
)


def label(page: Page, rules: Rules, url: str | None = None, model: Model | None = None) -> None:
    """Run all passes over `page`.

    `url`, or else the address that the page states, tells which site's rules apply; `model`
    replaces the body model that ships with cleaner for pages of this kind.
    """
    address = url or next((fact.value for fact in page.stated("url")), None)
    draft = Draft(page, rules, address, model)
    for label_pass in PASSES:
        label_pass(draft)
