"""Why the system does not open a file, or a parser cannot read it: their own sentences are English alone."""

import errno
import json
import re

from data.base.message import Message, message

OF_SYSTEM = {
    errno.ENOENT: "system_missing",
    errno.EACCES: "system_not_allowed",
    errno.EPERM: "system_not_allowed",
    errno.EISDIR: "system_folder",
    errno.ENOTDIR: "system_no_folder",
    errno.ENOSPC: "system_full",
}


def why_unopened(error: OSError) -> Message:
    """Return why the system does not open or write a file; of a rare reason, the name of its number."""
    number = error.errno or 0
    if number in OF_SYSTEM:
        return message(OF_SYSTEM[number])
    return message("system_other", name=errno.errorcode.get(number, type(error).__name__))


def why_unparsed(error: Exception) -> Message:
    """Return where a text is no JSON or TOML, or that it nests too deeply."""
    if isinstance(error, json.JSONDecodeError):
        return message("syntax_at", line=error.lineno, column=error.colno)
    if isinstance(error, RecursionError):
        return message("syntax_too_deep")
    told = str(error)
    if place := re.search(r"line (\d+), column (\d+)", told):
        twice = told.startswith(("Cannot overwrite", "Cannot declare"))
        line, column = int(place[1]), int(place[2])
        return message("syntax_twice" if twice else "syntax_at", line=line, column=column)
    return message("syntax_at_end")


def line_of(why: Message) -> int:
    """Return the line that such a reason names, 0 if it names none."""
    return next((value for name, value in why.fields if name == "line" and isinstance(value, int)), 0)
