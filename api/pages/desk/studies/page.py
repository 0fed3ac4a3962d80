"""Scenarios: built, run, compared; and plans under stress."""

from api.http.frame.job_answers import JobAccepted
from api.http.programme.hosts import HostAnswer
from api.http.studies.scenarios import ScenarioAnswer
from api.http.studies.study_jobs import StudyRequest
from api.pages.desk.frame.checkboxes import Ticks
from api.pages.desk.frame.elements import (
    Choice,
    button,
    clicks,
    data,
    heading,
    html,
    part,
    row_button,
    table,
    week_field,
)
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk, without_programme
from api.pages.desk.frame.who_is_who import People, people_of
from api.pages.desk.studies.adopting import show_adopting
from api.pages.desk.studies.change_form import Lists, change_words, lists_of
from api.pages.desk.studies.comparing import show_comparison
from api.pages.desk.studies.scenario_builder import Builder, changes_json
from api.pages.desk.studies.stress import StressForm
from api.pages.desk.studies.study_list import list_studies
from api.planning.week_input import next_week
from data.base.dates import weeks_from
from data.scenario.people import Absence

PATH, TITLE = "/scenarios", "desk_scenarios"
MOST_WEEKS, MOST_COMPARED = 8, 8


async def show(desk: Desk) -> None:
    """Show all scenarios and their studies, or how to begin."""
    if without_programme(desk):
        return
    people = await people_of(desk)
    hosts = await desk.api.get(list[HostAnswer], "/hosts")
    await _Page(desk, people, lists_of(desk.say, people, hosts)).draw()


class _Page:
    """The state of an open page: which scenarios are selected, and where results are shown."""

    def __init__(self, desk: Desk, people: People, lists: Lists) -> None:
        self.desk, self.people, self.lists = desk, people, lists
        say = desk.say
        part("p", say.t("scenario_intro"), "lead")
        self.listed = part("section")
        self.adopting = part("section").props('aria-live="polite"')
        self.builder = Builder(desk, lists, part("section"), self.draw)
        self.compare_place = part("section")
        self.result = part("section").props('aria-live="polite"')
        self.studies = part("section")
        self.asked = StudyRequest(first_week=next_week(), weeks=0)
        self.stress = StressForm(desk, part("section"))

    async def draw(self) -> None:
        """Redraw what is stored."""
        found = await self.desk.api.every(ScenarioAnswer, "/scenarios")
        self.scenarios = {each.id: each for each in reversed(found)}
        self.titles = {key: each.name for key, each in self.scenarios.items()}
        self.ticks = Ticks(self._ticked)
        self._list()
        self._compare_form()
        await self._earlier()
        await self.stress.draw(self.titles)

    def _list(self) -> None:
        say = self.desk.say
        self.listed.clear()
        with self.listed:
            heading(say.t("scenario_all"))
            if not self.scenarios:
                with part("div", classes="empty"):
                    part("p", say.t("scenario_none"))
            else:
                shown = clicks(html(self._rows(), "scenarios"), self.desk.act(self._clicked))
                self.ticks.listen(shown)
            button(say.t("scenario_new"), self._new, "primary")

    def _rows(self) -> str:
        say, rows = self.desk.say, []
        for key, each in self.scenarios.items():
            tick = self.ticks.cell(key, say.t("scenario_choose", name=each.name))
            lines = "".join(
                f"<li>{data(change_words(self.lists, change))}</li>" for change in changes_json(each)
            )
            name = f'<b>{data(each.name)}</b><span class="muted">{data(each.note)}</span>'
            if each.parent:
                on = say.t("scenario_builds_on", name=self.titles.get(each.parent, "–"))
                name += f'<span class="muted">{data(on)}</span>'
            day = say.full_date(each.created_at.date())
            copy = row_button(
                say.t("scenario_copy"), "copy", key, say.t("scenario_copy_of", name=each.name), "small"
            )
            adopt = row_button(say.t("adopt"), "adopt", key, say.t("adopt_of", name=each.name), "small")
            acts = f'<span class="asks">{copy}{adopt}</span>'
            rows.append((tick, name, f"<ul>{lines}</ul>", data(day), acts))
        keys = ("scenario_compare", "scenario_name", "scenario_changes", "scenario_made_on", "desk_act")
        return table(say.t("scenario_all"), [say.t(key) for key in keys], rows)

    def _new(self) -> None:
        self.builder.open(list(self.scenarios.values()))

    async def _clicked(self, given: dict[str, str]) -> None:
        chosen = self.scenarios[given["id"]]
        if given["act"] == "adopt":
            await show_adopting(self.desk, self.lists, self.adopting, chosen)
        else:
            self.builder.open(list(self.scenarios.values()), chosen)

    def _ticked(self) -> None:
        if weeks := self._weeks_named():
            self.week.enter(weeks[0])
            self.count.enter(str(min(MOST_WEEKS, len(weeks))))

    def _weeks_named(self) -> list[str]:
        """Return the weeks from the first to the last named in the selected scenarios' absences."""
        changes = [change for key in self._with_parents() for change in self.scenarios[key].changes]
        absences = [change for change in changes if isinstance(change, Absence)]
        named = sorted(week for each in absences for week in weeks_from(each.first_week, each.weeks))
        return [week for week in weeks_from(named[0], 53) if week <= named[-1]] if named else []

    def _with_parents(self) -> list[str]:
        keys = list(self.ticks.chosen)
        for key in keys:
            parent = self.scenarios[key].parent
            if parent and parent in self.scenarios and parent not in keys:
                keys.append(parent)
        return keys

    def _compare_form(self) -> None:
        say = self.desk.say
        self.compare_place.clear()
        if not self.scenarios:
            return
        with self.compare_place:
            heading(say.t("scenario_run"))
            part("p", say.t("scenario_run_text"), "muted")
            self.run_place = part("section", classes="run")
        self._run_form()

    def _run_form(self) -> None:
        say = self.desk.say
        self.run_place.clear()
        with self.run_place, part("div", classes="card row"):
            counts = [
                ("0", say.t("scenario_no_week")),
                *((str(n), say.number(n)) for n in range(1, MOST_WEEKS + 1)),
            ]
            self.week = week_field(say.t("scenario_from_week"), self.asked.first_week or "")
            self.count = Choice(say.t("scenario_week_count"), counts, str(self.asked.weeks))
            button(say.t("scenario_start"), self.desk.act(self._run), "primary")

    async def _run(self) -> None:
        """Run today's programme and the selected scenarios for the same weeks, one after the other."""
        say, api = self.desk.say, self.desk.api
        if not 0 < len(self.ticks.chosen) <= MOST_COMPARED:
            self.desk.tell(say.t("scenario_choose_first", most=MOST_COMPARED), wrong=True)
            return
        self.asked = StudyRequest(first_week=self.week.value, weeks=int(self.count.value))
        wanted: list[str | None] = [None, *self.ticks.chosen]
        asked = [self.asked.model_copy(update={"scenario": key}) for key in wanted]
        jobs = [(await api.post(JobAccepted, "/studies", each)).job for each in asked]
        self.run_place.clear()
        with self.run_place:
            title, place = heading(" ", 3), part("section")
        studies: list[str] = []

        async def done(study: str) -> None:
            studies.append(study)

        for number, (key, job) in enumerate(zip(wanted, jobs, strict=True), start=1):
            title.text = f"{number}/{len(jobs)}: {self.titles.get(key or '', say.t('scenario_today'))}"  # type: ignore[attr-defined]
            await follow(self.desk, place, job, done)
            if len(studies) < number:
                with self.run_place:
                    button(say.t("scenario_again"), self._run_form)
                return
        self._run_form()
        await self._show(studies)
        await self._earlier()

    async def _show(self, studies: list[str]) -> None:
        await show_comparison(self.desk, self.people, self.result, studies, self.titles)

    async def _earlier(self) -> None:
        await list_studies(self.desk, self.studies, "scenario", self.titles, self._show, side_by_side=True)
