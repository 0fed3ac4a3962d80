"""What all errors have in common that a person can mend: one sentence, and how a command or request ends."""

from typing import ClassVar


class BuddyplanError(ValueError):
    """An error of input or of a folder; its text says where, what, and what would be right."""

    exit_status: ClassVar[int] = 2
    http_status: ClassVar[int] = 422
