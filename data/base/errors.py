"""What all errors have in common that a person can mend: one sentence, an exit status and an HTTP status."""

from typing import ClassVar


class BuddyplanError(ValueError):
    """An error of input or of a folder; its text says where, what, and what would be right.

    A subclass states how the command ends with it, and what the service answers: one handler of the service
    turns any of these errors into a response with its `http_status`, so no endpoint catches them.
    """

    exit_status: ClassVar[int] = 2
    http_status: ClassVar[int] = 422
