"""The coordinator's start page: the way to the first publication, then the state and what to do next."""

from api.http.planning.disruptions import ReportedDisruptionAnswer
from api.http.planning.plans import PlanListed
from api.http.programme.buddies import BuddyAnswer
from api.http.programme.companies import CompanyAnswer
from api.http.programme.first_steps import FirstSteps
from api.http.register.values import RowShown
from api.pages.desk.frame.elements import heading, html, link, part, table
from api.pages.desk.frame.page import Desk, without_programme
from api.pages.desk.office.first_steps import show_first_steps
from data.model.vocabulary import AbsenceState
from data.store.work.plans import PlanState

PATH, TITLE = "/overview", "desk_overview"


async def show(desk: Desk) -> None:
    """Show the programme's state, and what is next as steps, each with a link."""
    say, api = desk.say, desk.api
    if without_programme(desk):
        return
    buddies = await api.every(BuddyAnswer, "/buddies")
    companies = await api.every(CompanyAnswer, "/companies")
    plans = await api.some(PlanListed, "/plans", limit=200)
    published = [each for each in plans if each.state is PlanState.PUBLISHED]
    drafts = [each for each in plans if each.state is PlanState.DRAFT]
    upsets = await api.get(list[ReportedDisruptionAnswer], "/upsets")
    asked = await api.every(RowShown, "/register/availability", state=AbsenceState.ASKED.value)
    with part("dl", classes="totals"):
        for key, figure in (
            ("desk_buddies", len(buddies)),
            ("desk_companies", len(companies)),
            ("desk_drafts", len(drafts)),
            ("desk_reported", len(upsets)),
        ):
            with part("div"):
                part("dt", say.t(key))
                part("dd", say.number(figure))
    if desk.decides and not published:
        show_first_steps(desk, await api.get(FirstSteps, "/first-steps"))
        return
    heading(say.t("desk_next"))
    steps = [
        ("desk_step_messages", "/desk/messages", not upsets),
        ("desk_step_publish", "/desk/weeks", not drafts),
        ("desk_step_absences", "/desk/absences", not asked),
    ]
    with part("ol", classes="steps"):
        for key, to, done in steps:
            with part("li", classes="done" if done else "open"):
                link(say.t(key), f"{to}{desk.query}")
                part("span", say.t("desk_done" if done else "desk_open"), "muted")
    if published:
        heading(say.t("desk_in_force"))
        rows = [
            (
                each.first_week,
                say.number(each.weeks),
                say.full_date(each.published_at.date()) if each.published_at else "–",
            )
            for each in published[:10]
        ]
        titles = [say.t(key) for key in ("desk_first_week", "desk_week_count", "desk_published_on")]
        html(table(say.t("desk_in_force"), titles, rows))
