"""A house in which every page of staff has something to show: invented cases by the hundred, and one
case with all that a case can have.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from bot.commands.invented.writing import Wanted, write_invented
from bot.counselling.models import Case, Mark, Service
from bot.counselling.services import (
    add_note,
    claim_case,
    refer,
    save_draft,
    send_reply,
    set_label,
    touch_presence,
)
from bot.messaging.services import record_result, save_alert
from bot.programme.models import Article, UnansweredQuestion
from bot.programme.services import load_shipped_if_new
from bot.staff.models import AuditEvent, Role
from tests.browser.every_page import ANYONE, HALF_SIGNED_IN
from tests.browser.pages import WIDE
from tests.site.addresses import World, addresses, client_of, make_person, make_world

WORDS = "Em là Nguyễn Thị Hoa, số 0912 345 678, bé 8 tháng sốt 39 co giật ạ"
ALERT: dict[str, Any] = {"label": "medical_emergency", "urgent": True, "words": ["co giật"]}
# More than a page of any list.
MANY = 120


@dataclass
class House:
    """The world of the addresses, with a browser for each who sits in it."""

    world: World
    chromium: Browser
    address: str
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def url(self, name: str) -> str:
        return self.world.url(name) if name in addresses() else reverse(name, args=self._args(name))

    @contextmanager
    def page_of(self, role: str) -> Iterator[Page]:
        """A page before somebody of this role; what breaks the page's policy is kept."""
        page = self._seat(role).new_page()

        def keep(line: ConsoleMessage) -> None:
            if "Security Policy" in line.text:
                self.complaints.append(f"{page.url}: {line.text}")

        page.on("console", keep)
        yield page
        page.close()

    def _seat(self, role: str) -> BrowserContext:
        """Signed in but for ANYONE."""
        if role not in self.contexts:
            context = self.chromium.new_context(
                viewport=WIDE,  # type: ignore[arg-type]
                base_url=self.address,
                locale="vi-VN",
            )
            if role != ANYONE:
                session = client_of(self.world, role).cookies["sessionid"].value
                context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
            self.contexts[role] = context
        return self.contexts[role]

    def _args(self, name: str) -> tuple[Any, ...]:
        return ("article", self.world.values["newer"]) if name == "newer_shipped" else ()


def make_house(chromium: Browser, address: str) -> House:
    load_shipped_if_new()
    wanted = Wanted(cases=120, messages=1500, seed=1)
    write_invented(wanted, now=timezone.now(), password="x", progress=lambda *_: None)
    world = make_world(WORDS, team_name="Đội của bài thử")
    _fill(world.case, world.people)
    half = make_person("nua-duong", Role.COUNSELLOR)
    TOTPDevice.objects.create(user=half, confirmed=True)
    world.people[HALF_SIGNED_IN] = half
    article = Article.objects.get(slug=world.values["slug"])
    Article.objects.filter(pk=article.pk).update(newer_shipped_text="Bản mới của bài.\n" * 9)
    world.values["newer"] = article.pk
    _fill_lists(world, article.slug)
    return House(world, chromium, address)


def _fill(case: Case, people: dict[str, User]) -> None:
    """The holder's case, at which a colleague looks and types."""
    holder, colleague = people[Role.COUNSELLOR], people[Role.SUPERVISOR]
    assert case.raised_by is not None
    save_alert(case.raised_by, ALERT)
    record_result(case.raised_by.pk, answer={"slug": Article.shown()[0].slug, "score": 0.8})
    claim_case(case, by=holder)
    send_reply(case, "Chị đặt bé nằm nghiêng nhé.", by=holder, key="ab" * 12)
    refer(case, by=holder, kind="tram-y-te", where="Trạm y tế xã", when="sáng mai")
    add_note(case, f"@{colleague.username} xem giúp mình", by=holder)
    set_label(case, "cần hỏi lại", by=holder, is_on=True)
    save_draft(case, "Em nghĩ nên đưa bé đi viện", by=colleague)
    touch_presence(case, by=colleague, is_typing=True)
    # The pages are looked at for minutes; who types and who looks is forgotten after seconds.
    later = timezone.now() + timedelta(hours=1)
    case.drafts.update(saved_at=later)
    case.presences.update(seen_at=later, typed_at=later)
    Case.objects.filter(pk=case.pk).update(
        province="Hà Nội", second_reader=colleague, rating=2, feeling_before=2, feeling_after=3
    )


def _fill_lists(world: World, slug: str) -> None:
    """Marks, places, questions and the audit trail, each longer than a page."""
    by, numbers = world.people[Role.COUNSELLOR], range(MANY)
    Mark.objects.bulk_create(
        Mark(case=world.case, kind="wrong_article", was=slug, question=f"câu {n}", by=by)
        for n in numbers
    )
    today = timezone.localdate()
    Service.objects.bulk_create(
        Service(kind="tram-y-te", name=f"Nơi tạm lánh {n}", source="tờ rơi", checked_on=today)
        for n in numbers
    )
    UnansweredQuestion.objects.bulk_create(
        UnansweredQuestion(text=f"câu {n}", reason=UnansweredQuestion.Reason.NOTHING, key=f"k{n}")
        for n in numbers
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(action=AuditEvent.Action.NOTED, actor=by, actor_name=by.username)
        for _ in numbers
    )
