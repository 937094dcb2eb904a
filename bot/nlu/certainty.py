"""How sure the search may be: whether its best topic is the right one, and whether the library has
anything on the question at all.

Two logistic regressions over few signs, made by scripts/fit_search_calibration.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# How many scores are looked at.
NEEDED = 4
# In the order of `Signs.numbers`, then a constant.
IS_FIRST = (-12.5, 42.82, 19.08, 1.04, -83.84, 8.34, 1.8, -8.23)
IS_INSIDE = (-5.37, -11.52, 49.31, 2.15, -111.55, 10.85, 1.76, -9.98)


@dataclass(frozen=True)
class Signs:
    """What speaks for the best topic. `best`: the highest scores, best first; `leaning`: of the
    question's words to the library (bot.nlu.scope); `nearer`: how much nearer in meaning it lies to
    a question of another subject than to a text of the library (cosines); `covered`: the share of
    its words that the best topic has, by weight; `words`: how many it has.
    """

    best: Sequence[float]
    leaning: float
    nearer: float
    covered: float
    words: int

    def numbers(self) -> list[float]:
        """As the regressions take them."""
        best = [*self.best[:NEEDED], *[0.0] * (NEEDED - len(self.best))]
        ahead = [best[0] - best[1], best[0] - best[3]]
        length = float(np.log1p(self.words))
        return [best[0], *ahead, self.leaning, self.nearer, self.covered, length]


def certainty(signs: Signs) -> tuple[float, float]:
    """The chance that the best is the right topic, and the chance that the question belongs to any.
    0–1.
    """
    known = np.array([*signs.numbers(), 1.0])
    first, inside = (1 / (1 + np.exp(-known @ np.array(way))) for way in (IS_FIRST, IS_INSIDE))
    return float(first), float(inside)
