"""Slots to offer, and the cost of fitting a visit in, one line each."""

from collections.abc import Iterator

from api.planning.offering import Offer
from api.run.planned_days import clock
from api.words.reasons import Naming
from api.words.speaker import Speaker
from scheduling.replan.fit_in import FitIn
from scheduling.replan.slots import Slot


def offer_words(offer: Offer, named: Naming, language: str) -> list[str]:
    """Return the slots by day or, if there are none, the cost of a visit that must take place."""
    say = Speaker(language)
    if offer.slots:
        return [_slot(slot, say) for slot in offer.slots]
    lines = [say.t("no_slot", week=offer.week)]
    if offer.fit_in is not None:
        lines += _fit_in(offer.fit_in, named, say)
    return lines


def _slot(slot: Slot, say: Speaker) -> str:
    return say.t(
        "slot",
        day=say.short_day(slot.day),
        first=clock(slot.from_min),
        last=clock(slot.to_min),
        more=f"{slot.added_travel_min:+}",
    )


def _fit_in(cost: FitIn, named: Naming, say: Speaker) -> Iterator[str]:
    if cost.start is None:
        yield say.t("no_way")
        return
    nobody = say.t("none_lost")
    yield say.t(
        "fit_in",
        day=say.short_day(cost.start[0]),
        at=clock(cost.start[1]),
        more=f"{cost.added_travel_min:+}",
        broken=", ".join(named(each.promise.company) for each in cost.broken) or nobody,
        lost=", ".join(cost.left_out) or nobody,
    )
