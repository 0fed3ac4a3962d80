"""Guesses at passwords and codes: each is counted before it is checked, and taken back where it was right.

A device on which a user has signed in keeps a cookie that says so. It has a counter of its own, which delays;
all other devices share the login's, which no longer lets them try, but does not keep out the known ones. The
idea is OWASP's "device cookies".
"""

import hmac
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fastapi import Request, Response

from api.http.frame.auth import sign_in_key
from api.http.frame.errors import TooOften
from api.http.frame.session.cookies import give_cookie, read_cookie
from api.service.wiring import Service
from data.store.people.sign_ins import Counter, count_guess, of_address, of_known, of_strangers, take_back
from data.store.people.users import StoredUser, login_of

DEVICE = "buddyplan_device"
DEVICE_LASTS_S = 365 * 24 * 3600
MOST_LOGINS = 8
"""So many people can share a device and all be known on it."""


@contextmanager
def one_guess(service: Service, counters: Sequence[Counter]) -> Iterator[None]:
    """Count what is checked inside as a failure if it raises; raises `TooOften` if it has to wait."""
    with service.store.writing(shown=False) as c:
        guess = count_guess(c, counters)
    if guess.wait_seconds:
        raise TooOften(guess.wait_seconds)
    yield
    with service.store.writing(shown=False) as c:
        take_back(c, guess)


def counters_of_login(request: Request, service: Service, login: str, known_as: str = "") -> list[Counter]:
    """Return what counts a guess at a login's password: the device's own counter where the login is known."""
    key, who = sign_in_key(service.settings.data_dir), login_of(login)
    device, marks = _device(request)
    mark = _mark(key, device, login_of(known_as or login))
    if device and any(hmac.compare_digest(mark, each) for each in marks):
        return [of_known(key, f"{device} {who}")]
    return [of_strangers(key, who), *counters_of_address(request, service)]


def counters_of_code(request: Request, service: Service, user: StoredUser) -> list[Counter]:
    """Return what counts a guess at a code of a user whose password is known."""
    return counters_of_login(request, service, f"code of {user.login}", known_as=user.login)


def counters_of_address(request: Request, service: Service) -> list[Counter]:
    """Return what counts a guess at what is nobody's in particular, such as the code of the set-up."""
    address = request.client.host if request.client else ""
    return [of_address(sign_in_key(service.settings.data_dir), address)]


def counters_of_user(service: Service, user: StoredUser) -> list[Counter]:
    """Return what counts a guess of somebody who is signed in as a user."""
    return [of_known(sign_in_key(service.settings.data_dir), user.id)]


def know_device(request: Request, response: Response, service: Service, login: str) -> None:
    """Let this browser's cookie say that the login was used here, before the others that it names."""
    device, marks = _device(request)
    device = device or secrets.token_urlsafe(16)
    mark = _mark(sign_in_key(service.settings.data_dir), device, login_of(login))
    kept = [mark, *(each for each in marks if each != mark)][:MOST_LOGINS]
    give_cookie(request, response, DEVICE, ".".join((device, *kept)), DEVICE_LASTS_S)


def _device(request: Request) -> tuple[str, list[str]]:
    device, *marks = read_cookie(request, DEVICE).split(".")
    return device, marks


def _mark(key: bytes, device: str, login: str) -> str:
    return hmac.new(key, f"device {device} {login}".encode(), "sha256").hexdigest()[:32]
