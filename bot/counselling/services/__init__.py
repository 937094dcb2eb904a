"""Every write on a case, a module a verb. Each change adds to the case's history, in the same
transaction.
"""

from bot.counselling.services.assigning import assign_case, refuse_case
from bot.counselling.services.clocks import start_clocks
from bot.counselling.services.closing import close_case, erase_cases
from bot.counselling.services.desk import (
    delete_canned,
    mark_wrong,
    note_shown,
    save_canned,
    save_draft,
    set_check,
    set_label,
    touch_presence,
)
from bot.counselling.services.following import ask_follow_ups
from bot.counselling.services.forwarding import forward_to_holder, leave_to_holder
from bot.counselling.services.holding import (
    claim_case,
    let_go,
    release_case,
    return_to_assistant,
    take_over_case,
)
from bot.counselling.services.lateness import escalate_late, warn_late_soon
from bot.counselling.services.opening import (
    families_with_open_case,
    held_case,
    is_held,
    open_case,
    open_case_of,
    priority_of,
    raise_priority,
)
from bot.counselling.services.rating import rate_case
from bot.counselling.services.reading import set_second_reader
from bot.counselling.services.referring import know_outcome, refer
from bot.counselling.services.reopening import reopen_case, reopenable_case
from bot.counselling.services.routing import (
    move_case,
    offer_case,
    offer_waiting,
    receive_case,
)
from bot.counselling.services.searching import read_for_search
from bot.counselling.services.snoozing import snooze_case, wake_cases
from bot.counselling.services.support import answer_support, ask_support
from bot.counselling.services.talking import add_note, send_article, send_reply

__all__ = [
    "add_note",
    "answer_support",
    "ask_follow_ups",
    "ask_support",
    "assign_case",
    "claim_case",
    "close_case",
    "delete_canned",
    "erase_cases",
    "escalate_late",
    "families_with_open_case",
    "forward_to_holder",
    "held_case",
    "is_held",
    "know_outcome",
    "leave_to_holder",
    "let_go",
    "mark_wrong",
    "move_case",
    "note_shown",
    "offer_case",
    "offer_waiting",
    "open_case",
    "open_case_of",
    "priority_of",
    "raise_priority",
    "rate_case",
    "read_for_search",
    "receive_case",
    "refer",
    "refuse_case",
    "release_case",
    "reopen_case",
    "reopenable_case",
    "return_to_assistant",
    "save_canned",
    "save_draft",
    "send_article",
    "send_reply",
    "set_check",
    "set_label",
    "set_second_reader",
    "snooze_case",
    "start_clocks",
    "take_over_case",
    "touch_presence",
    "wake_cases",
    "warn_late_soon",
]
