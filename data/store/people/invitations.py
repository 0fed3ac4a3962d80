"""Invitations: a link for one use, with which somebody chooses a password; its code is kept as a hash."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from data.base.message import message
from data.store.database.record import Conflict, NotThere, new_id
from data.store.people.employment import has_left
from data.store.people.tokens import secret_hash
from data.store.people.users import StoredUser, change_user, stored_user
from data.store.tables import schema as s
from data.store.tables.utc import now

LASTS = timedelta(days=7)


class InvitationState(StrEnum):
    """Whether the link of an invitation works."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Invitation:
    """An invitation without its code; `new_user`: the user was entered by it."""

    id: str
    user: StoredUser
    new_user: bool
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None

    @property
    def state(self) -> InvitationState:
        """Whether its link works now."""
        if self.used_at is not None:
            return InvitationState.USED
        return InvitationState.OPEN if self.expires_at > now() else InvitationState.EXPIRED


def invite(c: Connection, user: StoredUser, code: str, by_user: str, new_user: bool = False) -> Invitation:
    """Store the invitation of a user; it replaces the former one, which says whether it made the user.

    Raises `Conflict` for a user who is switched off, or signs in at the identity provider.
    """
    if not user.active:
        raise Conflict(message("invited_is_off", login=user.login))
    if user.subject is not None:
        raise Conflict(message("invited_signs_in_elsewhere", login=user.login))
    former = c.execute(_asked().where(s.invitation.c.user == user.id)).first()
    still_new = former is not None and former.new_user and not user.has_password
    c.execute(delete(s.invitation).where(s.invitation.c.user == user.id))
    key, moment = new_id(), now()
    values = {"hash": secret_hash(code), "new_user": new_user or still_new, "by_user": by_user}
    values |= {"created_at": moment, "expires_at": moment + LASTS}
    c.execute(insert(s.invitation).values(id=key, user=user.id, **values))
    return invitation_of(c, key)


def invitation_of(c: Connection, key: str) -> Invitation:
    """Return an invitation by its id; raises `NotThere`."""
    row = c.execute(_asked().where(s.invitation.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_invitation", invitation=key))
    return _stored(row)


def invitation_by_code(c: Connection, code: str) -> Invitation | None:
    """Return the invitation of an active user with a code, used or expired too; None if there is none."""
    row = c.execute(_asked().where(s.invitation.c.hash == secret_hash(code), s.user.c.active)).first()
    return _stored(row) if row and not has_left(c, row.programme, row.buddy) else None


def invitations_after(
    c: Connection, programme: str, buddies: Collection[str] | None, limit: int, after: str = ""
) -> list[Invitation]:
    """Return invitations by login, starting after `after`, in a programme (empty: in all).

    `buddies` limits them to users who are one of these.
    """
    asked = _asked().where(s.user.c.login > after).order_by(s.user.c.login).limit(limit)
    if programme:
        asked = asked.where(s.user.c.programme == programme)
    if buddies is not None:
        asked = asked.where(s.user.c.buddy.in_(sorted(buddies)))
    return [_stored(row) for row in c.execute(asked)]


def accept_invitation(c: Connection, key: str, password_hash: str) -> StoredUser:
    """Use an invitation up: its user has this password now; raises `Conflict` unless it is open.

    Of two at once, one is refused.
    """
    moment = now()
    mine = (
        (s.invitation.c.id == key) & s.invitation.c.used_at.is_(None) & (s.invitation.c.expires_at > moment)
    )
    if c.execute(update(s.invitation).where(mine).values(used_at=moment)).rowcount == 0:
        raise Conflict(message("invitation_used"))
    user = invitation_of(c, key).user
    return change_user(c, user.id, user.version, {"password_hash": password_hash})


def take_back_invitation(c: Connection, key: str) -> None:
    """Delete an invitation, and the user whom it made; raises `NotThere`, and `Conflict` if it was used."""
    found = invitation_of(c, key)
    unused = (s.invitation.c.id == key) & s.invitation.c.used_at.is_(None)
    if c.execute(delete(s.invitation).where(unused)).rowcount == 0:
        raise Conflict(message("invitation_used"))
    if found.new_user and not found.user.has_password and found.user.subject is None:
        c.execute(delete(s.user).where(s.user.c.id == found.user.id))


def end_invitation(c: Connection, user: str) -> None:
    """Delete a user's invitation unless it was used, since the user has a new password or is switched off."""
    mine = (s.invitation.c.user == user) & s.invitation.c.used_at.is_(None)
    c.execute(delete(s.invitation).where(mine))


def _asked() -> Select[Any]:
    own = s.invitation.c
    named = (own.id.label("invitation"), own.created_at.label("invited_at"))
    rest = (own.new_user, own.expires_at, own.used_at)
    return select(s.user, *named, *rest).join(s.invitation, own.user == s.user.c.id)


def _stored(row: Row[Any]) -> Invitation:
    return Invitation(
        row.invitation, stored_user(row), row.new_user, row.invited_at, row.expires_at, row.used_at
    )
