"""Passwords: argon2id, and the same work for a login that does not exist."""

import functools

from pwdlib import PasswordHash

from data.base.errors import BuddyplanError
from data.base.message import message

SHORTEST, LONGEST = 12, 200


@functools.cache
def hasher() -> PasswordHash:
    """Return what hashes passwords, at the strength that its library recommends."""
    return PasswordHash.recommended()


@functools.cache
def _nobody() -> str:
    return hasher().hash("nobody has this password")


def password_hash(password: str) -> str:
    """Return the hash of a new password; raises `BuddyplanError` where it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        length = message("password_length", shortest=SHORTEST, longest=LONGEST)
        raise BuddyplanError(f"a password has {SHORTEST} to {LONGEST} signs", cause=length)
    return hasher().hash(password)


def password_fits(password: str, kept: str) -> bool:
    """Return whether a password matches its hash; an empty hash takes as long and never matches."""
    fits = hasher().verify(password[:LONGEST], kept or _nobody())
    return fits and bool(kept)
