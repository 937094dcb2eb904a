"""Learns the weights of bot/nlu/rerank.py, and prints them: on the questions of tests/data/search/dev.tsv
and dev-3.tsv that have an article, as they were written and without their marks.

    python scripts/fit_search_ranking.py

A conditional logit: the right article is to beat the others that the index found. Also printed: right
articles first and in the first three, with the index's own order and, by cross-validation, with what was
learned from the other questions; both with each group of signs left out. Afterwards run
scripts/fit_search_calibration.py.
"""  # noqa: E501

import os
import tempfile

import numpy as np
from fit_search_calibration import DEV, say
from scipy.optimize import minimize
from scipy.special import logsumexp

from bot.commands.django_ready import ready_database
from bot.nlu.marks import fold
from bot.nlu.rerank import NAMES

HELD_BACK = 30.0
FOLDS, SEED = 5, 7
GROUPS = {
    "marked letters": ("marked_letters",),
    "age": ("fits_age",),
    "domain": ("domain_by_meaning", "domain_by_words"),
    "named": ("lacks_symptom", "lacks_food", "lacks_vaccine"),
}


def main() -> None:
    signs, right, worth, fold_of = read()
    say(f"{len(signs)} questions; index alone: {told(*figures(worth, right))}")
    for name, left_out in (("all signs", ()), *GROUPS.items()):
        columns = [place for place, sign in enumerate(NAMES) if sign not in left_out]
        score = np.zeros(right.shape)
        for number in range(FOLDS):
            own = fold_of == number
            weights = learn(signs[~own][:, :, columns], right[~own])
            score[own] = signs[own][:, :, columns] @ weights
        without = f"without {name}" if left_out else name
        say(f"{without}: {told(*figures(score, right))}")
    weights = learn(signs, right)
    say(f"WEIGHTS = {tuple(round(float(weight), 2) for weight in weights)}")
    # As near to what the index gave as a line can be: thresholds of others keep their meaning.
    scale, shift = np.polyfit((signs @ weights.round(2)).ravel(), worth.ravel(), 1)
    say(f"SHIFT, SCALE = {shift:.4f}, {scale:.5f}")


def read() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(questions, articles, signs), which are right, what the index held them worth, the fold of
    each question: both ways of typing one stand in the same.
    """
    os.environ.update({"MAM_DATA_DIR": tempfile.mkdtemp(prefix="mam-fit-"), "DATABASE_URL": ""})
    ready_database()
    from bot.evaluation.asked import NONE, read_asked
    from bot.programme.search import candidates

    chance = np.random.default_rng(SEED)
    signs, right, worth, folds = [], [], [], []
    for row in (row for path in DEV for row in read_asked(path) if row.slug != NONE):
        number = int(chance.integers(FOLDS))
        for text in (row.text, fold(row.text)):
            slugs, found, value = candidates(text, child_months=row.child_months)
            signs.append(found)
            worth.append(value)
            right.append([slug in row.slugs for slug in slugs])
            folds.append(number)
    return np.array(signs), np.array(right), np.array(worth), np.array(folds)


def learn(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """(signs,) the weights, of questions whose right article is among those found."""
    has_one = right.any(axis=1)
    signs, right = signs[has_one], right[has_one]
    spread = signs.reshape(-1, signs.shape[2]).std(axis=0) + 1e-9
    scaled = signs / spread

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = scaled @ weights
        of_all = logsumexp(score, axis=1)
        wanted = np.where(right, score, -np.inf)
        of_right = logsumexp(wanted, axis=1)
        moved = np.exp(score - of_all[:, None]) - np.exp(wanted - of_right[:, None])
        gradient = (moved[:, :, None] * scaled).sum(axis=(0, 1)) + HELD_BACK * weights
        return float((of_all - of_right).sum() + HELD_BACK / 2 * weights @ weights), gradient

    found = minimize(loss, np.zeros(signs.shape[2]), jac=True, method="L-BFGS-B")
    weights: np.ndarray = found.x / spread
    return weights


def figures(score: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """The shares of questions with a right article first and among the first three."""
    order = np.argsort(-score, axis=1, kind="stable")
    ordered = np.take_along_axis(right, order, axis=1)
    return float(ordered[:, 0].mean()), float(ordered[:, :3].any(axis=1).mean())


def told(first: float, third: float) -> str:
    return f"first {first:.1%}, first three {third:.1%}"


if __name__ == "__main__":
    main()
