"""A Bot API server of the tests' own: real HTTP, Telegram's forms, and failures on demand."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "42:test-token"
POLL_AT_MOST_S = 2.0


@dataclass
class Call:
    """One request: the method's name and its parameters as they came."""

    method: str
    given: dict[str, Any]
    at: float = field(default_factory=time.monotonic)
    # The message's number, once it was sent.
    message_id: int = 0


@dataclass
class Failure:
    """What the next call of a method gets instead of its result. `body` None: the line is cut."""

    status: int = 500
    body: bytes | None = b"{}"
    is_done_anyway: bool = False


class BotApiServer:
    """`with BotApiServer() as server:`; `server.url` is TELEGRAM_API_BASE_URL."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.updates: list[Any] = []
        self.failures: dict[str, list[Failure]] = defaultdict(list)
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, Any] = {}
        self._changed = threading.Condition()
        self._next_update, self._next_message = 1000, 1
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> BotApiServer:
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    # --- what a parent does -------------------------------------------------------------------

    def says(self, chat: int, text: str, **more: Any) -> dict[str, Any]:
        """A message of a private chat."""
        return self.push({"message": message_of(chat, self.message_number(), text=text, **more)})

    def presses(self, chat: int, token: str) -> dict[str, Any]:
        """A press of one of our buttons."""
        message = message_of(chat, self.message_number(), text="x")
        query = {
            "id": f"q{self._next_update}",
            "from": person(chat),
            "chat_instance": "1",
            "message": message,
            "data": token,
        }
        return self.push({"callback_query": query})

    def presses_in_group(self, group: int, person_id: int, token: str) -> str:
        """A press of a button in a group; gives the number by which it is answered."""
        number = f"q{self._next_update}"
        message = message_of(group, self.message_number(), kind="supergroup", text="x")
        query = {
            "id": number,
            "from": person(person_id),
            "chat_instance": "1",
            "message": message,
            "data": token,
        }
        self.push({"callback_query": query})
        return number

    def replies(self, chat: int, text: str, to: int, **more: Any) -> dict[str, Any]:
        """A reply to the message of that number in a private chat."""
        original = {**message_of(chat, to, text="x"), "from": {**person(42), "is_bot": True}}
        return self.says(chat, text, reply_to_message=original, **more)

    def push(self, update: Any, *, number: int | None = None) -> Any:
        """Puts an update into the queue; anything that is no dict goes in as it is."""
        with self._changed:
            if isinstance(update, dict):
                self._next_update += 1
                update = {"update_id": self._next_update if number is None else number, **update}
            self.updates.append(update)
            self._changed.notify_all()
        return update

    def message_number(self) -> int:
        self._next_message += 1
        return self._next_message

    # --- what Mầm did -------------------------------------------------------------------------

    def sent_to(self, chat: int) -> list[dict[str, Any]]:
        """Parameters of the messages that a chat was sent."""
        return [
            call.given
            for call in list(self.calls)
            if call.method in {"sendMessage", "sendDocument", "sendVoice"}
            and str(call.given.get("chat_id")) == str(chat)
        ]

    def number_of(self, chat: int, part: str) -> int:
        """The number of the newest message to a chat that holds `part`; 0 when there is none."""
        return next(
            (
                call.message_id
                for call in reversed(list(self.calls))
                if str(call.given.get("chat_id")) == str(chat)
                and part in str(call.given.get("text") or call.given.get("caption") or "")
            ),
            0,
        )

    def button_of(self, chat: int, part: str) -> str:
        """The token of the first button under the newest message to a chat that holds `part`; empty
        when there is none.
        """
        for message in reversed(self.sent_to(chat)):
            if part in str(message.get("text") or ""):
                rows = json.loads(message.get("reply_markup") or "{}").get("inline_keyboard", [])
                tokens = [button.get("callback_data", "") for row in rows for button in row]
                return next(iter(tokens), "")
        return ""

    def notice(self, number: str) -> str:
        """What somebody was shown who pressed a button; empty while nothing was."""
        return next(
            (
                str(call.given.get("text", ""))
                for call in self.called("answerCallbackQuery")
                if call.given.get("callback_query_id") == number
            ),
            "",
        )

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.calls) if call.method == method]

    def wait_for(self, seen: Any, seconds: float = 15.0) -> Any:
        """The first true value of `seen()`. Raises AssertionError after `seconds`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := seen():
                return value
            time.sleep(0.02)
        raise AssertionError(f"never seen; calls: {[call.method for call in self.calls][-30:]}")

    # --- the server ---------------------------------------------------------------------------

    def _result(self, method: str, given: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return self._get_updates(given)
        if method in {"sendMessage", "sendDocument", "sendPhoto", "sendVoice", "sendVideo"}:
            return message_of(int(given["chat_id"]), self.message_number(), text="sent")
        if method == "getFile":
            return {
                "file_id": given["file_id"],
                "file_unique_id": "u",
                "file_path": f"f/{given['file_id']}",
            }
        if method == "getMe":
            return {**person(42), "is_bot": True, "username": "mam_test_bot"}
        if method == "setWebhook":
            self.webhook = given
        return True

    def _get_updates(self, given: dict[str, Any]) -> list[Any]:
        """As Telegram does: an offset forgets what comes before it, then the line is held."""
        end = time.monotonic() + min(float(given.get("timeout", 0)), POLL_AT_MOST_S)
        with self._changed:
            if "offset" in given:
                offset = int(given["offset"])
                self.updates[:] = [
                    u for u in self.updates if isinstance(u, dict) and u["update_id"] >= offset
                ]
            while not self.updates and (left := end - time.monotonic()) > 0:
                self._changed.wait(left)
            return list(self.updates)

    def _handler(server) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                name = self.path.removeprefix(f"/file/bot{TOKEN}/f/")
                content = server.files.get(name)
                self._answer(200 if content is not None else 404, content or b"")

            def do_POST(self) -> None:
                method = urlsplit(self.path).path.removeprefix(f"/bot{TOKEN}/")
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                given = _parameters(raw, self.headers.get("Content-Type", ""))
                failure = server.failures[method].pop(0) if server.failures[method] else None
                call = Call(method, given)
                if failure is None or failure.is_done_anyway:
                    server.calls.append(call)
                if failure is not None and failure.body is None:
                    self.close_connection = True
                    return
                if failure is not None:
                    self._answer(failure.status, failure.body or b"")
                    return
                result = server._result(method, given)
                if isinstance(result, dict):
                    call.message_id = result.get("message_id", 0)
                body = {"ok": True, "result": result}
                self._answer(200, json.dumps(body).encode())

            def _answer(self, status: int, body: bytes) -> None:
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def error(status: int, description: str, **parameters: Any) -> Failure:
    """A refusal in Telegram's form."""
    body = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Failure(status, json.dumps(body).encode())


def person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Ba"}


def message_of(chat: int, number: int, *, kind: str = "private", **more: Any) -> dict[str, Any]:
    """A message as Telegram writes it."""
    return {
        "message_id": number,
        "date": 1_760_000_000,
        "chat": {"id": chat, "type": kind, "first_name": "Ba"},
        "from": person(abs(chat)),
        **more,
    }


def _parameters(raw: bytes, content_type: str) -> dict[str, Any]:
    if content_type.startswith("multipart/"):
        # Enough for the tests: the plain fields of a form with a file.
        boundary = content_type.split("boundary=")[1].encode()
        found = {}
        for part in raw.split(b"--" + boundary):
            head, _, body = part.partition(b"\r\n\r\n")
            if b'name="' in head:
                name = head.split(b'name="')[1].split(b'"')[0].decode()
                found[name] = body.removesuffix(b"\r\n").decode(errors="replace")
        return found
    return {key: values[0] for key, values in parse_qs(raw.decode()).items()}
