"""What a counsellor and a parent do in the same moment: nothing is lost, nothing answered twice, and no
case is closed over words that nobody has read.
"""  # noqa: E501

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from bot.counselling.errors import CounsellingError
from bot.counselling.models import Case
from bot.counselling.services import (
    claim_case,
    close_case,
    leave_to_holder,
    note_shown,
    return_to_assistant,
    send_reply,
    snooze_case,
    wake_cases,
)
from bot.messaging.models import InboundMessage, OutboundMessage
from tests.counselling.family import handler_without_rasa, says
from tests.counselling.people import raised, staff

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6
Refused = type[CounsellingError] | None


@pytest.fixture
def lan(db: None) -> User:
    return staff("lan")


def held_by(user: User) -> Case:
    """A case that was read when it was taken."""
    case = raised()
    InboundMessage.objects.filter(conversation=case.conversation).update(state="done")
    claim_case(case, by=user)
    return Case.objects.select_related("conversation").get(pk=case.pk)


def at_once(*jobs: Callable[[], object]) -> list[Refused]:
    """Each job on a connection of its own; with what each was refused."""
    start = threading.Barrier(len(jobs))
    ends: dict[int, Refused] = {}
    broken: list[BaseException] = []

    def run(place: int) -> None:
        start.wait()
        try:
            jobs[place]()
            ends[place] = None
        except CounsellingError as error:
            ends[place] = type(error)
        except BaseException as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return [ends[place] for place in range(len(jobs))]


def copy_of(case: Case) -> Case:
    """As another tab has it."""
    return Case.objects.select_related("conversation").get(pk=case.pk)


def events(case: Case) -> list[str]:
    return list(case.history.order_by("pk").values_list("kind", flat=True))


def writes(case: Case, text: str) -> InboundMessage:
    assert case.conversation is not None
    return says(text, f"now-{InboundMessage.objects.count()}", case.conversation.address)


def closes(case: Case, user: User) -> Callable[[], None]:
    mine = copy_of(case)
    return lambda: close_case(mine, by=user, outcome="answered")


def test_a_reply_and_a_closing_at_once_leave_no_reply_in_a_closed_case(lan: User) -> None:
    for number in range(ROUNDS):
        case = held_by(lan)
        mine = copy_of(case)

        def replies(mine: Case = mine, key: str = f"k{number}") -> None:
            send_reply(mine, "Em đây ạ", by=lan, key=key)

        replied, closed = at_once(replies, closes(case, lan))
        assert closed is None
        said = OutboundMessage.objects.filter(conversation=case.conversation, author="counsellor")
        assert said.count() == (replied is None)
        happened = events(case)
        assert happened[-1] == "closed"
        assert ("replied" in happened) == (replied is None)


def test_one_reply_from_two_tabs_at_once_is_sent_once(lan: User) -> None:
    case = held_by(lan)
    tabs = [copy_of(case) for _ in range(4)]
    ends = at_once(*(lambda tab=tab: send_reply(tab, "Em đây ạ", by=lan, key="aa") for tab in tabs))
    assert ends == [None] * 4
    assert OutboundMessage.objects.filter(author="counsellor").count() == 1
    assert events(case).count("replied") == 1


@pytest.mark.parametrize("text", ["bé vẫn ho cô ạ", "bé co giật tím tái"])
def test_no_case_is_closed_over_a_message_that_comes_in(lan: User, text: str) -> None:
    handler = handler_without_rasa()
    for number in range(ROUNDS):
        case = held_by(lan)
        close = closes(case, lan)

        def comes_in(case: Case = case) -> None:
            handler.handle(writes(case, text).conversation)

        def goes(close: Callable[[], None] = close, after_s: float = number * 0.02) -> None:
            # The courier has more to do: so it is sometimes the first.
            time.sleep(after_s)
            close()

        came, closed = at_once(comes_in, goes)
        assert came is None
        case.refresh_from_db()
        [row] = InboundMessage.objects.filter(text=text, conversation=case.conversation)
        answers = OutboundMessage.objects.filter(inbound=row).count()
        if closed is not None:
            assert (case.state, row.state, answers) == ("claimed", "done", 0)
        else:
            # It waits for the assistant, which is away here, or was answered with a card.
            assert (row.state == "new") != bool(answers > 1)


def test_what_is_left_to_a_holder_who_has_just_closed_is_not_ended(lan: User) -> None:
    case = held_by(lan)
    assert case.conversation is not None
    close_case(case, by=lan, outcome="answered")
    row = writes(case, "bé vẫn ho cô ạ")
    assert not leave_to_holder(case.conversation, [row])
    row.refresh_from_db()
    assert row.state == "new", "the assistant answers"


def test_a_case_rests_over_no_message_that_comes_in(lan: User) -> None:
    for _ in range(ROUNDS):
        case = held_by(lan)
        mine = copy_of(case)
        until = timezone.now() + timedelta(days=30)
        wrote, _ = at_once(
            lambda case=case: writes(case, "bé vẫn ho"),
            lambda mine=mine, until=until: snooze_case(mine, by=lan, until=until),
        )
        assert wrote is None
        wake_cases(timezone.now())
        case.refresh_from_db()
        assert case.state == "claimed"


def test_a_message_that_was_written_down_after_the_case_was_put_to_rest_wakes_it(
    lan: User,
) -> None:
    case = held_by(lan)
    before = timezone.now()
    snooze_case(case, by=lan, until=timezone.now() + timedelta(days=30))
    row = writes(case, "bé vẫn ho")
    InboundMessage.objects.filter(pk=row.pk).update(received_at=before)
    assert wake_cases(timezone.now()) == 1


def test_what_was_read_before_the_rest_does_not_wake_it(lan: User) -> None:
    case = held_by(lan)
    row = writes(case, "dạ em cảm ơn")
    note_shown(case, row.pk, by=lan)
    snooze_case(case, by=lan, until=timezone.now() + timedelta(days=30))
    assert wake_cases(timezone.now()) == 0


@pytest.mark.parametrize("act", ["closed", "snoozed", "replied"])
def test_a_parent_who_calls_the_assistant_back_meets_one_end(lan: User, act: str) -> None:
    until = timezone.now() + timedelta(days=30)
    for number in range(ROUNDS):
        case = held_by(lan)
        conversation, mine = case.conversation, copy_of(case)
        assert conversation is not None
        acts: dict[str, Callable[[], object]] = {
            "closed": closes(case, lan),
            "snoozed": lambda mine=mine: snooze_case(mine, by=lan, until=until),
            "replied": lambda mine=mine, key=f"k{number}": send_reply(mine, "Dạ", by=lan, key=key),
        }
        back, done = at_once(lambda chat=conversation: return_to_assistant(chat), acts[act])
        assert back is None
        case.refresh_from_db()
        happened = events(case)
        assert (act in happened) == (done is None)
        if act == "closed" and done is None:
            assert (case.state, happened[-1]) == ("closed", "closed")
        else:
            assert (case.state, case.assignee, happened[-1]) == ("waiting", None, "returned")
            assert case.snoozed_until is None
