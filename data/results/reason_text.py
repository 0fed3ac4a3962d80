"""Reasons in the form of older records: a code with two texts, `found` and `limit`.

Records from before reasons had fields are read by it. The hash of a matching is taken over it, so a matching
keeps its hash, and plans that were made for it stay plans of it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from data.base.status import ReasonCode

AS_TEXT = "reasons_as_text"
"""The serialization context in which reasons are written in this form."""

Fields = dict[str, Any]
Texts = tuple[str, str]


def text_of(reason: Mapping[str, Any]) -> dict[str, str]:
    """Return a reason's record with its fields as texts; a reason without any has empty ones."""
    known = TEXTS.get(ReasonCode(reason["code"]))
    found, limit = known[0](reason) if known and len(reason) > 1 else ("", "")
    return {"code": reason["code"], "found": found, "limit": limit}


def fields_of(reason: Fields) -> Fields:
    """Return a record with fields; one that has them already is returned unchanged."""
    if "found" not in reason and "limit" not in reason:
        return reason
    if unknown := reason.keys() - {"code", "found", "limit"}:
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    code, texts = ReasonCode(str(reason.get("code"))), (reason.get("found", ""), reason.get("limit", ""))
    known = TEXTS.get(code)
    return {"code": code} | (known[1](*texts) if known and any(texts) else {})


def _numbers(first: str, second: str) -> tuple[Callable[[Fields], Texts], Callable[[str, str], Fields]]:
    def texts(reason: Fields) -> Texts:
        return str(reason[first]), str(reason[second])

    return texts, lambda found, limit: {first: int(found), second: int(limit)}


def _words(first: str, second: str) -> tuple[Callable[[Fields], Texts], Callable[[str, str], Fields]]:
    return (
        lambda reason: (" ".join(reason[first]), " ".join(reason[second])),
        lambda found, limit: {first: tuple(found.split()), second: tuple(limit.split())},
    )


def _either_texts(reason: Fields) -> Texts:
    sector, district = SECTOR[0](reason), DISTRICT[0](reason)
    return f"{sector[0]}; {district[0]}", f"{sector[1]}; {district[1]}"


def _either_fields(found: str, limit: str) -> Fields:
    (sectors, _, district), (mandate, _, districts) = found.partition("; "), limit.partition("; ")
    return SECTOR[1](sectors, mandate) | DISTRICT[1](district, districts)


def _levels(spoken: Any) -> str:
    return " ".join(f"{each['language']}:{each['level']}" for each in spoken)


def _spoken(text: str) -> tuple[Fields, ...]:
    pairs = (each.split(":") for each in text.split())
    return tuple({"language": language, "level": level} for language, level in pairs)


def _full_texts(reason: Fields) -> Texts:
    if "measured" not in reason:
        return str(reason["buddies"]), ""
    unit = reason["measured"]
    return f"{reason['used']}+{reason['added']} {unit}", f"{reason['most']} {unit}"


def _full_fields(found: str, limit: str) -> Fields:
    counts, _, unit = found.partition(" ")
    if not unit:
        return {"buddies": int(counts)}
    used, added = counts.split("+")
    return {"measured": unit, "used": int(used), "added": int(added), "most": int(limit.split(maxsplit=1)[0])}


def _excluded_texts(reason: Fields) -> Texts:
    return ", ".join(f"{each['code']} {each['buddies']}" for each in reason["excluded"]), ""


def _excluded_fields(found: str, limit: str) -> Fields:
    counted = (each.split(" ") for each in found.split(", "))
    return {"excluded": tuple({"code": code, "buddies": int(count)} for code, count in counted)}


def _horizon_fields(found: str, limit: str) -> Fields:
    first, weeks = found.split(" +")
    return {"first_week": first, "weeks": int(weeks)}


def _one(field: str) -> tuple[Callable[[Fields], Texts], Callable[[str, str], Fields]]:
    return lambda reason: (str(reason[field]), ""), lambda found, limit: {field: found}


SECTOR = _words("sectors", "mandate_sectors")
DISTRICT = (
    lambda reason: (reason["district"], " ".join(reason["mandate_districts"])),
    lambda found, limit: {"district": found, "mandate_districts": tuple(limit.split())},
)
TEXTS: dict[ReasonCode, tuple[Callable[[Any], Texts], Callable[[str, str], Fields]]] = {
    ReasonCode.ABSENT: (lambda reason: (f"{reason['first_week']} +{reason['weeks']}", ""), _horizon_fields),
    ReasonCode.OVER_BUDGET: _numbers("cost_cents", "budget_cents"),
    ReasonCode.OTHER_HOST: (
        lambda reason: (reason["company_host"], reason["buddy_host"]),
        lambda found, limit: {"company_host": found, "buddy_host": limit},
    ),
    ReasonCode.KEPT_RELATION: _one("holder"),
    ReasonCode.PINNED_ELSEWHERE: _one("holder"),
    ReasonCode.MANDATE_SECTOR: SECTOR,
    ReasonCode.MANDATE_REGION: DISTRICT,
    ReasonCode.MANDATE_EITHER: (_either_texts, _either_fields),
    ReasonCode.NO_COMMON_LANGUAGE: (
        lambda reason: (_levels(reason["spoken"]), _levels(reason["needed"])),
        lambda found, limit: {"spoken": _spoken(found), "needed": _spoken(limit)},
    ),
    ReasonCode.TOO_FAR: _numbers("one_way_min", "max_one_way_min"),
    ReasonCode.CASELOAD_FULL: (_full_texts, _full_fields),
    ReasonCode.OUTWEIGHED: (
        lambda reason: (str(reason["buddies"]), ""),
        lambda found, limit: {"buddies": int(found)},
    ),
    ReasonCode.NO_ELIGIBLE_BUDDY: (_excluded_texts, _excluded_fields),
}
"""For each code with fields: what writes them as texts, and what reads those."""
