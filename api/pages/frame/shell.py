"""What all pages share: template, language, signed-in user, and security headers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.http.frame.auth import Serving, SignedIn, signed_in
from api.http.frame.errors import SignInNeeded
from api.http.frame.languages import language_of
from api.http.frame.session.cookies import SESSION, read_cookie
from api.pages.frame.forms import FIELD, form_secret, give_form_secret, new_form_secret, token_of_form
from api.pages.frame.roles import NAVIGATION
from api.pages.frame.static_files import address_of
from api.run.planned_days import clock
from api.service.wiring import Service
from api.words.speaker import Speaker, each_speaker
from data.store.people.users import StoredUser
from data.store.tables.utc import now

CAUTION = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: a browser would then send the Origin of our own forms as `null`.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-store",
    "Vary": "Cookie, Accept-Language",
}
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals |= {"clock": clock, "static": address_of, "speakers": each_speaker}


@dataclass(frozen=True)
class Shell:
    """One request for a page, its user (None: nobody is signed in), and the language of the answer."""

    request: Request
    service: Service
    user: StoredUser | None

    @property
    def speaker(self) -> Speaker:
        """The speaker for all texts of the page."""
        return Speaker(language_of(self.request))

    def page(self, template: str, shown: Mapping[str, Any] | None = None, status: int = 200) -> HTMLResponse:
        """Return a page; a browser without our cookie gets one to bind its form to."""
        secret = form_secret(self.request)
        fresh = "" if secret else new_form_secret()
        speaker = self.speaker
        known = {
            "say": speaker,
            "t": speaker.t,
            "user": self.user,
            "navigation": NAVIGATION[self.user.role] if self.user else (),
            "here": self.request.url.path,
            "again": self.request.url.path + (f"?{query}" if (query := self.request.url.query) else ""),
            "token": token_of_form(self.service, secret or fresh),
            "token_field": FIELD,
            "moment": now(),
        }
        text = TEMPLATES.get_template(f"{template}.html.j2").render(known | dict(shown or {}))
        answer = HTMLResponse(text, status, CAUTION | {"Content-Language": speaker.language})
        if fresh:
            give_form_secret(self.request, answer, fresh)
        return answer


def onward(path: str) -> RedirectResponse:
    """Redirect the browser to another page of ours."""
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})


def own_path(text: str) -> str:
    """Return a path of this site unchanged, or `/` for anything that could lead elsewhere.

    A browser takes a path that begins with `//` or `/\\` for another host, and it drops control characters.
    """
    harmless = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if harmless and "\\" not in text else "/"


async def _shell(request: Request, service: Serving, user: SignedIn) -> Shell:
    return Shell(request, service, user)


def _open_shell(request: Request, service: Serving) -> Shell:
    cookie = read_cookie(request, SESSION)
    try:
        return Shell(request, service, signed_in(request, cookie, None))
    except SignInNeeded:
        return Shell(request, service, None)


ForUser = Annotated[Shell, Depends(_shell)]
"""A page for a signed-in user; everybody else is sent to sign in first."""
ForAnybody = Annotated[Shell, Depends(_open_shell)]
"""A page that needs no sign-in, such as the sign-in page."""
