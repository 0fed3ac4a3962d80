"""The coming weeks of an invented programme: requests, absences, closures, pins and bans."""

from datetime import date, timedelta

from data.invented.draws import Weighted, draw, source
from data.invented.outline import Outline
from data.invented.possible_pairs import Pairs

HORIZON_DAYS = 28
ABSENT = 0.2
AWAY_FOR_LONG = 0.02
EVERY_OTHER_FRIDAY = 0.04
CLOSED = 0.03
MONDAYS_CLOSED = 0.01
PINNED = 0.012
BANNED = 0.01
# Weights for a company without a buddy and for one with a buddy: mostly no request.
WITHOUT_BUDDY: Weighted[str] = [("", 93), ("first_visit", 6), ("urgent", 1)]
WITH_BUDDY: Weighted[str] = [("", 940), ("follow_up", 28), ("authority", 14), ("urgent", 10), ("past", 8)]
DUE_AFTER_DAYS = {"first_visit": (2, 14), "follow_up": (5, 26), "authority": (4, 24), "urgent": (1, 8)}
MINUTES = {"first_visit": 90, "follow_up": 45, "authority": 60, "urgent": 60}


def request_rows(outline: Outline) -> list[dict[str, str]]:
    """Return requests, most of them open and due within four weeks."""
    rng, monday = source(outline.seed, "requests"), outline.monday
    rows: list[dict[str, str]] = []
    for j, firm in enumerate(outline.pairs.firms):
        kind = draw(rng, WITH_BUDDY if j in outline.ties else WITHOUT_BUDDY)
        if not kind or firm.state != "active":
            continue
        past = kind == "past"
        kind = "follow_up" if past else kind
        due = monday + timedelta(days=rng.randint(*DUE_AFTER_DAYS[kind]))
        if past:
            due -= timedelta(days=35)
        rows.append(
            {
                "id": f"r{len(rows) + 1:03d}",
                "company": firm.id,
                "kind": kind,
                "raised": (min(due, monday) - timedelta(days=rng.randint(1, 12))).isoformat(),
                "due": due.isoformat(),
                "minutes": str(MINUTES[kind]),
                "state": rng.choice(("done", "done", "withdrawn")) if past else "open",
            }
        )
    return rows


def absences(buddies: int, seed: int, monday: date) -> dict[int, tuple[date, date]]:
    """Return the first and last day of each absence by buddy; one in fifty is away for the whole horizon."""
    rng = source(seed, "absences")
    order = rng.sample(range(buddies), buddies)
    long, short = int(len(order) * AWAY_FOR_LONG), int(len(order) * ABSENT)
    found = {i: (monday, monday + timedelta(days=HORIZON_DAYS - 1)) for i in order[:long]}
    for i in order[long : long + short]:
        first = monday + timedelta(days=7 * rng.randrange(HORIZON_DAYS // 7) + rng.randrange(5))
        found[i] = (first, first + timedelta(days=rng.randint(0, 4)))
    return dict(sorted(found.items()))


def availability_rows(outline: Outline, authorities: list[str]) -> list[dict[str, str]]:
    """Return absences of buddies, closures of companies, and the opening hours of authorities."""
    rng, pairs, monday = source(outline.seed, "availability"), outline.pairs, outline.monday
    last = monday + timedelta(days=HORIZON_DAYS - 1)
    rows = [rule(pairs.staff[i].id, *days) for i, days in outline.away.items()]
    for i, colleague in enumerate(pairs.staff):
        if outline.is_there(i) and rng.random() < EVERY_OTHER_FRIDAY:
            rows.append(rule(colleague.id, monday, last, weekdays="fri", weeks="odd"))
    for firm in pairs.firms:
        if rng.random() < CLOSED:
            first = monday + timedelta(days=rng.randrange(HORIZON_DAYS))
            rows.append(rule(firm.id, first, first + timedelta(days=rng.randint(0, 9))))
        elif rng.random() < MONDAYS_CLOSED:
            rows.append(rule(firm.id, monday, last, weekdays="mon", weeks=rng.choice(("odd", "even"))))
    for office in authorities:
        rows.append(rule(office, monday, last, weekdays="wed fri"))
        rows.append(rule(office, monday, last, hours="12:00-13:00"))
    return rows


def rule(
    who: str, first: date, last: date, weekdays: str = "", hours: str = "", weeks: str = "all"
) -> dict[str, str]:
    """Return an availability row that closes."""
    return {
        "who": who,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "weekdays": weekdays,
        "hours": hours,
        "weeks": weeks,
        "open": "no",
    }


def given_rows(outline: Outline) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return pins and bans that contradict neither each other nor a relation or an absence."""
    rng, pairs, ties = source(outline.seed, "pins and bans"), outline.pairs, outline.ties
    pins, bans = [], []
    for j, firm in enumerate(pairs.firms):
        chance = rng.random()
        possible = [i for i in pairs.possible(j) if outline.is_there(i)]
        if firm.state != "active" or not possible:
            continue
        if chance < PINNED:
            buddy = ties[j].buddy if j in ties and ties[j].buddy in possible else None
            if buddy is None and j not in ties:
                buddy = possible[0]
            if buddy is not None:
                pins.append(_given(pairs, buddy, j, "Wunsch des Betriebs"))
        elif chance < PINNED + BANNED:
            others = [i for i in possible if j not in ties or i != ties[j].buddy]
            if len(others) > 1:
                bans.append(_given(pairs, rng.choice(others), j, "Befangenheit"))
    return pins, bans


def _given(pairs: Pairs, buddy: int, firm: int, reason: str) -> dict[str, str]:
    return {"buddy": pairs.staff[buddy].id, "company": pairs.firms[firm].id, "reason": reason}
