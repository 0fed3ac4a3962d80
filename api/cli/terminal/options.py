"""Options that several `buddyplan` commands share, each with its type and its help."""

import os
from pathlib import Path
from typing import Annotated

import typer

from data.base.errors import BuddyplanError
from data.base.message import message
from data.base.plain_text import composed


def known_week(week: str) -> str:
    """Return an ISO week that exists, or nothing; raises `BuddyplanError`."""
    from data.base.dates import parse_week

    try:
        if week:
            parse_week(week)
    except ValueError:
        raise BuddyplanError(message("option_week", week=week)) from None
    return week


def known_state(state: str) -> str:
    """Return a German state that exists; raises `BuddyplanError`."""
    from data.model.calendar import STATES

    if state not in STATES:
        raise BuddyplanError(message("option_state", state=state, states=", ".join(STATES)))
    return state


AsJson = Annotated[bool, typer.Option("--json", help="Print figures as JSON.")]
Out = Annotated[Path, typer.Option("--out", help="Folder to write; a former run there is replaced whole.")]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="The same seed gives the same files.")]
Workers = Annotated[int | None, typer.Option(min=1, max=1024, help="Processes; default: one a processor.")]
Refine = Annotated[
    float | None,
    typer.Option(
        "--refine", min=1, max=1e6, metavar="SECONDS",
        help="Spend so long on moving companies between buddies where routed weeks then take less travel.",
    ),
]  # fmt: skip
Explain = Annotated[
    int,
    typer.Option(
        min=0,
        max=10**6,
        help="For so many of the most urgent companies without a buddy, find the smallest remedy.",
    ),
]
Weeks = Annotated[int, typer.Option(min=1, max=53, help="How many weeks to plan.")]
FirstWeek = Annotated[
    str,
    typer.Option(
        "--week",
        callback=known_week,
        help="First ISO week, such as 2026-W48; default: the next.",
    ),
]
State = Annotated[
    str, typer.Option("--state", callback=known_state, metavar="XX", help="The German state, such as SN.")
]
Online = Annotated[
    str,
    typer.Option(metavar="E-MAIL", help="Look up unknown places at Nominatim, giving this contact address."),
]
Folder = Annotated[Path, typer.Argument(help="Folder with CSV files, or one .xlsx file.")]
InstanceFile = Annotated[str, typer.Argument(metavar="FILE", help="JSON file; - is standard input.")]
Seconds = Annotated[float | None, typer.Option(min=0.001, max=1e6, help="Stop after so many seconds.")]
Work = Annotated[
    int | None, typer.Option(min=1, max=2**62, help="Stop after so many steps, the same on every machine.")
]
Threads = Annotated[int, typer.Option(min=1, max=1024, help="Threads.")]


def typed(word: str) -> str:
    """Return an argument in composed form, as ids are kept; the path of something that is there stays."""
    value = word.partition("=")[2] if word.startswith("--") else word
    return word if value and os.path.lexists(value) else composed(word)
