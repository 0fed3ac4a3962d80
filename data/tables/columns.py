"""The files of a programme and their columns: one list shared by reader, writer and documentation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.model.vocabulary import (
    CareMode,
    CompanyState,
    Mandate,
    Outcome,
    RelationRole,
    RequestKind,
    RequestState,
    Vehicle,
    Weeks,
)
from data.tables.cells import (
    DEGREES,
    ID,
    IDS,
    TAGS,
    TEXT,
    YES_NO,
    Kind,
    hours,
    one_of,
    one_of_numbers,
    whole,
    words,
)
from data.tables.codes import ALTERNATIVES, DISTRICTS, GROUPS, POSTCODE, SECTOR, SECTORS, SPOKEN
from data.tables.times import DATE, HOURS, MOMENT, WEEKDAY_LIST, WEEKDAYS, WINDOWS


@dataclass(frozen=True)
class Column:
    """One column: its kind, its meaning, and the default text for an empty cell.

    `needed` columns must exist and be filled. `refers` names the files whose ids the cell holds.
    """

    name: str
    kind: Kind
    meaning: str
    default: str = ""
    needed: bool = False
    refers: tuple[str, ...] = ()

    def fallback(self) -> Any:
        """Return the value of an empty cell."""
        return self.kind.read(self.default) if self.default else self.kind.empty


NEEDED_FILES = ("buddies", "companies")
MINUTES = whole(1, 600, "minutes")
ANYONE = ("buddies", "companies", "places")

_PLACE = (
    Column("street", TEXT, "Street and number; kept apart from the plans."),
    Column(
        "postcode", POSTCODE, "Postcode; with the town it says where the row is if lat and lon are empty."
    ),
    Column("town", TEXT, "Town; names that exist several times need the postcode."),
    Column("lat", DEGREES, "Latitude; goes before postcode and town."),
    Column("lon", DEGREES, "Longitude; goes before postcode and town."),
)


def _week(usual: str, what: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            day,
            WINDOWS,
            f"{what} on that weekday; the default holds only if all seven days are empty.",
            usual if day not in {"sat", "sun"} else "-",
        )
        for day in WEEKDAYS
    )


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "hosts": (
        Column("id", ID, "The host's id.", needed=True),
        Column("name", TEXT, "Its name; kept apart from the plans."),
        Column("kind", TEXT, "Chamber, association, training provider, union, district …"),
        Column("seat", TEXT, "Town of its office; kept apart from the plans."),
        Column(
            "cross_host",
            YES_NO,
            "Whether it shares buddies and companies with other hosts that say yes.",
            "yes",
        ),
        Column("grant_ref", TEXT, "Reference of its grant."),
        Column("grant_from", DATE, "First day of its grant."),
        Column("grant_to", DATE, "Last day of its grant."),
    ),
    "buddies": (
        Column("id", ID, "The buddy's id; unique among buddies, companies and places.", needed=True),
        Column("name", TEXT, "The buddy's name; kept apart from the plans."),
        Column("host", ID, "The host that employs the buddy.", refers=("hosts",)),
        *_PLACE,
        Column("mandate", words(Mandate), "Which match makes a company this buddy's business.", "either"),
        Column(
            "districts",
            DISTRICTS,
            "Where the buddy works; empty: everywhere, unless sectors alone say whose business a company is.",
        ),
        Column("sectors", SECTORS, "The sectors that the buddy works in; `C` includes `C10`."),
        Column("tags", TAGS, "Free words that a company's tags are compared with."),
        Column("languages", SPOKEN, "The languages that the buddy speaks."),
        Column("hours_per_week", hours(60), "Contract hours a week.", "40"),
        Column("max_days_per_week", whole(0, 7, "days"), "Days with visits in a week, at most.", "5"),
        Column("desk_hours_per_week", hours(60), "Hours a week that are kept free for desk work.", "0"),
        Column("max_companies", whole(0, 500), "Companies that the buddy looks after, at most.", "25"),
        Column("min_care_hours", hours(240), "Care hours per four weeks, at least.", "0"),
        Column("max_care_hours", hours(240), "Care hours per four weeks, at most.", "100"),
        Column("max_one_way_min", whole(0, 600, "minutes"), "Longest way to a company; empty: the policy's."),
        Column("vehicle", words(Vehicle), "How the buddy travels.", "car"),
        *_week("08:00-16:30", "Working time"),
        Column("employed_from", DATE, "First working day; empty: already at work."),
        Column("employed_to", DATE, "Last working day; empty: no end known."),
    ),
    "companies": (
        Column("id", ID, "The company's id; unique among buddies, companies and places.", needed=True),
        Column("name", TEXT, "Its name; kept apart from the plans."),
        Column("host", ID, "The host that the company belongs to.", refers=("hosts",)),
        Column("enterprise", TEXT, "A word that several sites of one enterprise share."),
        *_PLACE,
        Column("sector", SECTOR, "The company's sector."),
        Column("tags", TAGS, "Free words, such as craft or care."),
        Column("employees", whole(0, 100_000), "People who work there.", "0"),
        Column("priority", whole(1, 5), "1 to 5, 5 the most urgent.", "3"),
        Column("state", words(CompanyState), "Only an active company is looked after.", "active"),
        *_week("08:00-16:00", "Hours in which a visit may take place"),
        Column("contact_name", TEXT, "Who to ask for; kept apart from the plans."),
        Column("contact_phone", TEXT, "Telephone; kept apart from the plans."),
        Column("contact_email", TEXT, "E-mail; kept apart from the plans."),
        Column("specialists", GROUPS, "Short for rows of `specialists`."),
        Column(
            "visits_per_4_weeks",
            one_of_numbers(0, 1, 2, 4, 8),
            "Short for a row of `care`; a company with neither gets one visit in four weeks, 0 gets none.",
        ),
        Column("visit_min", MINUTES, "Length of such a visit.", "75"),
        Column("buddy", ID, "Short for a row of `relations`: the main buddy so far.", refers=("buddies",)),
        Column("buddy_since", DATE, "Since when that buddy looks after the company."),
    ),
    "specialists": (
        Column("company", ID, "Where they work.", needed=True, refers=("companies",)),
        Column("languages", ALTERNATIVES, "Languages of the group, any of which will do.", needed=True),
        Column("count", whole(1, 999), "How many people.", "1"),
        Column("arrived", DATE, "When they arrived; care is denser in the weeks after."),
        Column("kind", one_of("specialist", "apprentice"), "What they came for.", "specialist"),
    ),
    "care": (
        Column("company", ID, "Who gets the care.", needed=True, refers=("companies",)),
        Column("mode", words(CareMode), "Only a visit takes a place in a route.", "visit"),
        Column("every_weeks", whole(1, 26, "weeks"), "The period in weeks.", "4"),
        Column("times", whole(1, 20), "How often in that period.", "1"),
        Column("minutes", MINUTES, "Length of one contact.", "75"),
    ),
    "relations": (
        Column("company", ID, "Who is looked after.", needed=True, refers=("companies",)),
        Column("buddy", ID, "Who looks after it.", needed=True, refers=("buddies",)),
        Column("role", words(RelationRole), "main, cover (holiday, illness) or language.", "main"),
        Column("from", DATE, "First day; empty: always so far."),
        Column("to", DATE, "Last day; empty: it lasts."),
    ),
    "requests": (
        Column("id", ID, "The request's id.", needed=True),
        Column("company", ID, "Where it is due.", needed=True, refers=("companies",)),
        Column("kind", words(RequestKind), "Why it is due.", needed=True),
        Column("raised", DATE, "When; empty: the first planned day, or `due` if that is earlier."),
        Column("due", DATE, "Until when.", needed=True),
        Column("minutes", MINUTES, "How long it takes.", "60"),
        Column("state", words(RequestState), "Only an open request is planned.", "open"),
    ),
    "appointments": (
        Column("id", ID, "The appointment's id.", needed=True),
        Column("start", MOMENT, "When it starts, on the wall clock.", needed=True),
        Column("minutes", MINUTES, "How long it takes.", "60"),
        Column("place", ID, "Where; empty: at the company.", refers=ANYONE),
        Column("kind", TEXT, "Authority, company, office day, team meeting, training …"),
        Column("company", ID, "The company that it is about; may be empty.", refers=("companies",)),
        Column("buddies", IDS, "Who takes part; empty: the company's buddy.", refers=("buddies",)),
    ),
    "places": (
        Column("id", ID, "The place's id; unique among buddies, companies and places.", needed=True),
        Column("name", TEXT, "Its name."),
        Column("kind", TEXT, "Authority, office, meeting place …"),
        Column(
            "address", TEXT, "Street, postcode and town; places the row on the map if lat and lon are empty."
        ),
        *_PLACE[3:],
    ),
    "availability": (
        Column("who", ID, "A buddy, company or place.", needed=True, refers=ANYONE),
        Column("from", DATE, "First day.", needed=True),
        Column("to", DATE, "Last day; empty: that day only."),
        Column("weekdays", WEEKDAY_LIST, "Only on these; empty: on all."),
        Column("hours", HOURS, "Only in these; empty: closes the whole day, or opens the usual hours."),
        Column("weeks", words(Weeks), "Only in odd or even ISO weeks.", "all"),
        Column("open", YES_NO, "yes opens, no closes; later rows go over earlier ones.", "no"),
    ),
    "pins": (
        Column("buddy", ID, "The buddy who must look after …", needed=True, refers=("buddies",)),
        Column("company", ID, "… this company.", needed=True, refers=("companies",)),
        Column("reason", TEXT, "Why; nothing about persons."),
    ),
    "bans": (
        Column("buddy", ID, "The buddy who must not look after …", needed=True, refers=("buddies",)),
        Column("company", ID, "… this company.", needed=True, refers=("companies",)),
        Column("reason", TEXT, "Why; nothing about persons."),
    ),
    "history": (
        Column("company", ID, "Who was contacted.", needed=True, refers=("companies",)),
        Column("date", DATE, "When.", needed=True),
        Column("buddy", ID, "By whom.", refers=("buddies",)),
        Column("mode", words(CareMode), "How.", "visit"),
        Column("minutes", whole(0, 600, "minutes"), "How long.", "0"),
        Column("outcome", words(Outcome), "How it ended; only `done` counts as a contact.", "done"),
        Column("specialists_met", whole(0, 999), "How many specialists were met.", "0"),
        Column("topic", TEXT, "What it was about; nothing about persons."),
        Column("travel_min", whole(0, 1440, "minutes"), "Travel minutes.", "0"),
        Column("distance_m", whole(0, 2_000_000, "metres"), "Road metres.", "0"),
    ),
}
