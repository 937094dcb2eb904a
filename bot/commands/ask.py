"""`mam ask`: one question on the terminal, or JSON lines for machines (INTERFACES.md)."""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TextIO

import click

from bot.commands.throwaway import inner_processes

if TYPE_CHECKING:
    from bot.messaging.models import Conversation

MAX_CHILD_MONTHS = 18 * 12


@click.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Đọc và viết JSON từng dòng.")
@click.option(
    "--jobs",
    default=4,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Số cuộc trò chuyện song song.",
)
@click.option(
    "--database", is_flag=True, help="Dùng cơ sở dữ liệu đã cấu hình, không phải bản tạm."
)
@click.option("--months", type=click.IntRange(0, MAX_CHILD_MONTHS), help="Tuổi bé theo tháng.")
def ask(text: str | None, as_json: bool, jobs: int, database: bool, months: int | None) -> None:
    """Hỏi một câu, hoặc nhiều câu dạng JSON từng dòng.

    Ví dụ: mam ask "bé 5 tháng ăn dặm được chưa"
    Ví dụ: echo '{"text": "be 8 thang sot 39 co giat"}' | mam ask --json
    """
    if not as_json and not text:
        raise click.UsageError('hãy viết câu hỏi, ví dụ: mam ask "bé 5 tháng ăn dặm được chưa"')
    with inner_processes(throw_away=not database):
        if as_json:
            sys.exit(1 if answer_lines(sys.stdin, sys.stdout, jobs) else 0)
        assert text is not None  # noqa: S101
        line = {"text": text} if months is None else {"text": text, "child_months": months}
        _print_for_people(_Asker().ask(line))


def answer_lines(lines: TextIO, out: TextIO, jobs: int) -> int:
    """Answers JSON lines in their order, conversations side by side; returns how many lines were
    bad.
    """
    asker = _Asker()
    bad = 0
    printed = threading.Condition()
    waiting: deque[Future[dict[str, Any]] | None] = deque()

    def print_in_order() -> None:
        nonlocal bad
        while True:
            with printed:
                printed.wait_for(lambda: waiting)
                future = waiting[0]
            if future is None:
                return
            result = future.result()
            bad += "error" in result
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
            with printed:
                waiting.popleft()

    printer = threading.Thread(target=print_in_order)
    printer.start()
    with ThreadPoolExecutor(jobs) as pool:
        for line in lines:
            if line.strip():
                future = asker.submit(pool, line)
                with printed:
                    waiting.append(future)
                    printed.notify()
    with printed:
        waiting.append(None)
        printed.notify()
    printer.join()
    return bad


class _Asker:
    """Keeps the conversations of one run, each in order."""

    def __init__(self) -> None:
        self._conversations: dict[str, Conversation] = {}
        self._queues: dict[str, deque[tuple[dict[str, Any], Future[dict[str, Any]]]]] = {}
        self._lock = threading.Lock()
        self._fresh = 0

    def submit(self, pool: ThreadPoolExecutor, line: str) -> Future[dict[str, Any]]:
        """A future of the answer; lines of one conversation are asked one after the other."""
        future: Future[dict[str, Any]] = Future()
        request = _parse(line)
        if "error" in request:
            future.set_result(request)
            return future
        with self._lock:
            name = request.get("conversation")
            if name is None:
                self._fresh += 1
                # A control character keeps ours apart from any name that a caller may choose.
                name = f"\x00{self._fresh}"
            queue = self._queues.get(name)
            if queue is not None:
                queue.append((request, future))
                return future
            self._queues[name] = deque([(request, future)])
        pool.submit(self._drain, name)
        return future

    def _drain(self, name: str) -> None:
        from django.db import connection

        try:
            while True:
                with self._lock:
                    if not self._queues[name]:
                        del self._queues[name]
                        return
                    request, future = self._queues[name].popleft()
                try:
                    future.set_result(self.ask(request, name))
                except Exception as error:
                    future.set_result(
                        {"id": request.get("id"), "error": f"{type(error).__name__}: {error}"}
                    )
        finally:
            connection.close()

    def ask(self, request: dict[str, Any], name: str = "\x00") -> dict[str, Any]:
        """One request, answered."""
        from bot.commands.terminal import AskError, Start, answer, open_conversation, put, wait

        conversation = self._conversations.get(name)
        if conversation is None:
            start = Start(request.get("child_months"), request.get("consent", True))
            conversation = self._conversations[name] = open_conversation(start)
        shown = name if not name.startswith("\x00") else conversation.sender_id
        head = {"id": request.get("id"), "conversation": shown}
        try:
            row = wait(put(conversation, text=request.get("text"), button=request.get("button")))
        except AskError as error:
            return {**head, "error": str(error)}
        return {**head, **answer(row, conversation.address)}


def _parse(line: str) -> dict[str, Any]:
    """The request, or {"id", "error"}."""
    try:
        request = json.loads(line)
    except ValueError:
        return {"id": None, "error": "not a JSON object"}
    if not isinstance(request, dict):
        return {"id": None, "error": "not a JSON object"}
    error = _fault(request)
    return {"id": request.get("id"), "error": error} if error else request


def _fault(request: dict[str, Any]) -> str | None:
    text, button, months = request.get("text"), request.get("button"), request.get("child_months")
    if (text is None) == (button is None):
        return "needs one of text and button"
    if not isinstance(text if button is None else button, str):
        return "text and button are strings"
    if text is not None and not text.strip():
        return "text is empty"
    if months is not None and (
        isinstance(months, bool)
        or not isinstance(months, int)
        or not 0 <= months <= MAX_CHILD_MONTHS
    ):
        return f"child_months is a whole number from 0 to {MAX_CHILD_MONTHS}"
    if not isinstance(request.get("consent", True), bool):
        return "consent is true or false"
    if not isinstance(request.get("conversation", ""), str):
        return "conversation is a string"
    return None


def _print_for_people(result: dict[str, Any]) -> None:
    if "error" in result:
        raise click.ClickException(result["error"])
    for reply in result["replies"]:
        click.echo(reply["text"])
        for button in reply["buttons"]:
            click.echo(f"  [{button['title']}]")
        click.echo()
