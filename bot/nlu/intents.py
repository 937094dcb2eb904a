"""The intent model: logistic regression over n-grams of both views and the sentence vector."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.nlu.encoder import encode
from bot.nlu.textfeatures import NGrams, Views, read_views
from bot.nlu.views import to_encode

# Brings the sentence vector (length 1) to the weight of the n-grams.
VECTOR_WEIGHT = 2.0


class IntentModel:
    """Ranks labels for a text. Pickled by the Rasa component and used as it is by `mam nlu fit-
    intents`.
    """

    def __init__(self, ngrams: NGrams, classifier: LogisticRegression) -> None:
        self.ngrams, self.classifier = ngrams, classifier

    @classmethod
    def fit(
        cls,
        texts: list[str],
        labels: list[str],
        vectors: np.ndarray,
        views: Views | None = None,
    ) -> IntentModel:
        """`vectors` (n, 384) of the texts as `to_encode` reads them; `views` where the caller has
        them.
        """
        ngrams = NGrams(min_df=1)
        features = hstack(
            [
                ngrams.fit_transform(views or read_views(texts)),
                csr_matrix(vectors * np.float32(VECTOR_WEIGHT)),
            ]
        )
        settings = {"C": 10.0, "class_weight": "balanced", "max_iter": 3000, "random_state": 7}
        return cls(ngrams, LogisticRegression(**settings).fit(features, labels))

    def rank(self, text: str, vector: np.ndarray | None = None) -> list[tuple[str, float]]:
        """(label, chance) best first; the vector is made when it is not given."""
        own = encode(to_encode(text)) if vector is None else vector
        features = hstack(
            [
                self.ngrams.transform(read_views([text])),
                csr_matrix(own.reshape(1, -1) * VECTOR_WEIGHT),
            ]
        )
        chances = self.classifier.predict_proba(features.tocsr())[0]
        order = np.argsort(-chances)
        return [(str(self.classifier.classes_[i]), float(chances[i])) for i in order]
