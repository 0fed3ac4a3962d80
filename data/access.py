"""Access control: what each reader may see in any list, reason, slot, map and export.

A coordinator of one host sees its rows, and those of other hosts if both allow pairs across hosts; rows that
belong to no host are visible to every coordinator. Buddies see their own weeks. Planners and viewers see
aggregates only.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.model.problem import Host, Problem


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


@dataclass(frozen=True)
class Sight:
    """What one reader sees of a problem: the ids of visible and of hidden buddies and companies."""

    buddies: frozenset[str]
    companies: frozenset[str]
    hidden: frozenset[str]

    def masked(self, value: Any) -> Any:
        """Return JSON data without anything about hidden buddies and companies.

        A list entry is dropped if it is a hidden id, or if its `id`, `buddy`, `company`, `who` or `place` is
        one; so is a mapping key. A record about a hidden id becomes None, as does a day with no stops left.
        Hidden ids, and visits of hidden companies, are also removed from comma-separated text.
        """
        match value:
            case dict():
                if self._about_hidden(value):
                    return None
                shown = {key: self.masked(held) for key, held in value.items() if not self._hides(key)}
                return None if value.get("stops") and not shown["stops"] else shown
            case list() | tuple():
                return [self.masked(each) for each in value if not self._about_hidden(each)]
            case str():
                return ", ".join(part for part in value.split(", ") if not self._hides(part))
            case _:
                return value

    def _about_hidden(self, entry: Any) -> bool:
        if isinstance(entry, dict):
            return any(self._hides(entry.get(name)) for name in ("id", "buddy", "company", "who", "place"))
        return self._hides(entry)

    def _hides(self, text: Any) -> bool:
        if not isinstance(text, str) or not self.hidden:
            return False
        return text in self.hidden or _VISIT_TAIL.sub("", text) in self.hidden


# The id of a care visit is its company, its week and a number.
_VISIT_TAIL = re.compile(r"-\d{4}-W\d\d-.*$")


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
        return Sight(frozenset(), frozenset(), everything)
    rows = _Rows(problem, reader)
    buddies, companies = rows.buddies(), rows.companies()
    return Sight(buddies, companies, everything - buddies - companies)
