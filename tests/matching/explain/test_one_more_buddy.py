"""Where one more buddy helps: every figure was solved, and the best place comes first."""

from hypothesis import given

from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Problem, SpecialistGroup
from matching.explain.one_more_buddy import where_one_more_helps
from matching.explain.resolve import Case
from matching.levels.lexicographic import NotSolvable
from matching.solve import match
from tests.builders import HALLE, MAGDEBURG, STENDAL, buddy, company, problem, speaks, times
from tests.drawn import drawn
from tests.matching.programmes import programmes

SERVED = Policy(objectives=(Objective(name=ObjectiveName.UNSERVED),))


def case_of(of: Problem) -> Case:
    return Case(of, times(of), match(of, times(of)))


def test_the_district_with_most_in_want_comes_first_and_its_figures_are_solved():
    of = problem(
        (buddy("anna", max_companies=2),),
        (
            *(company(f"m{k}", priority=2) for k in range(3)),
            *(company(f"s{k}", point=STENDAL, district="15090", priority=3) for k in range(3)),
        ),
        policy=SERVED.replace(max_one_way_min=30),
    )
    hires = where_one_more_helps(case_of(of))
    assert [hire.district for hire in hires] == ["15090", "15003"]
    # two places like Anna: two of Stendal's three are served, 2 × 3; the last one of Magdeburg, 2
    assert [hire.resolved.price[0].value for hire in hires] == [-6, -2]
    assert [len(hire.resolved.gained) for hire in hires] == [2, 1]


def test_a_new_buddy_speaks_what_nobody_speaks_there():
    of = problem(
        (buddy("anna", languages=speaks(en="C1")),),
        (company("c"),),
        specialists=(
            SpecialistGroup(company="c", languages=("ar",), count=2),
            SpecialistGroup(company="c", languages=("en",), count=5),
        ),
    )
    assert where_one_more_helps(case_of(of))[0].languages == ("ar",)


def test_where_nobody_is_hired_yet_a_usual_week_is_taken():
    of = problem((), (company("c", point=HALLE, district="15002", priority=5),), policy=SERVED)
    hire = where_one_more_helps(case_of(of))[0]
    assert (hire.district, hire.base_at, hire.resolved.gained) == ("15002", "c", ("c",))
    assert hire.resolved.price[0].value == -5


def test_the_base_is_the_most_central_company():
    west, east = (MAGDEBURG.replace(lon=round(MAGDEBURG.lon + d, 3)) for d in (-0.3, 0.2))
    of = problem((), (company("w", point=west), company("m"), company("e", point=east)), policy=SERVED)
    assert where_one_more_helps(case_of(of))[0].base_at == "m"


@drawn(40)
@given(programmes())
def test_what_is_said_never_worsens_the_first_level_and_is_sorted(of: Problem):
    try:
        hires = where_one_more_helps(case_of(of), most=2)
    except NotSolvable:
        return
    prices = [[amount.value for amount in hire.resolved.price] for hire in hires]
    assert prices == sorted(prices)
    if of.policy.objectives[0].name is ObjectiveName.UNSERVED:
        assert all(price[0] <= 0 for price in prices)
