"""Every write on a case, a module a verb. Each change adds to the case's history, in the same
transaction.
"""

from bot.counselling.services.closing import close_case, erase_cases
from bot.counselling.services.holding import claim_case, release_case, return_to_assistant
from bot.counselling.services.opening import (
    families_with_open_case,
    is_held,
    open_case,
    open_case_of,
    priority_of,
)
from bot.counselling.services.talking import add_note, send_reply

__all__ = [
    "add_note",
    "claim_case",
    "close_case",
    "erase_cases",
    "families_with_open_case",
    "is_held",
    "open_case",
    "open_case_of",
    "priority_of",
    "release_case",
    "return_to_assistant",
    "send_reply",
]
