"""What was entered beside the register overlays its problem, on both databases."""

from datetime import date

from sqlalchemy import Connection

from api.run.registered.programmes import Programmes
from data.model.history import Contact
from data.model.identity import Identities
from data.model.problem import Horizon, Problem, Request
from data.model.relation import Ban, Pin
from data.model.vocabulary import RequestKind, RequestState
from data.register.current import Current, LeftOut
from data.register.first_rows import fill_register
from data.store.work.contacts import keep_contact
from data.store.work.matching_in_force import matching_in_force
from data.store.work.pair_rules import RuleKind, keep_rule
from data.store.work.problems import keep_import, keep_problem, packed, problem_of
from data.store.work.programmes import keep_programme
from data.store.work.requests import change_request, raise_request
from tests.builders import WEEK
from tests.data.store.entered import PROGRAMME, RUN, draft, entered, published

AHEAD = Horizon(first_week="2026-W50", weeks=2)
DAY = date(2026, 11, 23)


def imported(c: Connection, **fields: object) -> Problem:
    """Store a programme that has no register yet."""
    problem = RUN.problem.replace(**fields)
    keep_programme(c, problem.programme, Identities())
    keep_import(c, PROGRAMME, keep_problem(c, packed(problem, RUN.times, None)), 0, 0, "u")
    fill_register(c, PROGRAMME)
    return problem


def current_problem(c: Connection, horizon: Horizon) -> Current:
    return Programmes().current(c, PROGRAMME, horizon)


def test_nothing_entered_leaves_the_import_with_the_horizon_asked_for(c: Connection) -> None:
    problem = imported(c)
    current = current_problem(c, AHEAD)
    assert current.problem == problem.replace(horizon=AHEAD) and current.left_out == ()


def test_rules_of_the_store_go_before_those_of_the_files(c: Connection) -> None:
    imported(
        c,
        pins=(Pin(buddy="anna", company="bakery"), Pin(buddy="ben", company="garage")),
        bans=(Ban(buddy="ben", company="nursery"),),
    )
    keep_rule(c, PROGRAMME, RuleKind.PIN, "ben", "bakery", "", "u")  # the file pins it to anna
    keep_rule(c, PROGRAMME, RuleKind.PIN, "ben", "nursery", "", "u")  # the file bans it
    keep_rule(c, PROGRAMME, RuleKind.BAN, "ben", "garage", "", "u")  # the file pins it
    problem = current_problem(c, AHEAD).problem
    assert problem.pins == (Pin(buddy="ben", company="bakery"), Pin(buddy="ben", company="nursery"))
    assert problem.bans == (Ban(buddy="ben", company="garage"),)


def test_reports_become_history_and_go_before_the_row_of_the_file(c: Connection) -> None:
    filed = Contact(company="bakery", date=DAY, buddy="anna", minutes=50)
    imported(c, history=(filed, filed.replace(date=date(2026, 11, 9))))
    reported = keep_contact(c, PROGRAMME, "bakery-1", filed.replace(minutes=70)).contact
    gone = keep_contact(c, PROGRAMME, "garage-1", filed.replace(company="garage", buddy="zoe")).contact
    assert current_problem(c, AHEAD).problem.history == (
        filed.replace(date=date(2026, 11, 9)),
        reported,
        gone.replace(buddy=""),
    )


def test_open_requests_come_along_until_their_visit_is_done(c: Connection) -> None:
    filed = Request(id="r", company="bakery", kind=RequestKind.FOLLOW_UP, raised=DAY, due=DAY)
    imported(c, requests=(filed,))
    raised = raise_request(c, PROGRAMME, "garage", RequestKind.URGENT, DAY, DAY, 45, "u").request
    settled = raise_request(c, PROGRAMME, "garage", RequestKind.URGENT, DAY, DAY, 45, "u").request
    change_request(c, settled.id, RequestState.WITHDRAWN, 1)
    requests = current_problem(c, AHEAD).problem.requests
    assert set(requests) == {filed, raised}
    keep_contact(c, PROGRAMME, "r", Contact(company="bakery", date=DAY, buddy="anna", minutes=60))
    states = {one.id: one.state for one in current_problem(c, AHEAD).problem.requests}
    assert states == {"r": RequestState.DONE, raised.id: RequestState.OPEN}


def test_what_is_about_somebody_who_is_gone_is_left_out_and_told(c: Connection) -> None:
    problem = imported(c)
    rule = keep_rule(c, PROGRAMME, RuleKind.PIN, "zoe", "bakery", "", "u")
    contact = keep_contact(c, PROGRAMME, "v", Contact(company="mill", date=DAY))
    request = raise_request(c, PROGRAMME, "mill", RequestKind.URGENT, DAY, DAY, 45, "u")
    current = current_problem(c, problem.horizon)
    assert current.problem == problem
    assert current.left_out == (
        LeftOut("pin", rule.id, "zoe"),
        LeftOut("contact", contact.id, "mill"),
        LeftOut("request", request.request.id, "mill"),
    )


def test_free_texts_of_an_import_are_not_kept(c: Connection) -> None:
    entered(c)
    told = RUN.problem.replace(
        pins=(Pin(buddy="anna", company="bakery", reason="Frau Kruse"),),
        bans=(Ban(buddy="ben", company="bakery", reason="Frau Kruse"),),
        history=(Contact(company="bakery", date=DAY, topic="Frau Kruse"),),
    )
    kept, _ = problem_of(c, keep_problem(c, packed(told, RUN.times, None)))
    assert "Kruse" not in kept.model_dump_json()
    assert [(pin.buddy, pin.company) for pin in kept.pins] == [("anna", "bakery")]


def test_a_matching_is_in_force_once_a_plan_of_it_is_published(c: Connection) -> None:
    draft(c, entered(c))
    assert matching_in_force(c, PROGRAMME) is None
    plan = published(c)
    found = matching_in_force(c, PROGRAMME)
    assert found and found.id == plan.matching and RUN.problem.horizon.first_week == WEEK
