"""The summary shows how well the contact rhythm of companies is kept."""

from datetime import date
from typing import Any

from api.cli.terminal.summary import cadence_words, summary_json
from api.run.cadence_figures import cadence_figures
from api.run.run import Run
from api.words.speaker import Speaker
from data.base.status import Status
from data.model.vocabulary import CareMode
from data.results.planned_contact import PlannedContact
from data.results.solution import CadencePlan, Call
from tests.api.runs import run


def contact(key: str, **fields: Any) -> PlannedContact:
    day = date(2026, 11, 25)
    return PlannedContact(
        **{"id": key, "company": "mill", "week": "2026-W48", "day": day, "first_day": day} | fields
    )


def with_contacts(*contacts: PlannedContact, bound: int = 9) -> Run:
    of = run()
    choice = CadencePlan(status=Status.OPTIMAL, value=9, bound=bound, contacts=contacts)
    (week,) = of.weeks[0].weeks
    made = Call(id="call", company="mill", mode=CareMode.CALL, day=date(2026, 11, 25), minutes=20)
    own = of.weeks[0].replace(cadence=choice, weeks=(week.replace(calls=(made,)),))
    return run(weeks=(own, of.weeks[1]))


def test_drift_is_what_lies_between_a_contact_and_its_due_day() -> None:
    found = cadence_figures(
        with_contacts(contact("a"), contact("b", off_days=3), contact("c", off_days=7, overdue_days=2))
    )
    # (0 + 3 + 9) / 3
    assert (found.contacts, found.drift_mean_days, found.overdue, found.forgotten) == (3, 4.0, 1, 0)
    assert (found.proved, found.choices) == (1, 1)
    assert cadence_figures(with_contacts(contact("a"), bound=8)).proved == 0


def test_forgotten_is_who_waits_beyond_four_weeks_and_is_not_even_named() -> None:
    late = {"overdue_days": 29}
    named = run().weeks[1].weeks[0].unplanned[0].id
    found = cadence_figures(
        with_contacts(
            contact("nowhere", **late),
            contact(named, **late),
            contact("call", mode=CareMode.CALL, **late),
            contact("later call", mode=CareMode.CALL, week="2026-W50", **late),
            contact("soon", overdue_days=28),
        )
    )
    assert (found.overdue, found.forgotten) == (5, 2)


def test_runs_without_a_choice_have_no_contacts() -> None:
    assert cadence_figures(run()).contacts == 0


def test_the_summary_tells_it() -> None:
    of = with_contacts(contact("a"), contact("b", off_days=3))
    assert summary_json(of)["cadence"]["drift_mean_days"] == 1.5
    assert cadence_words(cadence_figures(of), Speaker("en")) == (
        "1.50 days off on average, 95% within 0; proved 1 of 1",
        "0 of 2 contacts overdue, 0 forgotten",
    )
