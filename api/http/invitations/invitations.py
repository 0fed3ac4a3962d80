"""Invitations as coordinators make, list, renew and take them back; nobody types another's password."""

from fastapi import Request, Response
from sqlalchemy import Connection, select

from api.http.accounts.codes import new_code, plain
from api.http.frame.auth import ByCoordinator, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Page, PageTurn
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.invitations.answers import (
    BuddyToInvite,
    InvitationAnswer,
    InvitationMade,
    InvitationRequest,
    Invited,
    invitations_shown,
    link_of,
)
from api.http.invitations.rights import expect_may_invite, own_buddies, user_to_invite
from api.published.own_week import names_of
from data.access import Coordinator
from data.base.errors import BuddyplanError
from data.base.message import message
from data.register.rows.row import RegisterRow
from data.store.database.record import Conflict
from data.store.people.audit import AuditRow, audit_moment, keep_audit
from data.store.people.invitations import (
    Invitation,
    invitation_of,
    invitations_after,
    invite,
    take_back_invitation,
)
from data.store.people.users import NewUser, Role, StoredUser, add_user, login_of
from data.store.tables import schema as s
from data.store.tables.utc import now

router = Router(prefix="/invitations", tags=["invitations"], responses=problems(401, 403, 422, 500))
DOING = "invite"
"""The action of the audit row that each invited user has."""


@router.get("")
def list_invitations(by: ByCoordinator, app_state: InAppState, turn: PageTurn) -> Page[InvitationAnswer]:
    """List invitations by login: open, used and expired ones, as long as retention keeps them."""
    with app_state.service.store.reading() as c:
        buddies = None
        if by.host:
            buddies = {row.id for row in own_buddies(app_state, c, by, by.programme)}
        found = invitations_after(c, by.programme, buddies, turn.limit + 1, turn.after)
        return turn.page(invitations_shown(c, found), lambda each: each.login)


@router.get("/buddies", responses=problems(404))
def list_buddies_to_invite(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState
) -> list[BuddyToInvite]:
    """List the buddies of the register who are no users yet, each with a login that is free."""
    with app_state.service.store.reading() as c:
        users = _buddies_with_user(c, programme)
        rows = [
            row for row in own_buddies(app_state, c, by, programme) if row.id not in users and _stays(row)
        ]
        names = names_of(c, programme, {row.id for row in rows})
        taken = set(c.execute(select(s.user.c.login)).scalars())
        found = []
        for row in rows:
            login = _free(row.id, taken)
            taken.add(login)
            host = row.values.get("host", "")
            found.append(BuddyToInvite(buddy=row.id, name=names.name(row.id), host=host, login=login))
        return found


def _buddies_with_user(c: Connection, programme: str) -> set[str]:
    mine = (s.user.c.programme == programme) & (s.user.c.buddy != "") & s.user.c.active
    return set(c.execute(select(s.user.c.buddy).where(mine)).scalars())


def _stays(row: RegisterRow) -> bool:
    last_day = row.parsed.get("employed_to")
    return last_day is None or last_day >= now().date()


def _free(key: str, taken: set[str]) -> str:
    """Return a login for an id: the id itself or, where somebody has that, with a number."""
    login, number = login_of(key), 1
    while login in taken:
        number += 1
        login = f"{login_of(key)}-{number}"
    return login


@router.post("", status_code=201, responses=problems(404, 409))
def invite_people(
    request: Request, by: ByCoordinator, app_state: InAppState, asked: InvitationRequest, response: Response
) -> list[InvitationMade]:
    """Invite people, all or none: each gets a link that is valid for 7 days, once, and is told only now.

    A user who is invited again has only the new link; a password that the user has works until it is used.
    """
    if not asked.people and not asked.users:
        raise BuddyplanError(message("nobody_invited"))
    with app_state.service.store.writing() as c:
        users = [(_entered(app_state, c, by, each), True) for each in asked.people]
        users += [(user_to_invite(app_state, c, by, key), False) for key in dict.fromkeys(asked.users)]
        codes = [new_code() for _ in users]
        made = [_invited(c, by, *each, code) for each, code in zip(users, codes, strict=True)]
        shown = invitations_shown(c, made)
    response.headers["Cache-Control"] = "no-store"
    return [
        InvitationMade(**each.model_dump(), code=code, link=link_of(request.base_url, code))
        for each, code in zip(shown, codes, strict=True)
    ]


def _entered(app_state: AppState, c: Connection, by: Coordinator, asked: Invited) -> StoredUser:
    """Return a new user without a password, who cannot sign in as yet."""
    new = NewUser(**asked.model_dump())
    expect_may_invite(app_state, c, by, asked)
    if asked.role is Role.BUDDY and asked.buddy in _buddies_with_user(c, asked.programme):
        raise Conflict(message("buddy_is_user", buddy=asked.buddy))
    return add_user(c, new, "")


def _invited(c: Connection, by: Coordinator, user: StoredUser, is_new: bool, code: str) -> Invitation:
    row = AuditRow(audit_moment(False), by.user, "coordinator", DOING, f"user={user.id}", 201)
    keep_audit(c, [row])
    return invite(c, user, plain(code), by.user, is_new)


@router.delete("/{invitation}", status_code=204, responses=problems(404, 409))
def take_back(invitation: Key, by: ByCoordinator, app_state: InAppState, request: Request) -> None:
    """Take an invitation back that was not used; the user goes with it if it was entered by inviting."""
    with app_state.service.store.writing() as c:
        found = invitation_of(c, invitation)
        user_to_invite(app_state, c, by, found.user.id)
        take_back_invitation(c, invitation)
    request.state.subject = f"user={found.user.id}"
