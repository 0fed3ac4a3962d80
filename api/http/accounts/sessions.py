"""A user's own sessions: where they are signed in, since when, and when that was used; each can be ended."""

from dataclasses import asdict
from datetime import datetime

from fastapi import Request, Response
from pydantic import Field

from api.http.frame.auth import Serving, SignedIn
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Schema
from api.http.frame.session.cookies import SESSION, drop_cookie, read_cookie
from api.http.frame.writes.router import Router
from data.store.people.sessions import end_session_of, end_sessions_of, session_id, sessions_of

router = Router(prefix="/me/sessions", tags=["me"], responses=problems(401, 403, 422, 500))


class SessionAnswer(Schema):
    """A session; `here` is the one that asks."""

    id: str
    agent: str = Field(description="Browser and system, as the browser says.", examples=["Firefox, Linux"])
    begun_at: datetime
    seen_at: datetime = Field(description="When it was used last, to the minute.")
    expires_at: datetime
    here: bool


@router.get("")
def list_sessions(request: Request, user: SignedIn, service: Serving) -> list[SessionAnswer]:
    """List your own sessions, the one used last first."""
    secret = read_cookie(request, SESSION)
    own = session_id(secret) if secret else ""
    with service.store.reading() as c:
        return [SessionAnswer(**asdict(each), here=each.id == own) for each in sessions_of(c, user.id)]


@router.delete("", status_code=204)
def end_all_sessions(request: Request, response: Response, user: SignedIn, service: Serving) -> None:
    """End all your sessions, this one too."""
    with service.store.writing() as c:
        end_sessions_of(c, user.id)
    drop_cookie(request, response, SESSION)


@router.delete("/{session}", status_code=204, responses=problems(404))
def end_one_session(session: Key, user: SignedIn, service: Serving) -> None:
    """End one of your sessions."""
    with service.store.writing() as c:
        end_session_of(c, user.id, session)
