"""The markup of a week: what can be pressed, and what is over, fixed or without a time."""

from datetime import date
from typing import Any, cast

from api.http.programme.buddies import _shown as shown_buddy
from api.http.programme.companies import _shown as shown_company
from api.http.programme.places import PlaceAnswer
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.weeks.lanes import Lanes, left_out
from api.run.not_planned import NotPlanned
from api.words.speaker import Speaker
from data.base.status import ReasonCode, Status
from data.model.identity import Identities, Identity
from data.results.reason import VisitReason
from data.results.solution import Break, DayRoute, Stop, WeekPlan
from tests.builders import buddy, company

DESK = Desk(cast(Any, None), Speaker("de"), cast(Any, None), [], cast(Any, None), cast(Any, None))
NAMES = {"anna": "Anna Ahorn", "c1": "Bäckerei <Kruste>", "c2": "Metallbau"}
KNOWN = Identities(people=tuple(Identity(id=key, name=name) for key, name in NAMES.items()))
PEOPLE = People(
    {"anna": shown_buddy(buddy("anna"), KNOWN)},
    {key: shown_company(company(key), KNOWN) for key in ("c1", "c2")},
    {"amt": PlaceAnswer(id="amt", name="Musterbehörde", town="", kind="authority")},
)
STOPS = (
    Stop(id="c1-2026-W49-1", place="c1", arrive=540, start=540, end=600),
    Stop(id="a1", place="amt", arrive=660, start=660, end=720),
)
ROUTE = DayRoute(leave=480, back=780, work_min=300, travel_min=30, distance_m=9, stops=STOPS)
WEEK = WeekPlan(
    buddy="anna", week="2026-W49", status=Status.OPTIMAL, objective=0, bound=0, travel_min=30,
    days=(ROUTE, None, None, None, None, None, None),
)  # fmt: skip
FULL = NotPlanned(
    visit="c2-2026-W49-1", company="c2", place="c2", kind="", buddy="anna", week="2026-W49", priority=3,
    reason=VisitReason(code=ReasonCode.WEEK_FULL),
)  # fmt: skip
MONDAY = date(2026, 11, 30)


def drawn(in_force: bool, minute: int) -> str:
    return Lanes(DESK, PEOPLE, in_force, (MONDAY, minute)).week([WEEK], "2026-W49")


def test_a_visit_ahead_can_be_chosen_and_dragged_and_an_appointment_cannot() -> None:
    markup = drawn(in_force=True, minute=540)
    assert markup.count("<button") == 1 and 'draggable="true"' in markup
    assert 'data-id="c1-2026-W49-1"' in markup and "Bäckerei &lt;Kruste&gt;" in markup
    assert '<div class="block settled"><b>11:00–12:00</b> Musterbehörde' in markup
    assert markup.count("data-day=") == 5 and f'data-day="{MONDAY}"' in markup


def test_what_has_begun_is_told_and_cannot_be_pressed() -> None:
    markup = drawn(in_force=True, minute=541)
    assert "<button" not in markup and markup.count('class="block over"') == 1


def test_in_another_version_nothing_can_be_pressed() -> None:
    assert "<button" not in drawn(in_force=False, minute=0)
    assert "<button" not in left_out(DESK, PEOPLE, [FULL], in_force=False)


def test_a_visit_without_a_time_asks_what_helps() -> None:
    markup = left_out(DESK, PEOPLE, [FULL], in_force=True)
    assert "Nicht eingeplant: 1" in markup
    assert 'data-act="fit" data-id="c2-2026-W49-1" data-at="c2" aria-label="Was hilft? Metallbau"' in markup


def test_a_visit_says_how_long_the_buddy_waits_for_it() -> None:
    early = STOPS[0].replace(arrive=515)
    rest = Break(start=520, end=535)
    week = WEEK.replace(days=(ROUTE.replace(stops=(early, STOPS[1]), breaks=(rest,)), *WEEK.days[1:]))
    text = Lanes(DESK, PEOPLE, True, (MONDAY, 0)).week([week], "2026-W49")
    assert text.count("Wartezeit") == 1 and f"Wartezeit {Speaker('de').minutes(10)}" in text
    assert "Wartezeit" not in drawn(True, 0)


def test_a_meeting_without_a_time_and_what_nobody_has_are_told_and_cannot_be_moved() -> None:
    meeting = FULL.replace(visit="a2", company="", place="amt", kind="training", priority=None)
    nobodys = FULL.replace(visit="r1", buddy="", reason=VisitReason(code=ReasonCode.NO_BUDDY))
    markup = left_out(DESK, PEOPLE, [meeting, nobodys], in_force=True)
    assert "Nicht eingeplant: 2" in markup and "Musterbehörde (training)" in markup
    assert "Der Betrieb hat keinen Buddy." in markup and "<button" not in markup


def test_a_visit_for_another_buddy_says_for_whom() -> None:
    cover = WEEK.replace(days=(ROUTE.replace(stops=(STOPS[0].replace(instead_of="anna"),)), *(None,) * 6))
    for in_force in (True, False):
        markup = Lanes(DESK, PEOPLE, in_force, (MONDAY, 0)).week([cover], "2026-W49")
        assert '<span class="muted">in Vertretung für Anna Ahorn</span>' in markup
