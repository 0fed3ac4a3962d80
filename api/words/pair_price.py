"""The price of a pin or ban in sentences."""

from collections.abc import Iterator, Sequence

from api.words.explanations import clash_words
from api.words.levels import price_words
from api.words.reasons import Naming, reason_words
from api.words.speaker import Speaker
from data.results.change import ChangeKind
from data.results.explanation import PairPrice

MOST_NAMED = 8
"""Up to this many companies are named; of the others, only the number."""


def pair_price_words(price: PairPrice, named: Naming, language: str) -> list[str]:
    """Return the company's new buddy, the price, and who loses, gains or changes a buddy; or why it is
    impossible.

    An empty `after` means a buddy whom the reader may not see.
    """
    say = Speaker(language)
    if price.refused:
        return [say.t("pin_refused", reason=reason_words(price.refused, named, language))]
    if price.resolved is None:
        return [_impossible(price, named, say)]
    return list(_possible(price, named, say))


def _impossible(price: PairPrice, named: Naming, say: Speaker) -> str:
    clash = price.clash
    if clash and (clash.pins or clash.limits or clash.max_changed_relations is not None):
        return clash_words(clash, named, say.language)
    return say.t("no_matching_holds")


def _possible(price: PairPrice, named: Naming, say: Speaker) -> Iterator[str]:
    assert price.resolved
    if price.kind is not ChangeKind.PIN:
        yield _after(price, named, say)
    if price.exception:
        yield say.t("pin_exception", reason=reason_words(price.exception, named, say.language))
    yield say.t("pair_price", price=price_words(price.resolved.price, say))
    groups = (
        ("price_loses", price.resolved.displaced),
        ("price_gets", price.resolved.gained),
        ("price_changes", price.moved),
    )
    yield from (say.t(key, names=_some(keys, named, say)) for key, keys in groups if keys)
    if not price.resolved.proved:
        yield say.t("price_not_proved")


def _after(price: PairPrice, named: Naming, say: Speaker) -> str:
    if price.after is None:
        return say.t("ban_nobody")
    return say.t("ban_after", buddy=named(price.after) or say.t("buddy_of_another_host"))


def _some(keys: Sequence[str], named: Naming, say: Speaker) -> str:
    names = ", ".join(named(key) for key in keys[:MOST_NAMED])
    more = len(keys) - MOST_NAMED
    return say.t("and_more", names=names, more=more) if more > 0 else names
