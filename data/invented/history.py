"""The past of an invented programme: who looked after whom, and the latest contacts."""

from datetime import date, timedelta

from data.invented.draws import draw, source
from data.invented.outline import Outline, Tie
from data.invented.people.firms import Firm
from data.invented.people.staff import Colleague
from data.invented.possible_pairs import Pairs

WITH_RELATION = 0.6
FILLED_BY_RELATIONS = 0.7  # maximum share of a caseload: the rest is for new companies
FOREIGN_TO_THEM_MIN = 12  # minutes of travel that a common language outweighs when a buddy is chosen
LANGUAGE_HELPERS = 0.1  # share of the companies whose buddy lacks their languages
ENDED = 0.05  # share of the companies without a buddy
LONG_DAYS, COVERED = 14, 0.5
FORGOTTEN = 0.03
TOGETHER_DAYS = (180, 560)  # longer than any contact history
OUTCOMES = [("done", 92), ("no_show", 4), ("cancelled_company", 2), ("cancelled_buddy", 1), ("moved", 1)]
TOPICS = ("Wohnung", "Behörde", "Deutschkurs", "Kinderbetreuung", "Einarbeitung", "Anerkennung", "Gesundheit")


def ties(pairs: Pairs, seed: int, monday: date) -> dict[int, Tie]:
    """Return the current relations by company: near buddies, preferably with a common language."""
    rng = source(seed, "relations")
    active = [j for j, firm in enumerate(pairs.firms) if firm.state in {"active", "paused"}]
    room = [0 if c.begins else int(c.max_companies * FILLED_BY_RELATIONS) for c in pairs.staff]
    found: dict[int, Tie] = {}
    for j in rng.sample(active, len(active)):
        possible = [i for i in pairs.possible(j) if room[i]]
        if possible and len(found) < WITH_RELATION * len(active):
            best = min(possible, key=lambda i: (_distance(pairs, i, j), i))
            room[best] -= 1
            found[j] = Tie(best, j, monday - timedelta(days=rng.randint(*TOGETHER_DAYS)))
    return dict(sorted(found.items()))


def relation_rows(outline: Outline) -> list[dict[str, str]]:
    """Return current main relations, cover for long absences, language helpers, and ended relations."""
    rng, pairs, monday = source(outline.seed, "helpers"), outline.pairs, outline.monday
    rows = []
    for j, firm in enumerate(pairs.firms):
        tie, possible = outline.ties.get(j), pairs.possible(j)
        if tie:
            main = pairs.staff[tie.buddy]
            rows.append(_row(firm, main, "main", tie.since))
            others = [i for i in possible if i != tie.buddy and outline.is_there(i)]
            first, last = outline.away.get(tie.buddy, (monday, monday))
            if others and (last - first).days > LONG_DAYS and rng.random() < COVERED:
                rows.append(_row(firm, pairs.staff[others[0]], "cover", first, last))
            helpers = [i for i in others if _common(pairs.staff[i], firm)]
            if helpers and not _common(main, firm) and rng.random() < LANGUAGE_HELPERS:
                rows.append(_row(firm, pairs.staff[helpers[0]], "language", monday - timedelta(days=30)))
        elif possible and rng.random() < ENDED:
            since = monday - timedelta(days=rng.randint(300, 600))
            until = monday - timedelta(days=rng.randint(60, 200))
            rows.append(_row(firm, pairs.staff[rng.choice(possible)], "main", since, until))
    return rows


def history_rows(outline: Outline) -> list[dict[str, str]]:
    """Return the last one to three contacts of every company that has a buddy, oldest first."""
    rng, pairs = source(outline.seed, "history"), outline.pairs
    rows = []
    for j, tie in outline.ties.items():
        firm, buddy = pairs.firms[j], pairs.staff[tie.buddy]
        period = firm.need.period_days
        ago = rng.randint(1, period)
        if rng.random() < FORGOTTEN:
            ago += 2 * period + 28
        for number in range(rng.randint(1, 3)):
            day = _working_day(outline, outline.monday - timedelta(days=ago + number * period), buddy)
            outcome = draw(rng, OUTCOMES)
            met = sum(group.count for group in firm.groups)
            done = outcome == "done"
            rows.append(
                {
                    "company": firm.id,
                    "date": day.isoformat(),
                    "buddy": buddy.id,
                    "mode": "visit",
                    "minutes": str(firm.need.visit_min if done else 0),
                    "outcome": outcome,
                    "specialists_met": str(rng.randint(1, met) if done else 0),
                    "topic": rng.choice(TOPICS) if done else "",
                    "travel_min": str(pairs.travel_min[tie.buddy, j]) if _driven(outcome) else "0",
                    "distance_m": str(pairs.distance_m[tie.buddy, j]) if _driven(outcome) else "0",
                }
            )
    return sorted(rows, key=lambda row: (row["date"], row["company"]))


def _driven(outcome: str) -> bool:
    return outcome in {"done", "no_show"}


def _distance(pairs: Pairs, i: int, j: int) -> int:
    foreign = not _common(pairs.staff[i], pairs.firms[j])
    return int(pairs.travel_min[i, j]) + FOREIGN_TO_THEM_MIN * foreign


def _common(colleague: Colleague, firm: Firm) -> bool:
    return any(colleague.understands(group.languages) for group in firm.groups)


def _working_day(outline: Outline, day: date, buddy: Colleague) -> date:
    """Return the given day, or the last one before it on which a buddy worked."""
    while day.weekday() > 4 or buddy.week.shifts[day.weekday()] == "-" or outline.is_holiday(day):
        day -= timedelta(days=1)
    return day


def _row(firm: Firm, buddy: Colleague, role: str, since: date, until: date | None = None) -> dict[str, str]:
    return {
        "company": firm.id,
        "buddy": buddy.id,
        "role": role,
        "from": since.isoformat(),
        "to": until.isoformat() if until else "",
    }
