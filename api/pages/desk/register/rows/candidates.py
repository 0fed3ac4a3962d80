"""Who can take a company on: the three best buddies with price, way, caseload, first visit; one click."""

from datetime import date

from api.http.register.candidates import CandidatesAnswer
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import Field, button, data, focus, heading, html, part
from api.pages.desk.register.rows.open_row import OpenRow
from api.pages.desk.register.telling import tell_wrong
from api.words.candidates import caseload_words, visit_words
from api.words.levels import level_name
from api.words.reasons import reason_words
from data.register.changes.adopting import succession_of
from data.register.changes.errors import RowsWrong
from data.results.explanation import Amount
from data.results.questions import Candidate


class WhoCanTake:
    """The question on a company's page, and its answer below."""

    def __init__(self, opened: OpenRow) -> None:
        self.opened = opened
        say = opened.desk.say
        with part("section", classes="card question"):
            self._title = heading(say.t("who_can_take"))
            with part("div", classes="row"):
                self._day = Field(say.t("who_can_take_from"), "", None, type="date")
                button(say.t("who_can_take_ask"), opened.desk.act(self.ask), "primary")
            part("p", say.t("who_can_take_text"), "muted")
            self._place = part("div").props('aria-live="polite"')

    async def ask(self, of_itself: bool = False) -> None:
        """Ask and show the answer; `of_itself`: nobody pressed, so the focus stays where it is."""
        opened, place = self.opened, self._place
        place.clear()
        with place:
            part("p", opened.desk.say.t("desk_why_solving"), "muted loading")
        path = f"/register/companies/{opened.row.id}/candidates"
        asked = {"at": self._day.value} if self._day.value else {}
        try:
            found = await opened.desk.api.get(CandidatesAnswer, path, **asked)
        except Refused:
            place.clear()
            raise
        if place.is_deleted:
            return
        place.clear()
        if not self._day.value:
            self._day.enter(found.answer.day.isoformat())
        with place:
            self._show(found)
        if not of_itself:
            focus(self._title)

    def _show(self, found: CandidatesAnswer) -> None:
        answer, say = found.answer, self.opened.desk.say
        if answer.candidates:
            with part("ol", classes="candidates"):
                for number, each in enumerate(answer.candidates):
                    with part("li"):
                        self._candidate(each, found, first=not number)
        # The sentences of the candidates themselves are the cards above.
        rest = found.sentences[say.language][len(answer.candidates) :]
        changing = 0 if answer.candidates else 1
        for line in rest[: changing + 1]:
            part("p", line, "muted" if answer.candidates else "gap")
        if len(rest) > changing + 1:
            with part("details"):
                part("summary", say.t("who_cannot_take", count=sum(e.buddies for e in answer.excluded)))
                with part("ul", classes="told"):
                    for line in rest[changing + 1 :]:
                        part("li", line)

    def _candidate(self, each: Candidate, found: CandidatesAnswer, first: bool) -> None:
        opened, day = self.opened, found.answer.day
        say, words = opened.desk.say, opened.words
        html(f"<h3>{opened.linked('buddies', each.buddy)}</h3>")
        if each.exception:
            part("p", say.t("pin_exception", reason=reason_words(each.exception, words.name, say.language)))
        languages = ", ".join(map(say.language_name, each.common_languages))
        way = {"one_way": say.minutes(each.one_way_min), "travel": say.minutes(each.travel_min)}
        facts = (
            ("candidate_first_visit", visit_words(each.first_visit, say)),
            ("candidate_way", say.t("candidate_way_of", **way)),
            ("candidate_languages", languages or say.t("candidate_no_language")),
            ("candidate_caseload", "; ".join(caseload_words(each.caseload, say))),
        )
        pairs = "".join(f"<div><dt>{data(say.t(key))}</dt><dd>{data(text)}</dd></div>" for key, text in facts)
        html(f'<dl class="pairs">{pairs}</dl>{self._price(each.price)}')
        if opened.keeps:
            name = words.name(each.buddy)
            taken = opened.desk.act(lambda: self._take(each.buddy, day))
            button(say.t("candidate_takes", name=name), taken, "primary" if first else "")

    def _price(self, price: tuple[Amount, ...]) -> str:
        """Return the price on each level, in the order of the policy, as markup; a decrease is good."""
        say = self.opened.desk.say
        rows = "".join(
            f'<tr><th scope="row">{data(level_name(each.name, say))}</th>'
            f'<td class="figure{"" if each.value else " none"}">'
            f"{data(say.signed(each.value) if each.value else say.number(0))}</td></tr>"
            for each in price
        )
        title = data(say.t("candidate_price"))
        return f'<table class="levels-of"><caption>{title}</caption><tbody>{rows}</tbody></table>'

    async def _take(self, buddy: str, day: date) -> None:
        opened, company = self.opened, self.opened.row.id
        words, say = opened.words, opened.desk.say
        adoption = succession_of(words.register, company, buddy, day)
        try:
            entered = await opened.registry.enter(adoption.operations)
        except RowsWrong as wrong:
            tell_wrong(opened.desk, words, wrong)
            return
        told = {"buddy": words.name(buddy), "company": words.name(company), "day": say.day(day)}
        said = say.t("candidate_took", **told)
        for each in adoption.successions:
            if each.before:
                said += " " + say.t("candidate_took_before", buddy=words.name(each.before))
        await opened.entered(entered, said)
