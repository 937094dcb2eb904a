"""The last order of the best topics: all that speaks for each of them, weighed.

The weights are learned by scripts/fit_search_calibration.py on questions of four hands, checked by
cross-validation (docs/evaluation.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.domains import Domains
from bot.nlu.marked_letters import MarkedLetters
from bot.nlu.named import Named
from bot.nlu.topics import Look, TopicText
from bot.nlu.views import to_encode

# Topics that are put in order; the index finds the right one among so many almost always.
LOOKED_AT = 12
# Of words, letters and meaning of a topic and its nearest texts (bot.nlu.topics); letters with
# their marks; the child's age; the domain by meaning and by words; what the topic does not name.
NAMES = (
    *("words", "meaning", "letters", "near", "marked_letters", "fits_age"),
    *("domain_by_meaning", "domain_by_words", "lacks_symptom", "lacks_food", "lacks_vaccine"),
)
WEIGHTS = (21.65, 9.02, 5.4, 18.09, 11.86, 2.31, 0.11, 0.1, -0.28, -0.26, -0.41)
# What makes of them a score between 0 and 1.
SHIFT, SCALE = -0.0274, 0.012


class Reranker:
    """What the index does not look at. `domains` of the topics, `vectors` (n, 384) of the texts,
    `words` (topics, features) of the topics.
    """

    def __init__(
        self,
        domains: Sequence[str],
        texts: Sequence[TopicText],
        vectors: np.ndarray,
        words: csr_matrix,
    ) -> None:
        owner = np.array([text.topic for text in texts])
        self._domains = Domains(domains, words, vectors, owner)
        self._letters = MarkedLetters([text.typed for text in texts], owner, len(domains))
        self._named = Named([text.plain for text in texts], owner, len(domains))

    def signs(
        self, topics: np.ndarray, text: str, look: Look, vector: np.ndarray, fits: np.ndarray
    ) -> np.ndarray:
        """(n, signs) what speaks for each of these topics, in the order of NAMES. `vector` (384,)
        is the question's meaning, `fits` (topics,) whether each is for the child's age.
        """
        letters, words, meaning, near = look.parts[:, topics]
        by_meaning, by_words = self._domains.look(vector, look.words)
        return np.column_stack(
            [
                *(words, meaning, letters, near),
                self._letters.covered(to_encode(text), topics),
                fits[topics],
                *(by_meaning[topics], by_words[topics]),
                self._named.lacking(text, topics),
            ]
        )


def scores(signs: np.ndarray) -> np.ndarray:
    """(n,) 0–1, of (n, signs) in the order of NAMES."""
    weighed: np.ndarray = np.clip(SHIFT + SCALE * (signs @ np.array(WEIGHTS)), 0.0, 1.0)
    return weighed
