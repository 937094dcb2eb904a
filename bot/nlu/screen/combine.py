"""Lexicon, numbers and classifier joined into one chance that a message is urgent.

The weights stand in data/screen/combination.yml by name; scripts/build_screen_combination.py learns
them from what the classifier says of messages that it was not trained on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu.screen.alert import PRIORITY, URGENT
from bot.nlu.screen.rules import Finding

FILE = Path(__file__).resolve().parents[3] / "data/screen/combination.yml"
# A classifier is never surer than this.
SUREST = 1e-4
LONG_WORDS, FEW_WORDS = 30, 3
MILD = tuple(label for label in PRIORITY if label not in URGENT)


def features(
    chances: dict[str, float],
    findings: list[Finding],
    soft: list[Finding],
    words: int,
    nearer: float | None = None,
) -> dict[str, float]:
    """What the weights are for. `findings` of the danger lexicon and the numbers, `soft` of the
    other lexicon, `words` of the message; `nearer`: how much nearer danger lies than safety by
    meaning, where there is a sentence vector.
    """
    standing = [f for f in findings if f.cancelled is None and f.label in URGENT]
    taken_back = [f for f in findings if f.cancelled is not None and f.label in URGENT]
    sign = float(bool(standing))
    return {
        "danger": _logit(_any_of(chances, URGENT)),
        "mild": _logit(_any_of(chances, MILD)),
        "safe": _logit(chances.get("safe", 0.0)),
        "sign": sign,
        "sign_in_long": sign * (words > LONG_WORDS),
        "counted": float(any(finding.is_counted for finding in standing)),
        "taken_back": float(min(len(taken_back), 2)),
        "soft": float(min(sum(finding.cancelled is None for finding in soft), 2)),
        "few_words": float(words <= FEW_WORDS),
        "length": math.log1p(words) / 4,
        **({} if nearer is None else {"nearer": nearer}),
    }


def urgent_chance(found: dict[str, float], *, with_encoder: bool) -> float:
    """0–1, of the features of a message."""
    weights = read_combination()["with_encoder" if with_encoder else "without_encoder"]
    total = weights["constant"] + sum(weights[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def read_combination() -> dict[str, dict[str, float]]:
    """Weights by name, with and without the encoder, and `urgent_at`: the chances from which a
    message is urgent.
    """
    content: dict[str, dict[str, float]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def _any_of(chances: dict[str, float], labels: Iterable[str]) -> float:
    """The chance that one of them holds, each taken by itself."""
    return 1 - math.prod(1 - chances.get(label, 0.0) for label in labels)


def _logit(chance: float) -> float:
    kept = min(max(chance, SUREST), 1 - SUREST)
    return math.log(kept / (1 - kept))
