"""Helpers for records: ids that cannot be guessed, JSON bodies, and errors for missing rows or conflicts."""

import secrets
from typing import ClassVar

from data.base.errors import BuddyplanError


class NotThere(BuddyplanError):
    """The store has no such record, or none that this reader may see."""

    http_status: ClassVar[int] = 404
    kind: ClassVar[str] = "not_there"


class Conflict(BuddyplanError):
    """The record has changed since it was read, or conflicts with another."""

    http_status: ClassVar[int] = 409
    kind: ClassVar[str] = "conflict"


def new_id() -> str:
    """Return a random id of 128 bits, so that one id reveals nothing about others."""
    return secrets.token_hex(16)
