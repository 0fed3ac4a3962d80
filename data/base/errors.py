"""The base of all errors that a user can fix: one sentence, an exit status and an HTTP status."""

from typing import Any, ClassVar

from data.base.message import Message, message


class BuddyplanError(ValueError):
    """An error in the input or in a folder; what it says tells where, what, and what would be right.

    Subclasses set the exit status of the command, and the HTTP status and the `kind` of the service's answer.
    One exception handler of the service turns any of these errors into a response, so no endpoint catches
    them. Sentences are made where they are shown; the text of the error itself is its code with the fields.
    Programs tell errors apart by `kind` or, where it has one, by the `cause`.
    """

    exit_status: ClassVar[int] = 2
    http_status: ClassVar[int] = 422
    kind: ClassVar[str] = "wrong_input"

    def __init__(self, said: Message | None = None, *, cause: Message | None = None) -> None:
        self.cause = cause or message(self.kind)
        self.said = said or self.cause
        super().__init__(str(self.said))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error of any subclass pass from process to process as it is."""
        return _same, (type(self), self.args), self.__dict__


def _same(kind: type[BuddyplanError], args: tuple[object, ...]) -> BuddyplanError:
    error = kind.__new__(kind)
    error.args = args
    return error
