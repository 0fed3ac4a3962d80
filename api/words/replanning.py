"""What a replanning changes for people, one sentence each, in German and English."""

from datetime import date

from api.run.planned_days import clock, day_name
from api.words.reasons import Language, Naming
from data.results.promise import Promise
from data.results.replanning import BrokenPromise, Cancelled, Cover, Moved, Replanning

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOVED = (
    "{who}: zugesagt war {told}, neu ist {now} Uhr",
    "{who}: was promised {told}, is now at {now}",
)
LOST = (
    "{who}: zugesagt war {told}, jetzt ohne Termin",
    "{who}: was promised {told}, now has no visit",
)
WISHED = (
    "{who}: auf Wunsch verlegt auf {told}",
    "{who}: moved on request to {told}",
)
NO_ROOM = (
    "{who}: gewünscht war {told}, dort ist kein Platz; jetzt ohne Termin",
    "{who}: was wished at {told}, where there is no room; now has no visit",
)
COVERS = ("{who}: {by} kommt anstelle von {main}", "{who}: {by} comes in place of {main}")
COVERS_NOBODY = ("{who}: {by} kommt", "{who}: {by} comes")
NONE = ("Alle Zusagen werden gehalten.", "Every promise is kept.")
PROVED = (
    "Bewiesen: kein Plan dieser Wochen bricht weniger Zusagen.",
    "Proved: no plan of these weeks breaks fewer promises.",
)


def replanning_words(record: Replanning, named: Naming, language: Language) -> list[str]:
    """Return who is affected and how, broken promises first, and whether that is proved minimal."""
    english = language == "en"
    moved = {each.visit: each for each in record.disruptions if isinstance(each, Moved)}
    lines = [_broken(each, each.promise.visit in moved, named, language) for each in record.broken]
    failed = {each.promise.visit for each in record.broken}
    called_off = {each.visit for each in record.disruptions if isinstance(each, Cancelled)}
    lines += [
        WISHED[english].format(who=named(moved[visit].company or visit), told=_window(moved[visit], language))
        for visit in sorted(moved.keys() - failed - called_off)
    ]
    lines += [_cover(each, named, english) for each in record.covers]
    if not record.broken:
        lines.insert(0, NONE[english])
    elif record.proved:
        lines.append(PROVED[english])
    return lines


def _window(of: Promise | Moved, language: Language) -> str:
    return f"{day_words(of.date, language)} {clock(of.from_min)}–{clock(of.to_min)}"


def _broken(broken: BrokenPromise, moved: bool, named: Naming, language: Language) -> str:
    promise, english = broken.promise, language == "en"
    told = _window(promise, language)
    if broken.start is None and moved:
        return NO_ROOM[english].format(who=named(promise.company), told=told)
    if broken.start is None:
        return LOST[english].format(who=named(promise.company), told=told)
    now = f"{day_words(broken.start[0], language)} {clock(broken.start[1])}"
    return MOVED[english].format(who=named(promise.company), told=told, now=now)


def _cover(cover: Cover, named: Naming, english: bool) -> str:
    text = COVERS if cover.instead_of else COVERS_NOBODY
    return text[english].format(
        who=named(cover.company or cover.visit), by=named(cover.buddy), main=named(cover.instead_of)
    )


def day_words(day: date, language: Language) -> str:
    """Return a day such as `Di 24.11.` or `Tue 24 Nov`."""
    if language == "de":
        return day_name(day)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
