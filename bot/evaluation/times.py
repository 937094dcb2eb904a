"""How long each stage of understanding takes: the same messages through each, in one warm process.

Milliseconds of the clock and of the processor: beside other work the first are too many.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from bot.evaluation.asked import read_asked
from bot.evaluation.intents import read_examples
from bot.nlu.encoder import VectorCache, encode, encode_many
from bot.nlu.entities import extract
from bot.nlu.followups import read_followup
from bot.nlu.intents import IntentModel
from bot.nlu.marks import fold
from bot.nlu.normalise import meant, normalise, own_words, spelled
from bot.nlu.readable import read_line
from bot.nlu.restore import restore
from bot.nlu.screen import Screen
from bot.nlu.screen.files import INTENTS
from bot.nlu.screen.rules import read
from bot.nlu.screen.training import read_labelled
from bot.nlu.vague import read_vague
from bot.nlu.views import plain_readings, to_encode
from bot.programme.search import search

MESSAGES, SEED = 200, 20261127
WARM_UP = 5
# What is kept of a message while it is understood; words and tables stay known, as in a process
# that runs.
KEPT_OF_MESSAGES = (
    *(normalise, meant, spelled, own_words, restore, to_encode, plain_readings),
    *(read, read_line),
)


def draw_messages(screen_data: Path, *search_data: Path) -> list[str]:
    """Half of them the screen's, half questions of the search."""
    draw = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    screened = [row.text for row in read_labelled(screen_data)]
    asked = [row.text for path in search_data for row in read_asked(path)]
    drawn = [*draw.sample(screened, MESSAGES // 2), *draw.sample(asked, MESSAGES // 2)]
    draw.shuffle(drawn)
    return drawn


def fitted_intents() -> IntentModel:
    """As Rasa's component trains it."""
    labels, texts = zip(*read_examples(INTENTS), strict=True)
    vectors = encode_many([to_encode(text) for text in texts], VectorCache())
    return IntentModel.fit(list(texts), list(labels), vectors)


def measure_times(messages: list[str], models: Path, intents: IntentModel) -> dict[str, Any]:
    """Of each stage p50 and p95 of the clock, and `busy_` ones of the processor. `message` is the
    whole of understanding one, encoded once; `message_and_search` looks for its article too (needs
    the library).
    """
    screen = Screen.load(models)

    encoding = ThreadPoolExecutor(1)

    def understand(text: str) -> np.ndarray:
        # As the courier does: the words are looked at while the message is encoded.
        vector = encoding.submit(encode, to_encode(text))
        screen.judge(text, vector=vector.result)
        extract(text)
        read_vague(text)
        read_followup(text)
        intents.rank(text, vector.result())
        return vector.result()

    vectors = {text: encode(to_encode(text)) for text in messages}
    stages: dict[str, Callable[[str], object]] = {
        "normalise": normalise,
        "restore": lambda text: restore(fold(text)),
        "screen_without_encoder": lambda text: screen.judge(text, use_encoder=False),
        "screen": screen.judge,
        "entities": extract,
        "intent": lambda text: intents.rank(text, vectors[text]),
        "encode": lambda text: encode(to_encode(text)),
        "search": lambda text: search(text, vector=vectors[text]),
        "message": understand,
        "message_and_search": lambda text: search(text, vector=understand(text)),
    }
    return {"n": len(messages), **{name: _clock(do, messages) for name, do in stages.items()}}


def _clock(do: Callable[[str], object], messages: list[str]) -> dict[str, float]:
    for text in messages[:WARM_UP]:
        do(text)
    # Nobody sends the same message twice, so nothing is known of it beforehand.
    for kept in KEPT_OF_MESSAGES:
        kept.cache_clear()
    clock, busy = [], []
    for text in messages:
        begun, began_busy = time.perf_counter(), time.process_time()
        do(text)
        clock.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - began_busy) * 1000)
    return {
        name: float(np.percentile(took, share))
        for name, took, share in (
            *(("p50", clock, 50), ("p95", clock, 95)),
            *(("busy_p50", busy, 50), ("busy_p95", busy, 95)),
        )
    }
