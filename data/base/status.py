"""Solution statuses, reason codes and violations, independent of any programme."""

from enum import StrEnum

from data.base.message import Message, fields_json, message
from data.base.stored_message import StoredMessage


class Status(StrEnum):
    """What is proved about a solution."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class ReasonCode(StrEnum):
    """Why a pair is not possible, a company has no buddy, or a visit is not planned."""

    # for a pair that is not eligible, in the order in which the rules are checked
    BAN = "ban"
    ABSENT = "absent"
    OVER_BUDGET = "over_budget"
    OTHER_HOST = "other_host"
    KEPT_RELATION = "kept_relation"
    PINNED_ELSEWHERE = "pinned_elsewhere"
    MANDATE_SECTOR = "mandate_sector"
    MANDATE_REGION = "mandate_region"
    MANDATE_EITHER = "mandate_either"
    NO_COMMON_LANGUAGE = "no_common_language"
    TOO_FAR = "too_far"
    # for a relation that ends although its pair is eligible, or whose buddy is gone
    LEFT = "left"
    PAYS = "pays"
    # for a company without a buddy
    NO_ELIGIBLE_BUDDY = "no_eligible_buddy"
    CASELOAD_FULL = "caseload_full"
    OUTWEIGHED = "outweighed"
    # for a visit that is not planned
    NOT_YET_EMPLOYED = "not_yet_employed"
    HOST_WITHOUT_GRANT = "host_without_grant"
    NO_BUDDY = "no_buddy"
    NOT_ACTIVE = "not_active"
    NO_DAY_OPEN = "no_day_open"
    OUT_OF_REACH = "out_of_reach"
    BREAKS_OR_WORK = "breaks_or_work"
    WEEK_FULL = "week_full"
    NOT_WORTH_TRAVEL = "not_worth_travel"
    DISPLACES = "displaces"


AWAY = (ReasonCode.NOT_YET_EMPLOYED, ReasonCode.LEFT, ReasonCode.ABSENT, ReasonCode.HOST_WITHOUT_GRANT)
"""Why a buddy does not work on a day, in the order in which it is told; a colleague may take the visit."""


class Violation(StoredMessage):
    """A broken rule that a judge found: the rule, where, and what is wrong as a code with its fields.

    `where` are ids and parts of the result, such as `anna 2026-W48 days[0]`; it is the same in all languages.
    """

    rule: str
    where: str

    @property
    def told(self) -> Message:
        """Where, what is wrong, and which rule is broken."""
        return message("rule_broken", where=self.where, wrong=self.said, rule=self.rule)


def violation(rule: str, where: str, code: str, /, **fields: object) -> Violation:
    """Return a broken rule, the place, and what is wrong there: a code with the fields of its sentence."""
    return Violation(rule=rule, where=where, code=code, fields=fields_json(message(code, **fields)))
