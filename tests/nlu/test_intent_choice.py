"""The classifier that chooses its own settings on the lines it is given."""

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.encoder import encode_many
from bot.nlu.intent_choice import PARTS, ChosenModel, Line, Settings, choose

THINGS = ("sốt", "ho", "ngủ", "ăn dặm", "tiêm chủng", "mọc răng")
FORMS = {"method": "cách chữa {} thế nào", "cause": "vì sao bé bị {}", "time": "{} kéo dài bao lâu"}
ROWS = [(label, form.format(thing)) for label, form in FORMS.items() for thing in THINGS]


def learned(rows: list[tuple[str, str]]) -> ChosenModel:
    lines = [Line.of(text) for _, text in rows]
    vectors = encode_many([line.marked for line in lines])
    return ChosenModel.fit(lines, [label for label, _ in rows], vectors)


def test_it_labels_what_it_has_not_seen_and_chooses_the_same_twice() -> None:
    model, again = learned(ROWS), learned(ROWS)
    assert model.label("vì sao bé bị nôn trớ") == "cause"
    assert model.label("cách chữa nôn trớ thế nào") == "method"
    assert model.settings == again.settings


def test_words_put_together_are_read_apart() -> None:
    assert Line.of("bệnh_viện ở đâu") == Line.of("bệnh viện ở đâu")


def test_labels_that_stand_once_are_learned_with_the_defaults() -> None:
    model = learned([("a", "cách chữa sốt"), ("b", "vì sao bé ho")])
    assert model.settings == Settings()
    assert model.label("vì sao bé ho") == "b"


def test_vectors_that_say_nothing_are_left_out() -> None:
    """The words give the labels away, the vectors are loud noise."""
    random = np.random.default_rng(3)
    labels = np.array(["a", "b"] * 60)
    words = csr_matrix(0.1 * np.where(labels == "a", 1, -1)[:, None])
    blocks = {name: words for parts in PARTS for name in parts}
    noise = csr_matrix(random.normal(size=(120, 384)))
    assert choose(blocks, noise, labels).vector_weight < Settings().vector_weight
