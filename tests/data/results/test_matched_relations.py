"""A re-matching starts from the pairs of the matching before it."""

from datetime import date

from data.model.relation import Relation
from data.model.vocabulary import RelationRole
from data.results.matched_relations import with_relations
from tests.data.store.entered import RUN

DAY = date(2026, 11, 23)


def test_pairs_of_a_matching_become_main_relations() -> None:
    assert RUN.matching
    since, cover = date(2025, 3, 1), RelationRole.COVER
    stays = Relation(company="bakery", buddy="anna", since=since)
    covers = Relation(company="foundry", buddy="ben", role=cover)
    ended = Relation(company="nursery", buddy="anna", until=date(2026, 1, 31))
    problem = RUN.problem.replace(
        relations=(
            stays,
            covers,
            ended,
            Relation(company="foundry", buddy="anna"),  # has no buddy in the matching
            Relation(company="garage", buddy="anna", since=since),  # is ben's in the matching
        )
    )
    assert with_relations(problem, RUN.matching, DAY).relations == (
        stays,
        covers,
        Relation(company="garage", buddy="ben", since=DAY),
        ended,
        Relation(company="nursery", buddy="ben", since=DAY),
    )
