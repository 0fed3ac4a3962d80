"""Matchings with their explanations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, desc, insert, select, update

from data.base.message import message
from data.results.explanation import Explanations
from data.results.refinement import Refinement
from data.results.solution import Matching
from data.store.database.record import NotThere, new_id
from data.store.tables import schema as s
from data.store.tables.utc import now


@dataclass(frozen=True)
class StoredMatching:
    """A matching with its programme and problem, its explanations, and when it was adopted last.

    `adopted_by` is the id of the change set that did so, None if the relations were so already.
    """

    id: str
    programme: str
    problem: str
    matching: Matching
    explanations: Explanations | None
    refinement: Refinement | None
    created_at: datetime
    adopted_at: datetime | None = None
    adopted_by: str | None = None


class MatchingState(StrEnum):
    """A draft changes nothing; the one adopted last is in force."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


def keep_matching(
    c: Connection,
    programme: str,
    matching: Matching,
    explanations: Explanations | None,
    refinement: Refinement | None,
    by_user: str,
    job: str | None = None,
) -> str:
    """Store a matching of a stored problem and return its id."""
    key = new_id()
    c.execute(
        insert(s.matching).values(
            id=key,
            programme=programme,
            problem=matching.problem_hash,
            hash=matching.hash,
            body=matching.model_dump_json(by_alias=True),
            explanations=explanations.model_dump_json(by_alias=True) if explanations else None,
            refinement=refinement.model_dump_json(by_alias=True) if refinement else None,
            job=job,
            by_user=by_user,
            created_at=now(),
        )
    )
    return key


def matching_of(c: Connection, key: str) -> StoredMatching:
    """Return a matching by its id; raises `NotThere`."""
    row = c.execute(select(s.matching).where(s.matching.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_matching", matching=key))
    return StoredMatching(
        id=row.id,
        programme=row.programme,
        problem=row.problem,
        matching=Matching.model_validate_json(row.body),
        explanations=Explanations.model_validate_json(row.explanations) if row.explanations else None,
        refinement=Refinement.model_validate_json(row.refinement) if row.refinement else None,
        created_at=row.created_at,
        adopted_at=row.adopted_at,
        adopted_by=row.adopted_by,
    )


def mark_adopted(c: Connection, key: str, change_set: str | None) -> None:
    """Record that a change set put a matching in force from now on, in place of the one before."""
    own = s.matching
    c.execute(update(own).where(own.c.id == key).values(adopted_at=now(), adopted_by=change_set))


def unmark_adopted(c: Connection, change_set: str) -> None:
    """Take back that a change set adopted a matching; the one before is in force again."""
    own = s.matching
    c.execute(update(own).where(own.c.adopted_by == change_set).values(adopted_at=None, adopted_by=None))


def adopted_matching(c: Connection, programme: str) -> str | None:
    """Return the id of the matching that was adopted last, None if none was."""
    own = s.matching.c
    adopted = select(own.id).where(own.programme == programme, own.adopted_at.is_not(None))
    found = c.execute(adopted.order_by(desc(own.adopted_at), desc(own.id)).limit(1)).scalar()
    return None if found is None else str(found)


def matching_state(key: str, adopted_at: datetime | None, adopted: str | None) -> MatchingState:
    """Return the state of a matching; `adopted` is the one that was adopted last."""
    if adopted_at is None:
        return MatchingState.DRAFT
    return MatchingState.ADOPTED if key == adopted else MatchingState.SUPERSEDED


def latest_matching(c: Connection, programme: str) -> str:
    """Return the id of a programme's latest matching; raises `NotThere` if it has none."""
    found = c.execute(
        select(s.matching.c.id)
        .where(s.matching.c.programme == programme)
        .order_by(desc(s.matching.c.created_at), desc(s.matching.c.id))
    ).scalar()
    if found is None:
        raise NotThere(message("programme_without_matching", programme=programme))
    return str(found)
