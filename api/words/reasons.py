"""Reasons in words: the sentence of each `ReasonCode`, with its fields and without."""

from collections.abc import Callable, Iterable
from string import Formatter

from api.words.catalogue import pattern
from api.words.speaker import Speaker
from data.base.status import ReasonCode
from data.model.vocabulary import Spoken
from data.results.reason import Reason, VisitReason

Naming = Callable[[str], str]
"""Returns the name shown for an id; any other text is returned unchanged."""

FORMS = ("_told", "_part", "")
"""The endings of a reason's texts: with all its fields, with some, and without any."""


def reason_words(reason: Reason | VisitReason, named: Naming, language: str) -> str:
    """Return a reason in words: the first of its sentences whose fields are all known."""
    fields = {name: text for name, text in _fields(reason, named, Speaker(language)) if text}
    for form in FORMS:
        key = f"reason_{reason.code}{form}"
        found = pattern(key, language)
        if found is not None and _names(found) <= fields.keys():
            return Speaker(language).t(key, **fields)
    raise KeyError(reason.code)


def short_reason(code: ReasonCode, say: Speaker) -> str:
    """Return a rule in two or three words, such as `too far`."""
    return say.t(f"short_{code}")


def _names(form: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(form) if field}


def _fields(reason: Reason | VisitReason, named: Naming, say: Speaker) -> Iterable[tuple[str, str]]:
    """Yield each field as text, empty if it is unknown."""
    if isinstance(reason, VisitReason):
        yield "displaced", ", ".join(map(named, reason.displaced))
        yield "away", named(reason.away) if reason.away else ""
        return
    yield "holder", named(reason.holder) if reason.holder else ""
    sectors, mandate_sectors = (" ".join(each or ()) for each in (reason.sectors, reason.mandate_sectors))
    district = named(reason.district) if reason.district else ""
    mandate_districts = ", ".join(map(named, reason.mandate_districts or ()))
    yield from (("sectors", sectors), ("mandate_sectors", mandate_sectors))
    yield from (("district", district), ("mandate_districts", mandate_districts))
    yield "company_is", "; ".join(filter(None, (sectors, district)))
    yield "mandate", "; ".join(filter(None, (mandate_sectors, mandate_districts)))
    yield "spoken", spoken_words(reason.spoken or (), say)
    yield "needed", spoken_words(reason.needed or (), say)
    if reason.measured:
        yield "measured", say.t(f"measured_{reason.measured}")
    for name in ("one_way_min", "max_one_way_min", "used", "added", "most", "buddies"):
        value = getattr(reason, name)
        yield name, "" if value is None else str(value)
    yield (
        "excluded",
        ", ".join(
            say.t("excluded_by", number=each.buddies, rule=short_reason(each.code, say))
            for each in reason.excluded or ()
        ),
    )


def spoken_words(spoken: Iterable[Spoken], say: Speaker) -> str:
    """Return languages with their levels: `Arabisch B1, Russisch A2`."""
    return ", ".join(f"{say.language_name(each.language)} {each.level}" for each in spoken)
