"""Draw the floors of the house from the import contracts: `python .ci/draw_floors.py` writes the picture.

A floor may import from those below it, never from those above; what stands side by side on a floor does not
import each other. A test fails where the picture in docs/ is not that of the contracts.
"""

import html
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "floors.svg"
WIDTH, FLOOR, GAP, TITLE, MARGIN = 940, 30, 6, 26, 16
COLOURS = {"api": "#1f5f8b", "matching": "#7a4b8c", "scheduling": "#2f6f4f", "data": "#8a5a1f"}
"""White text on each has a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""

Floors = list[list[str]]


def contracts() -> list[list[str]]:
    """Return the layers of every contract of that kind, top first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = project["tool"]["importlinter"]["contracts"]
    return [each["layers"] for each in found if each["type"] == "layers"]


def floors_by_package() -> dict[str, Floors]:
    """Return the floors of each package, top first, without those in brackets, which are yet to come."""
    whole, *inside = contracts()
    order = [name for floor in whole for name in floor.split(" | ")]
    by_package = {layers[0].partition(".")[0]: layers for layers in inside}
    return {
        package: [
            [name for name in floor.split(" | ") if not name.startswith("(")] for floor in by_package[package]
        ]
        for package in order
    }


def height_of(floors: Floors) -> int:
    """Return how high a package is drawn."""
    return TITLE + len(floors) * (FLOOR + GAP) + GAP


def drawn(package: str, floors: Floors, x: int, y: int, width: int) -> list[str]:
    """Return the box of a package with its floors."""
    colour = COLOURS[package]
    lines = [
        f'<rect x="{x}" y="{y}" width="{width}" height="{height_of(floors)}" rx="6" fill="none" '
        f'stroke="{colour}" stroke-width="2"/>',
        f'<text x="{x + 10}" y="{y + 18}" fill="{colour}" font-weight="bold">{package}/</text>',
    ]
    for row, floor in enumerate(floors):
        top, room = y + TITLE + row * (FLOOR + GAP), width - 2 * GAP
        each = (room - (len(floor) - 1) * GAP) / len(floor)
        for place, name in enumerate(floor):
            left = x + GAP + place * (each + GAP)
            lines += [
                f'<rect x="{left:g}" y="{top}" width="{each:g}" height="{FLOOR}" rx="3" fill="{colour}"/>',
                f'<text x="{left + each / 2:g}" y="{top + 20}" fill="#fff" text-anchor="middle">'
                f"{html.escape(name.partition('.')[2])}</text>",
            ]
    return lines


def picture() -> str:
    """Return the picture as SVG: api on top, matching and scheduling side by side, data at the bottom."""
    floors, room = floors_by_package(), WIDTH - 2 * MARGIN
    half = (room - MARGIN) // 2
    middle = MARGIN + height_of(floors["api"]) + MARGIN
    bottom = middle + max(height_of(floors["matching"]), height_of(floors["scheduling"])) + MARGIN
    lines = drawn("api", floors["api"], MARGIN, MARGIN, room)
    lines += drawn("matching", floors["matching"], MARGIN, middle, half)
    lines += drawn("scheduling", floors["scheduling"], MARGIN + half + MARGIN, middle, half)
    lines += drawn("data", floors["data"], MARGIN, bottom, room)
    height = bottom + height_of(floors["data"]) + MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="sans-serif" font-size="14" role="img">\n'
        "<title>The floors of each package: a floor imports only from those below it</title>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
    )
    return head + "\n".join(lines) + "\n</svg>\n"


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
