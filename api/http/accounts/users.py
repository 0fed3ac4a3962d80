"""Users, entered and changed by a coordinator of all hosts."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from fastapi import Response
from pydantic import Field

from api.http.accounts.passwords import password_hash
from api.http.frame.auth import ByCoordinatorOfAll, Serving
from api.http.frame.errors import Forbidden, problems
from api.http.frame.schemas import IfMatch, Key, Page, PageTurn, Schema, etag, must_match
from api.http.frame.writes.router import Router
from data.access import Coordinator, in_programme
from data.base.ids import BuddyId
from data.base.message import message
from data.store.database.record import NotThere
from data.store.people.sessions import end_sessions_of, end_what_is_open
from data.store.people.users import NewUser, Role, StoredUser, add_user, change_user, user_of, users_after

router = Router(prefix="/users", tags=["users"], responses=problems(401, 403, 422, 500))


class UserAnswer(Schema):
    """A user without secrets."""

    id: str
    login: str = Field(examples=["anna"])
    role: Role
    programme: str = Field(description="Empty: all programmes", examples=["sachsen-anhalt"])
    host: str = Field(description="Empty: all hosts", examples=["hwk-halle"])
    buddy: BuddyId = Field(examples=["b001"])
    subject: str | None = None
    active: bool
    version: int
    created_at: datetime
    second_factor: bool = Field(default=False, description="Asked for at sign-in.")


class UserRequest(Schema):
    """A user to enter; without a password, the user signs in by the identity provider."""

    login: str = Field(min_length=1, max_length=200, examples=["anna"])
    role: Role
    programme: str = Field(default="", max_length=80, examples=["sachsen-anhalt"])
    host: str = Field(default="", max_length=80)
    buddy: str = Field(default="", max_length=80, examples=["b001"])
    subject: str | None = Field(default=None, max_length=200)
    password: str | None = Field(default=None, max_length=200, examples=["correct horse battery"])


class UserChange(Schema):
    """What to change (JSON merge patch); an inactive user can do nothing."""

    role: Role | None = None
    host: str | None = Field(default=None, max_length=80)
    buddy: str | None = Field(default=None, max_length=80)
    subject: str | None = Field(default=None, max_length=200)
    active: bool | None = None
    password: str | None = Field(default=None, max_length=200)


def known_of(user: StoredUser | NewUser) -> tuple[str, ...]:
    """Return what a user's password must not be made of."""
    return user.login, user.programme, user.host, user.buddy


def user_shown(user: StoredUser) -> UserAnswer:
    """Return the API's view of a user."""
    told = {name: value for name, value in asdict(user).items() if name in UserAnswer.model_fields}
    return UserAnswer(**told)


def of_programme(user: StoredUser, by: Coordinator) -> StoredUser:
    """Return a user; raises `NotThere` for one outside of the coordinator's programme."""
    if by.programme and user.programme != by.programme:
        raise NotThere(message("no_user", user=user.id))
    return user


@router.get("")
def list_users(by: ByCoordinatorOfAll, service: Serving, turn: PageTurn) -> Page[UserAnswer]:
    """List users by login."""
    with service.store.reading() as c:
        found = users_after(c, by.programme, turn.limit + 1, turn.after)
    return turn.page([user_shown(user) for user in found], lambda user: user.login)


@router.post("", status_code=201, responses=problems(409))
def enter_user(
    by: ByCoordinatorOfAll, service: Serving, asked: UserRequest, response: Response
) -> UserAnswer:
    """Enter a user."""
    if not in_programme(by, asked.programme):
        raise Forbidden(message("users_of_own_programme"))
    new = NewUser(**asked.model_dump(exclude={"password"}))
    hashed = password_hash(asked.password, *known_of(new)) if asked.password is not None else ""
    with service.store.writing() as c:
        user = add_user(c, new, hashed)
    response.headers["Location"] = f"/api/v1/users/{user.id}"
    response.headers["ETag"] = etag(user.version)
    return user_shown(user)


@router.get("/{user}", responses=problems(404))
def show_user(user: Key, by: ByCoordinatorOfAll, service: Serving, response: Response) -> UserAnswer:
    """Show a user."""
    with service.store.reading() as c:
        found = of_programme(user_of(c, user), by)
    response.headers["ETag"] = etag(found.version)
    return user_shown(found)


@router.patch("/{user}", responses=problems(404, 409, 412, 428))
def edit_user(
    user: Key,
    by: ByCoordinatorOfAll,
    service: Serving,
    change: UserChange,
    if_match: IfMatch,
    response: Response,
) -> UserAnswer:
    """Change a user; this ends all of the user's sessions, and a new password all keys too."""
    changes: dict[str, Any] = change.model_dump(exclude_unset=True, mode="json")
    password = changes.pop("password", None)
    if password is not None:
        with service.store.reading() as c:
            found = of_programme(user_of(c, user), by)
        changes["password_hash"] = password_hash(password, *known_of(found))
    changes = {name: value for name, value in changes.items() if value is not None or name == "subject"}
    with service.store.writing() as c:
        found = of_programme(user_of(c, user), by)
        must_match(if_match, found.version)
        changed = change_user(c, user, found.version, changes)
        end_sessions_of(c, user)
        if password is not None or not changed.active:
            end_what_is_open(c, user, feeds_too=not changed.active)
    response.headers["ETag"] = etag(changed.version)
    return user_shown(changed)
