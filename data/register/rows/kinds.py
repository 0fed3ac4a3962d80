"""What the register knows of each entity: its columns, whom they may name, and how its rows are known."""

from dataclasses import dataclass
from functools import cached_property

from data.register.rows.policy import POLICY, POLICY_COLUMNS
from data.tables.column import Column
from data.tables.columns import COLUMNS

PERSONAL = frozenset(
    (
        "name",
        "seat",
        "address",
        "street",
        "postcode",
        "town",
        "contact_name",
        "contact_phone",
        "contact_email",
    )
)
"""Columns that are kept in `identity`."""
FREE_TEXTS = frozenset(("reason", "topic"))
"""Columns in which somebody may be named."""
SHORTHAND = {
    "companies": frozenset(
        ("specialists", "visits_per_4_weeks", "visit_min", "buddy", "buddy_since", "last_contact")
    )
}
"""Columns of files that stand for rows of other entities."""
OWNERS = {
    "specialists": "company",
    "care": "company",
    "relations": "company",
    "availability": "who",
    "terms": "buddy",
    "bases": "buddy",
    "pins": "company",
    "bans": "company",
    "history": "company",
}
"""Of entities without an id of their own: the column with the id under which their rows are counted."""
WHEREABOUTS = frozenset(("postcode", "town", "address", "lat", "lon", "place"))
"""Columns that say where somebody is."""
HOME = frozenset(("street", "postcode", "lat", "lon"))
"""What of a buddy's address only those see who keep the buddy's rows; to all others a home is its town."""
HOMES = ("buddies", "bases")
"""Entities whose addresses are homes."""
LOCATED = ("buddies", "companies", "places", "bases")


@dataclass(frozen=True)
class EntityKind:
    """One entity of the register; `owner` is empty where rows have an `id` of their own."""

    name: str
    columns: tuple[Column, ...]
    owner: str

    @cached_property
    def column(self) -> dict[str, Column]:
        """Columns by name."""
        return {each.name: each for each in self.columns}

    @property
    def personal(self) -> frozenset[str]:
        """Columns kept in `identity`."""
        return PERSONAL & self.column.keys()

    @property
    def free_texts(self) -> frozenset[str]:
        """Columns of free text."""
        return FREE_TEXTS & self.column.keys()

    @property
    def private(self) -> frozenset[str]:
        """Columns that may name a person."""
        return self.personal | self.free_texts

    @property
    def located(self) -> bool:
        """Whether each row is at a place on the map."""
        return self.name in LOCATED


def _kind(name: str) -> EntityKind:
    columns = tuple(each for each in COLUMNS[name] if each.name not in SHORTHAND.get(name, ()))
    return EntityKind(name, columns, OWNERS.get(name, ""))


NAMED_FIRST = ("hosts", "places", "buddies", "companies")
KINDS = {name: _kind(name) for name in (*NAMED_FIRST, *(each for each in COLUMNS if each not in NAMED_FIRST))}
KINDS[POLICY] = EntityKind(POLICY, POLICY_COLUMNS, "")
"""The entities in the order in which one names another: hosts before buddies, these before relations."""
