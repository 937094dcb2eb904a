"""What every page tells a browser it never does, and that the settings are those of a public site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from bot.staff.models import Role
from tests.site.addresses import client_of, make_world

pytestmark = pytest.mark.django_db
PUBLIC = {
    "MAM_PUBLIC_URL": "https://mam.example.org",
    "MAM_METRICS_TOKEN": "mot-chuoi-kha-dai",
}


def public(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of Django's, as where Mầm stands behind https."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **PUBLIC, "MAM_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_settings_of_a_public_site_raise_no_warning(tmp_path: Path) -> None:
    done = public(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_behind_https_cookies_are_secure_and_plain_http_is_left(tmp_path: Path) -> None:
    done = public(
        tmp_path,
        "-c",
        "from bot.site import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)",
    )
    assert done.stdout.split() == ["True"] * 3, done.stderr


@pytest.mark.parametrize("page", ["/", "/dang-nhap/", "/console/", "/library/", "/khong-co/"])
def test_every_page_says_what_it_never_does(page: str) -> None:
    headers = client_of(make_world(), Role.ADMIN).get(page).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    if page != "/library/":
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_more_than_a_request_may_bring_is_refused() -> None:
    client = Client(raise_request_exception=False)
    assert client.post("/dang-nhap/", {"username": "x" * 2_200_000}).status_code == 400


def test_a_form_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/dang-nhap/", {"username": "lan", "password": "x"}).status_code == 403
