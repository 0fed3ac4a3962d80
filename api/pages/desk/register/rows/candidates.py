"""Who can take a company on: the three best buddies with price, way, caseload, first visit; one click."""

from datetime import date

from api.http.register.candidates import CandidatesAnswer
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import Field, button, data, focus, heading, html, part
from api.pages.desk.register.rows.open_row import OpenRow
from api.words.candidates import caseload_words, visit_words
from api.words.changes import change_words
from api.words.levels import level_name
from api.words.reasons import reason_words
from data.base.status import ReasonCode
from data.register.changes.adopting import succession_of
from data.results.change import Change, ChangeKind
from data.results.explanation import Amount
from data.results.questions import Candidate
from data.results.solution import Exclusion

RAISED = {"companies": ChangeKind.PLACES, "care_min": ChangeKind.CARE_MIN}
"""The limits of a caseload that can be raised by a value of the buddy's row."""


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
        # The sentences of the candidates themselves are the cards above, those of misses stand below.
        rest = found.sentences[say.language][len(answer.candidates) : -len(answer.nearest) or None]
        if not answer.candidates:
            nobody, rest = rest[0], rest[2:]  # that none has to change for nobody is not worth a line
            part("p", nobody, "gap")
        for line in rest:
            part("p", line, "muted")
        if answer.nearest:
            with part("details") as misses:
                misses.props["open"] = not answer.candidates
                part("summary", say.t("who_cannot_take"))
                for miss in answer.nearest:
                    self._miss(miss)

    def _miss(self, miss: Exclusion) -> None:
        """Show why a buddy cannot, and the button that raises the limit if that is all that is in the way."""
        opened, say = self.opened, self.opened.desk.say
        told = {"buddy": opened.words.name(miss.buddy)}
        reason = reason_words(miss.reason, opened.words.name, say.language)
        with part("div", classes="offer"):
            part("p", say.t("candidate_miss", reason=reason, **told))
            buddy = opened.words.register.row("buddies", miss.buddy)
            change = _raised(miss)
            if change and buddy and opened.words.seen.keeps(buddy):
                what = change_words(change, opened.words.name, say)
                button(
                    say.t("desk_remedy_take", what=what),
                    opened.desk.act(lambda: self._raise(change)),
                    "small",
                )

    async def _raise(self, change: Change) -> None:
        operations, _ = await self.opened.registry.remedy([change])
        await self.opened.enter(operations)

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
        told = {"buddy": words.name(buddy), "company": words.name(company), "day": say.day(day)}
        said = say.t("candidate_took", **told)
        before = adoption.successions[0].before if adoption.successions else buddy
        if before not in ("", buddy):
            said += " " + say.t("candidate_took_before", buddy=words.name(before))
        await opened.telling(opened.registry.give(company, buddy, day, before), said)


def _raised(miss: Exclusion) -> Change | None:
    """Return the higher limit with which a full buddy could take the company on; None for other reasons."""
    reason = miss.reason
    kind = RAISED.get(reason.measured or "")
    if reason.code is not ReasonCode.CASELOAD_FULL or kind is None or reason.used is None:
        return None
    needed = reason.used + (reason.added or 0)
    return Change(kind=kind, who=miss.buddy, before=str(reason.most), after=str(needed))
