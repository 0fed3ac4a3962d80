"""Slots to offer, and the cost of fitting a visit in, one line each, in German and English."""

from collections.abc import Iterator

from api.planning.offering import Offer
from api.run.planned_days import clock
from api.words.reasons import Language, Naming
from api.words.replanning import day_words
from scheduling.replan.fit_in import FitIn
from scheduling.replan.slots import Slot

SLOT = ("{day}  Beginn {first}–{last}: {more} min Fahrt", "{day}  start {first}–{last}: {more} min of travel")
NONE = (
    "Kein Beginn in {week}, bei dem alle Zusagen und Besuche bleiben.",
    "No start in {week} that keeps every promise and visit.",
)
FIT = (
    "Wenn es sein muss: {day} {at}, {more} min Fahrt; Zusagen gebrochen: {broken}; entfallen: {lost}.",
    "If it must be: {day} {at}, {more} min of travel; promises broken: {broken}; left out: {lost}.",
)
NO_WAY = ("Es geht auch sonst nicht.", "There is no other way either.")
NOBODY = ("keine", "none")


def offer_words(offer: Offer, named: Naming, language: Language) -> list[str]:
    """Return the slots by day or, if there are none, the cost of a visit that must take place."""
    english = language == "en"
    if offer.slots:
        return [_slot(slot, language) for slot in offer.slots]
    lines = [NONE[english].format(week=offer.week)]
    if offer.fit_in is not None:
        lines += _fit_in(offer.fit_in, named, language)
    return lines


def _slot(slot: Slot, language: Language) -> str:
    return SLOT[language == "en"].format(
        day=day_words(slot.day, language),
        first=clock(slot.from_min),
        last=clock(slot.to_min),
        more=f"{slot.added_travel_min:+}",
    )


def _fit_in(cost: FitIn, named: Naming, language: Language) -> Iterator[str]:
    english = language == "en"
    if cost.start is None:
        yield NO_WAY[english]
        return
    broken = ", ".join(named(each.promise.company) for each in cost.broken) or NOBODY[english]
    yield FIT[english].format(
        day=day_words(cost.start[0], language),
        at=clock(cost.start[1]),
        more=f"{cost.added_travel_min:+}",
        broken=broken,
        lost=", ".join(cost.left_out) or NOBODY[english],
    )
