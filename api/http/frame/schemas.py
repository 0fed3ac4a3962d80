"""What answers share: pages with opaque cursors, versions as ETags, examples of ids."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Header, Path, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from api.http.frame.errors import Stale, VersionNeeded
from api.planning.week_input import week_that_is
from data.base.dates import in_reach
from data.base.errors import BuddyplanError
from data.base.message import message

Item = TypeVar("Item")
AskedWeek = Annotated[
    str, AfterValidator(week_that_is), Field(pattern=r"^[0-9]{4}-W[0-9]{2}$", examples=["2026-W48"])
]
"""An ISO week that exists."""
AskedDay = Annotated[date, AfterValidator(in_reach)]
AskedMoment = Annotated[AwareDatetime, AfterValidator(in_reach)]

Key = Annotated[str, Path(max_length=80, examples=["4f1c0f6f6f0e4a53a7ad3b2e2f0a9d11"])]
Week = Annotated[AskedWeek, Path()]


class Schema(BaseModel):
    """Base of all request and response bodies: no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Page(Schema, Generic[Item]):
    """One page of a list; `next` is the cursor of the following one, null on the last."""

    items: list[Item]
    next: str | None = Field(default=None, examples=["WyJiYWtlcnkiXQ"])

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Return the name of its schema: `BuddyPage` for a page of `BuddyAnswer`."""
        return f"{re.sub('(Answer|Listed)$', '', params[0].__name__)}Page"


class SinceShown(Schema):
    """The change set that something was computed from, by its number, and how many came since.

    `GET /changes?after=NUMBER` lists those.
    """

    change_set: int = Field(examples=[12])
    changes: int = Field(examples=[3])


@dataclass(frozen=True)
class Turn:
    """The requested page: how many items, after which key (empty: from the start)."""

    limit: int
    after: str

    def page(self, items: Sequence[Item], key: Callable[[Item], str]) -> Page[Item]:
        """Return a page, given one item more than `limit` where there is a next page."""
        shown = list(items[: self.limit])
        more = len(items) > self.limit
        return Page(items=shown, next=cursor_of(key(shown[-1])) if more else None)


def cursor_of(key: str) -> str:
    """Return an opaque cursor that points after a key."""
    return base64.urlsafe_b64encode(json.dumps([key]).encode()).decode().rstrip("=")


async def _turn(
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str, Query(max_length=400, description="`next` of the page before.")] = "",
) -> Turn:
    if not cursor:
        return Turn(limit, "")
    try:
        (key,) = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise BuddyplanError(message("cursor_unknown")) from None
    if not isinstance(key, str) or "\0" in key:
        raise BuddyplanError(message("cursor_unknown"))
    return Turn(limit, key)


PageTurn = Annotated[Turn, Depends(_turn)]


def etag(version: object) -> str:
    """Return a version as a strong ETag."""
    return f'"{version}"'


async def _changes_version(if_match: Annotated[str | None, Header(examples=['"1"'])] = None) -> str:
    """Return the ETag of the object to change; raises `VersionNeeded` where the request names none."""
    if if_match is None:
        raise VersionNeeded(message("if_match_needed"))
    return if_match


IfMatch = Annotated[str, Depends(_changes_version)]


def must_match(if_match: str, version: object) -> None:
    """Raise `Stale` unless the ETag matches the current version."""
    if if_match.strip() != "*" and etag(version) not in re.split(r"\s*,\s*", if_match.strip()):
        raise Stale(message("read_again"))


def unless_known(request: Request, tag: str, answer: Callable[[], Response]) -> Response:
    """Return the answer with its ETag, or 304 where the client already has it."""
    known = request.headers.get("if-none-match", "")
    if tag in re.split(r"\s*,\s*", known.replace("W/", "").strip()):
        return Response(status_code=304, headers={"ETag": tag})
    made = answer()
    made.headers["ETag"] = tag
    return made
