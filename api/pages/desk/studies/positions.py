"""Positions: what 1, 2 … of them can serve and where, and where one more job buddy helps most."""

from typing import Any

from nicegui import ui

from api.http.frame.errors import Problem
from api.http.frame.job_answers import JobAccepted
from api.http.studies.study_jobs import HireRequest
from api.pages.desk.frame.elements import Choice, button, heading, hear, part
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk, without_programme
from api.pages.desk.frame.who_is_who import People, people_of
from api.pages.desk.studies.coverage_curve import show_frontier
from api.pages.desk.studies.hiring import show_hire
from api.pages.desk.studies.study_list import list_studies

PATH, TITLE = "/positions", "desk_positions"
FILE = "positions-file"
NUMBERS = (10, 20, 30, 50, 75, 100)
SEND = """async () => {
  const form = new FormData(), chosen = document.getElementById("FILE").files;
  if (chosen.length) form.append("positions", chosen[0]);
  form.append("most", document.getElementById("MOST").value);
  form.append("keep", document.getElementById("KEEP").value);
  const answer = await fetch("/api/v1/studies/frontier?programme=PROGRAMME", {method: "POST", body: form});
  emit({status: answer.status, body: await answer.json()});
}"""
"""The browser sends the file to the API itself, as it does with imports."""


async def show(desk: Desk) -> None:
    """Show both questions, and earlier answers."""
    if without_programme(desk):
        return
    people = await people_of(desk)
    await _Frontier(desk, people, part("section")).draw()
    await _Hire(desk, people, part("section")).draw()


class _Question:
    """A question with a place for its form, one for the answer, and one for earlier answers."""

    kind = ""

    def __init__(self, desk: Desk, people: People, place: ui.element) -> None:
        self.desk, self.people = desk, people
        with place:
            heading(desk.say.t(f"{self.kind}_question"))
            part("p", desk.say.t(f"{self.kind}_text"), "muted")
            self.run_place = part("section", classes="run")
            self.result = part("section").props('aria-live="polite"')
            self.earlier = part("section")

    async def draw(self) -> None:
        """Draw the form, and the list of earlier answers."""
        self.run_place.clear()
        with self.run_place, part("div", classes="card row"):
            self.form()
        await list_studies(self.desk, self.earlier, self.kind, {}, self.look, side_by_side=False)

    def form(self) -> None:
        """Put the fields and the button into the current place."""
        raise NotImplementedError

    async def look(self, studies: list[str]) -> None:
        """Show an answer."""
        raise NotImplementedError

    async def follow(self, job: str) -> None:
        """Follow a job, then show its answer."""

        async def done(study: str) -> None:
            await self.draw()
            await self.look([study])

        await follow(self.desk, self.run_place, job, done)


class _Frontier(_Question):
    kind = "frontier"

    def form(self) -> None:
        say = self.desk.say
        most = Choice(say.t("frontier_most"), [(str(n), say.number(n)) for n in NUMBERS], "50")
        keep = Choice(
            say.t("frontier_keep"), [("false", say.t("frontier_instead")), ("true", say.t("frontier_beside"))]
        )
        with part("label"):
            part("span", say.t("frontier_file"))
            part("input").props(f'type="file" id="{FILE}" accept=".csv,.xlsx"')
        made = button(say.t("frontier_start"), lambda: None, "primary")
        code = SEND.replace("FILE", FILE).replace("PROGRAMME", self.desk.api.programme)
        code = code.replace("MOST", f"c{most.element.id}").replace("KEEP", f"c{keep.element.id}")
        hear(made, "click", self.desk.act(self._sent), code)

    async def _sent(self, answered: dict[str, Any]) -> None:
        if answered["status"] == 202:
            await self.follow(JobAccepted.model_validate(answered["body"]).job)
            return
        findings = Problem.model_validate(answered["body"]).findings
        self.desk.tell(self.desk.say.t("frontier_wrong_file" if findings else "desk_refused_422"), wrong=True)

    async def look(self, studies: list[str]) -> None:
        await show_frontier(self.desk, self.people, self.result, studies[0])


class _Hire(_Question):
    kind = "hire"

    def form(self) -> None:
        button(self.desk.say.t("hire_start"), self.desk.act(self._start), "primary")

    async def _start(self) -> None:
        taken = await self.desk.api.post(JobAccepted, "/studies/hire", HireRequest())
        await self.follow(taken.job)

    async def look(self, studies: list[str]) -> None:
        await show_hire(self.desk, self.people, self.result, studies[0])
