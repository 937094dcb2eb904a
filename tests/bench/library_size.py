"""The search over 10,000 articles beside the shipped library: the same questions, the same run."""

from __future__ import annotations

import random
import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from bot.nlu.topics import TopicText

ARTICLES = 10_000
SEED = 7
ROUNDS = 5
# How far a made-up text's vector lies from the real one's.
NOISE = 0.03
QUESTIONS = (
    "bé mấy tháng thì ăn dặm được ạ",
    "be 8 thang sot 39 do phai lam sao",
    "con 3 tuổi hay ăn vạ lăn ra đất thì dạy thế nào",
    "làm khai sinh cho con cần giấy tờ gì",
    "Bé nhà em 2 tháng hay vặn mình, ngủ không sâu giấc, bà nội bảo thiếu canxi, có đúng không ạ?",
)


def compare_library_sizes() -> list[str]:
    """A Markdown table: milliseconds a question, with and without its encoding."""
    from bot.commands.django_ready import ready_database

    ready_database()
    from bot.nlu.encoder import encode
    from bot.nlu.topics import TopicRows
    from bot.nlu.views import to_encode
    from bot.programme.search import Index, current_index

    shipped = current_index()
    begun = time.monotonic()
    large = Index(0, *_enlarged(list(shipped.articles)), TopicRows())
    made = time.monotonic() - begun
    vectors = {text: encode(to_encode(text)) for text in QUESTIONS}
    times: dict[tuple[str, bool], list[float]] = {}
    for number in range(ROUNDS + 1):
        for text in QUESTIONS:
            for name, index in (("shipped", shipped), ("large", large)):
                for vector in (None, vectors[text]):
                    begun = time.perf_counter()
                    index.rank(text, vector, 8, False)
                    took = (time.perf_counter() - begun) * 1000
                    if number:
                        times.setdefault((name, vector is None), []).append(took)
    lines = ["| articles | whole answer's search ms | without encoding ms |", "|---|---|---|"]
    for name, index in (("shipped", shipped), ("large", large)):
        whole, bare = (statistics.median(times[name, encoded]) for encoded in (True, False))
        lines.append(f"| {len(index.articles)} | {whole:.1f} | {bare:.1f} |")
    share = statistics.median(times["large", True]) / statistics.median(times["shipped", True])
    return [*lines, "", f"{share:.2f} times as long; the large index is made in {made:.0f} s"]


def _enlarged(articles: list[Any]) -> tuple[list[Any], list[TopicText], np.ndarray]:
    """Invented articles: each has texts and vectors of a real one, changed a little, and words of
    another's.
    """
    from bot.nlu.topics import TopicText
    from bot.programme.models import Article, Passage

    chance, noise = random.Random(SEED), np.random.default_rng(SEED)
    passages: dict[int, list[tuple[str, str, bytes]]] = {}
    rows = Passage.objects.filter(article__in=articles)
    for pk, kind, plain, vector in rows.values_list("article_id", "kind", "plain", "vector"):
        passages.setdefault(pk, []).append((kind, plain, bytes(vector)))
    words = sorted(
        {word for own in passages.values() for _, plain, _ in own for word in plain.split()}
    )
    made: list[Any] = []
    texts: list[TopicText] = []
    vectors: list[np.ndarray] = []
    for number in range(ARTICLES):
        real = articles[number % len(articles)]
        made.append(
            Article(
                slug=f"bai-{number}",
                title=real.title,
                age_from=real.age_from,
                age_to=real.age_to,
                pregnancy=real.pregnancy,
            )
        )
        for kind, plain, packed in passages[real.pk]:
            changed = plain.split()
            changed[chance.randrange(len(changed))] = chance.choice(words)
            line = " ".join(changed)
            texts.append(TopicText(number, line, kind == Passage.Kind.PIECE, line))
            vector = np.frombuffer(packed, np.float16).astype(np.float32)
            vector = vector + noise.normal(0, NOISE, vector.shape).astype(np.float32)
            vectors.append(vector / np.linalg.norm(vector))
    return made, texts, np.stack(vectors)
