"""`mam user`: staff accounts. Passwords are never printed but once, when they are made here."""

from __future__ import annotations

import secrets
import sys

import click

from bot.commands.django_ready import ready_database

ROLES = ("admin", "trainer", "counsellor", "supervisor", "auditor")


@click.group()
def user() -> None:
    """Tài khoản của nhân viên."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Vai trò.")
@click.option("--password-stdin", is_flag=True, help="Đọc mật khẩu từ stdin.")
def add(name: str, role: str, password_stdin: bool) -> None:
    """Thêm một tài khoản. Không có --password-stdin thì một mật khẩu được tạo và in một lần.

    Ví dụ: echo "mat khau dai" | mam user add lan --role counsellor --password-stdin
    """
    ready_database(load_library=False)
    from bot.staff.accounts import StaffError, add_staff

    password = _password(password_stdin)
    try:
        add_staff(name, role=role, password=password)
    except StaffError as error:
        raise click.ClickException(error.user_message) from error
    _tell(name, password, password_stdin)


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Đọc mật khẩu từ stdin.")
def password_command(name: str, password_stdin: bool) -> None:
    """Đổi mật khẩu.  Ví dụ: mam user password lan"""
    ready_database(load_library=False)
    from bot.staff.accounts import StaffError, set_staff_password

    password = _password(password_stdin)
    try:
        set_staff_password(name, password)
    except StaffError as error:
        raise click.ClickException(error.user_message) from error
    _tell(name, password, password_stdin)


@user.command("list")
def list_command() -> None:
    """Liệt kê tài khoản.  Ví dụ: mam user list"""
    ready_database(load_library=False)
    from bot.staff.accounts import list_staff

    for account in list_staff():
        state = "" if account.is_active else "  (đã khoá)"
        click.echo(f"{account.name:24} {', '.join(account.roles)}{state}")


@user.command("disable")
@click.argument("name")
def disable(name: str) -> None:
    """Khoá một tài khoản; lịch sử của người đó vẫn còn.  Ví dụ: mam user disable lan"""
    ready_database(load_library=False)
    from bot.staff.accounts import StaffError, disable_staff

    try:
        disable_staff(name)
    except StaffError as error:
        raise click.ClickException(error.user_message) from error


@user.command("invite")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Vai trò.")
@click.option("--team", help="Tên đội.")
def invite_command(role: str, team: str | None) -> None:
    """In một liên kết mời, dùng được một lần trong 7 ngày.

    Ví dụ: mam user invite --role supervisor
    """
    ready_database(load_library=False)
    from bot.staff.invitations import invite
    from bot.staff.models import Team
    from bot.staff.views.people import link_of

    found = Team.objects.filter(name=team).first() if team else None
    if team and found is None:
        raise click.ClickException(f"không có đội tên {team}")
    click.echo(link_of(invite(by=None, role=role, team=found)))


@user.command("reset-second-factor")
@click.argument("name")
def reset_second_factor(name: str) -> None:
    """Xoá mã hai bước của người mất điện thoại; lần đăng nhập sau người đó bật lại.

    Ví dụ: mam user reset-second-factor lan
    """
    ready_database(load_library=False)
    from bot.staff.accounts import StaffError, find_staff
    from bot.staff.factor import remove_factor
    from bot.staff.sessions import end_sessions

    try:
        account = find_staff(name)
    except StaffError as error:
        raise click.ClickException(error.user_message) from error
    had_one = remove_factor(account)
    end_sessions(account)
    told = "đã được xoá" if had_one else "chưa từng được bật"
    click.echo(f"Mã hai bước của {name} {told}.", err=True)


def _password(from_stdin: bool) -> str:
    if not from_stdin:
        return secrets.token_urlsafe(12)
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise click.ClickException("không có mật khẩu nào trên stdin")
    return password


def _tell(name: str, password: str, was_given: bool) -> None:
    click.echo(f"Tài khoản {name} đã sẵn sàng.", err=True)
    if not was_given:
        click.echo(f"Mật khẩu (chỉ hiện một lần): {password}")
