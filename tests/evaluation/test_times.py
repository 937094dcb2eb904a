"""Each stage of understanding has its time, of the clock and of the processor."""

import pytest

from bot.commands.evaluate import MODELS, SCREEN_DATA, SEARCH_DATA
from bot.evaluation.tables import STAGES
from bot.evaluation.times import MESSAGES, draw_messages, measure_times
from bot.nlu.encoder import encode_many
from bot.nlu.intents import IntentModel
from bot.nlu.screen.training import train_classifier

LINES = {"chào mầm": "greet", "xin chào": "greet", "bé sốt": "ask", "bé ho": "ask"}


def test_the_same_messages_are_drawn_each_time_from_screen_and_search() -> None:
    drawn = draw_messages(SCREEN_DATA, *SEARCH_DATA)
    assert len(set(drawn)) >= MESSAGES - 2
    assert drawn == draw_messages(SCREEN_DATA, *SEARCH_DATA)


@pytest.mark.django_db
def test_every_stage_is_measured_and_the_whole_takes_at_least_what_its_parts_take() -> None:
    train_classifier(MODELS)
    model = IntentModel.fit(list(LINES), list(LINES.values()), encode_many(list(LINES)))
    messages = ["bé sốt 39 độ phải làm sao", "be bi ho co dom", "mấy tháng ăn dặm ạ"]
    times = measure_times(messages, MODELS, model)
    assert set(times) == {"n", *STAGES}
    for stage in STAGES:
        assert 0 <= times[stage]["p50"] <= times[stage]["p95"]
    # A hundredth of a millisecond is what it takes to find that a message was seen before.
    assert times["normalise"]["busy_p50"] > 0.02
    assert times["message"]["busy_p50"] > times["entities"]["busy_p50"]
    assert times["message_and_search"]["busy_p50"] > times["search"]["busy_p50"]
