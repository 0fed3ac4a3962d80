"""What a replanning changes for people, one sentence each."""

from api.run.planned_days import clock
from api.words.reasons import Naming, reason_words
from api.words.speaker import Speaker
from data.results.promise import Promise
from data.results.replanning import BrokenPromise, Cancelled, Cover, Moved, Replanning
from data.results.solution import Unplanned


def replanning_words(record: Replanning, named: Naming, language: str) -> list[str]:
    """Return who is affected and how, broken promises first, and whether that is proved minimal."""
    say = Speaker(language)
    moved = {each.visit: each for each in record.disruptions if isinstance(each, Moved)}
    lines = [_broken(each, each.promise.visit in moved, named, say) for each in record.broken]
    failed = {each.promise.visit for each in record.broken}
    called_off = {each.visit for each in record.disruptions if isinstance(each, Cancelled)}
    lines += [
        say.t("replanned_wished", who=named(moved[visit].company or visit), told=_window(moved[visit], say))
        for visit in sorted(moved.keys() - failed - called_off)
    ]
    lines += [_unplaced(each, named, say) for each in record.unplaced or ()]
    lines += [_cover(each, named, say) for each in record.covers]
    if not record.broken:
        lines.insert(0, say.t("replanned_none_broken"))
    elif record.proved:
        lines.append(say.t("replanned_proved"))
    return lines


def _window(of: Promise | Moved, say: Speaker) -> str:
    return f"{say.short_day(of.date)} {clock(of.from_min)}–{clock(of.to_min)}"


def _broken(broken: BrokenPromise, moved: bool, named: Naming, say: Speaker) -> str:
    promise = broken.promise
    who, told = named(promise.company), _window(promise, say)
    if broken.start is None:
        return say.t("replanned_no_room" if moved else "replanned_lost", who=who, told=told)
    now = f"{say.short_day(broken.start[0])} {clock(broken.start[1])}"
    return say.t("replanned_moved", who=who, told=told, now=now)


def _unplaced(visit: Unplanned, named: Naming, say: Speaker) -> str:
    why = reason_words(visit.reason, named, say.language)
    return say.t("replanned_unplaced", who=named(visit.at), visit=visit.id, why=why)


def _cover(cover: Cover, named: Naming, say: Speaker) -> str:
    key = "replanned_cover" if cover.instead_of else "replanned_cover_nobody"
    fields = {"by": named(cover.buddy), "main": named(cover.instead_of)} if cover.instead_of else {}
    who = named(cover.company or cover.visit)
    return say.t(key, who=who, **{"by": named(cover.buddy), **fields})
