"""Nothing on a page is untranslated: templates contain keys, and every key has both languages."""

import re
from pathlib import Path
from string import Formatter

import pytest

from api.pages.desk.studies.change_kinds import KINDS
from api.pages.frame.shell import TEMPLATES
from api.pages.words import TABLES, WORDS
from api.published.affected import Effect
from data.model.findings import Severity
from data.model.policy import CoverageWeight
from data.model.vocabulary import CareMode, CompanyState, Outcome, RequestKind
from data.results.promise import PromiseState
from data.store.people.users import Role
from data.store.work.pair_rules import RuleKind
from data.store.work.plans import PlanState
from tests.folders import ROOT

FOLDER = ROOT / "api" / "pages"
PAGES = sorted((FOLDER / "templates").iterdir())
SOURCES = [*PAGES, *(path for path in FOLDER.rglob("*.py") if "words" not in path.parts)]
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
OF_BODY = re.compile(r"{% block body %}.*?{% endblock %}", re.DOTALL)
"""Attributes of the body, which are in no tag of their own template."""
READ_OUT = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
# Composed keys: the beginning, and every ending that may follow.
BUILT = {
    "outcome_": list(Outcome),
    "promise_": list(PromiseState),
    "role_": list(Role),
    "week_": [CareMode.CALL, CareMode.VIDEO],
    "desk_": [
        "no_show",
        "cancelled_company",
        "cancelled_buddy",
        "moved",
        "done",
        *Severity,
        "displaced",
        "gained",
        "why",
        "assign",
    ],
    "desk_pin_": ["entered", "other"],
    "desk_ban_": ["entered", "other"],
    "desk_why_": ["of"],
    "desk_assign_": ["of"],
    "desk_effect_": list(Effect),
    "desk_state_": list(PlanState),
    "desk_request_": list(RequestKind),
    "desk_kind_": list(RuleKind),
    "desk_sort_": ["name", "buddy", "district", "travel"],
    "desk_is_": ["kept", "pinned"],
    "desk_finding_": ["severity", "file", "row", "column", "value", "problem", "remedy"],
    "desk_refused_": [403, 404, 409, 412, 422],
    "desk_import_": [401, 403, 413, 415, 422],
    "desk_stage_": ["match", "refine", "explain", "plan", "check", "frontier", "hire"],
    "desk_user_": ["shut_done", "open_done"],
    "change_": list(KINDS),
    "change_text_": list(KINDS),
    "change_field_": [asked.name for fields in KINDS.values() for asked in fields],
    "change_word_": [*CompanyState, *CoverageWeight],
    "change_day_": list(range(7)),
    "frontier_": ["question", "text"],
    "hire_": ["question", "text"],
    "coverage_by_": ["district", "sector", "host", "language"],
    "coverage_": ["district", "sector", "host", "language"],
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_it_with_the_same_fields(key: str) -> None:
    german, english = WORDS[key]
    assert german.strip() and english.strip()
    assert fields(german) == fields(english)


def test_no_key_is_in_two_tables() -> None:
    assert len(WORDS) == sum(map(len, TABLES))


def test_every_key_that_is_asked_for_is_there_and_no_other() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    named = set(re.findall(r'"([a-z]+_\w+)"', text)) & WORDS.keys()
    asked = set(re.findall(r'\bt\("([^"]+)"[,)]', text))
    assert asked - WORDS.keys() == set()
    built = {f"{begin}{end}" for begin, ends in BUILT.items() for end in ends}
    built |= {key for key in WORDS if key.startswith(("sector_", "error_"))}
    assert built - WORDS.keys() == set()
    assert WORDS.keys() - named - built == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_template_holds_a_word(page: Path) -> None:
    source = JINJA.sub("", OF_BODY.sub("", page.read_text(encoding="utf-8")))
    assert [told for told in READ_OUT.findall(source) if re.search(r"[^\W\d_]", told)] == []
    text = re.sub(r"<[^>]*>", "", source)
    assert re.findall(r"[^\W\d_]+", text) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_template_needs_what_the_policy_forbids(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?! src=)", source)
    TEMPLATES.get_template(page.name)
