"""Rates of the events that disrupt a plan: from a TOML file, or the defaults here."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from data.base.entity import Entity
from data.base.errors import BuddyplanError
from data.base.foreign_errors import why_unparsed, why_wrong
from data.base.message import message

Rate = Annotated[float, Field(ge=0, le=1)]
Weekday = Annotated[int, Field(ge=0, le=6)]


class WrongRates(BuddyplanError):
    """The file of rates is invalid: what is wrong, and what would be right."""


class Illness(Entity):
    """A buddy falls ill in a week with probability `rate_per_week`, on one of the `weekdays` (0 = Monday).

    The duration in calendar days is geometric with mean `mean_days`, and at most `longest_days`. Rate and
    duration are those of the public administration in Germany in 2015: 1.71 cases a year of 11.9 days each
    (federal report on safety and health at work 2015). Equal weekdays are an assumption.
    """

    rate_per_week: Rate = 0.033
    mean_days: Annotated[float, Field(ge=1, le=365)] = 12.0
    longest_days: Annotated[int, Field(ge=1, le=365)] = 42
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = (0, 1, 2, 3, 4)


class Arrivals(Entity):
    """New specialists come to a company in a week with probability `rate_per_week`; a first visit is due.

    `districts` maps districts to their own rates. The default is an assumption: one company in 250.
    """

    rate_per_week: Rate = 0.004
    districts: Mapping[Annotated[str, Field(pattern=r"^\d{5}$")], Rate] = Field(default_factory=dict)
    minutes: Annotated[int, Field(ge=1, le=600)] = 60

    def rate_of(self, district: str) -> float:
        """Return the rate of a company in a district."""
        return self.districts.get(district, self.rate_per_week)


class Cancellations(Entity):
    """A company calls a planned visit off on its morning with probability `rate_per_visit`: an assumption."""

    rate_per_visit: Rate = 0.05


class Rates(Entity):
    """All rates; what a file omits has its default."""

    illness: Illness = Illness()
    arrivals: Arrivals = Arrivals()
    cancellations: Cancellations = Cancellations()


def read_rates(file: Path | None) -> Rates:
    """Return the rates of a TOML file, or the defaults without one; raises `WrongRates` with every error."""
    if file is None:
        return Rates()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise WrongRates(message("rates_unread", file=file, error=message("not_utf8"))) from None
    except tomllib.TOMLDecodeError as error:
        raise WrongRates(message("rates_unread", file=file, error=why_unparsed(error))) from None
    try:
        return Rates.model_validate_json(json.dumps(content, default=str))
    except ValidationError as error:
        wrong = tuple(
            message(
                "rate_wrong",
                rate=".".join(map(str, each["loc"])),
                value=str(each["input"]),
                remedy=why_wrong(each),
            )
            for each in error.errors()
        )
        raise WrongRates(message("rates_wrong", file=file, problem=wrong)) from None
