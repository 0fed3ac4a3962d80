"""Given pairs: existing relations, and pairs that are required or forbidden."""

from datetime import date

from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId
from data.model.vocabulary import RelationRole


class Relation(Entity):
    """A buddy looks after a company; `until` is the last day, None if it is ongoing."""

    company: CompanyId
    buddy: BuddyId
    role: RelationRole = RelationRole.MAIN
    since: date | None = None
    until: date | None = None


class Pin(Entity):
    """A required pair."""

    buddy: BuddyId
    company: CompanyId
    reason: str = ""


class Ban(Entity):
    """A forbidden pair."""

    buddy: BuddyId
    company: CompanyId
    reason: str = ""
