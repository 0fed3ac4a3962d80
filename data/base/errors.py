"""The base of all errors that a user can fix: one sentence, an exit status and an HTTP status."""

from typing import ClassVar


class BuddyplanError(ValueError):
    """An error in the input or in a folder; its text says where, what, and what would be right.

    Subclasses set the exit status of the command and the HTTP status of the service. One exception handler of
    the service turns any of these errors into a response with its `http_status`, so no endpoint catches them.
    """

    exit_status: ClassVar[int] = 2
    http_status: ClassVar[int] = 422
