"""Parses the options of `buddyplan replan` and `buddyplan slots`."""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from data.base.dates import ZONE, days_of, iso_week, parse_week
from data.base.errors import BuddyplanError
from data.results.promise import PromiseState
from data.results.replanning import Away, Cancelled, Disruption, Late, Missed, Moved, Urgent

Word = TypeVar("Word", bound=StrEnum)
TIME = r"([01]\d|2[0-3]):([0-5]\d)"
MOVE = re.compile(rf"(.+):(\d{{4}}-\d\d-\d\d):{TIME}-{TIME}", re.ASCII)


def moment_of(text: str) -> datetime:
    """Return the moment that a text means, now if it is empty; a time without a zone is local."""
    if not text:
        return datetime.now(ZoneInfo(ZONE))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BuddyplanError(f'--at: "{text}" is no moment; write it like 2026-11-24T10:15') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(ZONE))


def week_of(text: str) -> str:
    """Return the ISO week if the text is one or empty."""
    try:
        if text:
            parse_week(text)
    except ValueError as error:
        raise BuddyplanError(f"--week: {error}") from None
    return text


def one_of(option: str, text: str, words: type[Word]) -> Word:
    """Return the value of a set that a text names."""
    try:
        return words(text)
    except ValueError:
        raise BuddyplanError(f'{option}: "{text}" is none of {", ".join(words)}') from None


def states_of(file: Path | None) -> Callable[[str], PromiseState]:
    """Return a function that gives the state of a visit's promise: as a file says, else confirmed."""
    known: dict[str, PromiseState] = {}
    if file is not None:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows), 2):
                try:
                    known[row["visit"]] = PromiseState(row["state"])
                except KeyError as error:
                    raise BuddyplanError(
                        f"{file}: the column {error} is missing; it needs visit,state"
                    ) from None
                except ValueError:
                    states = ", ".join(PromiseState)
                    raise BuddyplanError(
                        f'{file}, row {number}, state: "{row["state"]}" is none of {states}'
                    ) from None
    return lambda visit: known.get(visit, PromiseState.CONFIRMED)


def disruptions_of(
    cancelled: list[str],
    missed: list[str],
    urgent: list[str],
    moved: list[str],
    away: list[str],
    late: list[str],
    today: date,
) -> tuple[Disruption, ...]:
    """Return the disruptions that the options of `buddyplan replan` name, in their order."""
    found: list[Disruption] = [Cancelled(visit=visit) for visit in cancelled]
    found += [Missed(visit=visit) for visit in missed]
    found += [_urgent(text, number, today) for number, text in enumerate(urgent, 1)]
    found += [_moved(text) for text in moved]
    for text in away:
        buddy, first, *last = _parts("--away", text, 2, 3)
        until = _day("--away", last[0] if last else first)
        found.append(Away(buddy=buddy, first=_day("--away", first), last=until))
    for text in late:
        buddy, minutes = _parts("--late", text, 2, 2)
        found.append(Late(buddy=buddy, minutes=_minutes("--late", minutes)))
    if not found:
        raise BuddyplanError(
            "nothing has come between; name at least one --cancelled, --missed, --urgent, --moved, --away "
            "or --late"
        )
    return tuple(found)


def _urgent(text: str, number: int, today: date) -> Disruption:
    company, *more = _parts("--urgent", text, 1, 3)
    minutes = _minutes("--urgent", more[0]) if more else 60
    due = _day("--urgent", more[1]) if len(more) > 1 else days_of(iso_week(today))[-1]
    return Urgent(id=f"urgent-{company}-{today}-{number}", company=company, minutes=minutes, due=due)


def _moved(text: str) -> Disruption:
    parts = MOVE.fullmatch(text)
    if parts is None:
        raise BuddyplanError(f'--moved: "{text}" is not written like VISIT:2026-11-24:09:30-10:00')
    start, end = (60 * int(parts[hour]) + int(parts[hour + 1]) for hour in (3, 5))
    if start > end:
        raise BuddyplanError(f'--moved: "{text}" ends before it begins')
    return Moved(visit=parts[1], date=_day("--moved", parts[2]), from_min=start, to_min=end)


def _parts(option: str, text: str, least: int, most: int) -> list[str]:
    parts = text.split(":")
    if not least <= len(parts) <= most or not all(parts):
        raise BuddyplanError(f'{option}: "{text}" has {len(parts)} parts between colons; see --help')
    return parts


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BuddyplanError(f'{option}: "{text}" is no day; write it like 2026-11-24') from None


def _minutes(option: str, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 600:
        raise BuddyplanError(f'{option}: "{text}" is no number of minutes from 1 to 600')
    return int(text)
