"""Codes of the second factor: those of an app, by time (RFC 6238), and recovery codes, each for one use."""

import hmac
import re
import secrets
from base64 import b32encode
from pathlib import Path

import pyotp
from fastapi import Request

from api.http.accounts.guesses import counters_of_code, one_guess
from api.http.frame.auth import sign_in_key
from api.http.frame.errors import SignInNeeded
from api.service.wiring import Service
from data.base.message import message
from data.store.people.second_factor import StoredFactor, factor_of, use_recovery_code, use_step
from data.store.people.users import StoredUser
from data.store.tables.utc import now

ISSUER = "buddyplan"
RECOVERY_CODES, CODE_BYTES = 10, 15
"""120 random bits each: enough for a plain hash."""
CLOCKS_DIFFER_STEPS = (0, -1, 1)
"""The code of now, of the half minute before, and of the one after, since clocks differ."""


def app_secret(data_dir: Path, factor: StoredFactor) -> str:
    """Return the secret that an app computes codes from."""
    made = hmac.new(sign_in_key(data_dir), f"second factor {factor.salt}".encode(), "sha256").digest()
    return b32encode(made[:20]).decode()


def app_uri(secret: str, login: str) -> str:
    """Return what an app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def new_recovery_codes() -> list[str]:
    """Return new recovery codes as they are shown: groups of four signs."""
    return [new_code() for _ in range(RECOVERY_CODES)]


def new_code() -> str:
    """Return a random code as it is shown: groups of four signs."""
    return "-".join(re.findall(".{4}", b32encode(secrets.token_bytes(CODE_BYTES)).decode()))


def expect_code(request: Request, service: Service, user: StoredUser, given: str, is_on: bool = True) -> None:
    """Raise `SignInNeeded` unless a code is right and unused, and `TooOften` where too many were wrong.

    A recovery code counts too, where the factor is on.
    """
    with one_guess(service, counters_of_code(request, service, user)), service.store.writing() as c:
        factor = factor_of(c, user.id)
        code = plain(given)
        if factor is None or factor.is_on is not is_on:
            raise SignInNeeded(message("wrong_code"))
        step = _step_of(app_secret(service.settings.data_dir, factor), code)
        if step is not None and use_step(c, user.id, step):
            return
        if not (factor.is_on and use_recovery_code(c, user.id, code)):
            raise SignInNeeded(message("wrong_code"))


def plain(code: str) -> str:
    """Return a code as it is compared and hashed: without the signs that group it, in capitals."""
    return re.sub(r"[\s-]", "", code).upper()


def _step_of(secret: str, code: str) -> int | None:
    """Return the time step whose code this is, None if it is of none that is taken now."""
    app = pyotp.TOTP(secret)
    present = app.timecode(now())
    return next(
        (
            present + shift
            for shift in CLOCKS_DIFFER_STEPS
            if hmac.compare_digest(app.generate_otp(present + shift).encode(), code.encode())
        ),
        None,
    )
