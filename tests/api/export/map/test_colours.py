"""Colours of buddies are visible on the pages' backgrounds (WCAG 2.2, 1.4.11) and distinguishable."""

import re
from pathlib import Path

import pytest

from api.export import report
from api.export.map.colours import colour_of

GROUNDS = ("#ffffff", "#eef2f1", "#13181a", "#1f272a")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_colour_stands_out_from_every_ground(ground: str) -> None:
    assert min(contrast(colour_of(i), ground) for i in range(200)) >= 3


def test_two_hundred_buddies_have_two_hundred_colours() -> None:
    assert len({colour_of(i) for i in range(200)}) == 200


def themes() -> list[dict[str, str]]:
    """The colours in the report's style sheet: for a light screen, for a dark one, for paper."""
    style = (Path(report.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.S)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]
    return [{name: full(colour) for name, colour in theme.items()} for theme in found]


def full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * sign for sign in colour[1:])


def test_all_words_of_the_report_can_be_read() -> None:
    """WCAG 2.2, 1.4.3: 4.5:1 for text, on each of its backgrounds."""
    light, dark, paper = themes()
    for theme in (light, dark, paper):
        for text in ("ink", "soft", "accent"):
            grounds = ("ground", "accent-ground") if text == "accent" else ("ground", "land")
            assert all(contrast(theme[text], theme[ground]) >= 4.5 for ground in grounds)
    assert {light["ground"], light["land"], dark["ground"], dark["land"]} == set(GROUNDS)
