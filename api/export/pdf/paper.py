"""Turns a typst template and its data into an accessible PDF (PDF/UA)."""

import json
from pathlib import Path
from typing import Any

import typst


def pdf_of(template: Path, name: str, told: dict[str, Any]) -> bytes:
    """Return the PDF of a template that reads `told` from its input `name`; same input, same bytes."""
    text = json.dumps(told, ensure_ascii=False)
    made = typst.compile(template, sys_inputs={name: text}, pdf_standards=["ua-1"], ignore_system_fonts=True)
    assert isinstance(made, bytes), "one document, and no file to write it to"
    return made
