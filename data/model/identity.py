"""Names, addresses and contacts, stored apart from the problem and joined by id when shown.

Deleting a person here leaves every stored problem, plan and hash intact; readers then see the bare id.
"""

from functools import cached_property

from data.base.entity import Entity
from data.base.ids import AnyId
from data.base.writable_text import FORBIDDEN, writable


class Identity(Entity):
    """Name, address and contact of one buddy, company, host or place; only the id is required."""

    id: AnyId
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
        """Identities by id, their texts as every kind of file may hold them."""
        return {person.id: _writable(person) for person in self.people}

    def name(self, key: str) -> str:
        """Return the display name of an id, or the id itself if none is known (any longer)."""
        known = self.by_id.get(key)
        return known.name if known and known.name else key

    def of(self, key: str) -> Identity:
        """Return the identity of an id, an empty one if none is known (any longer)."""
        return self.by_id.get(key) or Identity(id=key)


def _writable(person: Identity) -> Identity:
    texts = {field: text for field, text in person if field != "id" and FORBIDDEN.search(text)}
    return person.replace(**{field: writable(text) for field, text in texts.items()}) if texts else person
