"""Rows of one message at a time: the numbers of scikit-learn's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.ngrams import NGramRows
from bot.nlu.textfeatures import char_vectoriser, word_vectoriser

TAUGHT = (
    "bé sốt cao quá",
    "be sot 39 do co giat",
    "con ho cả đêm, có sao không ạ?",
    "ăn dặm 🍚 mấy tháng",
    "a ạ à",
    "cho bé ăn dặm được chưa, bé 5 tháng",
)
VECTORISERS = {
    "letters": char_vectoriser(min_df=1).fit(TAUGHT),
    "words": word_vectoriser(min_df=1).fit(TAUGHT),
    "three words": word_vectoriser(min_df=1, ngram_range=(1, 3)).fit(TAUGHT),
}


@pytest.mark.parametrize("name", VECTORISERS)
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.one_of(st.sampled_from(TAUGHT), st.text(max_size=30)), max_size=3))
def test_rows_are_those_of_the_vectoriser(name: str, texts: list[str]) -> None:
    fitted = VECTORISERS[name]
    if not texts:
        return

    made = NGramRows(fitted).transform(texts)

    np.testing.assert_allclose(made.toarray(), fitted.transform(texts).toarray(), atol=1e-6)


def test_a_word_that_was_seen_before_gives_the_same_row() -> None:
    rows = NGramRows(VECTORISERS["letters"])

    first, again = rows.transform(["bé sốt bé"]), rows.transform(["bé sốt bé"])

    assert (first != again).nnz == 0
