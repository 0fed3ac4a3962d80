"""Who asks, and what they may see: decided here for every list, reason, slot, map and export.

A coordinator of one host sees its rows, and those of other hosts where both allow pairs across hosts; what
belongs to no host is everybody's. A buddy sees the own weeks. Planners and viewers see aggregates alone.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.model.problem import Host, Problem


@dataclass(frozen=True)
class Coordinator:
    """Runs a programme (empty: every one), for one host or, if that is empty, for all."""

    user: str
    programme: str = ""
    host: str = ""


@dataclass(frozen=True)
class OwnBuddy:
    """A buddy who looks at the own weeks."""

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
    """Tell whether a reader belongs to a programme at all."""
    return reader.programme in ("", programme)


@dataclass(frozen=True)
class Sight:
    """What one reader sees of a problem: ids of buddies and companies, and with them all that names them."""

    buddies: frozenset[str]
    companies: frozenset[str]
    hidden: frozenset[str]

    def masked(self, value: Any) -> Any:
        """Return JSON data without what is about hidden buddies and companies.

        An entry of a list that is one, or whose `id`, `buddy`, `company`, `who` or `place` is one, is left
        out, and so is the key of a mapping; a record about one becomes None, as does a day of which no
        stop is left. Of other text, hidden ids and the visits of hidden companies are left out.
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


# Visits of care are called by their company, their week and a number.
_VISIT_TAIL = re.compile(r"-\d{4}-W\d\d-.*$")


class _Rows:
    """The rows of a problem as one reader sees them."""

    def __init__(self, problem: Problem, reader: Reader) -> None:
        self.problem, self.reader = problem, reader

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Hosts whose rows the coordinator sees, the empty one among them."""
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
    """Return what a reader sees of a problem; nothing of a programme that is not the reader's.

    Which companies a buddy sees is for the own weeks to say: the companies in them, and no list.
    """
    everything = frozenset((*problem.buddy, *problem.company))
    if not in_programme(reader, problem.programme.id):
        return Sight(frozenset(), frozenset(), everything)
    rows = _Rows(problem, reader)
    buddies, companies = rows.buddies(), rows.companies()
    return Sight(buddies, companies, everything - buddies - companies)
