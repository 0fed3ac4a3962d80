"""Parses the options of `buddyplan replan` and `buddyplan slots`."""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from data.base.dates import ZONE, days_of, in_reach, iso_week, parse_week
from data.base.errors import BuddyplanError
from data.base.message import message
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
        moment = in_reach(datetime.fromisoformat(text))
    except ValueError:
        raise BuddyplanError(message("option_moment", text=text)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(ZONE))


def week_of(text: str) -> str:
    """Return the ISO week if the text is one or empty."""
    try:
        if text:
            parse_week(text)
    except ValueError:
        raise BuddyplanError(message("option_week", week=text)) from None
    return text


def one_of(option: str, text: str, words: type[Word]) -> Word:
    """Return the value of a set that a text names."""
    try:
        return words(text)
    except ValueError:
        raise BuddyplanError(
            message("option_word", option=option, text=text, words=", ".join(words))
        ) from None


def states_of(file: Path | None) -> Callable[[str], PromiseState]:
    """Return a function that gives the state of a visit's promise: as a file says, else confirmed."""
    known: dict[str, PromiseState] = {}
    if file is not None:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows), 2):
                try:
                    known[row["visit"]] = PromiseState(row["state"])
                except KeyError as error:
                    raise BuddyplanError(message("promises_column", file=file, error=error.args[0])) from None
                except ValueError:
                    states = ", ".join(PromiseState)
                    raise BuddyplanError(
                        message("promises_state", file=file, number=number, state=row["state"], states=states)
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
        buddy, *days = _parts("--away", text, 2, 3)
        first, last = _day("--away", days[0]), _day("--away", days[-1])
        if first > last:
            raise BuddyplanError(message("option_days_reversed", option="--away", text=text))
        found.append(Away(buddy=buddy, first=first, last=last))
    for text in late:
        buddy, minutes = _parts("--late", text, 2, 2)
        found.append(Late(buddy=buddy, minutes=_minutes("--late", minutes)))
    if not found:
        raise BuddyplanError(message("no_disruption"))
    return tuple(found)


def _urgent(text: str, number: int, today: date) -> Disruption:
    company, *more = _parts("--urgent", text, 1, 3)
    minutes = _minutes("--urgent", more[0]) if more else 60
    due = _day("--urgent", more[1]) if len(more) > 1 else days_of(iso_week(today))[-1]
    return Urgent(id=f"urgent-{company}-{today}-{number}", company=company, minutes=minutes, due=due)


def _moved(text: str) -> Disruption:
    parts = MOVE.fullmatch(text)
    if parts is None:
        raise BuddyplanError(message("moved_option_shape", text=text))
    start, end = (60 * int(parts[hour]) + int(parts[hour + 1]) for hour in (3, 5))
    if start > end:
        raise BuddyplanError(message("moved_option_order", text=text))
    return Moved(visit=parts[1], date=_day("--moved", parts[2]), from_min=start, to_min=end)


def _parts(option: str, text: str, least: int, most: int) -> list[str]:
    parts = text.split(":")
    if not least <= len(parts) <= most or not all(parts):
        raise BuddyplanError(message("option_parts", option=option, text=text, parts=len(parts)))
    return parts


def _day(option: str, text: str) -> date:
    try:
        return in_reach(date.fromisoformat(text))
    except ValueError:
        raise BuddyplanError(message("option_day", option=option, text=text)) from None


def _minutes(option: str, text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= 600:
        raise BuddyplanError(message("option_minutes", option=option, text=text))
    return int(text)
