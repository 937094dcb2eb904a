"""Learns data/screen/combination.yml: how much lexicon, numbers and classifier count together.

    python scripts/build_screen_combination.py

Each message is judged by a classifier that saw nothing of the hand that wrote it (folds of whole
files): that is how the classifier will meet a parent. A logistic regression then learns from
labels, classifier and findings. The threshold is where so many of the harmless messages of the
first two held-out sets would raise an alarm as FALSE_ALARMS says; the others are only measured.
"""

from pathlib import Path

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import bot.nlu.light  # noqa: F401
from bot.nlu.encoder import DEFAULT_CACHE, VectorCache, encode_many
from bot.nlu.entities import child_months
from bot.nlu.screen.alert import URGENT
from bot.nlu.screen.classifier import ScreenClassifier
from bot.nlu.screen.combine import FILE, features
from bot.nlu.screen.rules import find_signs
from bot.nlu.screen.training import (
    TRAIN,
    Labelled,
    read_labelled,
    read_questions,
    read_small_talk,
    weights_of,
)
from bot.nlu.textfeatures import MARKED, read_views

TESTS = Path(__file__).resolve().parents[1] / "tests/data/screen"
MEASURED_ONLY = (
    "held-out-3.tsv",
    "held-out-4.tsv",
    "held-out-5.tsv",
    "held-out-6.tsv",
    "held-out-7.tsv",
    "held-out-8.tsv",
)
FOLDS, SEED = 6, 7
# With the encoder danger is told better from what sounds like it.
FALSE_ALARMS = {True: 0.025, False: 0.03}
TALK_SHARE = 0.15
# What a message of a soft label counts among those that are not urgent.
MILD_SHARE = 0.1
NAMES = {True: "with_encoder", False: "without_encoder"}
HEAD = """\
# Made by scripts/build_screen_combination.py: what counts how much when a message is judged.
# danger, mild, safe: what the classifier thinks of the urgent labels, of the others and of none
# (log-odds); sign: a danger sign of the lexicon stands;
# counted: age and temperature say so; taken_back: signs that a negation, the past or a story takes
# back; soft: signs of the other labels; nearer: how much nearer taught danger lies by meaning than
# what was taught as safe (cosines, with the encoder alone). urgent_at: the chance from which a
# message is urgent; with the encoder that of both together, their mean.
"""


def findings_of(rows: list[Labelled]) -> list[tuple[list, list, int]]:  # type: ignore[type-arg]
    """Signs of both lexicons and the number of words of each message."""
    found = []
    for row in rows:
        months = child_months(row.text)
        danger = find_signs(row.text, child_months=months)
        soft = find_signs(row.text, child_months=months, lexicon="soft_signs")
        found.append((danger, soft, len(row.text.split())))
    return found


def hands_of(count: int) -> np.ndarray:
    """A number for the file of each message; what is no message is dealt out among them."""
    sizes = [len(read_labelled(TRAIN, only=path.name)) for path in sorted(TRAIN.glob("*.tsv"))]
    rest = np.random.default_rng(SEED).integers(0, len(sizes), count - sum(sizes))
    return np.concatenate([np.repeat(np.arange(len(sizes)), sizes), rest])


def main() -> None:
    messages, talk, questions = read_labelled(TRAIN), read_small_talk(), read_questions()
    taught = [*messages, *talk, *questions]
    tested = read_labelled(TESTS, but=MEASURED_ONLY)
    rows = [*taught, *tested]
    weights = weights_of(messages, talk, questions)
    texts, labels = [row.text for row in rows], [row.label for row in rows]
    views = read_views(texts)
    vectors = encode_many(views[MARKED], VectorCache(DEFAULT_CACHE))
    chances: dict[bool, list[dict[str, float]]] = {way: [{} for _ in rows] for way in NAMES}
    nearer = np.zeros(len(rows))

    def judge(learn: np.ndarray, ask: np.ndarray) -> None:
        lesson, question = (
            {view: [lines[i] for i in places] for view, lines in views.items()}
            for places in (learn, ask)
        )
        fitted = ScreenClassifier.fit(
            lesson, [labels[i] for i in learn], vectors[learn], weights[learn]
        )
        for way, into in chances.items():
            got = fitted.chances_of_views(question, vectors[ask] if way else None)
            for place, chance in zip(ask, got, strict=True):
                into[place] = chance
        nearer[ask] = fitted.neighbours.nearer(vectors[ask])

    known = np.arange(len(taught))
    for learn, ask in GroupKFold(FOLDS).split(known, groups=hands_of(len(taught))):
        judge(learn, ask)
    judge(known, np.arange(len(taught), len(rows)))

    found = findings_of(rows)
    urgent = np.array([label in URGENT for label in labels])
    share = np.array([1.0] * len(messages) + [TALK_SHARE] * (len(taught) - len(messages)))
    is_mild = ~urgent & np.array([label != "safe" for label in labels])
    share[is_mild[: len(taught)]] *= MILD_SHARE
    content: dict[str, dict[str, float]] = {"urgent_at": {}}
    apart: dict[bool, np.ndarray] = {}
    for way, name in NAMES.items():
        made = [
            features(chance, *one, float(near) if way else None)
            for chance, one, near in zip(chances[way], found, nearer, strict=True)
        ]
        table = csr_matrix(np.array([list(one.values()) for one in made]))
        model = LogisticRegression(C=10.0, max_iter=1000).fit(
            table[known], urgent[known], sample_weight=share
        )
        content[name] = {
            key: round(float(value), 3) for key, value in zip(made[0], model.coef_[0], strict=True)
        }
        content[name]["constant"] = round(float(model.intercept_[0]), 3)
        apart[way] = model.predict_proba(table[len(taught) :])[:, 1]
    harmless = [label == "safe" for label in labels[len(taught) :]]
    for way, name in NAMES.items():
        chance = (apart[True] + apart[False]) / 2 if way else apart[False]
        limit = float(np.quantile(chance[harmless], 1 - FALSE_ALARMS[way]))
        content["urgent_at"][name] = round(limit, 3)
    FILE.write_text(HEAD + yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
