"""The parent sees that the counsellor types: while they do, and only then."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from bot.counselling.models import Case, Presence
from bot.counselling.services import claim_case, open_case, release_case, send_reply
from bot.courier.typing_sign import TypingSign
from bot.messaging.webchat import _news
from tests.counselling.family import all_is_read, says, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return staff("lan")


@pytest.fixture
def case(lan: User) -> Case:
    opened, _ = open_case(says("chào", "m0").conversation, reason="asked")
    claim_case(opened, by=lan)
    all_is_read()
    return opened


def test_the_sign_is_shown_while_the_holder_types_and_ends_by_itself(case: Case, lan: User) -> None:
    sign, now = TypingSign(), timezone.now()
    assert sign.show(now) == []
    Presence.objects.create(case=case, user=lan, typed_at=now)
    assert sign.show(now) == [case.conversation_id]
    assert sign.show(now + timedelta(seconds=1)) == [], "Telegram's own sign is still there"
    case.refresh_from_db()
    assert case.conversation is not None
    assert case.conversation.typing_until == now + timedelta(seconds=6)
    assert sign.show(now + timedelta(seconds=5.5)) == [case.conversation_id]
    assert sign.show(now + timedelta(seconds=12)) == []


def test_the_sign_goes_when_the_reply_is_there(case: Case, lan: User) -> None:
    now = timezone.now()
    Presence.objects.create(case=case, user=lan, typed_at=now)
    sign = TypingSign()
    assert sign.show(now) == [case.conversation_id]
    send_reply(case, "chào chị", by=lan, key="k1")
    later = timezone.now()
    assert sign.show(later) == []
    case.refresh_from_db()
    assert case.conversation is not None
    assert case.conversation.typing_until is not None
    assert case.conversation.typing_until <= later


def test_a_colleague_who_only_looks_or_a_case_that_nobody_holds_shows_nothing(
    case: Case, lan: User
) -> None:
    now = timezone.now()
    Presence.objects.create(case=case, user=staff("minh"), typed_at=now)
    assert TypingSign().show(now) == []
    Presence.objects.create(case=case, user=lan, typed_at=now)
    release_case(case, by=lan)
    assert TypingSign().show(now) == []


def test_the_web_chat_shows_it(case: Case, lan: User) -> None:
    import hashlib

    assert case.conversation is not None
    key = "k" * 45
    case.conversation.address = hashlib.sha256(key.encode()).hexdigest()[:48]
    case.conversation.save()
    assert _news(key, 0, 0)[3] is False
    Presence.objects.create(case=case, user=lan, typed_at=timezone.now())
    TypingSign().show(timezone.now())
    assert _news(key, 0, 0)[3] is True
