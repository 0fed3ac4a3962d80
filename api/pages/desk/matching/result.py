"""The figures of a matching, and whose buddy changes compared with the last one and today's relations."""

from api.http.planning.matchings import MatchingAnswer, MatchingListed
from api.pages.desk.frame.elements import data, heading, html, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.words.levels import level_name, status_words
from data.results.solution import Matching

MOST_SHOWN = 200


def show_result(desk: Desk, matching: Matching) -> None:
    """Show how many companies have a buddy, and each level's value with its bound."""
    say = desk.say
    served, alone = len(matching.pairs), len(matching.unassigned)
    with part("dl", classes="totals"):
        for key, text in (
            ("desk_served", say.number(served)),
            ("desk_unassigned", say.number(alone)),
            ("desk_kept", say.number(sum(pair.kept for pair in matching.pairs))),
            ("desk_travel", say.hours(sum(pair.travel_min for pair in matching.pairs))),
        ):
            with part("div"):
                part("dt", say.t(key))
                part("dd", text)
    with part("details", classes="card"):
        part("summary", say.t("desk_proof"))
        titles = [say.t(key) for key in ("desk_level", "desk_proved", "desk_value", "desk_bound")]
        rows = [
            (
                data(level_name(level.name, say)),
                data(status_words(level.status, say)),
                say.number(level.value),
                say.number(level.bound),
            )
            for level in matching.levels
        ]
        html(table(say.t("desk_proof"), titles, rows, figures=2))


async def show_changes(
    desk: Desk, people: People, listed: list[MatchingListed], shown: MatchingAnswer
) -> None:
    """Show whose buddy differs from the previous matching, and which present relations end."""
    say = desk.say
    heading(say.t("desk_compare"))
    if len(listed) > 1:
        before = await desk.api.get(MatchingAnswer, f"/matchings/{listed[1].id}")
        was, will = before.matching.buddy_of, shown.matching.buddy_of
        differ = sorted(key for key in was.keys() | will.keys() if was.get(key) != will.get(key))
        rows = [
            tuple(data(people.name(k) if k else "–") for k in (c, was.get(c), will.get(c))) for c in differ
        ]
        part("p", say.t("desk_compare_before", count=len(differ)))
        if rows:
            titles = [say.t(key) for key in ("desk_company", "desk_before", "desk_after")]
            html(table(say.t("desk_compare"), titles, rows[:MOST_SHOWN]))
    else:
        part("p", say.t("desk_compare_first"), "muted")
    if not shown.explanations:
        return
    ends = shown.explanations.continuity.changes
    part("p", say.t("desk_compare_relations", count=len(ends)))
    if ends:
        titles = [say.t(key) for key in ("desk_company", "desk_before", "desk_after", "desk_reason")]
        rows = [
            (
                data(people.name(each.company)),
                data(people.name(each.before)),
                data(people.name(each.after) if each.after else "–"),
                data(people.reason(each.why, say.language)),
            )
            for each in ends[:MOST_SHOWN]
        ]
        html(table(say.t("desk_compare_table"), titles, rows))
