"""Order buddies and companies by content, independent of their ids.

If several solutions are equally good, a search picks one according to the order of its input. This order does
not depend on ids, so renaming changes nothing but names.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from data.base.entity import Entity, canonical_json

Tables = Any
"""A `data.model.problem.Problem`; importing it here would be circular, since it uses this order."""
Kinds = dict[str, str]
"""Digest of the content by id; equal digests mean that two cannot be told apart."""

_TEXTS: WeakKeyDictionary[Entity, str] = WeakKeyDictionary()
"""Of rows in use: a changed problem shares all but the changed ones, and writing them takes the most time."""


def rank(problem: Tables) -> dict[str, int]:
    """Return the rank of each buddy among buddies and of each company among companies, by id.

    The rank depends on its own rows, then on those of whatever it is linked to by relation, pin, ban, host or
    enterprise. Ids only break the remaining ties.
    """
    alone = _alone(problem)
    tied = _tied(problem, alone)
    order: dict[str, int] = {}
    for group in (problem.buddies, problem.companies):
        ranked = sorted((each.id for each in group), key=lambda key: (tied[key], key))
        order.update((key, place) for place, key in enumerate(ranked))
    return order


def _alone(problem: Tables) -> Kinds:
    """Digests of buddies and companies by their own rows, without ids and names of hosts."""
    rows = _grouped(
        (
            *((care.company, care, {"company"}) for care in problem.care),
            *((group.company, group, {"company"}) for group in problem.specialists),
            *((rule.who, rule, {"who"}) for rule in problem.availability),
            *((term.buddy, term, {"buddy"}) for term in problem.terms),
            *((base.buddy, base, {"buddy", "place"}) for base in problem.bases),
        )
    )
    named = {"id", "host", "enterprise", "deputies"}
    return {each.id: _digest(_text(each, named), *rows[each.id]) for each in _everyone(problem)}


def _tied(problem: Tables, alone: Kinds) -> Kinds:
    """Digests that also include links to others."""
    ties: dict[str, list[str]] = defaultdict(list)
    for relation in problem.relations:
        text = _text(relation, {"company", "buddy"})
        ties[relation.company].append(text + alone.get(relation.buddy, ""))
        ties[relation.buddy].append(text + alone.get(relation.company, ""))
    for buddy in problem.buddies:
        for place, deputy in enumerate(buddy.deputies):
            ties[buddy.id].append(f"deputy {place} {alone.get(deputy, '')}")
            ties[deputy].append(f"deputy {place} of {alone[buddy.id]}")
    for name, pairs in (("pin", problem.pins), ("ban", problem.bans)):
        for pair in pairs:
            ties[pair.company].append(name + alone.get(pair.buddy, ""))
            ties[pair.buddy].append(name + alone.get(pair.company, ""))
    members: dict[str, list[str]] = defaultdict(list)
    for company in problem.companies:
        members["enterprise " + company.enterprise].append(alone[company.id])
    for each in _everyone(problem):
        members["host " + each.host].append(alone[each.id])
    of_group = {key: _digest(*sorted(digests)) for key, digests in members.items()}
    hosts = {host.id: str(host.cross_host) for host in problem.hosts} | {"": "none"}
    groups = defaultdict(str, {c.id: of_group["enterprise " + c.enterprise] for c in problem.companies})
    return {
        each.id: _digest(
            alone[each.id],
            hosts.get(each.host, ""),
            of_group["host " + each.host],
            groups[each.id],
            *sorted(ties[each.id]),
        )
        for each in _everyone(problem)
    }


def _everyone(problem: Tables) -> Iterator[Any]:
    yield from problem.buddies
    yield from problem.companies


def _grouped(rows: Iterable[tuple[str, Entity, set[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, row, left_out in rows:
        found[key].append(_text(row, left_out))
    for texts in found.values():
        texts.sort()
    return found


def _text(row: Entity, left_out: set[str]) -> str:
    """Return a row as text; what is left out is the same for all rows of its kind."""
    text = _TEXTS.get(row)
    if text is None:
        text = _TEXTS[row] = canonical_json(row.model_dump(mode="json", exclude=left_out))
    return text


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
