"""Signing in: password, then the phone; slow for who guesses; over when it should be."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bot.staff.accounts import add_staff, disable_staff, set_staff_password
from tests.staff.people import PASSWORD, audited, code_of, set_up_factor, sign_in

pytestmark = pytest.mark.django_db
QUEUE = "/console/"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def supervisor(client: Client) -> Client:
    add_staff("ba-nga", role="supervisor", password=PASSWORD)
    sign_in(client, "ba-nga")
    return client


def test_a_counsellor_comes_in_with_the_password_alone(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    assert sign_in(client, "lan").url == reverse("counselling:queue")
    assert client.get(QUEUE).status_code == 200
    assert [event.actor_name for event in audited("signed_in")] == ["lan"]


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_who_sees_many_families_sets_up_a_phone_before_any_other_page(
    client: Client, role: str
) -> None:
    add_staff("ba-nga", role=role, password=PASSWORD)
    sign_in(client, "ba-nga")
    for page in (QUEUE, "/library/", "/tai-khoan/", "/nhan-vien/", "/nhat-ky/"):
        answer = client.get(page)
        assert answer.status_code == 302, page
        assert answer.url.startswith(reverse("staff:set_up")), page
    assert client.post("/nhan-vien/", {"role": "admin"}).url == reverse("staff:set_up")
    page = client.get(reverse("staff:set_up")).content.decode()
    assert 'src="data:image/svg+xml' in page
    set_up_factor(client)
    assert client.get(QUEUE).status_code == 200


def test_a_phone_that_was_set_up_is_asked_for_and_a_code_works_once(supervisor: Client) -> None:
    device, _ = set_up_factor(supervisor)
    at_home = Client()
    sign_in(at_home, "ba-nga")
    asked = at_home.get(f"{QUEUE}?scope=mine")
    assert asked.url == f"{reverse('staff:code')}?next=%2Fconsole%2F%3Fscope%3Dmine"
    used = {"code": code_of(device), "next": QUEUE}
    assert at_home.post(reverse("staff:code"), used).status_code == 422, "it was used to set up"
    device.throttle_reset()
    fresh = {"code": code_of(device, steps=1), "next": QUEUE}
    assert at_home.post(reverse("staff:code"), fresh).url == QUEUE
    assert at_home.get(QUEUE).status_code == 200
    assert [event.detail["factor"] for event in audited("sign_in_failed")] == ["code"]


def test_the_code_page_leads_to_no_other_site(supervisor: Client) -> None:
    _device, codes = set_up_factor(supervisor)
    at_home = Client()
    sign_in(at_home, "ba-nga")
    answer = at_home.post(
        reverse("staff:code"), {"code": codes[0], "next": "https://evil.example.org/"}
    )
    assert answer.url == reverse("staff:account")


def test_a_backup_code_stands_in_for_the_phone_once(supervisor: Client) -> None:
    _, codes = set_up_factor(supervisor)
    assert len(set(codes)) == 10
    for client, status in ((Client(), 302), (Client(), 422)):
        sign_in(client, "ba-nga")
        given = {"code": f" {codes[0][:4].upper()} {codes[0][4:]}", "next": QUEUE}
        assert client.post(reverse("staff:code"), given).status_code == status
    assert codes[1] not in supervisor.get("/tai-khoan/").content.decode(), "shown once"


def test_whoever_guesses_codes_has_to_wait_even_with_the_right_one(supervisor: Client) -> None:
    device, _ = set_up_factor(supervisor)
    thief = Client()
    sign_in(thief, "ba-nga")
    for guess in ("000001", "000002", "000003"):
        thief.post(reverse("staff:code"), {"code": guess})
    right = {"code": code_of(device, steps=1)}
    assert thief.post(reverse("staff:code"), right).status_code == 422


def test_whoever_guesses_a_password_is_locked_out_and_it_is_written_down(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    for attempt in range(8):
        sign_in(client, "lan", f"sai-{attempt}")
    assert sign_in(client, "lan").status_code == 429
    assert len(audited("sign_in_failed")) >= 8
    assert audited("locked_out")[0].detail == {"account": "lan"}
    assert audited("locked_out")[0].address == "127.0.0.1"


def test_one_address_does_not_try_every_account(client: Client) -> None:
    for attempt in range(41):
        assert sign_in(client, f"nguoi-{attempt}", "sai").status_code == 200
    assert sign_in(client, "lan").status_code == 429
    assert sign_in(client, "lan", REMOTE_ADDR="10.1.2.3").status_code == 200


def test_a_name_that_is_no_account_is_not_kept(client: Client) -> None:
    sign_in(client, "mat-khau-go-nham", "x")
    assert audited("sign_in_failed")[0].detail == {"account": ""}


@pytest.mark.parametrize(("key", "hours"), [("mam_last", 12), ("mam_since", 7 * 24)])
def test_a_sign_in_ends_when_nobody_sits_there_and_after_a_week(
    client: Client, key: str, hours: int
) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    sign_in(client, "lan")
    for ago, status in ((hours * 3600 - 60, 200), (hours * 3600 + 60, 302)):
        session = client.session
        session[key] -= ago
        kept = session[key] + ago
        session.save()
        assert client.get(QUEUE).status_code == status
        if status == 200:
            session = client.session
            session[key] = kept
            session.save()
    assert "_auth_user_id" not in client.session


def test_a_page_that_asks_for_news_by_itself_is_no_sign_of_a_person(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    sign_in(client, "lan")
    session = client.session
    session["mam_last"] -= 3600
    session.save()
    client.get(reverse("counselling:queue_live"))
    assert client.session["mam_last"] == session["mam_last"]
    client.get(QUEUE)
    assert client.session["mam_last"] > session["mam_last"]


def test_sign_out_everywhere_ends_every_session_of_this_account_alone(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    add_staff("minh", role="counsellor", password=PASSWORD)
    phone, colleague = Client(), Client()
    for browser, name in ((client, "lan"), (phone, "lan"), (colleague, "minh")):
        sign_in(browser, name)
    client.post(reverse("staff:sign_out_everywhere"))
    seen = [browser.get(QUEUE).status_code for browser in (client, phone, colleague)]
    assert seen == [302, 302, 200]
    assert audited("signed_out_everywhere")[0].actor_name == "lan"


def test_another_password_ends_the_sessions_elsewhere_and_wants_the_old_one(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    phone = Client()
    for browser in (client, phone):
        sign_in(browser, "lan")
    page = reverse("staff:password")
    new = "mot-mat-khau-khac-han"
    assert client.post(page, {"old": "sai", "new": new}).status_code == 422
    assert client.post(page, {"old": PASSWORD, "new": "ngan"}).status_code == 422
    assert client.post(page, {"old": PASSWORD, "new": "12 34"}).status_code == 422
    assert client.post(page, {"old": PASSWORD, "new": new}).status_code == 302
    assert (client.get(QUEUE).status_code, phone.get(QUEUE).status_code) == (200, 302)


def test_a_locked_account_and_one_with_a_new_password_are_out_at_once(client: Client) -> None:
    for name in ("lan", "minh"):
        add_staff(name, role="counsellor", password=PASSWORD)
    other = Client()
    sign_in(client, "lan")
    sign_in(other, "minh")
    disable_staff("lan")
    set_staff_password("minh", "mot-mat-khau-khac-han")
    assert (client.get(QUEUE).status_code, other.get(QUEUE).status_code) == (302, 302)


def test_who_may_do_without_a_phone_switches_it_on_and_off(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    sign_in(client, "lan")
    _device, _ = set_up_factor(client)
    elsewhere = Client()
    sign_in(elsewhere, "lan")
    assert elsewhere.get(QUEUE).url.startswith(reverse("staff:code"))
    assert elsewhere.get(reverse("staff:set_up")).url == reverse("staff:code"), "no way around"
    assert elsewhere.post(reverse("staff:switch_off")).url == reverse("staff:code")
    client.post(reverse("staff:switch_off"))
    assert Client().get("/").status_code == 200
    assert elsewhere.get(QUEUE).status_code == 200


def test_a_supervisor_cannot_switch_the_phone_off(supervisor: Client) -> None:
    set_up_factor(supervisor)
    supervisor.post(reverse("staff:switch_off"))
    elsewhere = Client()
    sign_in(elsewhere, "ba-nga")
    assert elsewhere.get(QUEUE).url.startswith(reverse("staff:code"))


def links_of(page: str) -> list[str]:
    return re.findall(r'(?:href|action)="(/[^"]*)"', page[page.index("<body") :])


def test_who_has_not_given_the_code_is_shown_no_menu_of_what_does_not_open_yet(
    supervisor: Client,
) -> None:
    set_up_factor(supervisor)
    half = Client()
    sign_in(half, "ba-nga")
    for path in (reverse("staff:code"), "/khong-co/"):
        page = half.get(path).content.decode()
        closed = [way for way in links_of(page) if way not in {"/", reverse("logout")}]
        assert closed == [], path
        assert 'action="/dang-xuat/"' in page, path
        for part in ('class="menu"', 'id="shortcuts"', "data-worker"):
            assert part not in page, (path, part)


def test_who_has_yet_to_set_up_a_phone_is_shown_no_menu_either(supervisor: Client) -> None:
    page = supervisor.get(reverse("staff:set_up")).content.decode()
    assert 'class="menu"' not in page
    set_up_factor(supervisor)
    assert 'class="menu"' in supervisor.get(QUEUE).content.decode()


def test_who_sets_up_a_phone_of_their_own_will_keeps_the_menu(client: Client) -> None:
    add_staff("lan", role="counsellor", password=PASSWORD)
    sign_in(client, "lan")
    assert 'class="menu"' in client.get(reverse("staff:set_up")).content.decode()
