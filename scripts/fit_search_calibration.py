"""Fits the two calibrations of bot/nlu/topics.py on the questions of tests/data/search/dev.tsv, and
prints them.

    python scripts/fit_search_calibration.py

IS_FIRST: is the best article the right one; IS_INSIDE: has the library anything on the question at
all. Logistic regression, hardly held back. Run it anew after the library has grown much.
"""

import os
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.commands.django_ready import ready_database
from bot.nlu.normalise import fold, normalise

DEV = Path(__file__).resolve().parents[1] / "tests/data/search/dev.tsv"
HELD_BACK = 1e-4


def main() -> None:
    os.environ.update({"MAM_DATA_DIR": tempfile.mkdtemp(prefix="mam-fit-"), "DATABASE_URL": ""})
    ready_database()
    from bot.evaluation.asked import NONE, read_asked
    from bot.evaluation.search import find_rows
    from bot.programme.search import current_index

    scope = current_index().scope
    seen, is_first, is_inside = [], [], []
    for row, result in find_rows(read_asked(DEV)):
        best = [hit.score for hit in result.hits[:4]]
        leaning = scope.leaning(fold(normalise(row.text)))
        seen.append([best[0], best[0] - best[1], best[0] - best[3], leaning])
        is_first.append(result.hits[0].slug in row.slugs)
        is_inside.append(row.slug != NONE)
    for name, wanted in (("IS_FIRST", is_first), ("IS_INSIDE", is_inside)):
        fitted = LogisticRegression(C=1 / HELD_BACK, max_iter=20_000).fit(np.array(seen), wanted)
        numbers = [*fitted.coef_[0], fitted.intercept_[0]]
        print(name, "=", tuple(round(float(number), 2) for number in numbers))  # noqa: T201


if __name__ == "__main__":
    main()
