"""Invented programmes: reproducible, readable without errors, plausible, and clearly marked as invented."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.service.sources import default_sources, shipped_sources
from data.base.dates import minute_of
from data.invented.draws import deal, quotas, source
from data.invented.generate import Tables, generate, write_programme
from data.model.calendar import STATES, Calendar, public_holidays
from data.model.findings import Severity
from data.model.policy import Policy
from data.model.problem import Problem
from data.model.vocabulary import CompanyState, RelationRole, RequestState
from data.tables.columns import COLUMNS
from data.tables.read import Reading, read_programme
from data.travel.provider import Times, times_of
from tests.drawn import drawn
from tests.folders import SAMPLE

WEEK, MONDAY, LAST = "2026-W48", date(2026, 11, 23), date(2026, 12, 20)
SOURCES = default_sources()


@cache
def sample() -> Reading:
    return read_programme(SAMPLE, SOURCES.gazetteer, WEEK)


def problem() -> Problem:
    found = sample().problem
    assert found is not None
    return found


@cache
def ways() -> Times:
    return times_of(problem(), SOURCES.travel)


def test_the_committed_sample_is_what_the_generator_makes(tmp_path: Path) -> None:
    write_programme(tmp_path, generate(50, 1000, 1, WEEK, SOURCES))
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in SAMPLE.iterdir()}


def test_another_process_with_another_hash_seed_makes_the_same() -> None:
    script = (
        "import json; from data.invented.generate import generate; "
        "from api.service.sources import default_sources; "
        "print(json.dumps(generate(4, 60, 3, '2026-W48', default_sources())))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(SAMPLE.parents[2])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_another_seed_makes_another_programme() -> None:
    assert generate(3, 20, 1, WEEK, SOURCES)["companies"] != generate(3, 20, 2, WEEK, SOURCES)["companies"]


def test_the_sample_has_every_table_but_those_of_a_time_and_no_error() -> None:
    # Nothing holds for a time only in it: it has the bytes that it had before there were such tables.
    assert {path.stem for path in SAMPLE.glob("*.csv")} == COLUMNS.keys() - {"terms", "bases"}
    assert [finding for finding in sample().findings if finding.severity is Severity.ERROR] == []
    assert len(sample().findings) <= 3
    assert (len(problem().buddies), len(problem().companies)) == (50, 1000)


def test_the_sample_says_that_it_is_invented() -> None:
    note = (SAMPLE / "INVENTED.md").read_text(encoding="utf-8")
    assert "erfunden" in note
    assert "not\nfunded" in note
    people = sample().identities.people
    assert all(p.contact_email.endswith(".example.org") for p in people if p.contact_email)
    assert all(p.contact_phone.startswith("030 23125 ") for p in people if p.contact_phone)


def test_no_two_firms_and_no_two_buddies_share_a_name() -> None:
    by_id = sample().identities.by_id
    for things in (problem().buddies, problem().companies):
        names = [by_id[thing.id].name for thing in things]
        assert len(set(names)) == len(names)


def test_the_policy_of_the_sample_is_read() -> None:
    assert problem().policy == Policy()


@drawn(12)
@given(
    buddies=st.integers(1, 12),
    companies=st.integers(1, 60),
    seed=st.integers(0, 10**6),
    week=st.sampled_from((WEEK, "2026-W53", "2027-W19", "2028-W09")),
)
def test_any_size_and_week_is_read_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, buddies: int, companies: int, seed: int, week: str
) -> None:
    folder = tmp_path_factory.mktemp("programme")
    write_programme(folder, generate(buddies, companies, seed, week, SOURCES))
    reading = read_programme(folder, SOURCES.gazetteer, week)
    assert [finding for finding in reading.findings if finding.severity is Severity.ERROR] == []
    assert reading.problem is not None
    assert (len(reading.problem.buddies), len(reading.problem.companies)) == (buddies, companies)
    for appointment in reading.problem.appointments:
        day, _ = minute_of(appointment.start)
        assert day not in public_holidays("ST", day.year)


@pytest.mark.parametrize(("buddies", "companies"), [(0, 10), (10, 0)])
def test_a_size_below_one_is_refused(buddies: int, companies: int) -> None:
    with pytest.raises(ValueError, match="must be at least 1, got 0"):
        generate(buddies, companies, 1, WEEK, SOURCES)


def test_a_week_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-W54"):
        generate(1, 1, 1, "2026-W54", SOURCES)


def test_companies_lie_in_the_district_that_their_postcode_says() -> None:
    by_id, places = sample().identities.by_id, SOURCES.gazetteer
    astray = []
    for company in problem().companies:
        address = by_id[company.id]
        if company.district not in {f.district for f in places.find(address.postcode, address.town)}:
            astray.append(company.id)
    # a village without a postcode of its own takes the nearest one, occasionally across a border
    assert len(astray) < 10


def test_districts_get_companies_in_proportion_to_the_published_figures() -> None:
    count = Counter(company.district for company in problem().companies)
    assert len(count) == 14
    # Magdeburg: (7215 x 13 % + 1243 x 40 % + 332 x 72 %) sites, times 9.7 % / 8.6 % foreign employees,
    # makes 1,891 of 13,877 in the state: 136 of 1,000
    assert count["15003"] == 136


def test_places_for_companies_exceed_companies_by_five_to_ten_percent() -> None:
    assert 1050 <= sum(buddy.max_companies for buddy in problem().buddies) <= 1100


def test_weeks_hold_ten_to_twenty_visits() -> None:
    visits = sum(4 * care.times / care.every_weeks for care in problem().care if care.mode == "visit")
    assert 10 <= visits / 4 / 50 <= 20


def test_six_in_ten_companies_have_a_buddy_within_reach_and_caseload() -> None:
    main = [r for r in problem().relations if r.role is RelationRole.MAIN and r.until is None]
    active = sum(company.state is CompanyState.ACTIVE for company in problem().companies)
    assert 0.55 * active < len(main) < 0.65 * active
    for relation in main:
        limit = problem().buddy[relation.buddy].max_one_way_min
        assert limit is not None
        assert ways().minutes(relation.buddy, relation.company) <= limit
    load = Counter(relation.buddy for relation in main)
    assert all(load[buddy.id] <= buddy.max_companies for buddy in problem().buddies)


def test_what_is_past_lies_before_the_week_and_on_working_days() -> None:
    for contact in problem().history:
        assert contact.date < MONDAY
        assert contact.date.weekday() < 5
        assert contact.date not in public_holidays("ST", contact.date.year)
    since = {(r.company, r.buddy): r.since for r in problem().relations}
    for contact in problem().history:
        begun = since[contact.company, contact.buddy]
        assert begun is None or begun <= contact.date


def test_open_requests_are_due_within_the_horizon() -> None:
    open_requests = [r for r in problem().requests if r.state is RequestState.OPEN]
    assert open_requests
    assert all(r.raised < MONDAY <= r.due <= LAST for r in open_requests)


def test_appointments_can_be_kept() -> None:
    """Within shifts including travel, on working days, at most one a day per buddy."""
    calendar = Calendar(problem())
    main = {r.company: r.buddy for r in problem().relations if r.role is RelationRole.MAIN and not r.until}
    taken = set()
    assert problem().appointments
    for appointment in problem().appointments:
        day, start = minute_of(appointment.start)
        assert MONDAY <= day <= LAST
        for buddy in appointment.buddies or (main[appointment.company],):
            shift = calendar.shift(buddy, day)
            assert shift is not None
            way = ways().minutes(buddy, appointment.place)
            assert shift[0] + way <= start
            assert start + appointment.minutes + way <= shift[1]
            assert (buddy, day) not in taken
            taken.add((buddy, day))
        assert any(
            opens <= start and start + appointment.minutes <= closes
            for opens, closes in calendar.place_opening(appointment.place, day)
        )


def test_pins_and_bans_do_not_contradict_each_other() -> None:
    pins = {(pin.buddy, pin.company) for pin in problem().pins}
    bans = {(ban.buddy, ban.company) for ban in problem().bans}
    assert pins
    assert bans
    assert not {company for _, company in pins} & {company for _, company in bans}


def test_four_buddies_are_not_there_at_all_and_one_leaves_soon() -> None:
    calendar = Calendar(problem())
    days = [MONDAY + timedelta(days=i) for i in range(28)]
    assert sum(calendar.absent_for(buddy.id, days) for buddy in problem().buddies) == 4
    begin_later = [b for b in problem().buddies if b.employed_from and b.employed_from > LAST]
    assert len(begin_later) == 3
    assert not {r.buddy for r in problem().relations} & {b.id for b in begin_later}
    assert sum(b.employed_to is not None and b.employed_to > LAST for b in problem().buddies) == 1


@given(st.integers(0, 500), st.lists(st.floats(0.1, 100), min_size=1, max_size=8))
def test_quotas_sum_up_and_miss_their_share_by_less_than_one(count: int, weights: list[float]) -> None:
    parts = quotas(count, weights)
    assert sum(parts) == count
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - count * weight / sum(weights)) < 1


def test_dealing_gives_each_choice_its_share_in_an_order_of_its_seed() -> None:
    choices = [("a", 3), ("b", 1)]
    hand = deal(source(1, "test"), 8, choices)
    assert Counter(hand) == {"a": 6, "b": 2}  # 8 x 3/4 and 8 x 1/4
    assert hand == deal(source(1, "test"), 8, choices)


def test_rows_hold_only_columns_of_their_table() -> None:
    tables: Tables = generate(5, 80, 7, WEEK, SOURCES)
    for table, rows in tables.items():
        known = {column.name for column in COLUMNS[table]}
        assert all(row.keys() <= known for row in rows)


@pytest.mark.parametrize("state", STATES)
def test_a_programme_of_any_state_is_read_without_an_error_and_lies_there(state: str, tmp_path: Path) -> None:
    sources = shipped_sources(state)
    write_programme(tmp_path, generate(4, 40, 3, WEEK, sources), state)
    reading = read_programme(tmp_path, sources.gazetteer, WEEK)
    assert [finding for finding in reading.findings if finding.severity is Severity.ERROR] == []
    assert reading.problem is not None
    assert reading.problem.programme.state == state
    keys = {district.ags for district in sources.gazetteer.districts()}
    assert {company.district for company in reading.problem.companies} <= keys
    towns = {settlement.name for settlement in sources.gazetteer.settlements}
    people = reading.identities.by_id
    assert {people[company.id].town for company in reading.problem.companies} <= towns
    mark = (tmp_path / "INVENTED.md").read_text(encoding="utf-8")
    assert ("2024" in mark) == (state == "ST")
