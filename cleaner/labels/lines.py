"""What of a dump is not the article, as the learned model sees it.

This pass comes after the rules: what they said of a line is evidence for the lines beside it, and
no line that a rule has named needs a second judge.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from operator import mul, or_
from typing import TYPE_CHECKING

from cleaner.article import Reason
from cleaner.labels.menus import FAR_RULE
from cleaner.labels.outside import MODEL_RULE
from cleaner.page import Page
from cleaner.shape import ends_sentence, is_prose
from cleaner.torn import paragraph_at, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.labels.draft import Draft
    from cleaner.page import Block

__all__ = ["judged", "label_lines"]

_FEWEST = 5  # lines: so few are no dump of a page, but a text that somebody chose
# The threshold is half the F1 that the model hopes for. Where that is little, it has not found the
# article, and what the rules have left stays.
_LOST = 0.25
# A doubtful line, or a few of them, between lines of the body is one of them.
_DOUBTFUL = 0.15
_MOST_BETWEEN = 3
_LEAST_OF_TEXT = 45  # characters
_LIKELY = 0.25  # enough for a paragraph right beside one of the body
_HARDLY = 0.05  # enough for items of a list below the line that introduces it
_INTRODUCING = (":", "：")
_ASKING = ("?", "？", "؟")
_FEWEST_ASKED, _LONGEST_ANSWER = 4, 4  # questions of an interview, lines
_LEAST_OF_INTERVIEW = 0.3  # of it is likely body
_LONGEST_LIST = 8  # lines
_STOPS = (".", "。")
_NUMBERED, _LEAST_COUNTED = re.compile(r"(\d{1,2})[.)] "), 3  # lines
# The more of a dump seems to be the article, the surer it is that somebody has cleaned it before:
# then nothing goes from between, and at the ends only what is hardly a part of it.
_CLEAN = 0.8  # of its text: the least for sentences,
_CLEANEST = 0.9  # and for all lines, is
_LEAST = 0.1
# Above the text, and below a line that is less likely than this, is seldom more of it.
_LEAST_AWAY, _BREAK = 0.3, 0.15
_MOST_BETWEEN_CLEAN = 5
# What surrounds an article is titles, labels and links. Where nearly all that the rules have left
# is prose, or many lines of it finished sentences, there is little around them, and a model that
# drops much more, or something from between, is lost.
_FINISHED, _LEAST_KEPT = 0.95, 0.9  # of the text
_MANY = 100  # lines


def label_lines(draft: Draft) -> None:
    """Remove the lines of a dump that the model does not take for body.

    Pieces of one paragraph are judged as the paragraph that they are.
    """
    page = draft.page
    if page.document != "text" or sum(block.kept for block in page.blocks) < _FEWEST:
        return
    from cleaner.model.dump import builtin_dump_model  # noqa: PLC0415  (numpy: not for pages)

    lines = judged(page.blocks)
    whole = Page("text", [paragraph_at(page.blocks, run) for run in lines])
    judgement = (draft.model or builtin_dump_model()).judge(whole)
    page.trust = judgement.confidence
    if judgement.threshold < _LOST:
        return
    asked = [at for at, block in enumerate(whole.blocks) if block.kept]
    texts = [whole.blocks[at].text for at in asked]
    probabilities = judgement.probabilities[asked].tolist()
    above = _above(texts, probabilities, judgement.threshold)
    _keep_introduced(texts, probabilities, above)
    _keep_on(texts, probabilities, above)
    _keep_introduced(texts, probabilities, above)
    _keep_counted(texts, above)
    _keep_interview(texts, above)
    for at, keep in zip(asked, above, strict=True):
        for index in () if keep else lines[at]:
            draft.remove(index, Reason.OUTSIDE_ARTICLE, MODEL_RULE)


def judged(blocks: Sequence[Block]) -> list[range]:
    """Return the paragraphs of a dump that the model looks at: all but what parts its text.

    Markers of advertisements stand between any two paragraphs, and would hide them from each other;
    of menus nobody asks.
    """
    return [run for run in runs(blocks) if not _is_passed_over(blocks[run.start])]


def _is_passed_over(block: Block) -> bool:
    return block.reason is Reason.AD_MARKER or block.rule == FAR_RULE


def _above(texts: list[str], probabilities: list[float], threshold: float) -> list[bool]:
    """Tell of each line whether it is body, by its probability and by what the dump looks like."""
    lengths = list(map(len, texts))
    total = sum(lengths)
    ended = [ends_sentence(text) for text in texts]
    above = [probability > threshold for probability in probabilities]
    share = sum(map(mul, probabilities, lengths)) / total
    if share > _CLEAN:
        asked = [sentence or share > _CLEANEST for sentence in ended]
        _keep_doubtful(probabilities, above, asked)
        _keep_between(probabilities, above, 0.0, _MOST_BETWEEN_CLEAN)
    else:
        _keep_between(probabilities, above, _DOUBTFUL, _MOST_BETWEEN)
    finished = ended if len(texts) >= _MANY else list(map(is_prose, texts))
    if sum(map(mul, finished, lengths)) < _FINISHED * total:
        return above
    _keep_between(probabilities, above, 0.0, len(above))
    lost = sum(map(mul, above, lengths)) < _LEAST_KEPT * total
    return list(map(or_, above, finished)) if lost else above


def _keep_doubtful(
    probabilities: Sequence[float], above: list[bool], asked: Sequence[bool]
) -> None:
    """Keep the lines of a clean dump that may be body, of those asked about.

    Above the text that takes more, as it does below where the lines stop being likely.
    """
    kept = [at for at, is_above in enumerate(above) if is_above] or [len(above)]
    first, last = kept[0], kept[-1]
    below = range(last + 1, len(above))
    end = next((at for at in below if probabilities[at] < _BREAK), len(above))
    for at, probability in enumerate(probabilities):
        least = _LEAST if first < at < end else _LEAST_AWAY
        above[at] = above[at] or (asked[at] and probability > least)


def _keep_between(
    probabilities: Sequence[float], above: list[bool], doubtful: float, most: int
) -> None:
    """Keep the doubtful lines between kept ones: subheads, items of lists, one-liners."""
    for between in _between(above):
        if len(between) <= most and all(probabilities[i] >= doubtful for i in between):
            above[between.start : between.stop] = [True] * len(between)


def _between(above: Sequence[bool]) -> list[range]:
    """Return the lines between each two kept ones that follow each other, perhaps none."""
    kept = [at for at, is_above in enumerate(above) if is_above]
    return [range(last + 1, at) for last, at in pairwise(kept)]


def _keep_introduced(
    texts: Sequence[str], probabilities: Sequence[float], above: list[bool]
) -> None:
    """Keep the lines of a list between the line that introduces it and the text below."""
    for between in _between(above):
        intro = texts[between.start - 1]
        introduced = len(between) <= _LONGEST_LIST and intro.endswith(_INTRODUCING)
        if introduced and all(probabilities[i] >= _HARDLY for i in between):
            above[between.start : between.stop] = [True] * len(between)
    last = max((at for at, keep in enumerate(above) if keep), default=len(above))
    if last + 1 < len(above) and texts[last].endswith(_INTRODUCING):
        below = range(last + 1, min(len(above), last + 1 + _LONGEST_LIST))
        for at in takewhile(lambda i: probabilities[i] >= _LEAST, below):
            above[at] = True


def _keep_counted(texts: Sequence[str], above: list[bool]) -> None:
    """Keep the lines of the text that count up: sentences, and what stands over kept ones.

    Lists of teasers count, too, but no sentences, and nothing of the text stands between.
    """
    begun = above.index(True) if True in above else len(above)  # where the text has
    run: list[int] = []
    for at, text in enumerate(texts):
        counted = _NUMBERED.match(text)
        number = 0 if counted is None else int(counted[1])
        if number == len(run) + 1:
            run.append(at)
        elif number == 1:  # another list
            _keep_run(texts, run, begun, above)
            run = [at]
    _keep_run(texts, run, begun, above)


def _keep_run(texts: Sequence[str], run: list[int], begun: int, above: list[bool]) -> None:
    if len(run) < _LEAST_COUNTED or run[0] <= begun:
        return
    if any("://" in texts[at] for at in run):  # references
        return
    for at in run:
        over_text = at + 1 < len(above) and above[at + 1]
        above[at] = above[at] or over_text or texts[at].endswith(_STOPS)


def _keep_interview(texts: Sequence[str], above: list[bool]) -> None:
    """Keep the questions and answers that follow each other where a good part of them is kept."""
    asked = [at for at, text in enumerate(texts) if text.endswith(_ASKING)]
    start = 0
    for end in range(1, len(asked) + 1):
        # One question goes on with another's answer, a line or a few below it.
        if end < len(asked) and 1 < asked[end] - asked[end - 1] <= _LONGEST_ANSWER + 1:
            continue
        lines = range(asked[start], min(asked[end - 1] + 2, len(texts)))
        lengths = [len(texts[at]) for at in lines]
        likely = sum(length for at, length in zip(lines, lengths, strict=True) if above[at])
        if end - start >= _FEWEST_ASKED and likely >= _LEAST_OF_INTERVIEW * sum(lengths):
            above[lines.start : lines.stop] = [True] * len(lines)
        start = end


def _keep_on(texts: Sequence[str], probabilities: Sequence[float], above: list[bool]) -> None:
    """Keep the likely paragraphs that go on with kept ones, downwards and upwards.

    Downwards, the list that the kept one introduces may stand between, and the answer to a kept
    question need be neither long nor likely.
    """
    text_like = [len(text) >= _LEAST_OF_TEXT and ends_sentence(text) for text in texts]
    intro = -_LONGEST_LIST  # the last kept line that introduces a list, which goes on until `at`
    for at in range(1, len(texts)):
        if above[at - 1]:
            intro = at - 1 if texts[at - 1].endswith(_INTRODUCING) else -_LONGEST_LIST
        elif probabilities[at - 1] < _HARDLY:
            intro = -_LONGEST_LIST
        if above[at - 1] and texts[at - 1].endswith(_ASKING) and ends_sentence(texts[at]):
            above[at] = above[at] or probabilities[at] >= _LEAST  # the answer
        beside = above[at - 1] and text_like[at - 1]
        if beside or 1 < at - intro <= _LONGEST_LIST:
            above[at] = above[at] or (text_like[at] and probabilities[at] >= _LIKELY)
    for at in range(len(texts) - 2, -1, -1):
        if above[at + 1] and text_like[at + 1] and probabilities[at] >= _LIKELY:
            above[at] = above[at] or text_like[at]
