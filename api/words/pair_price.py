"""The price of a pin or ban in sentences, German and English."""

from collections.abc import Sequence

from api.words.explanations import clash_words, price_words
from api.words.reasons import Language, Naming, sentence
from data.results.change import ChangeKind
from data.results.explanation import PairPrice

MOST_NAMED = 8
"""Up to this many companies are named; of the others, only the number."""


def pair_price_words(price: PairPrice, named: Naming, language: Language) -> list[str]:
    """Return the company's new buddy, the price, and who loses, gains or changes a buddy; or why it is
    impossible.

    An empty `after` means a buddy whom the reader may not see.
    """
    english = language == "en"
    pin = price.kind is ChangeKind.PIN
    if price.refused:
        begin = "That cannot be pinned: " if english else "Das lässt sich nicht festlegen: "
        return [begin + sentence(price.refused, named, language)]
    if price.resolved is None:
        return [_impossible(price, named, language)]
    told = [] if pin else [_after(price, named, english)]
    if price.exception:
        begin = "An exception would be made: " if english else "Das wäre eine Ausnahme: "
        told.append(begin + sentence(price.exception, named, language))
    told.append(f"{'Price' if english else 'Preis'}: {price_words(price.resolved.price, language)}.")
    told += _others(price, named, english)
    if not price.resolved.proved:
        told.append(
            "Not solved to the proof: the true price may be smaller or larger."
            if english
            else "Nicht bis zum Beweis gerechnet: Der wahre Preis kann kleiner oder größer sein."
        )
    return told


def _impossible(price: PairPrice, named: Naming, language: Language) -> str:
    clash = price.clash
    if clash and (clash.pins or clash.limits or clash.max_changed_relations is not None):
        return clash_words(clash, named, language)
    if language == "en":
        return "No matching holds this within all limits."
    return "Keine Zuordnung hält das in allen Grenzen ein."


def _after(price: PairPrice, named: Naming, english: bool) -> str:
    if price.after is None:
        return "Nobody would have the company." if english else "Der Betrieb hätte niemanden."
    holder = named(price.after) or (
        "a buddy of another host" if english else "ein Buddy eines anderen Trägers"
    )
    return f"The company would go to: {holder}." if english else f"Den Betrieb bekäme: {holder}."


def _others(price: PairPrice, named: Naming, english: bool) -> list[str]:
    assert price.resolved
    groups: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("Verliert den Buddy", "Loses the buddy", price.resolved.displaced),
        ("Bekommt einen Buddy", "Gets a buddy", price.resolved.gained),
        ("Wechselt den Buddy", "Changes the buddy", price.moved),
    )
    return [
        f"{(german, name)[english]}: {_some(keys, named, english)}." for german, name, keys in groups if keys
    ]


def _some(keys: Sequence[str], named: Naming, english: bool) -> str:
    told = ", ".join(named(key) for key in keys[:MOST_NAMED])
    more = len(keys) - MOST_NAMED
    if more > 0:
        told += f" and {more} more" if english else f" und {more} weitere"
    return told
