"""What of a dump is not the article, as the learned model sees it.

This pass comes after the rules: what they said of a line is evidence for the lines beside it, and
no line that a rule has named needs a second judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.labels.outside import MODEL_RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.labels.draft import Draft

__all__ = ["label_lines"]

_FEWEST = 5  # lines: so few are no dump of a page, but a text that somebody chose
# A doubtful line, or a few of them, between lines of the body is one of them.
_DOUBTFUL = 0.1
_MOST_BETWEEN = 3
# Where nearly all of a dump seems to be the article, somebody has cleaned it before.
_CLEAN = 0.8  # of its text
_SURE = 0.2  # the threshold there


def label_lines(draft: Draft) -> None:
    """Remove the lines of a dump that the model does not take for body."""
    page = draft.page
    asked = [index for index, _ in draft.kept()]
    if page.document != "text" or len(asked) < _FEWEST:
        return
    from cleaner.model.dump import builtin_dump_model  # noqa: PLC0415  (numpy: not for pages)

    judgement = (draft.model or builtin_dump_model()).judge(page)
    page.trust = judgement.confidence
    probabilities = [float(judgement.probabilities[index]) for index in asked]
    lengths = [len(page.blocks[index].text) for index in asked]
    body = sum(p * length for p, length in zip(probabilities, lengths, strict=True))
    threshold = judgement.threshold
    if body > _CLEAN * sum(lengths):
        threshold = min(threshold, _SURE)
    above = [probability > threshold for probability in probabilities]
    _keep_between(probabilities, above)
    for index, keep in zip(asked, above, strict=True):
        if not keep:
            draft.remove(index, Reason.OUTSIDE_ARTICLE, MODEL_RULE)


def _keep_between(probabilities: Sequence[float], above: list[bool]) -> None:
    """Keep the doubtful lines between kept ones: subheads, items of lists, one-liners."""
    last = -1  # the last line above the threshold, -1 before the first
    for index, is_above in enumerate(list(above)):
        if not is_above:
            continue
        between = range(last + 1, index)
        doubtful = all(probabilities[i] > _DOUBTFUL for i in between)
        if last >= 0 and len(between) <= _MOST_BETWEEN and doubtful:
            above[last + 1 : index] = [True] * len(between)
        last = index
