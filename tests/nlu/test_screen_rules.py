"""The rules of the danger screen alone: what alarms, and what takes the alarm back."""

import pytest

from bot.nlu.screen import Alert, Screen
from bot.nlu.screen.rules import find_signs

screen = Screen(None)


def label(text: str, **context: object) -> str:
    alert = screen.judge(text, **context)  # type: ignore[arg-type]
    return alert.label if alert else "safe"


@pytest.mark.parametrize(
    "text",
    [
        "be 8 thang sot 39 co giat",
        "gọi mãi cháu chẳng chịu mở mắt",
        "bé ko bú dc từ sáng",
        "con vừa nuốt mất viên pin cúc áo",
        "cháu bị chó cắn vào mặt",
        "bé té cầu thang xong ói liên tục",
        "nó uống nhầm dầu hỏa của ông",
        "bé bij co giaatj",
    ],
)
def test_danger_signs_alarm_in_every_way_of_typing(text: str) -> None:
    assert label(text) == "medical_emergency"


@pytest.mark.parametrize(
    "text",
    [
        "bé sốt nhưng không co giật, vẫn bú tốt",
        "năm ngoái bé co giật, giờ ổn rồi",
        "dấu hiệu co giật ở trẻ là gì",
        "em mệt chết đi được",
        "đánh răng cho bé thế nào",
        "con chó nhà em bị co giật",
        "trong phim có đứa bé bị co giật",
        "bé 2 tuổi sốt 38 mà chơi vui",
    ],
)
def test_what_only_sounds_like_danger_does_not_alarm(text: str) -> None:
    assert label(text) == "safe"


def test_fever_is_an_emergency_under_three_months_only() -> None:
    assert label("bé sốt 38.5", child_months=2) == "medical_emergency"
    assert label("bé sốt 38.5", child_months=24) == "safe"
    assert label("con em 2 tháng sốt 38 độ", child_months=24) == "medical_emergency", (
        "the text beats the profile"
    )


def test_choking_is_told_apart_by_age() -> None:
    young, older = (
        screen.judge("con bị hóc hạt nhãn", child_months=6),
        screen.judge("con bị hóc hạt nhãn", child_months=30),
    )
    assert young is not None
    assert older is not None
    assert (young.signs[0], older.signs[0]) == ("choking_infant", "choking_child")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chồng em đánh em chảy máu", "domestic_violence"),
        ("em chỉ muốn chết cho xong", "self_harm"),
        ("ông ngoại nhốt cháu trong nhà vệ sinh cả ngày", "child_abuse"),
        ("tôi muốn gặp tư vấn viên", "wants_human"),
        ("bé sốt 4 ngày rồi", "see_doctor_soon"),
        ("con em 18 tháng chưa biết nói", "developmental_concern"),
    ],
)
def test_each_label_has_its_words(text: str, expected: str) -> None:
    assert label(text) == expected


def test_a_sign_split_over_two_messages_is_seen() -> None:
    assert label("giờ nó ói hoài", before=("con em vừa bị té đập đầu",)) == "medical_emergency"


def test_an_alert_survives_being_stored() -> None:
    alert = screen.judge("bé co giật")
    assert alert is not None
    assert Alert.from_dict(alert.as_dict()) == alert


def test_threads_do_not_disturb_each_other() -> None:
    """The danger lane and the conversations' workers judge at the same time."""
    from concurrent.futures import ThreadPoolExecutor

    texts = ["bé 9 tháng bị co giật", "be kho tho tim tai", "bé uống nhầm dầu hoả của ông"] * 40
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(label, texts))
    assert found == ["medical_emergency"] * len(texts)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("bé sơ sinh sốt", "young_infant_fever"),
        ("tre so sinh nong ham hap", "young_infant_fever"),
        ("Con 20 ngày chả chịu ti, đợi mai xem sao nhỉ?", "cannot_drink"),
        ("be 5 tuan, 13 tieng chua chiu bu", "cannot_drink"),
        ("mười ngày tuổi, bỏ ti hẳn", "cannot_drink"),
    ],
)
def test_numbers_and_a_newborns_age_tell_danger(text: str, sign: str) -> None:
    standing = [f for f in find_signs(text) if f.is_counted and f.cancelled is None]

    assert sign in [finding.sign for finding in standing]


@pytest.mark.parametrize(
    "text",
    [
        "bé 2 tháng không chịu bú bình",
        "con 1 tháng bỏ bú đêm được chưa",
        "bé 8 tháng không chịu ti",
        "vắc xin cho trẻ sơ sinh gây sốt không",
        "Cháu sơ sinh vặn mình, nhà em cứ sốt sắng đi mua canxi",
        "em mới sinh xong hay sốt nhẹ",
    ],
)
def test_everyday_questions_on_young_infants_count_nothing(text: str) -> None:
    assert not [f for f in find_signs(text) if f.is_counted and f.cancelled is None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bes bij co giaatj, tim taif", ["co giaatj"]),
        ("Bé   CO GIẬT\nrồi", ["co giật"]),
        ("be 18 ngay Sốt", ["Sốt"]),
    ],
)
def test_the_words_of_a_finding_are_those_that_were_typed(text: str, words: list[str]) -> None:
    assert [finding.words for finding in find_signs(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "con tôi đang co giật thì sơ cứu thế nào",
        "be dang co giat thi so cuu the nao",
        "con em đang bị hóc hạt nhãn thì sơ cứu như thế nào ạ",
        "bé nhà em vừa nuốt phải viên pin thì sơ cứu thế nào",
    ],
)
def test_danger_now_is_danger_also_when_first_aid_is_asked_about(text: str) -> None:
    assert [f.sign for f in find_signs(text) if f.is_now and f.cancelled is None]


@pytest.mark.parametrize(
    "text", ["toi muon gap tu van vien", "em muon tu van", "cho e gap tu van", "em can tu van"]
)
def test_who_wants_to_be_counselled_does_not_want_to_die(text: str) -> None:
    assert not [f for f in find_signs(text) if f.cancelled is None]


@pytest.mark.parametrize("text", ["con ngu li bi tu sang", "be ngu ly bi", "sot li bi 2 ngay"])
def test_an_abbreviation_does_not_hide_a_sign_typed_without_marks(text: str) -> None:
    """ "bi" is "bị" nearly always, but not here."""
    assert [finding.sign for finding in find_signs(text)] == ["lethargic_or_unconscious"]


@pytest.mark.parametrize("text", ["bé Li bị sổ mũi", "be Ly bi so mui"])
def test_a_child_of_that_name_is_not_unconscious(text: str) -> None:
    assert find_signs(text) == []
