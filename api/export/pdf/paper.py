"""Turns a typst template and its data into an accessible PDF (PDF/UA) that prints any name."""

import json
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from api.export.pdf.printable import changed, printable, without_marks
from data.base.writable_text import writable

FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Noto for what typst's own fonts lack: other scripts, symbols, and Chinese, Japanese and Korean."""
PROBE = b"""#set document(title: "probe")
#let text = json(bytes(sys.inputs.text))
#text Week #text - #strong(text) \\
#text"""
"""A document that shows a text where templates do: at the start, after letters and after a break."""


def pdf_of(template: Path, name: str, told: dict[str, Any]) -> bytes:
    """Return the PDF of a template that reads `told` from its input `name`; same input, same bytes.

    The standard forbids text that no font can show: such characters become □.
    """
    plain, source = changed(told, writable), template.read_bytes()
    try:
        return _made(source, name, plain)
    except typst.TypstError:
        boxed = changed(plain, partial(printable, fits=_fits))
    try:
        return _made(source, name, boxed)
    except typst.TypstError:
        return _made(source, name, changed(plain, partial(without_marks, fits=_fits)))


def _fits(text: str) -> bool:
    try:
        _made(PROBE, "text", text)
    except typst.TypstError:
        return False
    return True


def _made(template: bytes, name: str, told: Any) -> bytes:
    made = typst.compile(
        template,
        sys_inputs={name: json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=_fonts(),
    )
    assert isinstance(made, bytes), "one document, and no file to write it to"
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files(each)) for each in FONT_PACKAGES])
