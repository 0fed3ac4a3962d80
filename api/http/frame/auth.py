"""Authentication and authorization: a session's cookie or an API key becomes a `Reader`, and the type of a
route's parameter sets who may call it.

Dependencies that query the store are plain functions, which run in a thread; the others are `async`, since
starting a thread for each took longer than the work itself.
"""

import functools
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Query, Request
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from starlette.requests import HTTPConnection

from api.http.frame.errors import FactorRequired, Forbidden, SignInNeeded
from api.http.frame.middleware import SAFE
from api.http.frame.session.cookies import SESSION, SessionCookie
from api.http.frame.session.idle import user_of_session
from api.http.frame.state import AppState
from api.http.frame.writes.write import Key, write_of
from api.service.wiring import Service
from data.access import Coordinator, OwnBuddy, Planner, Reader, Viewer
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.record import NotThere
from data.store.people.tokens import Holder, Scope, TokenKind, secret_hash, token_holder
from data.store.people.users import Role, StoredUser
from data.store.work.programmes import programme_ids

_cookie = SessionCookie(
    name=SESSION,
    auto_error=False,
    description="A session begun by POST /session; behind TLS its name begins with `__Host-`.",
)
_bearer = HTTPBearer(auto_error=False, description="An API key of POST /tokens.")


async def service_of(request: Request) -> Service:
    """Return the service that the app was created for."""
    return _service(request)


def _service(request: Request) -> Service:
    """Return the same inside a dependency: each dependency of a route takes time when the service starts."""
    service: Service = request.app.state.service
    return service


Serving = Annotated[Service, Depends(service_of)]


def signed_in(
    request: Request,
    cookie: Annotated[str | None, Depends(_cookie)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> StoredUser:
    """Return the signed-in user; raises `SignInNeeded`, or `Forbidden` for a write sent by another site."""
    app_state: AppState = request.app.state.app_state
    key = _key_holder(app_state, bearer.credentials) if bearer else None
    user = key.still if key else None
    if bearer is None and cookie:
        user = user_of_session(app_state, cookie)
    if user is None:
        raise SignInNeeded(message("not_signed_in"))
    request.state.reader, request.state.key = user.reader, key
    if key is None:
        refuse_other_sites(request)
        expect_factor(request, user)
    elif key.scope is Scope.READ and request.method not in SAFE:
        raise Forbidden(message("key_only_reads"))
    return user


def expect_factor(request: Request, user: StoredUser) -> None:
    """Raise `FactorRequired` for a coordinator without a second factor where the settings require one.

    Whoever has no password signs in at the identity provider, which is then the one to ask for it.
    """
    path = request.url.path
    if lacks_factor(_service(request), user) and path not in OPEN_PATHS and not path.startswith(OPEN_BELOW):
        raise FactorRequired(message("second_factor_required"))


def lacks_factor(service: Service, user: StoredUser) -> bool:
    """Return whether a user has no second factor where the settings require one."""
    if user.second_factor or user.role is not Role.COORDINATOR or not user.has_password:
        return False
    return service.settings.second_factor_for_coordinators


OPEN_PATHS = ("/api/v1/me", "/api/v1/session", "/sign-out", "/account")
OPEN_BELOW = (
    "/api/v1/me/password",
    "/api/v1/me/second-factor",
    "/api/v1/me/sessions",
    "/account/",
    "/sign-in",
)
"""What a coordinator may do without the second factor that is required."""


def _key_holder(app_state: AppState, secret: str) -> Holder | None:
    with app_state.service.store.reading() as c:
        held = ("key", secret_hash(secret))
        return app_state.fresh.of(c, held, lambda: token_holder(c, secret, TokenKind.API))


def refuse_other_sites(request: Request, needs_proof: bool = True) -> None:
    """Refuse a write that another site makes the browser send with our cookie (cross-site request forgery).

    Every browser states the origin of a write; other clients send `X-Requested-With` instead, which is not
    required where there is no cookie yet (`needs_proof`).
    """
    if request.method in SAFE:
        return
    if is_of_this_site(request):
        return
    if "origin" not in request.headers and (not needs_proof or "x-requested-with" in request.headers):
        return
    raise Forbidden(message("write_needs_origin"))


def is_of_this_site(asking: HTTPConnection) -> bool:
    """Return whether a browser says that a page of this very origin asks: scheme, host and port."""
    own = f"{HTTP_OF.get(asking.url.scheme, asking.url.scheme)}://{asking.headers.get('host')}"
    return "origin" in asking.headers and _place(asking.headers["origin"]) == _place(own)


def _place(origin: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of an origin; the port that a scheme has by default may be left out."""
    try:
        parts = urlsplit(origin)
        return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return origin, None, None


PORTS = {"http": 80, "https": 443}
HTTP_OF = {"ws": "http", "wss": "https"}

SignedIn = Annotated[StoredUser, Depends(signed_in)]


async def _reader(user: SignedIn) -> Reader:
    return user.reader


def _allowed(request: Request, reader: Reader, *roles: type) -> Any:
    """Return the reader if one of the roles; a buddy who names an id is not even told whether it exists."""
    if isinstance(reader, roles):
        return reader
    if isinstance(reader, OwnBuddy) and request.path_params:
        raise NotThere(message("nothing_of_this_id"))
    raise Forbidden(message("role_may_not"))


async def _coordinator(request: Request, user: SignedIn) -> Coordinator:
    allowed: Coordinator = _allowed(request, user.reader, Coordinator)
    return allowed


async def _of_all_hosts(request: Request, by: Annotated[Coordinator, Depends(_coordinator)]) -> Coordinator:
    if by.host:
        raise Forbidden(message("concerns_all_hosts"))
    return by


async def _of_everything(by: Annotated[Coordinator, Depends(_of_all_hosts)]) -> Coordinator:
    if by.programme:
        raise Forbidden(message("concerns_all_programmes"))
    return by


async def _buddy(request: Request, user: SignedIn) -> OwnBuddy:
    allowed: OwnBuddy = _allowed(request, user.reader, OwnBuddy)
    return allowed


async def _working(request: Request, user: SignedIn) -> Coordinator | OwnBuddy:
    allowed: Coordinator | OwnBuddy = _allowed(request, user.reader, Coordinator, OwnBuddy)
    return allowed


async def _asking(request: Request, user: SignedIn) -> Coordinator | OwnBuddy | Planner:
    allowed: Coordinator | OwnBuddy | Planner = _allowed(request, user.reader, Coordinator, OwnBuddy, Planner)
    return allowed


async def _planning(request: Request, user: SignedIn) -> Coordinator | Planner:
    allowed: Coordinator | Planner = _allowed(request, user.reader, Coordinator, Planner)
    return allowed


async def _counting(request: Request, user: SignedIn) -> Coordinator | Planner | Viewer:
    allowed: Coordinator | Planner | Viewer = _allowed(request, user.reader, Coordinator, Planner, Viewer)
    return allowed


ByReader = Annotated[Reader, Depends(_reader)]
ByCoordinator = Annotated[Coordinator, Depends(_coordinator)]
"""A coordinator of one host or of all; `visible_to` limits what they see."""
ByCoordinatorOfAll = Annotated[Coordinator, Depends(_of_all_hosts)]
"""A coordinator of all hosts of the programme: imports, matches, plans, publishes."""
ByOffice = Annotated[Coordinator, Depends(_of_everything)]
"""A coordinator of all programmes."""
ByBuddy = Annotated[OwnBuddy, Depends(_buddy)]
ByWorking = Annotated[Coordinator | OwnBuddy, Depends(_working)]
ByAsking = Annotated[Coordinator | OwnBuddy | Planner, Depends(_asking)]
ByPlanning = Annotated[Coordinator | Planner, Depends(_planning)]
ByCounting = Annotated[Coordinator | Planner | Viewer, Depends(_counting)]


def _programme(
    request: Request,
    user: SignedIn,
    programme: Annotated[str, Query(max_length=80, description="Needed only where there are several.")] = "",
) -> str:
    """Return the programme of the request: the reader's, the one named, or the only one."""
    own = user.reader.programme
    if own:
        if programme not in ("", own):
            raise NotThere(message("no_programme", programme=programme))
        return own
    with _service(request).store.reading() as c:
        known = programme_ids(c)
    if programme or len(known) == 1:
        if programme and programme not in known:
            raise NotThere(message("no_programme", programme=programme))
        return programme or known[0]
    raise BuddyplanError(message("name_programme" if known else "no_programme_yet"))


InProgramme = Annotated[str, Depends(_programme)]


async def _personal(request: Request) -> None:
    """Mark the request as reading a person's plan, so that it leaves an audit row."""
    request.state.personal = True


Personal = Depends(_personal)


def _once(request: Request, user: SignedIn) -> None:
    """Process a request with an `Idempotency-Key` once, and repeat the stored answer after that."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return
    if not 1 <= len(key) <= 200:
        raise BuddyplanError(message("idempotency_key_length"))
    asked = request.state.body_hash.of_request(f"{request.method} {request.url.path}?{request.url.query}")
    write_of(request.state).expect_new(Key(user.id, key, asked))


Idempotent = Depends(_once)


@functools.cache
def sign_in_key(data_dir: Path) -> bytes:
    """Return the key for hashing logins and addresses, created on first use and readable by nobody else."""
    file = data_dir / "sign-in-key"
    data_dir.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        written = data_dir / f"sign-in-key-{secrets.token_hex(8)}"
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
            kept.write(secrets.token_bytes(32))
        # Under its name it is whole, and the first one stays: another thread may be here at the same time.
        with suppress(FileExistsError):
            os.link(written, file)
        written.unlink()
    return file.read_bytes()
