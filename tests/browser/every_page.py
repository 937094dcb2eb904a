"""Every address of the project: a page that is looked at, with who opens it, or why it is none.

An address that stands in neither table fails tests/site/test_every_page.py.
"""

from __future__ import annotations

from typing import NamedTuple

from wagtail import hooks

from bot.staff.models import Role
from tests.site.addresses import LIBRARY_ROOT, addresses

ANYONE = "anonymous"
# Has given the password and not yet the code.
HALF_SIGNED_IN = "half signed in"
# What of Wagtail's frame is ours.
INSIDE = "main"


class Stop(NamedTuple):
    """Who opens the page; what of it is looked at, when the rest is not ours."""

    role: str
    part: str = ""


# Pages of staff, opened in the tests' own database.
OF_STAFF = {
    "login": Stop(ANYONE),
    "staff:join": Stop(ANYONE),
    "staff:code": Stop(HALF_SIGNED_IN),
    "counselling:offline": Stop(ANYONE),
    "counselling:queue": Stop(Role.COUNSELLOR),
    "counselling:case": Stop(Role.COUNSELLOR),
    "counselling:canned": Stop(Role.COUNSELLOR),
    "counselling:referral": Stop(Role.COUNSELLOR),
    "counselling:telegram": Stop(Role.COUNSELLOR),
    "staff:account": Stop(Role.COUNSELLOR),
    "staff:password": Stop(Role.COUNSELLOR),
    "staff:set_up": Stop(Role.COUNSELLOR),
    "counselling:board": Stop(Role.SUPERVISOR),
    "counselling:figures": Stop(Role.SUPERVISOR),
    "counselling:export": Stop(Role.SUPERVISOR),
    "counselling:settings": Stop(Role.SUPERVISOR),
    "counselling:teams": Stop(Role.SUPERVISOR),
    "counselling:new_team": Stop(Role.SUPERVISOR),
    "counselling:team": Stop(Role.SUPERVISOR),
    "counselling:roster": Stop(Role.SUPERVISOR),
    "counselling:support": Stop(Role.SUPERVISOR),
    "counselling:services": Stop(Role.SUPERVISOR),
    "counselling:marks": Stop(Role.TRAINER),
    "staff:invite": Stop(Role.ADMIN),
    "staff:audit": Stop(Role.AUDITOR),
    LIBRARY_ROOT: Stop(Role.TRAINER, INSIDE),
    "unanswered": Stop(Role.TRAINER, INSIDE),
    "newer_shipped": Stop(Role.TRAINER, INSIDE),
}
# Pages of parents, opened in the running Mầm: they search and are answered.
OF_PARENTS = {"messaging:chat", "messaging:privacy", "programme:list", "programme:article"}

ACTION = "does something and leads to a page that is looked at"
TWIN = "what changes in a page while it is open, without a head of its own"
DATA = "a file, a feed, a script or figures: no page"
ELSEWHERE = "leads to another page"
NO_PAGE = {
    **dict.fromkeys(
        (
            "logout",
            "counselling:claim",
            "counselling:reply",
            "counselling:note",
            "counselling:release",
            "counselling:close",
            "counselling:unmask",
            "counselling:bulk",
            "counselling:canned_delete",
            "counselling:assign",
            "counselling:refuse",
            "counselling:raise",
            "counselling:move",
            "counselling:take_over",
            "counselling:snooze",
            "counselling:second_reader",
            "counselling:draft",
            "counselling:presence",
            "counselling:label",
            "counselling:check",
            "counselling:mark",
            "counselling:send_article",
            "counselling:targets",
            "counselling:hours",
            "counselling:add_day",
            "counselling:remove_day",
            "counselling:person",
            "counselling:add_shift",
            "counselling:remove_shift",
            "counselling:answer_support",
            "counselling:services_import",
            "counselling:settle_mark",
            "counselling:telegram_unlink",
            "staff:backup_codes",
            "staff:switch_off",
            "staff:sign_out_everywhere",
            "staff:change",
            "staff:lock",
            "staff:reset_factor",
            "messaging:send",
            "messaging:erase",
        ),
        ACTION,
    ),
    **dict.fromkeys(
        (
            "counselling:queue_live",
            "counselling:case_live",
            "counselling:board_live",
            "counselling:suggestions",
            "unanswered_results",
        ),
        TWIN,
    ),
    **dict.fromkeys(
        (
            "healthz",
            "readyz",
            "metrics",
            "counselling:file",
            "counselling:worker",
            "counselling:services_export",
            "counselling:services_template",
            "staff:audit_csv",
            "messaging:stream",
            "messaging:attachment",
            "messaging:telegram_webhook",
            "programme:feed",
            "programme:picture",
            "programme:sitemap",
        ),
        DATA,
    ),
    **dict.fromkeys(("library/login/", "^library/(?:users|groups)/"), ELSEWHERE),
}


def all_addresses() -> set[str]:
    """The names of our addresses, and of those that we put into Wagtail."""
    ours = [hook for hook in hooks.get_hooks("register_admin_urls") if _is_ours(hook)]
    return set(addresses()) | {str(pattern.name) for hook in ours for pattern in hook()}


def _is_ours(hook: object) -> bool:
    return str(getattr(hook, "__module__", "")).startswith("bot.")
