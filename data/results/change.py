"""Single changes of a problem that can be shown, applied and compared."""

from enum import StrEnum

from data.base.entity import Entity
from data.base.ids import AnyId
from data.model.dated import saying
from data.model.problem import Buddy, Company, Problem, Spoken
from data.model.relation import Ban, Pin
from data.model.vocabulary import LanguageLevel


class ChangeKind(StrEnum):
    """What is changed; `who` is a buddy's id unless noted otherwise."""

    PLACES = "places"  # maximum companies of a buddy
    CARE_MIN = "care_min"  # maximum care minutes of a buddy
    WEEK_WORK_MIN = "week_work_min"  # a buddy's contract minutes a week
    ONE_WAY_MIN = "one_way_min"  # a buddy's own limit of one-way travel
    POLICY_ONE_WAY_MIN = "policy_one_way_min"  # the general limit of one-way travel; `who` is empty
    LANGUAGE = "language"  # a level such as `ar:B1`; `before` is for example `ar:A2`, or empty
    DISTRICT = "district"  # one more district in a buddy's mandate
    SECTOR = "sector"  # one more sector in a buddy's mandate
    PRIORITY = "priority"  # of the company `who`
    PIN = "pin"  # pins the company `after` to the buddy
    BAN = "ban"  # bans the buddy from the company `after`
    UNBAN = "unban"  # lifts the buddy's ban from the company `before`
    CROSS_HOST = "cross_host"  # the host `who` allows pairs with others


LIMITS = {
    ChangeKind.PLACES: "max_companies",
    ChangeKind.CARE_MIN: "max_care_min",
    ChangeKind.WEEK_WORK_MIN: "week_work_min",
    ChangeKind.ONE_WAY_MIN: "max_one_way_min",
}
"""The kinds that set one number of a buddy, with its field."""


class Change(Entity):
    """One change: its kind, who it concerns, and the value before and after, as text."""

    kind: ChangeKind
    who: AnyId = ""
    before: str = ""
    after: str = ""

    def ids_in_text(self) -> tuple[str, ...]:
        """Pins and bans name a company."""
        return ("before", "after") if self.kind in (ChangeKind.PIN, ChangeKind.BAN, ChangeKind.UNBAN) else ()


def applied(problem: Problem, change: Change) -> Problem:
    """Return the problem with one change; raises KeyError for an unknown id."""
    match change.kind:
        case ChangeKind.PRIORITY:
            return _with_company(problem, problem.company[change.who].replace(priority=int(change.after)))
        case ChangeKind.POLICY_ONE_WAY_MIN:
            return problem.replace(policy=problem.policy.replace(max_one_way_min=int(change.after)))
        case ChangeKind.PIN | ChangeKind.BAN | ChangeKind.UNBAN:
            return _with_rule(problem, change)
        case ChangeKind.CROSS_HOST:
            host = problem.host[change.who].replace(cross_host=True)
            return problem.replace(hosts=tuple(host if h.id == host.id else h for h in problem.hosts))
        case ChangeKind.PLACES | ChangeKind.CARE_MIN | ChangeKind.WEEK_WORK_MIN:
            limit = {LIMITS[change.kind]: int(change.after)}
            limited = problem.replace(terms=saying(problem.terms, {change.who}, limit))
            return _with_buddy(limited, problem.buddy[change.who].replace(**limit))
        case _:
            return _with_buddy(problem, _changed(problem.buddy[change.who], change))


def _with_rule(problem: Problem, change: Change) -> Problem:
    """Add a pin, replacing others of the company, or a ban, replacing a pin of the pair."""
    match change.kind:
        case ChangeKind.PIN:
            others = tuple(pin for pin in problem.pins if pin.company != change.after)
            return problem.replace(pins=(*others, Pin(buddy=change.who, company=change.after)))
        case ChangeKind.BAN:
            pair = (change.who, change.after)
            return problem.replace(
                pins=tuple(pin for pin in problem.pins if (pin.buddy, pin.company) != pair),
                bans=(*problem.bans, Ban(buddy=change.who, company=change.after)),
            )
        case _:
            pair = (change.who, change.before)
            return problem.replace(bans=tuple(b for b in problem.bans if (b.buddy, b.company) != pair))


def _changed(buddy: Buddy, change: Change) -> Buddy:
    if change.kind in LIMITS:
        return buddy.replace(**{LIMITS[change.kind]: int(change.after)})
    match change.kind:
        case ChangeKind.DISTRICT:
            return buddy.replace(districts=(*buddy.districts, change.after))
        case ChangeKind.SECTOR:
            return buddy.replace(sectors=(*buddy.sectors, change.after))
        case ChangeKind.LANGUAGE:
            language, level = change.after.split(":")
            return buddy.speaking(Spoken(language=language, level=LanguageLevel(level)))
        case _:
            raise ValueError(f"{change.kind} changes no buddy")


def _with_buddy(problem: Problem, changed: Buddy) -> Problem:
    return problem.replace(buddies=tuple(changed if b.id == changed.id else b for b in problem.buddies))


def _with_company(problem: Problem, changed: Company) -> Problem:
    return problem.replace(companies=tuple(changed if c.id == changed.id else c for c in problem.companies))
