"""While Rasa is away its chats wait together, and are asked again as soon as it is back."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from bot.courier import outage
from bot.messaging.models import Channel, InboundMessage
from bot.messaging.services import hold_back, receive
from tests.running import free_port

pytestmark = pytest.mark.django_db


class _Status(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "LOOK_EVERY_S", 0.0)


def test_it_is_over_once_when_all_that_was_away_answers() -> None:
    port = free_port()
    watch = outage.Outage(f"http://127.0.0.1:{port}", "token", f"http://127.0.0.1:{port}")
    assert not watch.is_over(), "nothing was away"
    watch.begin()
    assert not watch.is_over(), "it does not answer yet"
    with ThreadingHTTPServer(("127.0.0.1", port), _Status) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert watch.is_over()
        assert not watch.is_over(), "told once"
        server.shutdown()


def test_one_part_that_is_still_away_keeps_everybody_waiting() -> None:
    port = free_port()
    watch = outage.Outage(f"http://127.0.0.1:{port}", "token", f"http://127.0.0.1:{free_port()}")
    watch.begin()
    with ThreadingHTTPServer(("127.0.0.1", port), _Status) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert not watch.is_over()
        server.shutdown()


def test_a_silent_turn_is_watched_only_where_the_action_server_can_be_looked_at() -> None:
    watch = outage.Outage(f"http://127.0.0.1:{free_port()}", "token", None)
    watch.begin(is_silent=True)
    assert not watch._begun.is_set()
    watch.begin()
    assert watch._begun.is_set()


def test_only_who_waits_for_rasa_is_asked_again() -> None:
    rows = [receive(Channel.WEBCHAT, f"p{n}", external_id="m", text="bé ho") for n in range(2)]
    waits, fails = (row for row in rows if row is not None)
    hold_back(waits, seconds=60, error=f"{outage.AWAY}ConnectError")
    hold_back(fails, seconds=60, error="KeyError")
    assert outage.ask_again() == 1
    soon = timezone.now() + timedelta(seconds=1)
    assert [row.pk for row in InboundMessage.objects.filter(next_attempt_at__lt=soon)] == [waits.pk]
