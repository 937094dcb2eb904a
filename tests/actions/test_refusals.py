"""A refusal says what Mầm cannot do and what it can; danger and a fitting article go first."""

import csv
import re
from pathlib import Path

import pytest

from actions.questions import ActionAnswer, ActionOutOfScope, ActionReportDanger
from bot.messaging.replies import reply
from bot.nlu.refusals import find_refusal, load_kinds
from bot.programme.models import UnansweredQuestion
from bot.programme.search import search
from tests.actions.family import TalkingFamily

pytestmark = pytest.mark.django_db
SEARCH = Path(__file__).resolve().parents[1] / "data/search"
DOSE = re.compile(r"\d+\s*(?:ml|mg|giọt|viên|gói|thìa|muỗng|lần)\b")


@pytest.fixture
def family(db: None) -> TalkingFamily:
    return TalkingFamily()


def wordings(kind: str) -> set[str]:
    return {reply(f"utter_refuse_{kind}", variant=number).text for number in range(2)}


def test_every_kind_has_two_short_wordings_of_its_own() -> None:
    for kind in load_kinds():
        said = wordings(kind.refusal.kind)
        assert len(said) == 2, kind
        assert all(len(text) <= 400 for text in said), kind


def test_a_dose_is_never_told_and_the_care_of_fever_is_one_press_away(
    family: TalkingFamily,
) -> None:
    family.says(ActionAnswer(), "bé 9 cân bị sốt cho uống mấy ml hạ sốt")
    assert len(family.texts) == 1
    assert family.texts[0] in wordings("dose")
    assert not DOSE.search(family.texts[0])
    assert any("/show_article" in payload for _, payload in family.buttons)


def test_a_soft_sign_goes_before_a_refusal(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "bé uống mấy ml hạ sốt", alert={"label": "see_doctor_soon"})
    assert "khám trong vòng một ngày" in family.texts[0]
    assert family.texts[-1] in wordings("dose")


def test_danger_that_was_meant_is_asked_about_before_a_refusal(family: TalkingFamily) -> None:
    family.says(ActionReportDanger(), "cho uống mấy ml hạ sốt")
    assert "115" in family.texts[0]
    assert family.texts[-1] in wordings("dose")


def test_an_adult_s_illness_is_refused_whatever_intent_it_looked_like(
    family: TalkingFamily,
) -> None:
    for action in (ActionAnswer(), ActionOutOfScope()):
        family.says(action, "ba em bị gout thì kiêng ăn gì")
        assert family.texts[-1] in wordings("adult_illness")
    assert not UnansweredQuestion.objects.exists()
    assert "failures" not in family.slots


def test_a_question_that_an_article_answers_well_is_answered(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "có nên cho bé uống men vi sinh, loại nào tốt")
    assert not any(text in wordings("drug_choice") for text in family.texts)


def test_what_belongs_to_no_kind_is_still_out_of_scope(family: TalkingFamily) -> None:
    family.says(ActionOutOfScope(), "giá vàng hôm nay")
    assert "nằm ngoài phần Mầm biết" in family.texts[0]


def test_where_a_person_is_offered_yes_calls_one(family: TalkingFamily) -> None:
    family.says(ActionAnswer(), "con gái em 15 tuổi yêu sớm, dọa bỏ học")
    assert family.texts[-1] in wordings("older_child")
    assert "Gặp tư vấn viên" in dict(family.buttons)
    assert family.slots["offered_reason"] == "asked"


def test_hardly_any_question_that_has_an_article_is_refused() -> None:
    asked = []
    for path in sorted(SEARCH.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            asked += [row for row in rows if row["slug"] != "none"]
    refused = 0
    for row in asked:
        refusal = find_refusal(row["text"])
        if refusal is not None:
            months = int(row["child_months"]) if row["child_months"] else None
            decision = search(row["text"], child_months=months).decision
            refused += refusal.always or decision != "answer"
    assert len(asked) >= 1400
    assert refused < 0.01 * len(asked)
