"""The tables of counselling."""

from bot.counselling.models.case import Case, CaseEvent, CaseNote
from bot.counselling.models.clocks import ClockTarget, SpecialDay, WorkingHours
from bot.counselling.models.desk import CannedReply, Draft, Label, Presence, SupportRequest
from bot.counselling.models.follow import CaseCheck, Mark, Referral, Service

__all__ = [
    "CannedReply",
    "Case",
    "CaseCheck",
    "CaseEvent",
    "CaseNote",
    "ClockTarget",
    "Draft",
    "Label",
    "Mark",
    "Presence",
    "Referral",
    "Service",
    "SpecialDay",
    "SupportRequest",
    "WorkingHours",
]
