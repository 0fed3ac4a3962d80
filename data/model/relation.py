"""Pairs that are given: who looks after whom already, and what must or must not be."""

from datetime import date

from data.base.entity import Entity
from data.model.vocabulary import RelationRole


class Relation(Entity):
    """A buddy looks after a company; `until` is the last day, None while it lasts."""

    company: str
    buddy: str
    role: RelationRole = RelationRole.MAIN
    since: date | None = None
    until: date | None = None


class Pin(Entity):
    """A pair that must be."""

    buddy: str
    company: str
    reason: str = ""


class Ban(Entity):
    """A pair that must not be."""

    buddy: str
    company: str
    reason: str = ""
