"""Proposals of language helpers."""

from data.model.problem import Problem, SpecialistGroup
from data.model.relation import Ban, Relation
from data.model.vocabulary import RelationRole
from data.results.explanation import HelperProposal
from matching.eligibility.language_helpers import propose_helpers
from matching.solve import match
from tests.builders import HALLE, MAGDEBURG, buddy, company, problem, speaks, times

NEAR = MAGDEBURG.replace(lon=round(MAGDEBURG.lon + 0.1, 3))  # 10 minutes


def proposals(of: Problem) -> tuple[HelperProposal, ...]:
    return propose_helpers(of, times(of), match(of, times(of)))


MAIN = buddy("main", languages=speaks(en="C1"))


def test_the_one_who_speaks_to_most_of_them_then_the_nearest_is_proposed():
    of = problem(
        (
            MAIN,
            buddy("two", NEAR, max_companies=0, languages=speaks(ar="B1", uk="B2")),
            buddy("same", max_companies=0, languages=speaks(ar="B1", uk="B2")),
            buddy("one", max_companies=0, languages=speaks(ar="C1")),
            buddy("beginner", max_companies=0, languages=speaks(fa="A2")),
        ),
        (company("c"),),
        specialists=(
            SpecialistGroup(company="c", languages=("ar",), count=2),
            SpecialistGroup(company="c", languages=("ru", "uk"), count=3),
            SpecialistGroup(company="c", languages=("fa",), count=9),
            SpecialistGroup(company="c", languages=("en",), count=4),
        ),
    )
    # 2 + 3 of the fourteen; four have their buddy, and nobody speaks Persian well enough
    assert proposals(of) == (
        HelperProposal(company="c", buddy="same", languages=("ar", "uk"), specialists=5, one_way_min=0),
    )


def test_a_mandate_does_not_matter_but_a_ban_and_the_way_do():
    of = problem(
        (
            MAIN,
            buddy("banned", max_companies=0, languages=speaks(ar="C1")),
            buddy("far", HALLE, max_companies=0, languages=speaks(ar="C1"), max_one_way_min=30),
            buddy("elsewhere", NEAR, max_companies=0, languages=speaks(ar="C1"), districts=("15002",)),
        ),
        (company("c"),),
        specialists=(SpecialistGroup(company="c", languages=("ar",)),),
        bans=(Ban(buddy="banned", company="c"),),
    )
    assert [each.buddy for each in proposals(of)] == ["elsewhere"]


def test_where_a_helper_is_there_none_is_proposed():
    of = problem(
        (MAIN, buddy("helper", max_companies=0, languages=speaks(ar="C1"))),
        (company("c"),),
        specialists=(SpecialistGroup(company="c", languages=("ar",)),),
        relations=(Relation(company="c", buddy="helper", role=RelationRole.LANGUAGE),),
    )
    assert proposals(of) == ()
