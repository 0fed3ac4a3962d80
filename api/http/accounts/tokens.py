"""A user's own API keys and feed tokens: shown once, rotated, revoked."""

from dataclasses import asdict
from datetime import datetime, timedelta

from fastapi import Request, Response
from pydantic import Field

from api.http.frame.auth import Serving, SignedIn
from api.http.frame.errors import Forbidden, problems
from api.http.frame.schemas import Key, Schema
from api.http.frame.writes.router import Router
from data.base.message import message
from data.store.people.tokens import (
    KEY_LASTS,
    LONGEST_DAYS,
    Scope,
    StoredToken,
    TokenKind,
    keep_token,
    revoke_token,
    rotate_token,
    tokens_of,
)
from data.store.people.users import Role
from data.store.tables.utc import now

router = Router(prefix="/tokens", tags=["tokens"], responses=problems(401, 403, 422, 500))


class TokenAnswer(Schema):
    """A token without its secret."""

    id: str
    kind: TokenKind
    label: str = Field(examples=["phone"])
    scope: Scope
    created_at: datetime
    expires_at: datetime | None


class TokenMade(TokenAnswer):
    """A new token; this is the only time that its secret is shown."""

    secret: str = Field(examples=["Jx0…"])
    feed: str | None = Field(default=None, description="The path of the calendar that the token opens.")


class TokenRequest(Schema):
    """A token to create; only a buddy can have one for a feed, which only reads."""

    kind: TokenKind = TokenKind.API
    label: str = Field(default="", max_length=100, examples=["phone"])
    scope: Scope = Field(default=Scope.READ, description="`read` refuses every write.")
    days: int | None = Field(
        default=None, ge=1, le=LONGEST_DAYS, description="Null: 90 for a key; a feed until it is revoked."
    )


def token_shown(token: StoredToken) -> dict[str, object]:
    """Return the API's view of a token."""
    return {name: value for name, value in asdict(token).items() if name in TokenAnswer.model_fields}


def _made(token: StoredToken, secret: str, response: Response) -> TokenMade:
    response.headers["Location"] = "/api/v1/tokens"
    response.headers["Cache-Control"] = "no-store"
    feed = f"/api/v1/feeds/{secret}.ics" if token.kind is TokenKind.FEED else None
    return TokenMade.model_validate(token_shown(token) | {"secret": secret, "feed": feed})


@router.get("")
def list_tokens(user: SignedIn, service: Serving) -> list[TokenAnswer]:
    """List your own tokens that are not revoked."""
    with service.store.reading() as c:
        return [TokenAnswer.model_validate(token_shown(token)) for token in tokens_of(c, user.id)]


@router.post("", status_code=201)
def make_token(
    request: Request, user: SignedIn, service: Serving, asked: TokenRequest, response: Response
) -> TokenMade:
    """Create a token for yourself; a key made by a key ends no later than that."""
    if asked.kind is TokenKind.FEED and user.role is not Role.BUDDY:
        raise Forbidden(message("feed_of_buddies"))
    until = now() + timedelta(days=asked.days) if asked.days else None
    scope = asked.scope
    if asked.kind is TokenKind.FEED:
        scope = Scope.READ
    elif request.state.key and request.state.key.until:
        until = min(until or now() + KEY_LASTS, request.state.key.until)
    with service.store.writing() as c:
        return _made(*keep_token(c, user.id, asked.kind, asked.label, scope, until), response)


@router.post("/{token}/rotate", status_code=201, responses=problems(404))
def renew_token(token: Key, user: SignedIn, service: Serving, response: Response) -> TokenMade:
    """Replace a token by a new one with the same end; the old secret stops working at once."""
    with service.store.writing() as c:
        return _made(*rotate_token(c, token, user.id), response)


@router.delete("/{token}", status_code=204, responses=problems(404))
def end_token(token: Key, user: SignedIn, service: Serving) -> None:
    """Revoke a token."""
    with service.store.writing() as c:
        revoke_token(c, token, user.id)
