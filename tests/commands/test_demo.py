"""`mam demo seed`: the same data for a seed, plainly invented, never beside a real family."""

import random
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from bot.commands.demo import demo
from bot.commands.invented.times import Times
from bot.commands.invented.writing import Wanted, write_invented
from bot.counselling.invented import holds_invented_data
from bot.counselling.models import Case, CaseEvent, Referral
from bot.families.models import Family
from bot.messaging.models import InboundMessage, OutboundMessage
from tests.counselling.supervised import make_case, make_staff, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 10, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SMALL = Wanted(cases=80, messages=1200, seed=7)


def write(wanted: Wanted = SMALL) -> None:
    write_invented(wanted, now=NOW, password="x", progress=lambda *_: None)


def everything() -> list[Any]:
    cases = Case.objects.order_by("pk").values_list(
        "reason", "state", "opened_at", "closed_at", "assignee__username", "province", "rating"
    )
    texts = InboundMessage.objects.order_by("pk").values_list("text", "received_at")
    return [*cases, *texts]


class Undone(Exception):
    """Takes back what was written."""


def made_anew(wanted: Wanted) -> list[Any]:
    found: list[Any] = []
    try:
        with transaction.atomic():
            write(wanted)
            found = everything()
            raise Undone
    except Undone:
        return found


def test_a_seed_makes_the_same_again_and_another_makes_another() -> None:
    first = made_anew(SMALL)
    assert made_anew(SMALL) == first
    assert made_anew(Wanted(80, 1200, seed=8)) != first


def test_it_makes_what_was_asked_for() -> None:
    write()
    assert Case.objects.count() == 80
    assert Case.objects.exclude(state="closed").count() == 20
    assert InboundMessage.objects.count() + OutboundMessage.objects.count() == 1200
    assert User.objects.filter(groups__name="counsellor").count() == 12
    assert User.objects.filter(groups__name="supervisor").count() == 2
    assert set(User.objects.values_list("username", flat=True)) == set(
        User.objects.filter(username__startswith="demo-").values_list("username", flat=True)
    )


def test_times_of_a_case_follow_one_another() -> None:
    write()
    for case in Case.objects.all():
        times = [case.opened_at, case.claimed_at, case.first_response_at, case.closed_at]
        known = [at for at in times if at]
        assert known == sorted(known)
        assert known[-1] <= NOW
        assert (case.state == "closed") == (case.closed_at is not None) == bool(case.outcome)
    assert CaseEvent.objects.filter(kind="opened").count() == 80
    assert Referral.objects.exists()


def test_nothing_of_it_waits_to_be_sent_or_read() -> None:
    write()
    assert not OutboundMessage.objects.exclude(state="sent").exists()
    assert not InboundMessage.objects.exclude(state="done").exists()


def test_people_write_in_the_daytime() -> None:
    times = Times(random.Random(3), ZoneInfo("Asia/Ho_Chi_Minh"))
    begin = NOW.replace(month=5)
    hours = [times.moment(begin, NOW).astimezone(times.zone).hour for _ in range(600)]
    assert sum(8 <= hour <= 17 for hour in hours) > 4 * sum(hour < 6 for hour in hours)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(demo, ["seed", "--cases", "4", "--messages", "20", *arguments])


def test_without_yes_nothing_is_written() -> None:
    answer = run()
    assert answer.exit_code == 1
    assert "--yes" in answer.stderr
    assert not Family.objects.exists()


def test_a_real_family_or_case_is_never_mixed_with_invented_ones() -> None:
    Family.objects.create()
    answer = run("--yes")
    assert answer.exit_code == 1
    assert "thật" in answer.stderr
    assert not Case.objects.exists()
    Family.objects.all().delete()
    make_case(NOW)
    assert run("--yes").exit_code == 1
    assert Case.objects.count() == 1


def test_a_second_time_is_refused_and_the_console_says_what_it_shows() -> None:
    answer = run("--yes")
    assert answer.exit_code == 0, answer.stderr
    assert "demo-tu-van-01" in answer.stdout
    assert holds_invented_data()
    again = run("--yes")
    assert (again.exit_code, "giả" in again.stderr) == (1, True)
    page = signed_in(User.objects.get(username="demo-giam-sat-1")).get(reverse("counselling:board"))
    assert "Dữ liệu giả để thử" in page.content.decode()


def test_a_real_console_says_nothing_of_invented_data() -> None:
    supervisor = make_staff("giam-sat", "supervisor")
    page = signed_in(supervisor).get(reverse("counselling:board")).content.decode()
    assert "Dữ liệu giả" not in page
