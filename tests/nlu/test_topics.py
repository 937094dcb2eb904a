"""How a question meets the texts of the topics."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, random

from bot.nlu.topics import _dense_product


def test_what_a_question_shares_with_each_topic_is_the_product_of_their_features() -> None:
    by_feature = random(50, 12, density=0.3, format="csr", dtype=np.float32, random_state=7)
    row = random(1, 50, density=0.4, format="csr", dtype=np.float32, random_state=8)
    assert _dense_product(row, by_feature) == pytest.approx(
        (row @ by_feature).toarray().ravel(), abs=1e-6
    )
    assert not _dense_product(csr_matrix((1, 50), dtype=np.float32), by_feature).any()
