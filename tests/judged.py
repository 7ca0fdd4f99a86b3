"""A model for the tests of what is done with its judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.model.judgement import Judgement

if TYPE_CHECKING:
    from cleaner.page import Page

__all__ = ["Fixed"]


class Fixed:
    """A model that gives the probabilities it is told to."""

    def __init__(self, *probabilities: float, threshold: float = 0.5):
        self.judgement = Judgement(np.array(probabilities), threshold, 0.75)

    def judge(self, page: Page) -> Judgement:
        assert len(page.blocks) == len(self.judgement.probabilities)
        return self.judgement
