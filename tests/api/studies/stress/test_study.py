"""Stress: scenarios share draws; rate 0 causes nothing, rate 1 prevents all; every plan is judged."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.files.json_text import json_text
from api.service.sources import default_sources
from api.studies.batch.executors import Where
from api.studies.stress.draw_outcome import DrawOutcome
from api.studies.stress.draws import Luck, called_off, events_of
from api.studies.stress.files import write_stress
from api.studies.stress.rates import Arrivals, Cancellations, Illness, Rates, WrongRates, read_rates
from api.studies.stress.replay import Stressed, outcome_of_draw
from api.studies.stress.result import AS_IT_IS, Stress
from api.studies.stress.study import CALM, StressOptions, draw_outcome, stress
from api.studies.stress.words import headings, rows, sentences
from api.words.sentence import sentence
from data.base.dates import days_of
from data.base.status import violation
from data.base.stored_message import stored
from data.scenario.kinds import Scenario
from data.scenario.people import AddBuddies
from scheduling.replan.cover_by_colleagues import OpenWeeks
from scheduling.replan.due_visits import Week
from tests.api.studies.stress.exact import within_exact_bounds
from tests.api.studies.stress.stressed import MANY, WEEKS, small, small_run
from tests.builders import buddy, company
from tests.drawn import drawn
from tests.refusals import refused

SOURCES = default_sources()

DRAWS = 5


def test_if_nothing_happens_the_plan_is_what_is_delivered() -> None:
    calm = outcome_of_draw(Stressed(small_run(), CALM, 1), 0)
    # Nine companies, two weeks: 18 contacts; the plan holds them all.
    assert (calm.served, calm.whole, calm.contacts_due, calm.contacts_made) == (9, 9, 18, 18)
    assert (calm.broken, calm.unplanned, calm.extra_travel_min, calm.replannings) == (0, 0, 0, 0)
    assert (calm.spells, calm.arrivals, calm.called_off) == (0, 0, 0)


def test_nothing_is_delivered_by_the_ill() -> None:
    always = Illness(rate_per_week=1, mean_days=365, longest_days=365, weekdays=(0,))
    # With seed 2 all three fall ill for the whole two weeks on the first Monday.
    all_ill = outcome_of_draw(Stressed(small_run(), CALM.replace(illness=always), 2), 0)
    assert (all_ill.served, all_ill.contacts_made) == (0, 0)
    assert all_ill.absent_days == 3 * 14
    # The two calls of c8 are no promise; each of the 16 visits is left out and its promise broken.
    assert (all_ill.unplanned, all_ill.broken) == (18, 16)
    assert all_ill.faults == ()


def test_every_company_that_calls_off_is_not_served() -> None:
    off = outcome_of_draw(
        Stressed(small_run(), CALM.replace(cancellations=Cancellations(rate_per_visit=1)), 1), 0
    )
    # All 16 visits are called off, the 2 calls of c8 take place; we break nobody's promise.
    assert (off.called_off, off.contacts_made, off.served, off.broken) == (16, 2, 1, 0)
    assert off.faults == ()


def test_a_first_visit_is_due_for_each_arrival() -> None:
    come = outcome_of_draw(Stressed(small_run(), CALM.replace(arrivals=Arrivals(rate_per_week=1)), 1), 0)
    assert come.arrivals == 18
    assert come.contacts_due == 18 + 18
    assert come.faults == ()


def test_the_judge_finds_nothing_in_any_draw() -> None:
    outcomes = [outcome_of_draw(Stressed(small_run(), MANY, 1), draw) for draw in range(12)]
    assert [each.faults for each in outcomes] == [()] * 12
    for sort in ("spells", "arrivals", "called_off", "covers", "replannings"):
        assert sum(getattr(each, sort) for each in outcomes) > 0, sort


def test_colleagues_who_are_not_asked_to_the_end_would_not_have_been_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left_out = 0

    def counted(self: OpenWeeks, *asked: Any) -> set[Week]:
        nonlocal left_out
        worse = original(self, *asked)
        left_out += len(worse)
        return worse

    original = OpenWeeks._surely_worse
    monkeypatch.setattr(OpenWeeks, "_surely_worse", counted)
    quick = [outcome_of_draw(Stressed(small_run(), MANY, 1), draw) for draw in range(12)]
    monkeypatch.setattr(OpenWeeks, "_surely_worse", lambda self, *asked: set[Week]())
    assert [outcome_of_draw(Stressed(small_run(), MANY, 1), draw) for draw in range(12)] == quick
    assert left_out > 0


@given(st.integers(0, 2**31 - 1), st.integers(0, 999), st.sampled_from(("anna2", "zoe", "0")))
@drawn(40)
def test_a_newcomer_changes_nobody_elses_luck(seed: int, draw: int, new: str) -> None:
    luck, known = Luck(seed, draw), small()
    more = known.replace(
        buddies=(*known.buddies, buddy(new)), companies=(*known.companies, company(f"c-{new}"))
    )
    ids = [each.id for each in known.companies]
    before = events_of(known, ids, MANY, WEEKS, luck)
    after = events_of(more, [*ids, f"c-{new}"], MANY, WEEKS, luck)
    assert before.absences == tuple(each for each in after.absences if each.buddy != new)
    assert before.arrivals == tuple(each for each in after.arrivals if each[1].company != f"c-{new}")
    visits = [f"{key}-{WEEKS[0]}-1" for key in ids]
    off = set(called_off(visits, WEEKS[0], MANY, luck))
    assert off == set(called_off([*visits, "other"], WEEKS[0], MANY, luck)) - {"other"}


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 999))
def test_a_higher_rate_only_adds(one: float, other: float, draw: int) -> None:
    low, high = sorted((one, other))
    spells = [
        {(away.buddy, away.first) for away in events_of(small(), (), rates, WEEKS, Luck(1, draw)).absences}
        for rates in (Rates(illness=Illness(rate_per_week=rate)) for rate in (low, high))
    ]
    assert spells[0] <= spells[1]


@pytest.mark.parametrize("rate", [0.033, 0.5, 0.9])
def test_as_many_fall_ill_as_the_rate_says(rate: float) -> None:
    rates = CALM.replace(illness=Illness(rate_per_week=rate))
    spells = [s for draw in range(300) for s in events_of(small(), (), rates, WEEKS, Luck(7, draw)).absences]
    assert within_exact_bounds(len(spells), 300 * 3 * 2, rate)


def test_as_many_arrive_and_call_off_as_the_rates_say() -> None:
    rates = CALM.replace(
        arrivals=Arrivals(rate_per_week=0.1, districts={"15003": 0.2}),
        cancellations=Cancellations(rate_per_visit=0.05),
    )
    ids = [each.id for each in small().companies]
    come = sum(len(events_of(small(), ids, rates, WEEKS, Luck(7, draw)).arrivals) for draw in range(200))
    assert within_exact_bounds(come, 200 * 9 * 2, 0.2)  # all are in 15003
    off = sum(len(list(called_off(ids, WEEKS[0], rates, Luck(7, draw)))) for draw in range(400))
    assert within_exact_bounds(off, 400 * 9, 0.05)


def test_spells_are_as_long_as_they_should_be() -> None:
    illness = Illness(rate_per_week=1, mean_days=4, longest_days=9, weekdays=(1, 3))
    spells = [
        spell
        for draw in range(200)
        for spell in events_of(small(), (), Rates(illness=illness), WEEKS, Luck(3, draw)).absences
    ]
    lengths = [(spell.last - spell.first).days + 1 for spell in spells]
    assert {spell.first.weekday() for spell in spells} == {1, 3}
    assert (min(lengths), max(lengths)) == (1, 9)
    # Geometric: one day with probability 1/4, at least nine with (3/4)⁸ = 0.1001.
    assert within_exact_bounds(lengths.count(1), len(lengths), 1 / 4)
    assert within_exact_bounds(lengths.count(9), len(lengths), 0.75**8)


def test_who_arrives_may_be_visited_in_the_week_at_least() -> None:
    rates = Rates(arrivals=Arrivals(rate_per_week=1))
    for first in (0, 14):
        known = small().replace(policy=small().policy.replace(first_visit_within_days=first))
        for monday, visit in events_of(known, ["c1"], rates, WEEKS, Luck(1, 1)).arrivals:
            assert monday.weekday() == 0
            assert 6 <= (visit.due - monday).days <= max(6, first - 1)


STACKS = ((Scenario(name="eine mehr", changes=(AddBuddies(id="neu", like="anna"),)),),)


def parts_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "parts").iterdir()}


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Sequence[tuple[Path, Stress]]:
    """The same stress study with one worker and with two."""
    options, made = StressOptions(WEEKS, DRAWS, 3, MANY), []
    for workers in (1, 2):
        folder = tmp_path_factory.mktemp(f"stress{workers}")
        with Where(workers).executor() as executor:
            found = stress(folder, small(), SOURCES, STACKS, None, options, executor, lambda *at: None)
        made.append((folder, found))
    return made


def test_one_worker_and_two_say_the_same(twice: Sequence[tuple[Path, Stress]]) -> None:
    (one, first), (two, second) = twice
    assert first == second
    assert parts_of(one) == parts_of(two)
    assert len(parts_of(one)) == 2 * DRAWS


def test_dask_writes_the_same_bytes(
    twice: Sequence[tuple[Path, Stress]], tmp_path: Path, scheduler: str
) -> None:
    folder, found = twice[0]
    options = StressOptions(WEEKS, DRAWS, 3, MANY)
    with Where(scheduler=scheduler).executor() as executor:
        there = stress(tmp_path / "s", small(), SOURCES, STACKS, None, options, executor, lambda *at: None)
    assert json_text(there) == json_text(found)
    assert parts_of(tmp_path / "s") == parts_of(folder)


def test_scenarios_meet_the_same_luck_and_are_compared_draw_by_draw(
    twice: Sequence[tuple[Path, Stress]],
) -> None:
    found = twice[0][1]
    base, more = found.scenarios
    assert [each.draw for each in base.draws] == [each.draw for each in more.draws] == list(range(DRAWS))
    assert [each.arrivals for each in base.draws] == [each.arrivals for each in more.draws]
    assert all(a.spells <= b.spells for a, b in zip(base.draws, more.draws, strict=True))
    assert found.faults == []
    served = found.differences[0]
    assert (served.earlier, served.later, served.figure) == ("", "eine mehr", "served")
    assert served.more.draws + served.less.draws + served.equal == DRAWS
    less = sorted(b.served - a.served for a, b in zip(base.draws, more.draws, strict=True))
    assert served.spread.at(50) == less[2]  # the middle one of five


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The draws that are computed, in order."""
    asked: list[int] = []

    def noted(shared: bytes, given: dict[str, int]) -> object:
        asked.append(given["draw"])
        return draw_outcome(shared, given)

    monkeypatch.setattr("api.studies.stress.study.draw_outcome", noted)
    return asked


def test_a_stress_that_was_broken_off_goes_on(
    twice: Sequence[tuple[Path, Stress]], computed: list[int]
) -> None:
    folder, before = twice[0]
    lost = sorted((folder / "parts").iterdir())[0]
    content = lost.read_bytes()
    lost.unlink()
    options = StressOptions(WEEKS, DRAWS, 3, MANY)
    assert stress(folder, small(), SOURCES, STACKS, None, options, None, lambda *at: None) == before
    assert len(computed) == 1
    assert lost.read_bytes() == content


def test_more_draws_reuse_those_that_are_there(
    twice: Sequence[tuple[Path, Stress]], tmp_path: Path, computed: list[int]
) -> None:
    for draws in (2, DRAWS):
        options = StressOptions(WEEKS, draws, 3, MANY)
        found = stress(tmp_path, small(), SOURCES, STACKS, None, options, None, lambda *at: None)
    assert computed == [0, 1, 0, 1, 2, 3, 4, 2, 3, 4]  # two scenarios each time
    assert found == twice[0][1]


def test_what_it_says(twice: Sequence[tuple[Path, Stress]]) -> None:
    found = twice[0][1]
    for language, word in (("de", "Ohne Änderung"), ("en", "As it is")):
        lines = sentences(found, language)
        assert lines[0].startswith("5 ")
        assert lines[1].startswith(f"{word}: ")
        assert lines[3].startswith(f"eine mehr {'gegenüber' if language == 'de' else 'against'} {word}")
        table = list(rows(found, language))
        assert len(table) == 2 * 6
        assert {len(row) for row in table} == {len(headings(language))}
    assert AS_IT_IS == "as it is"


def test_what_the_judge_finds_in_a_draw_is_said_with_scenario_and_draw(
    twice: Sequence[tuple[Path, Stress]],
) -> None:
    base, more = twice[0][1].scenarios
    broken = violation("rest", "anna 2026-W48 days[1]", "judged_rest", rest_min=659, least=660)
    draws = (base.draws[0].replace(faults=(stored(broken.told),)), *base.draws[1:])
    found = twice[0][1].replace(scenarios=(base.replace(draws=draws), more))
    (fault,) = Stress.model_validate_json(json_text(found)).faults
    assert sentence(fault, "en") == (
        "As it is, draw 0: anna 2026-W48 days[1]: 659 min after the return of the day before; "
        "660 min are the least (rest)"
    )
    assert sentence(fault, "de").startswith("Ohne Änderung, Ziehung 0: anna 2026-W48 days[1]: nur 659 min")


def test_a_fault_that_an_earlier_version_kept_is_said_as_it_was(
    twice: Sequence[tuple[Path, Stress]],
) -> None:
    kept = json.loads(json_text(twice[0][1].scenarios[0].draws[0])) | {"faults": ["Mon: too little rest"]}
    (fault,) = DrawOutcome.model_validate_json(json.dumps(kept)).faults
    assert sentence(fault.said, "de") == "Mon: too little rest"


def test_its_files_are_the_same_bytes_each_time(twice: Sequence[tuple[Path, Stress]]) -> None:
    found = twice[0][1]
    contents = []
    for folder, _ in twice:
        paths = write_stress(found, folder, "de")
        assert [path.name for path in paths] == ["stress.json", "stress.svg", "stress.png"]
        contents.append([path.read_bytes() for path in paths])
    assert contents[0] == contents[1]
    assert b"<svg" in contents[0][1]


def test_rates_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rates.toml"
    file.write_text('[illness]\nrate_per_week = 0.1\n[arrivals.districts]\n"15003" = 0.5\n')
    rates = read_rates(file)
    assert rates.illness == Illness(rate_per_week=0.1)
    assert (rates.arrivals.rate_of("15003"), rates.arrivals.rate_of("15002")) == (0.5, 0.004)
    assert read_rates(None) == Rates()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[illness]\nrate_per_week = 2\n", "illness.rate_per_week"),
        ("[illness]\nweekdays = []\nrate = 1\n", r"illness.weekdays.*illness.rate"),
        ('[arrivals.districts]\nHarz = 0.1\n', "arrivals.districts.Harz"),
        ("illness", "docs/stress.md"),
    ],
)  # fmt: skip
def test_wrong_rates_are_all_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "rates.toml"
    file.write_text(text)
    with refused(WrongRates, told):
        read_rates(file)


def test_weeks_are_those_of_the_plan() -> None:
    stressed = Stressed(small_run(), MANY, 1)
    assert stressed.weeks == WEEKS
    assert days_of(stressed.weeks[0])[0].weekday() == 0
