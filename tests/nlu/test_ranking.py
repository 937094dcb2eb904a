"""Documents ranked for questions of anybody's: alone, few, and many together."""

import numpy as np

from bot.nlu.ranking import Matcher, rank_documents, without_hubs

DOCUMENTS = [
    {"id": "fever", "title": "Bé sốt cao, khi nào cần đi khám?"},
    {"id": "sleep", "title": "Bé thức đêm, làm sao cho ngủ?"},
    {"id": "food", "title": "Ăn dặm bắt đầu lúc mấy tháng?", "text": "Cháo loãng từ sáu tháng."},
]
QUERIES = [
    {"id": "1", "text": "con em sốt 39 độ có phải đi viện không", "relevant": ["fever"]},
    {"id": "2", "text": "đêm nào cháu cũng thức, không chịu ngủ", "relevant": ["sleep"]},
    {"id": "3", "text": "mấy tháng thì cho cháu ăn dặm được ạ", "relevant": ["food"]},
]


def test_each_question_finds_its_document_and_twice_the_same() -> None:
    figures = [rank_documents(DOCUMENTS, QUERIES) for _ in range(2)]
    assert figures[0]["P@1"] == figures[0]["MRR"] == figures[0]["nDCG@10"] == 1
    assert all(figures[0][name] == figures[1][name] for name in ("P@1", "P@3", "MRR", "nDCG@10"))


def test_a_question_alone_finds_its_document_too() -> None:
    assert [rank_documents(DOCUMENTS, [query])["P@1"] for query in QUERIES] == [1, 1, 1]


def test_one_document_and_one_question_give_a_number() -> None:
    assert np.isfinite(Matcher(["bé sốt"]).scores(["xin chào"])).all()


def test_a_document_near_to_every_question_is_taken_back() -> None:
    # Twenty questions, each nearest to a hub and second to a document of its own.
    scores = np.hstack([np.full((20, 1), 1.1), np.eye(20)])
    assert (without_hubs(scores).argmax(axis=1) == np.arange(1, 21)).all()


def test_what_is_near_to_one_question_alone_is_hardly_taken_back() -> None:
    scores = np.array([[0.9, 0.5, 0.1]])
    assert list(np.argsort(-without_hubs(scores)[0])) == [0, 1, 2]
