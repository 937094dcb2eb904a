"""Writes an invented organisation into an empty database: all of it or nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from bot.commands.invented.aside import add_aside
from bot.commands.invented.cases import Plan, Planner
from bot.commands.invented.sentences import Sentences
from bot.commands.invented.staff import add_invented_staff
from bot.commands.invented.talk import Talker, Turn
from bot.commands.invented.times import Times
from bot.counselling.invented import address_of
from bot.families.models import Child, Family
from bot.messaging.models import Channel, Conversation, InboundMessage, OutboundMessage

AT_ONCE = 2000
FAMILIES_PER_CASE = 0.8
Progress = Callable[[str, int, int], None]
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Wanted:
    """How much to make; half of the messages are parents'."""

    cases: int
    messages: int
    seed: int


@transaction.atomic
def write_invented(wanted: Wanted, *, now: datetime, password: str, progress: Progress) -> None:
    """Fills the database, which must hold no family. `progress`: what, how many, of how many."""
    now = timezone.localtime(now)
    rng = random.Random(wanted.seed)  # noqa: S311
    sentences = Sentences(rng)
    staff = add_invented_staff(sentences, now, password)
    children = [
        (sentences.one_of("children"), min(95, int(rng.expovariate(1 / 22))))
        for _ in range(max(1, int(wanted.cases * FAMILIES_PER_CASE)))
    ]
    planner = Planner(rng, sentences, staff, now)
    plans = planner.plans(wanted.cases, children)
    chats = _write_families(children, rng, planner.begin, now)
    talker = Talker(sentences, Times(rng, planner.times.zone), planner.begin, now)
    turns = sorted(_turns(talker, children, plans, wanted.messages // 2), key=lambda one: one[1].at)
    inbound = [_inbound(chats[place], turn, number) for number, (place, turn) in enumerate(turns)]
    _write(inbound, progress, "tin đến")
    raising = {id(turn.raises): row for (_, turn), row in zip(turns, inbound, strict=True)}
    for plan in plans:
        plan.case.raised_by = raising.get(id(plan.case))
        plan.case.conversation = chats[plan.family]
        plan.case.family = chats[plan.family].family
    _write([plan.case for plan in plans], progress, "ca")
    outbound = [
        _outbound(chats[place], turn, row)
        for (place, turn), row in zip(turns, inbound, strict=True)
    ]
    outbound.sort(key=lambda row: row.created_at)
    _write(outbound, progress, "tin gửi")
    add_aside(plans, children, staff, sentences, now)


def _turns(
    talker: Talker, children: list[tuple[str, int]], plans: list[Plan], count: int
) -> Iterable[tuple[int, Turn]]:
    """`count` turns, spread unevenly: some families write much, most little."""
    of_family: dict[int, list[Plan]] = {}
    for plan in plans:
        of_family.setdefault(plan.family, []).append(plan)
    weights = [
        talker.rng.lognormvariate(0, 0.8) * (1 + len(of_family.get(place, ())))
        for place in range(len(children))
    ]
    ends, total, so_far = [0], sum(weights), 0.0
    for weight in weights:
        so_far += weight
        ends.append(round(count * so_far / total))
    for place, (child, months) in enumerate(children):
        share = ends[place + 1] - ends[place]
        for turn in talker.turns(child, months, of_family.get(place, [])[:share], share):
            yield place, turn


def _write_families(
    children: list[tuple[str, int]], rng: random.Random, begin: datetime, now: datetime
) -> list[Conversation]:
    families = [
        Family(consent=Family.Consent.AGREED, consent_at=begin, notice_at=begin, created_at=begin)
        for _ in children
    ]
    Family.objects.bulk_create(families)
    Child.objects.bulk_create(
        Child(
            family=family,
            nickname=name,
            birth_date=(now - timedelta(days=30.44 * months + rng.randrange(28))).date(),
            weeks_early=rng.choice((0, 0, 0, 0, 0, 0, 0, 2, 5)),
            sex=rng.choice(Child.Sex.values),
        )
        for family, (name, months) in zip(families, children, strict=True)
    )
    chats = [
        Conversation(
            # A channel that is read from the table: nothing of this is ever sent anywhere.
            channel=Channel.WEBCHAT,
            address=address_of(number),
            sender_id=f"c-{address_of(number)}",
            family=family,
            last_inbound_at=now,
            last_reply_at=now,
            created_at=begin,
        )
        for number, family in enumerate(families)
    ]
    return Conversation.objects.bulk_create(chats)


def _inbound(chat: Conversation, turn: Turn, number: int) -> InboundMessage:
    return InboundMessage(
        conversation=chat,
        external_id=f"demo-{number}",
        text=turn.text,
        state=InboundMessage.State.DONE,
        alert=turn.alert,
        is_screened=True,
        was_asked=True,
        result=turn.result,
        received_at=turn.at,
        handled_at=turn.at,
        next_attempt_at=turn.at,
    )


def _outbound(chat: Conversation, turn: Turn, inbound: InboundMessage) -> OutboundMessage:
    return OutboundMessage(
        conversation=chat,
        inbound=inbound if turn.author == OutboundMessage.Author.ASSISTANT else None,
        dedupe_key=inbound.external_id,
        author=turn.author,
        staff=turn.staff,
        text=turn.answer,
        state=OutboundMessage.State.SENT,
        next_attempt_at=turn.answered_at,
        created_at=turn.answered_at,
        sent_at=turn.answered_at,
    )


def _write(rows: list[Row], progress: Progress, what: str) -> None:
    """In their order; `progress` is told after every few thousand."""
    if not rows:
        return
    manager: Any = type(rows[0])._default_manager
    waiting, done = iter(rows), 0
    while some := list(islice(waiting, AT_ONCE)):
        manager.bulk_create(some)
        done += len(some)
        progress(what, done, len(rows))
