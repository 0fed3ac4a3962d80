"""What a successor should know of a company: contact, groups, open requests, fixed times, last contacts."""

from collections.abc import Iterator
from datetime import date, timedelta

from api.export.pdf.handover import Section, Sheet
from api.pages.desk.register.wording import Wording
from data.base.dates import minute_of
from data.model.vocabulary import RequestState
from data.register.changes.relations import is_main, lasts_on
from data.register.rows.row import RegisterRow
from data.store.tables.utc import now
from data.tables.times import WEEKDAYS

LAST = 3
"""So many contacts are told."""


def successor_of(words: Wording, company: str, day: date) -> str:
    """Return who is to follow at a company after a day, empty if nobody is."""
    after = day + timedelta(days=1)
    relations = [row.values for row in words.rows("relations") if row.values["company"] == company]
    found = [each["buddy"] for each in relations if is_main(each) and lasts_on(each, after)]
    return found[0] if found else ""


def sheet_of(words: Wording, company: RegisterRow, buddy: str, day: date) -> Sheet:
    """Return the sheet of a company that a buddy hands over after a day."""
    say = words.say
    successor = successor_of(words, company.id, day)
    about = say.t(
        "handover_about",
        before=words.name(buddy),
        after=words.name(successor) if successor else say.t("handover_vacant"),
        day=say.day(day),
    )
    parts = {
        "contact": _contact(words, company),
        "groups": _rows(words, "specialists", company, ("count", "languages", "kind", "arrived")),
        "care": _rows(words, "care", company, ("mode", "every_weeks", "times", "minutes")),
        "requests": _requests(words, company),
        "times": _appointments(words, company),
        "contacts": _contacts(words, company),
    }
    sections = (Section(say.t(f"handover_{key}"), tuple(lines)) for key, lines in parts.items())
    return Sheet(words.title(company), about, tuple(sections))


def _contact(words: Wording, company: RegisterRow) -> Iterator[str]:
    held = company.values
    person = [held.get(name, "") for name in ("contact_name", "contact_phone", "contact_email")]
    place = [held.get("street", ""), f"{held.get('postcode', '')} {held.get('town', '')}".strip()]
    for line in (", ".join(filter(None, person)), ", ".join(filter(None, place))):
        if line:
            yield line
    opening = [(day, words.cell(company, day)) for day in WEEKDAYS if held.get(day, "-") != "-"]
    if opening:
        yield "; ".join(f"{words.label('companies', day)} {times}" for day, times in opening)


def _rows(words: Wording, entity: str, company: RegisterRow, columns: tuple[str, ...]) -> Iterator[str]:
    for row in words.rows(entity):
        if row.values.get("company") == company.id:
            yield _line(words, row, columns)


def _line(words: Wording, row: RegisterRow, columns: tuple[str, ...]) -> str:
    told = ((words.label(row.entity, name), words.cell(row, name)) for name in columns)
    return ", ".join(f"{label}: {text}" for label, text in told if text)


def _requests(words: Wording, company: RegisterRow) -> Iterator[str]:
    rows = [row for row in words.rows("requests") if row.values.get("company") == company.id]
    for row in sorted(rows, key=lambda row: row.values["due"]):
        if row.values.get("state", RequestState.OPEN) == RequestState.OPEN:
            yield _line(words, row, ("kind", "due", "minutes"))


def _appointments(words: Wording, company: RegisterRow) -> Iterator[str]:
    rows = [row for row in words.rows("appointments") if row.values.get("company") == company.id]
    today = minute_of(now())[0]
    for row in sorted(rows, key=lambda row: row.parsed["start"]):
        if row.parsed["start"].date() >= today:
            yield _line(words, row, ("start", "minutes", "kind", "place", "buddies"))


def _contacts(words: Wording, company: RegisterRow) -> list[str]:
    say = words.say
    rows = [row for row in words.rows("history") if row.values.get("company") == company.id]
    found = [
        (date.fromisoformat(row.values["date"]), _line(words, row, ("mode", "outcome", "topic", "buddy")))
        for row in rows
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    return [f"{say.day(day)}: {line}" for day, line in found[:LAST]]
