"""Plans under stress: illness, arrivals and cancellations drawn; today's plan and a scenario's compared."""

from collections.abc import Mapping

from nicegui import ui

from api.http.frame.job_answers import JobAccepted
from api.http.studies.studies import StudyAnswer
from api.http.studies.study_jobs import StressRequest
from api.pages.desk.frame.elements import (
    Choice,
    button,
    data,
    focus,
    heading,
    html,
    link,
    part,
    table,
    week_field,
)
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.since import show_since
from api.pages.desk.studies.study_list import list_studies
from api.planning.week_input import next_week
from api.studies.stress.words import headings, rows, sentences

MOST_WEEKS = 4
DRAWS = (20, 40, 100)


class StressForm:
    """The question, and below it the answer."""

    def __init__(self, desk: Desk, place: ui.element) -> None:
        self.desk = desk
        with place:
            heading(desk.say.t("stress_title"))
            part("p", desk.say.t("stress_text"), "muted")
            self.run_place = part("section", classes="run")
            self.result = part("section").props('aria-live="polite"')
            self.earlier = part("section")

    async def draw(self, titles: Mapping[str, str]) -> None:
        """Draw the form for scenarios, named by id."""
        say, self.titles = self.desk.say, titles
        self.run_place.clear()
        with self.run_place, part("div", classes="card row"):
            options = [("", say.t("stress_today_alone")), *titles.items()]
            scenario = Choice(say.t("stress_scenario"), options)
            week = week_field(say.t("scenario_from_week"), next_week())
            weeks = Choice(say.t("scenario_week_count"), [(str(n), str(n)) for n in range(1, MOST_WEEKS + 1)])
            draws = Choice(say.t("stress_draws"), [(str(n), say.number(n)) for n in DRAWS], "20")

            async def start() -> None:
                asked = StressRequest(
                    scenario=scenario.value or None,
                    first_week=week.value,
                    weeks=int(weeks.value),
                    draws=int(draws.value),
                )
                taken = await self.desk.api.post(JobAccepted, "/studies/stress", asked)
                await follow(self.desk, self.run_place, taken.job, self._done)

            button(say.t("stress_start"), self.desk.act(start), "primary")
        await list_studies(self.desk, self.earlier, "stress", titles, self._look, side_by_side=False)

    async def _done(self, study: str) -> None:
        await self.draw(self.titles)
        await self._look([study])

    async def _look(self, studies: list[str]) -> None:
        say, study = self.desk.say, studies[0]
        answer = await self.desk.api.get(StudyAnswer, f"/studies/{study}")
        assert answer.stress
        stress = answer.stress.called(dict(self.titles))
        self.result.clear()
        with self.result, part("div", classes="card"):
            title = heading(say.t("stress_title"))
            show_since(self.desk, answer.since)
            with part("ul", classes="told"):
                for line in sentences(stress, say.language):
                    part("li", line)
            cells = ([data(cell) for cell in row] for row in rows(stress, say.language))
            heads = headings(say.language)
            html(table(say.t("stress_title"), heads, cells, figures=len(heads) - 2))
            with part("p", classes="links"):
                at = f"/api/v1/studies/{study}"
                link(say.t("study_picture"), f"{at}/picture.svg?language={say.language}", "button")
                link(say.t("study_workbook"), f"{at}/workbook.xlsx?language={say.language}", "button")
        focus(title)
