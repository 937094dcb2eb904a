"""Strings made to break a page or a table do nothing, wherever they come from; a Telegram id is
nowhere.
"""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from bot.counselling.models import Case
from bot.staff.cells import safe_cell
from bot.staff.models import Role
from tests.site.addresses import World, addresses, client_of, make_world
from tests.site.test_permissions import TABLE

pytestmark = pytest.mark.django_db
SCRIPT, TEMPLATE = "<script>alert('mam')</script>", "{{7*7}}"
FORMULAS = ['=HYPERLINK("http://x","y")', "@SUM(A1)", "+1+1", "-2", "\t=1", "＝1+1"]
TURNED = "\u202egnp.exe"
HOSTILE = f"{SCRIPT} {TEMPLATE} {FORMULAS[0]} {TURNED}"
CHAT, OWN_CHAT = "987654321987", "876543219876"
PAGES = sorted(
    name
    for name, row in TABLE.items()
    if row.method == "GET" and name in addresses() and name != "messaging:stream"
)


@pytest.fixture
def world() -> World:
    made = make_world(HOSTILE, chat=CHAT, team_name=f"{SCRIPT}"[:60])
    for role in Role.values:
        person = made.people[role]
        person.first_name = HOSTILE
        person.save()
        person.profile.telegram_chat = f"{OWN_CHAT}{person.pk}"
        person.profile.teams.add(made.team)
        person.profile.save()
    Case.objects.filter(pk=made.case.pk).update(
        summary=HOSTILE, province=SCRIPT, assignee=made.people[Role.COUNSELLOR], state="claimed"
    )
    return made


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN])
def test_no_page_runs_what_somebody_wrote_or_shows_a_telegram_id(world: World, role: str) -> None:
    client, seen = client_of(world, role), 0
    client.defaults["HTTP_USER_AGENT"] = HOSTILE
    for name in PAGES:
        answer = client.get(world.url(name))
        page = b"".join(answer) if answer.streaming else answer.content
        text = page.decode(errors="replace")
        assert "<script>alert" not in text, name
        assert CHAT not in text, name
        assert OWN_CHAT not in text, name
        seen += answer.status_code == 200
    assert seen > 8


def test_a_parents_words_are_shown_as_they_are_and_never_turned(world: World) -> None:
    holder = client_of(world, Role.COUNSELLOR)
    page = holder.get(world.url("counselling:case")).content.decode()
    talk = page[page.index('class="talk"') :].split("</section>")[0]
    assert "&lt;script&gt;alert(&#x27;mam&#x27;)&lt;/script&gt; {{7*7}}" in talk
    assert "\u202e" not in talk


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert safe_cell(text).startswith("'")


def test_the_audit_trail_as_a_table_has_no_formula(world: World) -> None:
    for formula in FORMULAS[:4]:
        counsellor = client_of(world, Role.COUNSELLOR)
        counsellor.get(reverse("counselling:queue"))
        with_device = {"HTTP_USER_AGENT": formula.strip()}
        counsellor.post(
            reverse("counselling:note", args=[world.case.pk]), {"text": "x"}, **with_device
        )
    auditor = client_of(world, Role.AUDITOR)
    answer = auditor.post(reverse("staff:audit_csv"))
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode())))
    assert len(rows) > 5
    assert any("HYPERLINK" in cell for row in rows for cell in row)
    assert [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t"}] == []
