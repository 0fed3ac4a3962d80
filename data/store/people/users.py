"""Users of the service: login, role, and the part of a programme that is theirs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.access import Coordinator, OwnBuddy, Planner, Reader, Viewer
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.record import Conflict, NotThere, new_id
from data.store.people.employment import has_left
from data.store.tables import schema as s
from data.store.tables.utc import now


class Role(StrEnum):
    """The role of a user in a programme."""

    COORDINATOR = "coordinator"
    BUDDY = "buddy"
    PLANNER = "planner"
    VIEWER = "viewer"


@dataclass(frozen=True)
class NewUser:
    """A user to be created; raises `BuddyplanError` if role and fields do not fit together."""

    login: str
    role: Role
    programme: str = ""
    host: str = ""
    buddy: str = ""
    subject: str | None = None

    def __post_init__(self) -> None:
        if not self.login.strip():
            raise BuddyplanError(message("login_needed"))
        _check(self.role, self.programme, self.host, self.buddy)


@dataclass(frozen=True)
class StoredUser:
    """A user in the store, without the password hash; `subject` is the id at an identity provider."""

    id: str
    login: str
    role: Role
    programme: str
    host: str
    buddy: str
    subject: str | None
    active: bool
    version: int
    created_at: datetime
    second_factor: bool
    has_password: bool

    @property
    def reader(self) -> Reader:
        """The user as a reader for access control."""
        match self.role:
            case Role.COORDINATOR:
                return Coordinator(self.id, self.programme, self.host)
            case Role.BUDDY:
                return OwnBuddy(self.id, self.programme, self.buddy)
            case Role.PLANNER:
                return Planner(self.id, self.programme)
            case Role.VIEWER:
                return Viewer(self.id, self.programme)


def _check(role: Role, programme: str, host: str, buddy: str) -> None:
    if role is Role.BUDDY and not (programme and buddy):
        raise BuddyplanError(message("buddy_user_needs"))
    if role is not Role.COORDINATOR and not programme:
        raise BuddyplanError(message("role_needs_programme", role=message(f"role_{role}")))
    if buddy and role is not Role.BUDDY:
        raise BuddyplanError(message("role_is_no_buddy", role=message(f"role_{role}")))
    if host and not (role is Role.COORDINATOR and programme):
        raise BuddyplanError(message("host_of_coordinators"))


def login_of(text: str) -> str:
    """Return a login in normalised form: trimmed and in lower case."""
    return text.strip().lower()  # casefold would make one address of straße and strasse


def add_user(c: Connection, new: NewUser, password_hash: str) -> StoredUser:
    """Create a user (empty hash: signs in elsewhere); raises `Conflict` if login or subject is taken."""
    values = {name: getattr(new, name) for name in NewUser.__dataclass_fields__}
    values |= {"login": login_of(new.login), "role": new.role.value, "password_hash": password_hash}
    key = new_id()
    try:
        with c.begin_nested():
            c.execute(insert(s.user).values(id=key, active=True, created_at=now(), version=1, **values))
    except IntegrityError:
        raise Conflict(message("login_taken", login=values["login"])) from None
    return user_of(c, key)


def user_of(c: Connection, key: str) -> StoredUser:
    """Return a user by id; raises `NotThere`."""
    row = c.execute(select(s.user).where(s.user.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_user", user=key))
    return stored_user(row)


def credentials(c: Connection, login: str) -> tuple[StoredUser, str] | None:
    """Return the active user with a login and the password hash, None if there is none or they have left."""
    row = c.execute(select(s.user).where(s.user.c.login == login_of(login), s.user.c.active)).first()
    return (
        (stored_user(row), row.password_hash) if row and not has_left(c, row.programme, row.buddy) else None
    )


def user_of_subject(c: Connection, subject: str) -> StoredUser | None:
    """Return the active user with a subject at the identity provider, None if none is there any more."""
    row = c.execute(select(s.user).where(s.user.c.subject == subject, s.user.c.active)).first()
    return stored_user(row) if row and not has_left(c, row.programme, row.buddy) else None


def any_user(c: Connection) -> bool:
    """Return whether any user exists."""
    return c.execute(select(s.user.c.id).limit(1)).first() is not None


def users_after(c: Connection, programme: str, limit: int, after: str = "") -> list[StoredUser]:
    """Return users of a programme (empty: all) sorted by login, starting after `after`."""
    asked = select(s.user).where(s.user.c.login > after).order_by(s.user.c.login).limit(limit)
    if programme:
        asked = asked.where(s.user.c.programme == programme)
    return [stored_user(row) for row in c.execute(asked)]


def change_user(c: Connection, key: str, version: int, changes: dict[str, Any]) -> StoredUser:
    """Change `role`, `programme`, `host`, `buddy`, `subject`, `active` or `password_hash` of one version.

    Raises `NotThere`, `Conflict` if the user has changed since or the subject is taken, and `BuddyplanError`
    if role and fields do not fit together.
    """
    user = user_of(c, key)
    role = Role(changes.get("role", user.role))
    _check(role, *(changes.get(name, getattr(user, name)) for name in ("programme", "host", "buddy")))
    mine = (s.user.c.id == key) & (s.user.c.version == version)
    try:
        with c.begin_nested():
            done = c.execute(update(s.user).where(mine).values(version=version + 1, **changes))
    except IntegrityError:
        raise Conflict(message("subject_taken")) from None
    if done.rowcount == 0:
        raise Conflict(message("user_changed"))
    return user_of(c, key)


def stored_user(row: Row[Any]) -> StoredUser:
    """Return the user in a table row."""
    told = StoredUser.__dataclass_fields__.keys() - {"second_factor", "has_password"}
    values = {name: getattr(row, name) for name in told}
    values |= {"second_factor": row.factor_since is not None, "has_password": bool(row.password_hash)}
    return StoredUser(**values | {"role": Role(row.role)})
