"""Which entities have pages, and what these show: the one table of it."""

from api.pages.desk.register.shown import DISTRICT, MAIN_BUDDY, Belonging, Section, Shown
from data.tables.times import WEEKDAYS

_ADDRESS = Section("address", ("street", "postcode", "town"))
_POINT = Section("point", ("lat", "lon"), folded=True)
_ID = Section("id", ("id",), folded=True)

_GROUPS = Belonging("specialists", ("company",), ("languages", "count", "kind", "arrived", "to"))
_CARE = Belonging("care", ("company",), ("mode", "every_weeks", "times", "minutes", "from", "to"))
_RELATIONS = Belonging("relations", ("company",), ("buddy", "role", "from", "to"), "-from")
_REQUESTS = Belonging("requests", ("company",), ("kind", "raised", "due", "minutes", "state"), "-due")
_APPOINTMENTS = Belonging(
    "appointments", ("company",), ("start", "minutes", "kind", "place", "buddies"), "-start"
)
_AWAY = Belonging(
    "availability", ("who",), ("from", "to", "weekdays", "weeks", "hours", "open", "state"), "-from"
)
_TERMS = Belonging(
    "terms", ("buddy",), ("from", "to", "hours_per_week", "max_companies", "max_care_hours"), "-from"
)
_BASES = Belonging("bases", ("buddy",), ("weekdays", "place", "town", "from", "to"), "-from")
_CONTACTS = Belonging(
    "history", ("company",), ("date", "mode", "buddy", "outcome", "minutes", "topic"), "-date", 12
)
_PINS = Belonging("pins", ("company",), ("buddy", "reason"))
_BANS = Belonging("bans", ("company",), ("buddy", "reason"))

SHOWN = (
    Shown(
        entity="companies",
        path="companies",
        listed=("name", DISTRICT, "sector", "state", "priority", "employees", "host", MAIN_BUDDY),
        filters=("state", "host", DISTRICT, "sector", MAIN_BUDDY),
        minor=("sector", "priority", "employees", "host"),
        at_once=("state", "paused_from", "paused_until", "priority", "host", "sector", "tags", *WEEKDAYS),
        sort="name",
        sections=(
            Section("company", ("name", "enterprise", "host", "state", "priority")),
            Section("business", ("sector", "tags", "employees")),
            Section("pause", ("paused_from", "paused_until", "ended_on")),
            Section("contact_person", ("contact_name", "contact_phone", "contact_email")),
            _ADDRESS,
            Section("opening", WEEKDAYS),
            _POINT,
            _ID,
        ),
        new=(
            Section(
                "first_care",
                (
                    "buddy", "buddy_since", "visits_per_4_weeks", "visit_min", "last_contact", "specialists",
                ),
            ),
        ),
        belongings=(
            _RELATIONS, _GROUPS, _CARE, _REQUESTS, _APPOINTMENTS, _AWAY, _CONTACTS, _PINS, _BANS,
        ),
    ),
    Shown(
        entity="buddies",
        path="buddies",
        listed=("name", "host", "town", "languages", "max_companies", "hours_per_week", "employed_to"),
        filters=("host", "districts", "mandate", "vehicle"),
        minor=("host", "languages", "hours_per_week", "employed_to"),
        at_once=(
            "host", "mandate", "max_companies", "max_care_hours", "hours_per_week", "vehicle", *WEEKDAYS,
        ),
        sort="name",
        sections=(
            Section("person", ("name", "host", "employed_from", "employed_to")),
            Section("languages", ("languages",)),
            Section("mandate", ("mandate", "districts", "sectors", "tags")),
            Section(
                "caseload",
                ("max_companies", "min_care_hours", "max_care_hours", "max_one_way_min", "vehicle"),
            ),
            Section("stands_in", ("deputies",)),
            Section("hours", ("hours_per_week", "max_days_per_week", "desk_hours_per_week")),
            Section("shifts", WEEKDAYS),
            Section("home", ("street", "postcode", "town")),
            _POINT,
            _ID,
        ),
        belongings=(
            Belonging("relations", ("buddy",), ("company", "role", "from", "to")),
            _TERMS,
            _BASES,
            _AWAY,
            Belonging(
                "appointments", ("buddies",), ("start", "minutes", "kind", "place", "company"), "-start"
            ),
            Belonging("history", ("buddy",), ("date", "mode", "company", "outcome", "minutes"), "-date", 50),
            Belonging("pins", ("buddy",), ("company", "reason")),
            Belonging("bans", ("buddy",), ("company", "reason")),
        ),
    ),
    Shown(
        entity="hosts",
        path="hosts",
        listed=("name", "kind", "seat", "cross_host", "grant_to"),
        minor=("kind", "cross_host"),
        filters=("kind",),
        at_once=("cross_host", "grant_from", "grant_to"),
        sort="name",
        sections=(
            Section("host", ("name", "kind", "seat", "cross_host")),
            Section("grant", ("grant_ref", "grant_from", "grant_to")),
            _ID,
        ),
        belongings=(
            Belonging("buddies", ("host",), ("name", "town", "max_companies", "employed_to")),
            Belonging("companies", ("host",), ("name", DISTRICT, "state", MAIN_BUDDY)),
        ),
    ),
    Shown(
        entity="places",
        path="places",
        listed=("name", "kind", "address"),
        filters=("kind",),
        at_once=("kind",),
        sort="name",
        sections=(Section("place", ("name", "kind", "address")), _POINT, _ID),
        belongings=(
            Belonging(
                "appointments", ("place",), ("start", "minutes", "kind", "company", "buddies"), "-start"
            ),
            _AWAY,
        ),
    ),
    Shown(
        entity="appointments",
        path="appointments",
        listed=("start", "kind", "company", "place", "buddies", "minutes", "every_weeks"),
        filters=("kind", "buddies"),
        minor=("place", "buddies", "minutes", "every_weeks"),
        at_once=("kind", "minutes", "place"),
        sort="-start",
        sections=(
            Section("when", ("start", "minutes", "kind")),
            Section("again", ("every_weeks", "until")),
            Section("where", ("company", "place")),
            Section("who", ("buddies",)),
            _ID,
        ),
    ),
    Shown(
        entity="availability",
        path="availability",
        listed=("who", "from", "to", "weekdays", "hours", "weeks", "open", "state"),
        filters=("state", "open"),
        minor=("weekdays", "hours", "weeks"),
        at_once=("to", "open", "state"),
        sort="-from",
        sections=(
            Section("who_and_what", ("who", "open", "state")),
            Section("from_to", ("from", "to")),
            Section("only_then", ("weekdays", "hours", "weeks")),
        ),
    ),
    Shown(
        entity="requests",
        path="requests",
        listed=("company", "kind", "due", "raised", "minutes", "state"),
        filters=("state", "kind"),
        minor=("raised", "minutes"),
        at_once=("state", "due", "minutes"),
        sort="due",
        sections=(
            Section("request", ("company", "kind", "state")),
            Section("when", ("due", "raised", "minutes")),
            _ID,
        ),
    ),
    Shown(
        entity="relations",
        path="relations",
        listed=("company", "buddy", "role", "from", "to"),
        filters=("role", "buddy"),
        at_once=("to", "buddy"),
        sort="company",
        sections=(Section("relation", ("company", "buddy", "role")), Section("from_to", ("from", "to"))),
    ),
    *(
        Shown(
            entity=rule,
            path=rule,
            listed=("company", "buddy", "reason"),
            filters=("buddy",),
            minor=("reason",),
            sort="company",
            sections=(Section("pair", ("company", "buddy", "reason")),),
        )
        for rule in ("pins", "bans")
    ),
    Shown(
        entity="specialists",
        path="",
        listed=("company", "languages", "count", "kind", "arrived", "to"),
        sections=(Section("group", ("company", "languages", "count", "kind", "arrived", "to")),),
    ),
    Shown(
        entity="care",
        path="",
        listed=("company", "mode", "every_weeks", "times", "minutes", "from", "to"),
        sections=(
            Section("care", ("company", "mode", "every_weeks", "times", "minutes")),
            Section("from_to", ("from", "to")),
        ),
    ),
    Shown(
        entity="terms",
        path="",
        listed=("buddy", "from", "to", "hours_per_week", "max_companies", "max_care_hours"),
        sections=(
            Section("term", ("buddy", "from", "to")),
            Section("other_than_usual", ("hours_per_week", "max_companies", "max_care_hours")),
            Section("shifts", WEEKDAYS),
        ),
    ),
    Shown(
        entity="bases",
        path="",
        listed=("buddy", "weekdays", "place", "town", "from", "to"),
        sections=(
            Section("base", ("buddy", "weekdays", "place")),
            Section("base_address", ("street", "postcode", "town")),
            Section("from_to", ("from", "to")),
            _POINT,
        ),
    ),
    Shown(
        entity="history",
        path="",
        listed=("date", "company", "buddy", "mode", "outcome"),
        sections=(
            Section("contact", ("company", "date", "buddy", "mode", "outcome", "minutes")),
            Section(
                "contact_more", ("specialists_met", "topic", "travel_min", "distance_m", "planned_visit")
            ),
        ),
    ),
)  # fmt: skip
"""Entities without a path have no page of their own: their rows stand on those whom they belong to."""

SHOWN_BY = {each.entity: each for each in SHOWN}
WITH_PAGES = tuple(each for each in SHOWN if each.path)


def page_of(entity: str, key: str = "") -> str:
    """Return the address of an entity's list or of one of its rows; empty if it has none."""
    path = SHOWN_BY[entity].path if entity in SHOWN_BY else ""
    if not path:
        return ""
    return f"/desk/{path}/{key}" if key else f"/desk/{path}"
