"""Whom a coordinator may invite: that of all hosts everybody in the programme, that of one its buddies."""

from sqlalchemy import Connection

from api.http.accounts.users import of_programme
from api.http.frame.errors import Forbidden
from api.http.frame.state import AppState
from api.http.invitations.answers import Invited
from api.http.register.access import register_of_reader
from data.access import Coordinator, in_programme
from data.base.message import message
from data.register.rows.row import RegisterRow
from data.store.database.record import NotThere
from data.store.people.users import Role, StoredUser, user_of


def own_buddies(app_state: AppState, c: Connection, by: Coordinator, programme: str) -> list[RegisterRow]:
    """Return the buddies of the register whom the coordinator may invite, by id."""
    register = register_of_reader(app_state, c, by, programme)
    mine = (row for row in register.rows("buddies") if register.keeps(row))
    return sorted(mine, key=lambda row: row.id)


def expect_may_invite(app_state: AppState, c: Connection, by: Coordinator, asked: Invited) -> None:
    """Raise `Forbidden` or `NotThere` unless the coordinator may invite this person.

    A buddy has to be in the register, so that nobody is invited by an id that is mistyped.
    """
    if not in_programme(by, asked.programme):
        raise Forbidden(message("users_of_own_programme"))
    if asked.role is Role.BUDDY:
        register = register_of_reader(app_state, c, by, asked.programme)
        if not register.keeps(register.row("buddies", asked.buddy)):
            raise Forbidden(message("row_of_other_host"))
    elif by.host:
        raise Forbidden(message("host_invites_buddies"))


def user_to_invite(app_state: AppState, c: Connection, by: Coordinator, key: str) -> StoredUser:
    """Return a user; raises `NotThere` for one whom the coordinator may not invite."""
    user = of_programme(user_of(c, key), by)
    if by.host:
        ids = {row.id for row in own_buddies(app_state, c, by, by.programme)}
        if user.role is not Role.BUDDY or user.buddy not in ids:
            raise NotThere(message("no_user", user=key))
    return user
