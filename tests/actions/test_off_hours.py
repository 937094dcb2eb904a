"""Who asks for a person when nobody works hears when somebody will be there, and whom to call."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from actions.handoff import ActionOpenCase
from bot.counselling.clocks import zone
from bot.counselling.models import Case, SpecialDay
from bot.programme.hotlines import hotlines
from bot.staff.accounts import add_staff
from bot.staff.models import Shift
from tests.actions.family import TalkingFamily

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(db: None) -> TalkingFamily:
    """Today and the days around it are days off."""
    today = timezone.now().astimezone(zone()).date()
    for number in range(-1, 3):
        SpecialDay.objects.create(day=today + timedelta(days=number), name="nghỉ")
    return TalkingFamily()


def words(family: TalkingFamily) -> str:
    return " ".join(message["text"] for message in family.heard)


def test_off_hours_the_parent_hears_when_and_whom_to_call_meanwhile(
    family: TalkingFamily,
) -> None:
    family.presses(ActionOpenCase(), reason="asked")
    assert "ngoài giờ làm việc" in words(family)
    assert "giờ" in words(family).split("có mặt từ")[1][:20]
    assert all(str(hotlines()[key]["number"]) in words(family) for key in ("111", "115"))
    assert "{" not in words(family)
    assert len(family.heard) == 1


def test_while_somebody_is_on_duty_it_is_not_off_hours(family: TalkingFamily) -> None:
    add_staff("lan", role="counsellor", password="mot-mat-khau-rat-dai-7")
    now = timezone.now()
    Shift.objects.create(
        user=User.objects.get(username="lan"), starts_at=now, ends_at=now + timedelta(hours=4)
    )
    family.presses(ActionOpenCase(), reason="asked")
    assert "ngoài giờ" not in words(family)
    assert str(Case.objects.get().pk) in words(family)
