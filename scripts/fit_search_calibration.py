"""Fits the two calibrations of bot/nlu/certainty.py, and prints them: on the questions of
tests/data/search/dev.tsv and dev-3.tsv, as they were written and without their marks.

    python scripts/fit_search_calibration.py

IS_FIRST: is the best article the right one; IS_INSIDE: has the library anything on the question at
all. Logistic regression, hardly held back. Also printed, with each hand judged by what was learned
from the other: the thresholds at which so many of its questions would be refused wrongly. Run it
anew after the library has grown much.
"""

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.commands.django_ready import ready_database
from bot.nlu.marks import fold

DEV = [
    Path(__file__).resolve().parents[1] / f"tests/data/search/{name}.tsv"
    for name in ("dev", "dev-3")
]
HELD_BACK = 1e-2
REFUSED_WRONGLY = (0.03, 0.04, 0.05)


def main() -> None:
    os.environ.update({"MAM_DATA_DIR": tempfile.mkdtemp(prefix="mam-fit-"), "DATABASE_URL": ""})
    ready_database()
    from bot.evaluation.asked import NONE, read_asked
    from bot.programme.search import look

    seen, is_first, is_inside, hands = [], [], [], []
    for hand, path in enumerate(DEV):
        for row in read_asked(path):
            for text in (row.text, fold(row.text)):
                signs, best = look(text, child_months=row.child_months)
                seen.append(signs.numbers())
                is_first.append(best.slug in row.slugs)
                is_inside.append(row.slug != NONE)
                hands.append(hand)
    signs, inside, hand = np.array(seen), np.array(is_inside), np.array(hands)
    for name, wanted in (("IS_FIRST", np.array(is_first)), ("IS_INSIDE", inside)):
        numbers = fit(signs, wanted)
        say(f"{name} = {tuple(round(float(number), 2) for number in numbers)}")
    for judged in range(len(DEV)):
        numbers = fit(signs[hand != judged], inside[hand != judged])
        chance = chances(signs[hand == judged], numbers)
        own = inside[hand == judged]
        for share in REFUSED_WRONGLY:
            at = float(np.quantile(chance[own], share))
            rightly = (chance[~own] < at).mean()
            say(f"{DEV[judged].name}: wrongly {share:.0%} at {at:.2f}, rightly {rightly:.1%}")


def fit(signs: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The weights, then the constant; the two sides count by their numbers."""
    spread = signs.std(axis=0)
    fitted = LogisticRegression(C=1 / HELD_BACK, max_iter=20_000).fit(signs / spread, wanted)
    return np.array([*(fitted.coef_[0] / spread), fitted.intercept_[0]])


def chances(signs: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """(n,) 0–1."""
    return 1 / (1 + np.exp(-(signs @ numbers[:-1] + numbers[-1])))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
