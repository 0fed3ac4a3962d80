"""What an absence of a buddy would hit, told before it is entered."""

from collections.abc import Iterator, Sequence
from datetime import date

from api.http.register.absence_effects import AbsenceAnswer
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import Field, button, data, focus, heading, html, part, table
from api.pages.desk.register.rows.open_row import OpenRow
from data.register.changes.operations import Act, Operation
from data.results.questions import AbsenceEffects, StandIn

Row = tuple[str, str, str, str]


class WouldBeAway:
    """The question on a buddy's page: from when to when, and below what that hits."""

    def __init__(self, opened: OpenRow) -> None:
        self.opened = opened
        say = opened.desk.say
        with part("section", classes="card question"):
            self._title = heading(say.t("would_be_away"))
            part("p", say.t("would_be_away_text"), "muted")
            with part("div", classes="row"):
                self._first = Field(say.t("would_be_away_first"), "", None, type="date")
                self._last = Field(say.t("would_be_away_last"), "", None, type="date")
                button(say.t("would_be_away_ask"), opened.desk.act(self._ask), "primary")
            self._place = part("div").props('aria-live="polite"')

    async def _ask(self) -> None:
        opened, place, say = self.opened, self._place, self.opened.desk.say
        first, last = self._first.value, self._last.value or self._first.value
        place.clear()
        if not first:
            with place:
                part("p", say.t("would_be_away_when"), "notice")
            return
        with place:
            part("p", say.t("desk_why_solving"), "muted loading")
        path = f"/register/buddies/{opened.row.id}/absence-effects"
        try:
            found = await opened.desk.api.get(AbsenceAnswer, path, first=first, last=last)
        except Refused:
            place.clear()
            raise
        if place.is_deleted:
            return
        place.clear()
        with place:
            self._show(found)
        focus(self._title)

    def _show(self, found: AbsenceAnswer) -> None:
        say, effects = self.opened.desk.say, found.effects
        part("h3", say.span(effects.first, effects.last))
        with part("ul", classes="told"):
            for line in found.sentences[say.language]:
                part("li", line)
        rows = sorted(self._hits(effects))
        if rows:
            keys = ("away_when", "away_what", "desk_company", "away_stand_in")
            shown = [each[1:] for each in rows]
            html(table(say.t("would_be_away_hits"), [say.t(key) for key in keys], shown), "tall")
        if self.opened.keeps:
            button(say.t("would_be_away_enter"), self.opened.desk.act(lambda: self._enter(effects)))

    def _hits(self, effects: AbsenceEffects) -> Iterator[tuple[date, str, str, str, str]]:
        """Yield the day, and the cells of a row as markup, of all that is hit."""
        say = self.opened.desk.say
        published, fixed_ones = ({each.id for each in of} for of in (effects.visits, effects.appointments))
        for visit in effects.visits:
            kind, times = (
                "appointment" if visit.id in fixed_ones else "visit",
                say.times(visit.start_min, visit.end_min),
            )
            yield visit.day, *self._row(kind, visit.day, times, visit.company, visit.stand_ins)
        for fixed in effects.appointments:
            if fixed.id not in published:
                time = say.time(fixed.start_min)
                yield fixed.day, *self._row("appointment", fixed.day, time, fixed.company, fixed.stand_ins)
        for late in effects.rhythms:
            told = say.t("away_overdue", count=late.overdue_days) if late.possible else say.t("away_never")
            yield late.day, *self._row("rhythm", late.day, told, late.company, late.stand_ins)
        for group in effects.groups:
            told = say.t("away_group_since", day=say.day_and_month(group.arrived))
            yield effects.first, *self._row("group", effects.first, told, group.company, group.stand_ins)

    def _row(self, kind: str, day: date, told: str, company: str, able: Sequence[StandIn]) -> Row:
        opened, say = self.opened, self.opened.desk.say
        stand_ins = ", ".join(
            say.t("away_stand_in_on", buddy=opened.words.name(each.buddy), day=say.short_day(each.day))
            for each in able
        )
        where = opened.linked("companies", company) if company else "–"
        nobody = f'<span class="gap">{data(say.t("away_nobody"))}</span>'
        when = f"{data(say.short_day(day))} <span>{data(told)}</span>"
        return when, data(say.t(f"away_{kind}")), where, data(stand_ins) or nobody

    async def _enter(self, effects: AbsenceEffects) -> None:
        opened, say = self.opened, self.opened.desk.say
        away = {"who": effects.buddy, "from": effects.first.isoformat(), "to": effects.last.isoformat()}
        told = {"buddy": opened.words.name(effects.buddy), "span": say.span(effects.first, effects.last)}
        entering = Operation(Act.ENTER, "availability", values=away)
        await opened.enter([entering], say.t("would_be_away_entered", **told))
