"""How rows become records: ids that cannot be guessed, JSON bodies, and what is not there."""

import secrets
from typing import ClassVar

from data.base.errors import BuddyplanError


class NotThere(BuddyplanError):
    """The store has no such thing, or none that this reader may know of."""

    http_status: ClassVar[int] = 404


class Conflict(BuddyplanError):
    """Something has changed since, or stands against it."""

    http_status: ClassVar[int] = 409


def new_id() -> str:
    """Return an id of 128 random bits, so that knowing one tells nothing of others."""
    return secrets.token_hex(16)
