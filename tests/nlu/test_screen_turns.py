"""The screen in a conversation: what several messages tell together, and what they take back."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.nlu.screen import URGENT, Screen
from bot.nlu.screen.training import train_classifier
from bot.nlu.screen.turns import agrees, corrects, is_safe_to_write, role_of

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models"
# Our own aims for the last message of a conversation (those of SAFETY.md are for single ones).
RECALL, FALSE_ALARMS = 0.95, 0.05
KINDS = {"split", "answer", "correction", "after", "unrelated"}
STYLES = {"standard", "no_diacritics", "teencode", "southern", "central"}


class Talk(NamedTuple):
    """`before`: earlier messages between bars; `asked`: our last words were the list of danger
    signs; `label` of the last message; `part`: used to write the rules, or held apart.
    """

    part: str
    kind: str
    style: str
    asked: str
    before: str
    text: str
    label: str


def talks() -> list[Talk]:
    with (ROOT / "tests/data/screen-turns.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Talk(**row) for row in rows]


@pytest.fixture(scope="module")
def screen() -> Screen:
    train_classifier(MODELS)
    return Screen.load(MODELS)


def is_alarm(screen: Screen, talk: Talk, *, use_encoder: bool) -> bool:
    alert = screen.judge(
        talk.text,
        before=[line.strip() for line in talk.before.split("|")],
        answers_danger=talk.asked == "danger",
        use_encoder=use_encoder,
    )
    return alert is not None and alert.urgent


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("bé sốt 38", "con em mới sinh được mười tám ngày thôi chị ơi"),
        ("con sốt nhẹ 38 độ", "bé nhà em được hai tháng rưỡi thôi ạ chị ơi"),
    ],
)
def test_numbers_of_two_messages_are_counted_together_however_long(
    screen: Screen, before: str, text: str
) -> None:
    alert = screen.judge(text, before=[before])

    assert alert is not None
    assert alert.signs == ("young_infant_fever",)


@pytest.mark.parametrize(
    "text",
    [
        "dạ nhà em cách chỗ khám 10 cây số, giờ em đi xe máy được không ạ",
        "em với bà ngoại bé đang thay đồ, 5 phút nữa là xong rồi đi ạ",
    ],
)
def test_what_was_counted_before_is_not_raised_again_by_another_number(
    screen: Screen, text: str
) -> None:
    alert = screen.judge(text, before=["bé 2 tháng sốt 38"])

    assert alert is None or "young_infant_fever" not in alert.signs


def test_there_are_conversations_of_every_kind_and_style() -> None:
    found = talks()
    assert len(found) >= 150
    assert {talk.kind for talk in found} == KINDS
    assert {talk.style for talk in found} == STYLES
    assert {talk.label for talk in found} == {*URGENT, "safe"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("use_encoder", [False, True])
def test_danger_told_in_pieces_is_caught_and_nothing_is_inherited(
    screen: Screen, use_encoder: bool
) -> None:
    judged: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for talk in talks():
        alarm = is_alarm(screen, talk, use_encoder=use_encoder)
        judged[talk.kind, talk.label in URGENT].append(alarm)
    for (kind, is_danger), alarms in sorted(judged.items()):
        name = "caught" if is_danger else "false alarms"
        print(f"{kind:11} {name:12} {sum(alarms):3} of {len(alarms)}")  # noqa: T201
    danger = [alarm for (_, is_danger), rows in judged.items() if is_danger for alarm in rows]
    calm = [alarm for (_, is_danger), rows in judged.items() if not is_danger for alarm in rows]
    assert sum(danger) / len(danger) >= RECALL
    assert sum(calm) / len(calm) <= FALSE_ALARMS


def test_the_age_told_a_moment_ago_counts(screen: Screen) -> None:
    def judge(*before: str) -> bool:
        alert = screen.judge("sốt 38.5", before=before, use_encoder=False)
        return alert is not None and alert.urgent

    assert judge("bé 2 tháng", "dạ", "bé bú mẹ")
    assert not judge("bé 2 tuổi", "dạ", "bé ăn cơm")


@pytest.mark.parametrize(
    "text",
    [
        "không chịu bú gì",
        "bé hết thở rồi",
        "nhà đầy khói rồi",
        "nó đánh em rồi",
        "gọi mãi không dậy rồi",
        "bé uống nhầm thuốc",
        "tỉnh rồi mà lại co giật tiếp",
        "em sợ quá nó ói ra máu",
        "chưa uống được ngụm nào",
    ],
)
def test_a_danger_is_never_read_as_an_answer_or_a_comfort(text: str) -> None:
    assert role_of(text) is None
    assert not corrects(text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("dạ có ạ", "yes"),
        ("hông có", "no"),
        ("e gọi r", "called"),
        ("chừng nào xe tới", "waiting"),
        ("lo quá", "worry"),
        ("giờ làm sao đây", "what_now"),
        ("cảm ơn nha", "thanks"),
        ("ừ", "ack"),
        ("nó khỏe re rồi", "taken_back"),
        ("mấy tháng ăn dặm", None),
        ("có cần tiêm không", None),
        ("làm sao cho con tự ngủ", None),
    ],
)
def test_short_messages_are_read_for_what_they_say_of_the_last_one(
    text: str, role: str | None
) -> None:
    assert role_of(text) == role


def test_a_yes_may_go_on_and_a_no_is_none() -> None:
    assert agrees("có, mắt lờ đờ")
    assert agrees("dạ đúng rồi, bé khó thở")
    assert not agrees("không có")
    assert not agrees("có nên cho bé tắm không")


@pytest.mark.parametrize(
    ("text", "is_safe"),
    [
        ("an toàn ạ", True),
        ("ở nhà một mình", True),
        ("ko an toàn", False),
        ("nó ngồi cạnh", False),
        ("dạ không", False),
        ("em kể tiếp nhé", None),
    ],
)
def test_safe_to_write_or_not(text: str, is_safe: bool | None) -> None:
    assert is_safe_to_write(text) is is_safe


def test_an_alarm_names_the_words_that_made_it(screen: Screen) -> None:
    signs = screen.judge("bé co giật từ nãy", use_encoder=False)
    assert signs is not None
    assert (signs.rule, signs.words) == ("lexicon", ("co giật",))
    text = "bé nuốt cái gì không biết, ho liên tục"
    found = screen.judge(text, use_encoder=False)
    assert found is not None
    assert found.rule == "classifier"
    guess = screen.explain(text, found)
    assert 1 <= len(guess.words) <= 3
    assert all(word in text for word in guess.words)
