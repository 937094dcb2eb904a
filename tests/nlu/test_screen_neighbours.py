"""What lies near by meaning: danger draws a message to its side, what is safe to the other."""

import pickle

import numpy as np

from bot.nlu.screen.neighbours import Neighbours

LABELS = ["medical_emergency"] * 40 + ["safe"] * 40 + ["caregiver_distress"] * 40


def taught() -> np.ndarray:
    """Three clouds in a room of 384 directions."""
    drawn = np.random.default_rng(7)
    clouds = drawn.normal(size=(3, 384))
    rows = np.concatenate([cloud + drawn.normal(scale=0.5, size=(40, 384)) for cloud in clouds])
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_a_message_is_nearer_to_its_like() -> None:
    vectors = taught()
    nearer = Neighbours.fit(vectors, LABELS).nearer(vectors)
    assert (nearer[:40] > 0.3).all()
    assert (nearer[40:80] < -0.3).all()


def test_what_is_on_neither_side_draws_nowhere() -> None:
    vectors = taught()
    nearer = Neighbours.fit(vectors, LABELS).nearer(vectors[80:])
    assert np.abs(nearer).max() < 0.3


def test_half_the_digits_in_the_file_say_the_same() -> None:
    vectors = taught()
    made = Neighbours.fit(vectors, LABELS)
    read = pickle.loads(pickle.dumps(made))
    assert read.urgent.dtype == np.float32
    assert np.abs(read.nearer(vectors) - made.nearer(vectors)).max() < 1e-3
