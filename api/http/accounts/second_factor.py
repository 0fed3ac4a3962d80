"""A user's second factor: begun, shown to work, switched off; the office resets that of others."""

from fastapi import Request
from pydantic import Field

from api.http.accounts.codes import app_secret, app_uri, expect_code, new_recovery_codes, plain
from api.http.accounts.session import expect_password
from api.http.accounts.users import of_programme
from api.http.frame.auth import ByCoordinatorOfAll, Serving, SignedIn
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Schema
from api.http.frame.writes.router import Router
from data.base.message import message
from data.store.database.record import Conflict
from data.store.people.second_factor import (
    begin_factor,
    drop_factor,
    factor_of,
    keep_recovery_codes,
    recovery_codes_left,
    switch_factor_on,
)
from data.store.people.sessions import end_sessions_of
from data.store.people.users import user_of

router = Router(tags=["second factor"], responses=problems(401, 403, 422, 500))
OWN = "/me/second-factor"


class Password(Schema):
    """The user's password, asked for again."""

    password: str = Field(max_length=1000, examples=["correct horse battery"])


class Code(Schema):
    """A code of the app."""

    code: str = Field(max_length=40, examples=["123456"])


class FactorAnswer(Schema):
    """Whether a second factor is asked for at sign-in, and how many recovery codes are left."""

    is_on: bool
    recovery_codes_left: int


class FactorBegun(Schema):
    """What an app needs, as text and as the address that a QR code holds; shown this once."""

    secret: str
    uri: str = Field(examples=["otpauth://totp/buddyplan:anna?secret=…&issuer=buddyplan"])


class RecoveryCodes(Schema):
    """Codes for when the app is not at hand, each for one use; shown this once."""

    codes: list[str]


@router.get(OWN)
def show_factor(user: SignedIn, service: Serving) -> FactorAnswer:
    """Show whether you have a second factor."""
    with service.store.reading() as c:
        factor = factor_of(c, user.id)
        left = recovery_codes_left(c, user.id)
    return FactorAnswer(is_on=factor is not None and factor.is_on, recovery_codes_left=left)


@router.post(OWN, status_code=201, responses=problems(409, 429))
def begin(user: SignedIn, service: Serving, given: Password) -> FactorBegun:
    """Begin a second factor; it is on once a code of the app was sent."""
    expect_password(service, user, given.password)
    with service.store.writing() as c:
        before = factor_of(c, user.id)
        if before and before.is_on:
            raise Conflict(message("second_factor_on"))
        secret = app_secret(service.settings.data_dir, begin_factor(c, user.id))
    return FactorBegun(secret=secret, uri=app_uri(secret, user.login))


@router.post(f"{OWN}/on", responses=problems(429))
def switch_on(request: Request, user: SignedIn, service: Serving, given: Code) -> RecoveryCodes:
    """Switch the second factor on, with a code that shows that the app works."""
    expect_code(request, service, user, given.code, is_on=False)
    codes = new_recovery_codes()
    with service.store.writing() as c:
        switch_factor_on(c, user.id, [plain(code) for code in codes])
    return RecoveryCodes(codes=codes)


@router.post(f"{OWN}/codes", status_code=201, responses=problems(409, 429))
def renew_codes(user: SignedIn, service: Serving, given: Password) -> RecoveryCodes:
    """Replace the recovery codes."""
    expect_password(service, user, given.password)
    codes = new_recovery_codes()
    with service.store.writing() as c:
        factor = factor_of(c, user.id)
        if factor is None or not factor.is_on:
            raise Conflict(message("second_factor_off"))
        keep_recovery_codes(c, user.id, [plain(code) for code in codes])
    return RecoveryCodes(codes=codes)


@router.post(f"{OWN}/off", status_code=204, responses=problems(429))
def switch_off(user: SignedIn, service: Serving, given: Password) -> None:
    """Switch the second factor off."""
    expect_password(service, user, given.password)
    with service.store.writing() as c:
        drop_factor(c, user.id)


@router.delete("/users/{user}/second-factor", status_code=204, responses=problems(404))
def reset_factor(user: Key, by: ByCoordinatorOfAll, service: Serving) -> None:
    """Reset the second factor of somebody who has lost it; their sessions end."""
    with service.store.writing() as c:
        of_programme(user_of(c, user), by)
        drop_factor(c, user)
        end_sessions_of(c, user)
