"""`mam chat`: a conversation on the terminal, buttons numbered."""

from __future__ import annotations

import click

from bot.commands.ask import MAX_CHILD_MONTHS
from bot.commands.throwaway import inner_processes


@click.command()
@click.option("--months", type=click.IntRange(0, MAX_CHILD_MONTHS), help="Tuổi bé theo tháng.")
@click.option(
    "--database", is_flag=True, help="Dùng cơ sở dữ liệu đã cấu hình, không phải bản tạm."
)
@click.option("--new", "is_new", is_flag=True, help="Bắt đầu từ lời giới thiệu và câu hỏi đồng ý.")
def chat(months: int | None, database: bool, is_new: bool) -> None:
    """Trò chuyện với Mầm; gõ số để bấm nút, dòng trống hoặc Ctrl-D để thôi.

    Ví dụ: mam chat --months 5
    """
    with inner_processes(throw_away=not database):
        from bot.commands.terminal import AskError, Start, answer, open_conversation, put, wait

        conversation = open_conversation(Start(months, consent=not is_new))
        buttons: list[dict[str, str]] = []
        while True:
            try:
                line = click.prompt(
                    "Ba mẹ", default="", show_default=False, prompt_suffix=" › "
                ).strip()
            except click.Abort:
                return
            if not line:
                return
            pressed = (
                buttons[int(line) - 1]["payload"]
                if line.isdigit() and 0 < int(line) <= len(buttons)
                else None
            )
            try:
                row = wait(put(conversation, text=None if pressed else line, button=pressed))
            except AskError as error:
                click.echo(f"({error})", err=True)
                continue
            buttons = _show(answer(row, conversation.address)["replies"])


def _show(replies: list[dict[str, object]]) -> list[dict[str, str]]:
    """Prints the replies; returns their buttons in the order of their numbers."""
    buttons: list[dict[str, str]] = []
    for reply in replies:
        click.echo(f"\nMầm › {reply['text']}")
        for button in reply["buttons"]:  # type: ignore[attr-defined]
            buttons.append(button)
            click.echo(f"   {len(buttons)}. {button['title']}")
    click.echo()
    return buttons
