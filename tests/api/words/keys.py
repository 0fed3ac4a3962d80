"""The keys of texts that the code asks for: literal ones, and those that are put together."""

import ast
import re
from collections.abc import Iterable

from api.export.funding import pdf as paper
from api.export.funding import xlsx as funding
from api.export.tables import xlsx
from api.http.programme.first_steps import Step
from api.pages.desk.register.entities import SHOWN
from api.pages.desk.register.rules.page import SECTIONS as RULE_SECTIONS
from api.pages.desk.register.rules.rule import UNITS as RULE_UNITS
from api.pages.desk.register.rules.rule import rules
from api.pages.desk.register.shown import FOUND_OUT
from api.pages.desk.studies.change_kinds import KINDS
from api.published.affected import Effect
from api.studies.compare.comparison import Verdict
from api.studies.compare.tables import PARTS
from api.studies.compare.xlsx import MEASURES
from api.studies.outcome.outcome import FigureName
from api.studies.stress.figures import FIGURES
from api.studies.stress.words import TOLD_PAIRS
from api.words.catalogue import has_text
from api.words.reasons import FORMS
from data.base.foreign_errors import KINDS as WRONG_KINDS
from data.base.foreign_errors import LIMITS
from data.base.status import ReasonCode, Status
from data.model.calendar import STATES
from data.model.findings import Counted, Severity
from data.model.policy import CoverageWeight, ObjectiveName, Policy
from data.model.vocabulary import AbsenceState, CareMode, CompanyState, Outcome, RequestKind
from data.positions.file import POSITIONS
from data.register.from_scenarios import WhyNot
from data.register.pair_rules import RuleKind
from data.register.rows.kinds import KINDS as ENTITIES
from data.results.change import ChangeKind
from data.results.promise import PromiseState
from data.store.people.invitations import InvitationState
from data.store.people.tokens import Scope, TokenKind
from data.store.people.users import Role
from data.store.register.change_sets import Source
from data.store.work.jobs import JobKind, JobState
from data.store.work.matchings import MatchingState
from data.store.work.plans import PlanState
from data.tables.columns import COLUMNS
from data.tables.files.policy_file import meaning_of
from data.tables.times import WEEKDAYS
from matching.eligibility.caseload import CASELOAD
from tests.folders import ROOT

UNITS = ("hours", "degrees", "minutes", "days", "weeks", "metres")
CURVE = ("bound", "companies", "cost", "gap", "marginal", "per_specialist", "served", "specialists")
COMPARED = (
    "value",
    "bound",
    "difference",
    "proof",
    "scenario",
    "figure",
    "plan",
    "company",
    "before",
    "after",
)
FUNDING = (
    *(key for table in (funding.FIGURES, funding.ROWS) for key, *_ in table),
    *paper.FIGURES,
    *paper.ROWS,
)
BOOK = (xlsx.BUDDIES, xlsx.ASSIGNMENT, xlsx.ROUTES, xlsx.NOT_PLANNED)
STAGES = (
    "travel_times", "scenarios", "calibrate", "read", "match", "refine", "explain", "plan", "check", "write",
)  # fmt: skip
SECTIONS = [*RULE_SECTIONS, *(part for each in SHOWN for part in (*each.sections, *each.new))]
ENTERED = {name for each in SHOWN for part in (*each.sections, *each.new) for name in part.columns} - set(
    WEEKDAYS
)
BELONGING = {part.entity for each in SHOWN for part in each.belongings}
BUILT: dict[str, Iterable[object]] = {
    "absence_": list(AbsenceState),
    "adopt_why_": list(WhyNot),
    "at_": list(Counted),
    "away_": ["appointment", "group", "rhythm", "visit"],
    "barrier_without_": ["course", "crossing"],
    "book_": [key for table in BOOK for key, *_ in table],
    "caseload_": CASELOAD,
    "caseload_limit_": CASELOAD,
    "change_": list(KINDS),
    "change_field_": [asked.name for fields in KINDS.values() for asked in fields],
    "change_text_": list(KINDS),
    "change_word_": [*CompanyState, *CoverageWeight],
    "column_": COMPARED,
    "compare_": ("coverage", "districts", "caseload", "travel"),
    "count_": ["buddies", "companies", "places", "changes", "unchanged"],
    "coverage_": ["district", "sector", "host", "language"],
    "coverage_by_": ["district", "sector", "host", "language"],
    "curve_": CURVE,
    "curve_weight_": list(CoverageWeight),
    "desk_": [*Severity, *Outcome, "displaced", "gained", "why", "assign"],
    "desk_adoption_of_": ["company", "before", "since", "after"],
    "desk_assign_": ["of"],
    "desk_ban_": ["entered", "other"],
    "desk_effect_": list(Effect),
    "desk_finding_": ["severity", "file", "row", "column", "value", "problem", "remedy"],
    "desk_header_": ["file", "header", "filled", "meaning"],
    "desk_import_": [401, 403, 413, 415, 422],
    "desk_import_of_": ["table", "row", "column", "imported", "register", "file", "choice"],
    "desk_invitation_": list(InvitationState),
    "desk_is_": ["kept", "pinned"],
    "desk_key_": [*TokenKind, "kind", "label", "scope", "until"],
    "desk_kind_": list(RuleKind),
    "desk_matching_is_": list(MatchingState),
    "desk_pin_": ["entered", "other"],
    "desk_refused_": [403, 404, 409, 412, 422],
    "desk_request_": list(RequestKind),
    "handover_": ["contact", "groups", "care", "requests", "times", "contacts"],
    "desk_sort_": ["name", "buddy", "district", "travel"],
    "desk_stage_": ["match", "refine", "explain", "plan", "check", "frontier", "hire"],
    "desk_state_": list(PlanState),
    "desk_user_": ["shut_done", "open_done"],
    "desk_why_": ["of"],
    "entry_": [*ENTERED, *FOUND_OUT],
    "explained_": ["gaps", "changes", "hires", "helpers"],
    "differs_": ["problem_hash", "base_hash", "weeks"],
    "field_": ["missing", "level_twice", "too_short", "extra_forbidden"],
    "figure_": list(FigureName),
    "first_step_": list(Step),
    "first_step_help_": list(Step),
    "frontier_": ["question", "text"],
    "funding_": [*FUNDING, "total", "by_district", "by_both"],
    "funding_mode_": list(CareMode),
    "funding_was_": list(Outcome),
    "german_state_": STATES,
    "hire_": ["question", "text"],
    "instance_of_": ["agents", "items"],
    "invitation_": [InvitationState.USED, InvitationState.EXPIRED],
    "job_kind_": list(JobKind),
    "job_state_": list(JobState),
    "level_": [*ObjectiveName, "is", "of", "tolerance", "tolerance_percent"],
    "measure_": MEASURES,
    "measured_": CASELOAD,
    "outcome_": list(Outcome),
    "pair_of_": ["pinned", "kept"],
    "part_": PARTS,
    "part_share_": PARTS,
    "pdf_": ["time", "travel", "where", "contact", "done", "not_met", "called_off"],
    "process_": ["nightly", "worker"],
    "promise_": list(PromiseState),
    "reason_": list(ReasonCode),
    "none_of_": BELONGING,
    "role_": list(Role),
    "rows_": [each.entity for each in SHOWN],
    "rule_": list(rules()),
    "rule_unit_": RULE_UNITS,
    "section_": [each.name for each in SECTIONS],
    "source_": list(Source),
    "stage_": STAGES,
    "status_": list(Status),
    "stress_counted_": TOLD_PAIRS,
    "stress_figure_": FIGURES,
    "summary_": ["routed_of", "expected_of"],
    "table_": list(ENTITIES),
    "terminal_": ["rank", "gain", "where"],
    "terminal_register_": ["added", "changed", "ended", "same_rows", "conflicts"],
    "terminal_severity_": list(Severity),
    "to_change_": list(ChangeKind),
    "unit_": UNITS,
    "verdict_": [verdict.name.lower() for verdict in Verdict],
    "week_": [CareMode.CALL, CareMode.VIDEO],
    "weighted_": list(CoverageWeight),
    "scope_": list(Scope),
}
"""Keys that are put together: how they begin, and every ending that may follow."""

OPEN = (
    "sector_", "error_", "short_", "entry_of_", "entry_help_", "entry_word_", "kind_of_", "rule_help_",
)  # fmt: skip
"""Beginnings of keys that only some values have; others are shown as they are."""


PLACES = {"t": 0, "texts_of": 0, "message": 0, "violation": 2}
"""Who is called with a key, and at which place."""


def built() -> set[str]:
    """The keys that are put together where they are used."""
    found = {f"{begin}{end}" for begin, ends in BUILT.items() for end in ends}
    found |= {
        f"reason_{code}{form}" for code in ReasonCode for form in FORMS if has_text(f"reason_{code}{form}")
    }
    found |= {column.meaning.code for columns in (*COLUMNS.values(), POSITIONS) for column in columns}
    found |= {column.meaning.code for kind in ENTITIES.values() for column in kind.columns}
    found |= {meaning_of(key).code for key in Policy.model_fields}
    found |= {key for key in literals() if key.startswith("judged_")}
    return found | {*WRONG_KINDS.values(), *(code for code, _ in LIMITS.values())}


def literals() -> set[str]:
    """Every text within the code and within the templates that could be a key."""
    found: set[str] = set()
    for package in ("data", "matching", "scheduling", "api"):
        for path in (ROOT / package).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
            found |= {node.value for node in nodes if isinstance(node.value, str)}
    for path in (ROOT / "api").rglob("*.j2"):
        found |= set(re.findall(r'"([a-z]\w*)"', path.read_text(encoding="utf-8")))
    return found


def asked() -> set[str]:
    """Every key that is certainly a key: where one of `PLACES` is called."""
    found: set[str] = set()
    for package in ("data", "matching", "scheduling", "api"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                at = PLACES.get(_called(node)) if isinstance(node, ast.Call) else None
                if isinstance(node, ast.Call) and at is not None and len(node.args) > at:
                    found |= _constants(node.args[at])
    for path in (ROOT / "api").rglob("*.j2"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\b(?:t|texts_of|together)\("(\w+)"[,)]', text))
    return found


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def _constants(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.IfExp(body=body, orelse=other):
            return _constants(body) | _constants(other)
        case _:
            return set()
