"""Reasons: why a pair is not possible, a company has no buddy, or a visit is not planned."""

from typing import Any, Literal

from pydantic import (
    ModelWrapValidatorHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    model_serializer,
    model_validator,
)

from data.base.entity import UNLESS_GIVEN, Entity
from data.base.ids import BuddyId, PlaceId
from data.base.status import AWAY, ReasonCode
from data.model.vocabulary import Spoken
from data.results import reason_text

Measured = Literal["companies", "care_min", "work_min"]
"""What a caseload limit counts; the minutes are those of four weeks."""


class ExcludedBuddies(Entity):
    """How many buddies one rule excludes."""

    code: ReasonCode
    buddies: int


class Reason(Entity):
    """Why a pair is not possible or a company has no buddy: a code, and the fields that belong to it.

    `kept_relation`, `pinned_elsewhere`: the `holder` of the company. `mandate_…`: what the company is
    (`sectors` with its tags, `district`) and what the buddy is in charge of. `no_common_language`: what is
    `spoken` of what is `needed`. `caseload_full` of one buddy: `used` and `added` against `most`, in the unit
    `measured`; of all: how many `buddies` are eligible, as of `outweighed` how many have room.
    """

    code: ReasonCode
    holder: BuddyId | None = UNLESS_GIVEN
    company_host: str | None = UNLESS_GIVEN
    buddy_host: str | None = UNLESS_GIVEN
    first_week: str | None = UNLESS_GIVEN
    weeks: int | None = UNLESS_GIVEN
    cost_cents: int | None = UNLESS_GIVEN
    budget_cents: int | None = UNLESS_GIVEN
    sectors: tuple[str, ...] | None = UNLESS_GIVEN
    mandate_sectors: tuple[str, ...] | None = UNLESS_GIVEN
    district: str | None = UNLESS_GIVEN
    mandate_districts: tuple[str, ...] | None = UNLESS_GIVEN
    spoken: tuple[Spoken, ...] | None = UNLESS_GIVEN
    needed: tuple[Spoken, ...] | None = UNLESS_GIVEN
    one_way_min: int | None = UNLESS_GIVEN
    max_one_way_min: int | None = UNLESS_GIVEN
    measured: Measured | None = UNLESS_GIVEN
    used: int | None = UNLESS_GIVEN
    added: int | None = UNLESS_GIVEN
    most: int | None = UNLESS_GIVEN
    buddies: int | None = UNLESS_GIVEN
    excluded: tuple[ExcludedBuddies, ...] | None = UNLESS_GIVEN

    @model_validator(mode="wrap")
    @classmethod
    def _read(
        cls, given: Any, handler: ModelWrapValidatorHandler["Reason"], info: ValidationInfo
    ) -> "Reason":
        """Read a record, also one from before reasons had fields."""
        if info.mode == "python" or not isinstance(given, dict):
            return handler(given)
        # What a validator takes from JSON is strict as Python is, so lists would not become tuples.
        return cls.model_validate(reason_text.fields_of(given), strict=False)

    @model_serializer(mode="wrap")
    def _write(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        whole: dict[str, Any] = handler(self)
        return reason_text.text_of(whole) if info.context == reason_text.AS_TEXT else whole


class VisitReason(Entity):
    """Why a visit is not planned: a code, and for `displaces` the companies and places that would lose one.

    `away` is the buddy who does not work then. Files of weeks hold it as texts, as they always did.
    """

    code: ReasonCode
    displaced: tuple[PlaceId, ...] = ()
    away: BuddyId = ""

    @model_validator(mode="wrap")
    @classmethod
    def _read(
        cls, given: Any, handler: ModelWrapValidatorHandler["VisitReason"], info: ValidationInfo
    ) -> "VisitReason":
        if info.mode == "python" or not isinstance(given, dict):
            return handler(given)
        if unknown := given.keys() - {"code", "found", "limit"}:
            raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
        code, found = ReasonCode(str(given.get("code"))), given.get("found", "")
        if code in AWAY:
            return cls(code=code, away=found)
        return cls(code=code, displaced=tuple(key for key in found.split(", ") if key))

    @model_serializer
    def _write(self) -> dict[str, str]:
        return {"code": self.code.value, "found": self.away or ", ".join(self.displaced), "limit": ""}
