"""What is asked for and told of invitations."""

from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection
from starlette.datastructures import URL

from api.http.frame.schemas import Schema
from api.published.own_week import names_of
from data.base.ids import BuddyId
from data.store.people.invitations import Invitation, InvitationState
from data.store.people.users import Role

PAGE = "/invitation"
"""The page that a link opens. Its code stands after a `#`, which browsers send to nobody."""
MOST_AT_ONCE = 200


class Invited(Schema):
    """A person to invite, who is entered as a user."""

    login: str = Field(min_length=1, max_length=200, examples=["anna"])
    role: Role = Role.BUDDY
    programme: str = Field(default="", max_length=80, examples=["sachsen-anhalt"])
    host: str = Field(default="", max_length=80)
    buddy: str = Field(default="", max_length=80, examples=["b001"])


class InvitationRequest(Schema):
    """Whom to invite: people who are no users yet, and users (by id) who need a new link or password."""

    people: list[Invited] = Field(default=[], max_length=MOST_AT_ONCE)
    users: list[Annotated[str, Field(max_length=80)]] = Field(default=[], max_length=MOST_AT_ONCE)


class InvitationAnswer(Schema):
    """An invitation without its code."""

    id: str
    user: str
    login: str = Field(examples=["anna"])
    name: str = Field(description="Of a buddy; empty for others.", examples=["Anna Ahorn"])
    role: Role
    programme: str = Field(description="Empty: all programmes", examples=["sachsen-anhalt"])
    host: str = Field(description="Empty: all hosts", examples=["hwk-halle"])
    buddy: BuddyId = Field(examples=["b001"])
    state: InvitationState
    new_user: bool = Field(description="The user was entered by it, and goes if it is taken back.")
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class InvitationMade(InvitationAnswer):
    """A new invitation; this is the only time that its code is told."""

    code: str = Field(examples=["ABCD-EFGH-IJKL-MNOP-QRST-UVWX"])
    link: str = Field(examples=["https://plan.example.org/invitation#ABCD-EFGH-IJKL-MNOP-QRST-UVWX"])


class BuddyToInvite(Schema):
    """A buddy of the register who is no user yet, with a login that is free."""

    buddy: BuddyId = Field(examples=["b001"])
    name: str
    host: str
    login: str = Field(examples=["b001"])


class InvitationCode(Schema):
    """The code of an invitation."""

    code: str = Field(max_length=200, examples=["ABCD-EFGH-IJKL-MNOP-QRST-UVWX"])


class InvitationShown(Schema):
    """For whom an invitation is, told to whoever has its code."""

    login: str = Field(examples=["anna"])
    name: str = Field(examples=["Anna Ahorn"])
    role: Role
    programme: str
    expires_at: datetime


class Acceptance(InvitationCode):
    """The code of an invitation, and the password that the person chooses."""

    password: str = Field(max_length=200, examples=["correct horse battery"])


def link_of(base: URL, code: str) -> str:
    """Return the link of an invitation at the address at which somebody uses the service."""
    return str(base.replace(path=PAGE, query="", fragment=code))


def invitations_shown(c: Connection, found: list[Invitation]) -> list[InvitationAnswer]:
    """Return the API's view of invitations, with the names of the buddies."""
    wanted: dict[str, set[str]] = {}
    for each in found:
        if each.user.buddy:
            wanted.setdefault(each.user.programme, set()).add(each.user.buddy)
    names = {programme: names_of(c, programme, ids) for programme, ids in wanted.items()}
    return [
        _shown(each, names[each.user.programme].name(each.user.buddy) if each.user.buddy else "")
        for each in found
    ]


def _shown(invitation: Invitation, name: str) -> InvitationAnswer:
    user = invitation.user
    told = ("id", "state", "new_user", "created_at", "expires_at", "used_at")
    of_user = ("login", "role", "programme", "host", "buddy")
    values = {each: getattr(invitation, each) for each in told} | {
        each: getattr(user, each) for each in of_user
    }
    return InvitationAnswer(user=user.id, name=name, **values)
