"""Access control: what each reader may see in any list, reason, slot, map and export.

A coordinator of one host sees its rows, and those of other hosts if both allow pairs across hosts; rows that
belong to no host are visible to every coordinator. Buddies see their own weeks. Planners and viewers see
aggregates only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, TypeVar

from data.base.entity import Entity
from data.base.ids import IdOf, id_kind
from data.model.problem import Problem
from data.model.programme import Host

Shown = TypeVar("Shown", bound=Entity)

SUBJECTS = ("id", "buddy", "company", "who", "place", "visit")
"""The fields that say whom an entity is about."""


@dataclass(frozen=True)
class Coordinator:
    """Runs a programme (empty: all of them), for one host or, if `host` is empty, for all hosts."""

    user: str
    programme: str = ""
    host: str = ""


@dataclass(frozen=True)
class OwnBuddy:
    """A buddy, who sees only their own weeks."""

    user: str
    programme: str
    buddy: str


@dataclass(frozen=True)
class Planner:
    """Compares scenarios; sees ids of neither people nor companies."""

    user: str
    programme: str


@dataclass(frozen=True)
class Viewer:
    """Sees published aggregates."""

    user: str
    programme: str


Reader = Coordinator | OwnBuddy | Planner | Viewer


def in_programme(reader: Reader, programme: str) -> bool:
    """Return whether a reader has access to a programme at all."""
    return reader.programme in ("", programme)


def answers_for(reader: Reader, by_user: str) -> bool:
    """Return whether a reader answers for what a user started: everybody for their own.

    The coordinator of all hosts answers for everything in the programme.
    """
    return reader.user == by_user or sees_all(reader)


def sees_all(reader: Reader) -> bool:
    """Return whether a reader sees every row of their programmes."""
    return isinstance(reader, Coordinator) and not reader.host


@dataclass(frozen=True)
class Sight:
    """What one reader sees of a problem: the ids of visible and of hidden buddies and companies.

    `hidden_visits` are the appointments and requests of hidden companies; other visits stand beside their
    company. A cover across hosts is no exception: the host of the buddy who stands in sees the buddy's hours,
    but neither visit nor call.
    """

    buddies: frozenset[str]
    companies: frozenset[str]
    hidden: frozenset[str]
    hidden_visits: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def sees(self, *keys: str) -> bool:
        """Return whether a row about these buddies, companies and places is shown.

        Whoever does not see everything is not shown rows of buddies and companies that the problem no longer
        has, since nobody can tell whose they were.
        """
        return not self.hidden or {*keys} <= {"", *self.buddies, *self.companies, *self.places}

    def knowing(self, entities: Iterable[Entity]) -> "Sight":
        """Return the sight that hides also the visits that these entities make at hidden companies."""
        if not self.hidden:
            return self
        visits = self.hidden_visits.union(*(self._visits_at_hidden(each) for each in entities))
        return replace(self, hidden_visits=visits)

    def of(self, entity: Shown) -> Shown | None:
        """Return an entity without anything about hidden buddies and companies; None if it is about one.

        An entity is about the id that it has, or about its buddy, company, place or visit. Which fields hold
        ids is told by their types (`data.base.ids`), and of texts by `Entity.ids_in_text`; nothing else is
        touched.
        """
        return self.knowing((entity,))._shown(entity) if self.hidden else entity

    def _shown(self, entity: Shown) -> Shown | None:
        if self._about_hidden(entity):
            return None
        shown = {
            name: self._field(getattr(entity, name), kind) for name, kind in ids_of(type(entity)).items()
        }
        for name in entity.ids_in_text():
            parts = shown[name].split(", ")
            if any(part in self.hidden for part in parts):
                shown[name] = ", ".join(part for part in parts if part not in self.hidden)
        if getattr(entity, "stops", ()) and not shown["stops"]:
            return None
        if all(held is getattr(entity, name) for name, held in shown.items()):
            return entity
        return type(entity)(**shown)

    def all_of(self, entities: Iterable[Shown]) -> tuple[Shown, ...]:
        """Return those entities that are about nobody hidden, as `of` shows them."""
        return tuple(shown for shown in map(self.of, entities) if shown is not None)

    def _field(self, value: Any, kind: IdOf | None) -> Any:
        """Return the value of a field without hidden ids; the same object if there are none."""
        if kind is None:
            return self._inside(value)
        if isinstance(value, tuple):
            kept = tuple(key for key in value if not self._hides(key, kind))
            return value if len(kept) == len(value) else kept
        return "" if isinstance(value, str) and self._hides(value, kind) else value

    def _inside(self, value: Any) -> Any:
        """Return what a field holds that is no id: entities are shown, a day without stops is None."""
        if isinstance(value, Entity):
            return self._shown(value)
        if isinstance(value, tuple):
            kept = [each for each in value if not (isinstance(each, Entity) and self._about_hidden(each))]
            shown = tuple(self._shown(each) if isinstance(each, Entity) else each for each in kept)
            same = len(shown) == len(value) and all(a is b for a, b in zip(shown, value, strict=True))
            return value if same else shown
        return value

    def _visits_at_hidden(self, entity: Entity) -> Iterator[str]:
        """Yield the visits of an entity, and of those in it, that are about a hidden company."""
        for name, kind in ids_of(type(entity)).items():
            value = getattr(entity, name)
            if kind is IdOf.VISIT and name in SUBJECTS and self._hides_company_of(entity):
                yield value
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, Entity):
                    yield from self._visits_at_hidden(each)

    def _hides_company_of(self, entity: Entity) -> bool:
        return not self.hidden.isdisjoint((getattr(entity, "company", ""), getattr(entity, "place", "")))

    def _about_hidden(self, entity: Entity) -> bool:
        kinds = ids_of(type(entity))
        subjects = ((getattr(entity, name), kinds[name]) for name in SUBJECTS if kinds.get(name))
        return any(isinstance(key, str) and self._hides(key, kind) for key, kind in subjects if kind)

    def _hides(self, key: str, kind: IdOf) -> bool:
        return key in (self.hidden_visits if kind is IdOf.VISIT else self.hidden)


@cache
def ids_of(entity: type[Entity]) -> dict[str, IdOf | None]:
    """Return for each field of an entity whose ids it holds, None for a field without."""
    fields = entity.model_fields.items()
    return {name: id_kind(info.annotation, info.metadata) for name, info in fields}


class _Rows:
    """The rows of a problem that one reader sees."""

    def __init__(self, problem: Problem, reader: Reader) -> None:
        self.problem, self.reader = problem, reader

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Hosts whose rows the coordinator sees, including the empty one."""
        assert isinstance(self.reader, Coordinator)
        mine = self.problem.host.get(self.reader.host)
        if not self.reader.host:
            return frozenset(("", *self.problem.host))
        shared = {h.id for h in self.problem.hosts if h.cross_host} if _shares(mine) else set()
        return frozenset(("", self.reader.host, *shared))

    def buddies(self) -> frozenset[str]:
        match self.reader:
            case Coordinator():
                return frozenset(b.id for b in self.problem.buddies if b.host in self.hosts)
            case OwnBuddy(buddy=buddy):
                return frozenset({buddy} & self.problem.buddy.keys())
            case _:
                return frozenset()

    def companies(self) -> frozenset[str]:
        if isinstance(self.reader, Coordinator):
            return frozenset(c.id for c in self.problem.companies if c.host in self.hosts)
        return frozenset()


def _shares(host: Host | None) -> bool:
    return host is not None and host.cross_host


def visible_to(reader: Reader, problem: Problem) -> Sight:
    """Return what a reader sees of a problem: nothing if the programme is not the reader's.

    The companies that a buddy sees are not listed here; they are those in the buddy's own weeks.
    """
    everything = frozenset((*problem.buddy, *problem.company))
    if not in_programme(reader, problem.programme.id):
        buddies, companies = frozenset[str](), frozenset[str]()
    else:
        rows = _Rows(problem, reader)
        buddies, companies = rows.buddies(), rows.companies()
    hidden = everything - buddies - companies
    visits = {each.id for each in problem.appointments if each.company in hidden}
    visits |= {each.id for each in problem.requests if each.company in hidden}
    return Sight(buddies, companies, hidden, frozenset(visits), frozenset(problem.place))
