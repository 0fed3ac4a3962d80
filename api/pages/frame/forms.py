"""Forms are accepted only from this site's own pages: each carries a token that nobody else can compute.

The token is a keyed hash of the cookie for which the form was made: the session's or, before sign-in, that of
a random value. It complements SameSite and the check of `Origin` on every write.
"""

import hmac
import secrets
from typing import Annotated

from fastapi import Depends, Form, Request
from starlette.responses import Response

from api.http.frame.auth import Serving, refuse_other_sites, sign_in_key
from api.http.frame.errors import Forbidden
from api.http.frame.session.cookies import SESSION, give_cookie, read_cookie
from api.service.wiring import Service
from data.base.message import message

COOKIE = "buddyplan_form"
FIELD = "form_token"


def token_of_form(service: Service, secret: str) -> str:
    """Return the token of forms for the holder of a cookie's secret."""
    key = sign_in_key(service.settings.data_dir)
    return hmac.new(key, f"form {secret}".encode(), "sha256").hexdigest()


def form_secret(request: Request) -> str:
    """Return the secret to which this browser's forms are bound, empty if it has no cookie of ours yet."""
    return read_cookie(request, SESSION) or read_cookie(request, COOKIE)


def give_form_secret(request: Request, answer: Response, secret: str) -> None:
    """Send a browser without a session the cookie to which its next form is bound."""
    give_cookie(request, answer, COOKIE, secret, None)


def new_form_secret() -> str:
    """Return a random secret to bind forms to."""
    return secrets.token_urlsafe(32)


async def _of_this_site(
    request: Request, service: Serving, form_token: Annotated[str, Form(max_length=100)] = ""
) -> None:
    """Refuse a form of another site; a program that sends an API key is no browser and needs no token."""
    if "authorization" in request.headers:
        return
    refuse_other_sites(request, needs_proof=False)
    secret = form_secret(request)
    if not (secret and hmac.compare_digest(token_of_form(service, secret).encode(), form_token.encode())):
        raise Forbidden(message("form_of_other_session"))


OwnForm = Depends(_of_this_site)
