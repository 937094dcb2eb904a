"""Invented conversations: questions that the assistant answers, and talks with counsellors. Writes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.commands.invented.cases import Plan
from bot.commands.invented.sentences import Sentences
from bot.commands.invented.times import Times
from bot.counselling.models import Case

# At most so many turns of a chat belong to one case, however long the chat is.
MOST_OF_CASE = 40


@dataclass
class Turn:
    """What a parent wrote and what was answered, or the other way round."""

    at: datetime
    text: str
    answered_at: datetime
    answer: str
    author: str
    staff: Any = None
    result: dict[str, Any] = field(default_factory=dict)
    alert: dict[str, Any] | None = None
    raises: Case | None = None


class Talker:
    def __init__(self, sentences: Sentences, times: Times, begin: datetime, now: datetime) -> None:
        self.sentences, self.times, self.begin, self.now = sentences, times, begin, now
        self.rng = sentences.rng

    def turns(self, child: str, months: int, plans: list[Plan], count: int) -> Iterator[Turn]:
        """So many turns of one chat, in no order: each case begins with its opening."""
        of_cases = min(MOST_OF_CASE * len(plans), max(len(plans), int(count * 0.7)))
        for place, plan in enumerate(plans):
            share = of_cases // len(plans) + (place < of_cases % len(plans))
            if share:
                yield self._raising(plan)
            talks = share - 1 if plan.case.first_response_at else 0
            for _ in range(talks):
                yield self._talk(plan, child, months)
            count -= (1 if share else 0) + max(0, talks)
        for _ in range(count):
            yield self._question()

    def _raising(self, plan: Plan) -> Turn:
        case = plan.case
        is_urgent = case.priority == Case.Priority.URGENT
        alert = {"label": case.reason, "urgent": True, "words": [], "score": 1.0}
        return Turn(
            at=case.opened_at - timedelta(seconds=2),
            text=plan.opening,
            answered_at=case.opened_at,
            answer=self.sentences.words["system"][0],
            author="system",
            alert=alert if is_urgent else None,
            raises=case,
        )

    def _talk(self, plan: Plan, child: str, months: int) -> Turn:
        case = plan.case
        assert case.first_response_at is not None  # noqa: S101
        until = case.closed_at or self.now
        at = self.times.moment(case.first_response_at, until)
        answered_at = min(until, at + self.times.wait(6))
        # A parent who waits wrote last; where the parent is waited for the counsellor did.
        if case.state == Case.State.CLAIMED:
            at, answered_at = answered_at, at
        return Turn(
            at=at,
            text=self.sentences.of_parent(child, months),
            answered_at=answered_at,
            answer=self.sentences.of_counsellor(child, months),
            author="counsellor",
            staff=case.assignee,
        )

    def _question(self) -> Turn:
        asked = self.sentences.question()
        at = self.times.moment(self.begin, self.now)
        return Turn(
            at=at,
            text=asked.question,
            answered_at=min(self.now, at + timedelta(seconds=1)),
            answer=asked.text,
            author="assistant",
            result={
                "intent": {"name": "ask", "confidence": 0.9},
                "answer": {"slug": asked.slug, "score": 0.8},
            },
        )
