"""Cookies as the connection allows: behind TLS with the prefix `__Host-`, which no other host can set."""

from fastapi import Response
from fastapi.security import APIKeyCookie
from starlette.requests import HTTPConnection

from api.service.settings import Settings

SESSION = "buddyplan_session"
PREFIX = "__Host-"


def is_guarded(asking: HTTPConnection) -> bool:
    """Return whether the browser speaks TLS, perhaps to a trusted proxy; without the setting for plain HTTP,
    it gets no cookie that works without.
    """
    settings: Settings = asking.app.state.service.settings
    return asking.url.scheme in ("https", "wss") or not settings.plain_http


def read_cookie(asking: HTTPConnection, name: str) -> str:
    """Return the value of a cookie of ours, empty if there is none."""
    return asking.cookies.get(_named(asking, name), "")


def give_cookie(asking: HTTPConnection, answer: Response, name: str, value: str, lasts_s: int | None) -> None:
    """Send a cookie that no script can read; without a time it lasts until the browser is closed."""
    answer.set_cookie(
        _named(asking, name),
        value,
        max_age=lasts_s,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_guarded(asking),
    )


def drop_cookie(asking: HTTPConnection, answer: Response, name: str) -> None:
    """Let the browser delete a cookie."""
    answer.delete_cookie(_named(asking, name), path="/", secure=is_guarded(asking), httponly=True)


def _named(asking: HTTPConnection, name: str) -> str:
    return f"{PREFIX}{name}" if is_guarded(asking) else name


class SessionCookie(APIKeyCookie):
    """The cookie of the session, as the API's documentation describes it."""

    async def __call__(self, request: HTTPConnection) -> str | None:
        """Return its value, None if there is none."""
        return read_cookie(request, self.model.name) or None
