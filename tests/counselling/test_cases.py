"""A case: opened once, raised, claimed by one, closed, erased without its content."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from bot.counselling.errors import CaseClaimed, NotAssignee
from bot.counselling.models import Case, CaseEvent
from bot.counselling.schedule import tell_unclaimed
from bot.counselling.services import (
    claim_case,
    close_case,
    is_held,
    open_case,
    return_to_assistant,
    send_reply,
)
from bot.families.services import erase_family, export_family
from bot.messaging.models import Channel, Conversation, OutboundMessage
from bot.messaging.services import receive

ALERT: dict[str, Any] = {"label": "medical_emergency", "urgent": True}


@pytest.fixture
def conversation(db: None) -> Conversation:
    row = receive(Channel.WEBCHAT, "phone", external_id="m1", text="chào")
    assert row is not None
    return row.conversation


def test_a_family_has_one_open_case_and_a_more_serious_reason_raises_it(
    conversation: Conversation,
) -> None:
    case, is_new = open_case(conversation, reason="asked")
    same, again = open_case(conversation, reason="medical_emergency", alert=ALERT)
    assert (is_new, again) == (True, False)
    assert same.pk == case.pk
    assert (same.priority, same.reason) == ("urgent", "medical_emergency")
    assert open_case(conversation, reason="asked")[0].priority == "urgent", "never lowered"


def test_only_the_assignee_answers_and_a_double_submit_sends_once(
    conversation: Conversation,
) -> None:
    lan, minh = User.objects.create_user("lan"), User.objects.create_user("minh")
    case, _ = open_case(conversation, reason="asked")
    claim_case(case, by=lan)
    assert is_held(conversation)
    with pytest.raises(CaseClaimed):
        claim_case(case, by=minh)
    with pytest.raises(NotAssignee):
        send_reply(case, "chào chị", by=minh, key="k1")
    for _ in range(2):
        send_reply(case, "chào chị", by=lan, key="k2")
    assert OutboundMessage.objects.filter(author="counsellor").count() == 1
    close_case(case, by=lan, outcome="answered")
    assert not is_held(conversation)


def test_the_parent_can_call_the_assistant_back(conversation: Conversation) -> None:
    case, _ = open_case(conversation, reason="asked")
    assert return_to_assistant(conversation) is None, "nobody held it"
    claim_case(case, by=User.objects.create_user("lan"))
    assert return_to_assistant(conversation) is not None
    assert not is_held(conversation)


def test_erasing_leaves_the_history_without_content(conversation: Conversation) -> None:
    case, _ = open_case(conversation, reason="asked")
    family = conversation.family
    assert family is not None
    assert export_family(family)["conversations"][0]["received"]
    erase_family(family)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.family, case.conversation) == (
        "closed",
        "erased",
        None,
        None,
    )
    assert CaseEvent.objects.filter(case=case).count() >= 3
    assert not Conversation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_counsellors_who_press_at_once_do_not_both_get_the_case(
    conversation: Conversation,
) -> None:
    names = [f"c{i}" for i in range(6)]
    users = [User.objects.create_user(name) for name in names]
    case, _ = open_case(conversation, reason="asked")
    results: list[str] = []
    start = threading.Barrier(len(users))

    def press(user: User) -> None:
        start.wait()
        try:
            claim_case(Case.objects.get(pk=case.pk), by=user)
            results.append("got it")
        except CaseClaimed:
            results.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["got it"] + ["too late"] * (len(users) - 1)
    assert CaseEvent.objects.filter(kind="claimed").count() == 1


@pytest.mark.parametrize(("answer", "notices"), [("unsafe", 0), ("safe", 1)])
def test_who_is_watched_gets_no_notice_that_nobody_came(
    conversation: Conversation, answer: str, notices: int
) -> None:
    row = conversation.inbound.get()
    row.alert = {"label": "domestic_violence", "urgent": True, "answer": answer}
    row.save()
    case, _ = open_case(conversation, reason="domestic_violence", alert=row.alert, raised_by=row)
    tell_unclaimed(case.opened_at + timedelta(minutes=4))
    assert OutboundMessage.objects.filter(dedupe_key__startswith="unclaimed:").count() == notices
    case.refresh_from_db()
    assert case.unclaimed_told == 1, "colleagues are called again all the same"
