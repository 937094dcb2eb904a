"""Keeps the passages of an article in step with what is published. Runs in the transaction of the
publish.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from django.db import transaction

from bot.nlu.encoder import VectorCache, encode_many
from bot.nlu.normalise import fold
from bot.programme.models import Article, Passage
from bot.programme.passages import passages_of, text_to_encode
from bot.programme.rows import to_file
from bot.programme.services.importing import bump_version


@transaction.atomic
def reindex(article: Article) -> None:
    """Replaces the article's passages by those of its published text; none when it is not live."""
    wanted = passages_of(to_file(article)) if article.live else []
    current = list(article.passages.values_list("kind", "text"))
    if wanted != current:
        article.passages.all().delete()
        lines = [text_to_encode(text) for _, text in wanted]
        vectors = encode_many(lines, _cache())
        Passage.objects.bulk_create(
            Passage(
                article=article,
                kind=kind,
                text=text,
                plain=fold(line),
                vector=vector.astype(np.float16).tobytes(),
            )
            for (kind, text), line, vector in zip(wanted, lines, vectors, strict=True)
        )
    bump_version()


@lru_cache(maxsize=1)
def _cache() -> VectorCache:
    return VectorCache()
