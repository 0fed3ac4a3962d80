"""Names, addresses and contacts, apart from the problem and joined on reading by id.

Deleting a person here leaves every stored problem, plan and hash whole; readers then see the bare id.
"""

from functools import cached_property

from data.base.entity import Entity


class Identity(Entity):
    """How one buddy, company, host or place is called and reached; every field but the id may be empty."""

    id: str
    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


class Identities(Entity):
    """All identities of a programme, sorted by id."""

    people: tuple[Identity, ...] = ()
    invented: bool = False

    @cached_property
    def by_id(self) -> dict[str, Identity]:
        """Identities by id."""
        return {person.id: person for person in self.people}

    def name(self, key: str) -> str:
        """Return the name shown for an id, or the id itself where none is known (any more)."""
        known = self.by_id.get(key)
        return known.name if known and known.name else key

    def of(self, key: str) -> Identity:
        """Return the identity of an id, an empty one where none is known (any more)."""
        return self.by_id.get(key) or Identity(id=key)
