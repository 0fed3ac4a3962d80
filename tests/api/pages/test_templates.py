"""Templates contain keys of texts and no words, and nothing that the content policy forbids."""

import re
from pathlib import Path

import pytest

from api.pages.frame.shell import TEMPLATES
from tests.folders import ROOT

PAGES = sorted((ROOT / "api" / "pages" / "templates").iterdir())
REPORTS = sorted((ROOT / "api" / "export" / "templates").glob("*.j2"))
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
OF_BODY = re.compile(r"{% block body %}.*?{% endblock %}", re.DOTALL)
"""Attributes of the body, which are in no tag of their own template."""
NO_TEXT = re.compile(r"<style>.*?</style>|<code>.*?</code>", re.DOTALL)
READ_OUT = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
UNITS = {"km", "h", "min", "seed"}


@pytest.mark.parametrize("page", [*PAGES, *REPORTS], ids=lambda path: path.stem)
def test_no_template_holds_a_word(page: Path) -> None:
    source = NO_TEXT.sub("", JINJA.sub("", OF_BODY.sub("", page.read_text(encoding="utf-8"))))
    assert [said for said in READ_OUT.findall(source) if re.search(r"[^\W\d_]", said)] == []
    text = re.sub(r"<[^>]*>", "", source)
    assert set(re.findall(r"[^\W\d_]+", text)) <= UNITS


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_template_needs_what_the_policy_forbids(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?! src=)", source)
    TEMPLATES.get_template(page.name)
