"""Objective levels in words, with their units, and statuses."""

from collections.abc import Iterable

from api.words.speaker import Speaker
from data.base.status import Status
from data.model.policy import ObjectiveName
from data.results.explanation import Amount


def level_name(name: ObjectiveName, say: Speaker) -> str:
    """Return the name of an objective level, with its unit."""
    return say.t(f"level_{name}")


def status_words(status: Status, say: Speaker) -> str:
    """Return what is proved about a solution."""
    return say.t(f"status_{status}")


def price_words(price: Iterable[Amount], say: Speaker) -> str:
    """Return the levels that change, each with its sign; a decrease is good."""
    changed = [
        say.t("price_level", level=level_name(each.name, say), amount=say.signed(each.value))
        for each in price
        if each.value
    ]
    return "; ".join(changed) or say.t("price_nothing")
