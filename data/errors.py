"""What all errors have in common that a person can mend: one sentence, the exit status of the command, and the
status over HTTP."""

from typing import ClassVar


class BuddyplanError(ValueError):
    """An error of input or of a folder; its text says where, what, and what would be right."""

    exit_status: ClassVar[int] = 2
    http_status: ClassVar[int] = 422
