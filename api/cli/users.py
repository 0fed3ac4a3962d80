"""The commands for users: enter one, list all, switch one off, set a new password, reset a second factor."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.terminal.language import say
from api.cli.terminal.options import AsJson
from api.cli.terminal.terminal import BAD_INPUT, fail, print_json

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from api.service.wiring import Service
    from data.store.people.users import StoredUser

# As in `api.cli.app`: slow imports happen where they are needed.

user = typer.Typer(help="Users of the service.", no_args_is_help=True)
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="What the user signs in as.")]


@user.command("add")
def add(
    login: Login,
    role: Annotated[str, typer.Option(help="coordinator, buddy, planner or viewer.")],
    programme: Annotated[str, typer.Option(metavar="ID", help="Default: all; only for coordinators.")] = "",
    host: Annotated[str, typer.Option(metavar="ID", help="Of a coordinator; default: all hosts.")] = "",
    buddy: Annotated[str, typer.Option(metavar="ID", help="Which buddy the user is.")] = "",
    subject: Annotated[
        str, typer.Option(help="What the identity provider calls the user, who then has no password.")
    ] = "",
    invited: Annotated[
        bool, typer.Option("--invite", help="Print a link with which the user chooses a password.")
    ] = False,
    address: Annotated[
        str, typer.Option(metavar="URL", help="Of the service, for the link; default: where it listens.")
    ] = "",
) -> None:
    """Enter a user; the password is asked for, read from standard input, or chosen by whom it is for."""
    from api.cli.terminal.disruptions import one_of
    from api.http.accounts.passwords import password_hash
    from data.store.people.users import NewUser, Role, add_user

    new = NewUser(login, one_of("--role", role, Role), programme, host, buddy, subject or None)
    if invited and subject:
        fail(say().t("terminal_invite_or_subject"), BAD_INPUT)
    if address and not address.startswith(("https://", "http://")):
        fail(say().t("terminal_address", address=address), BAD_INPUT)
    without = bool(subject) or invited
    hashed = "" if without else password_hash(_password(), login, programme, host, buddy)
    service = _service()
    with service.store.writing() as c:
        entered = add_user(c, new, hashed)
        link = _invited(c, entered, address or _address(service)) if invited else ""
    service.close()
    typer.echo(_line(entered))
    if link:
        typer.echo(link)


def _invited(c: "Connection", user: "StoredUser", address: str) -> str:
    """Invite a user, and return the link."""
    from starlette.datastructures import URL

    from api.cli.store import BY_COMMAND
    from api.http.accounts.codes import new_code, plain
    from api.http.invitations.answers import link_of
    from data.store.people.invitations import invite

    code = new_code()
    invite(c, user, plain(code), BY_COMMAND, new_user=True)
    return link_of(URL(address), code)


def _address(service: "Service") -> str:
    settings = service.settings
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/"


@user.command("list")
def list_users(as_json: AsJson = False) -> None:
    """List all users by login."""
    from data.store.people.users import users_after

    service = _service()
    with service.store.reading() as c:
        found = users_after(c, "", 1_000_000)
    service.close()
    if as_json:
        shown = ("id", "login", "role", "programme", "host", "buddy", "active")
        print_json({"users": [{name: getattr(each, name) for name in shown} for each in found]})
        return
    for each in found:
        typer.echo(_line(each))


@user.command("disable")
def disable(login: Login) -> None:
    """Switch a user off: every session, key and feed ends at once."""
    service = _service()
    changed = _changed(service, login, {"active": False})
    service.close()
    typer.echo(_line(changed))


@user.command("password")
def password(login: Login) -> None:
    """Give a user a new password, asked for or read from standard input; all sessions and keys end."""
    from api.http.accounts.passwords import password_hash

    hashed = password_hash(_password(), login)
    service = _service()
    changed = _changed(service, login, {"password_hash": hashed})
    service.close()
    typer.echo(_line(changed))


@user.command("reset")
def reset(login: Login) -> None:
    """Reset a user's second factor, for somebody who has lost it; all sessions end."""
    from data.store.people.second_factor import drop_factor
    from data.store.people.sessions import end_sessions_of

    service = _service()
    with service.store.writing() as c:
        found = _known(c, login)
        drop_factor(c, found.id)
        end_sessions_of(c, found.id)
    service.close()
    typer.echo(_line(found))


def _service() -> "Service":
    from api.service.settings import Settings
    from api.service.wiring import wired

    return wired(Settings())


def _changed(service: "Service", login: str, changes: dict[str, object]) -> "StoredUser":
    from data.store.people.sessions import end_what_is_open
    from data.store.people.users import change_user

    with service.store.writing() as c:
        found = _known(c, login)
        changed = change_user(c, found.id, found.version, changes)
        end_what_is_open(c, changed.id, feeds_too=not changed.active)
    return changed


def _known(c: "Connection", login: str) -> "StoredUser":
    from data.store.people.users import credentials

    found = credentials(c, login)
    if found is None:
        fail(say().t("terminal_no_user", login=login), BAD_INPUT)
    return found[0]


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(say().t("terminal_password"), hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _line(found: "StoredUser") -> str:
    programme = found.programme or say().t("terminal_all_programmes")
    where = "/".join(part for part in (programme, found.host, found.buddy) if part)
    off = "" if found.active else f"  {say().t('terminal_user_off')}"
    return f"{found.login}  {found.role}  {where}{off}"
