"""The base of all errors that a user can fix: one sentence, an exit status and an HTTP status."""

from typing import ClassVar

from data.base.message import Message, message


class BuddyplanError(ValueError):
    """An error in the input or in a folder; its text says where, what, and what would be right.

    Subclasses set the exit status of the command, and the HTTP status and the `kind` of the service's answer.
    One exception handler of the service turns any of these errors into a response, so no endpoint catches
    them. A `cause` says more exactly what is wrong, as a code with fields; programs tell errors apart by it,
    never by the text.
    """

    exit_status: ClassVar[int] = 2
    http_status: ClassVar[int] = 422
    kind: ClassVar[str] = "wrong_input"

    def __init__(self, *text: object, cause: Message | None = None) -> None:
        super().__init__(*text)
        self.cause = cause or message(self.kind)
