"""Plots as bytes: the same figure is the same bytes, on screen as SVG and for text programs as PNG."""

import io
from typing import Any

from matplotlib.figure import Figure

SAME_BYTES: Any = {"svg.hashsalt": "buddyplan", "svg.fonttype": "path"}
"""What a plot has to be drawn and saved under: ids and glyphs that depend on nothing but the figure."""
UNSAID: dict[str, dict[str, None]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
"""What the library would add of the day and of itself."""


def plot_bytes(figure: Figure, kind: str, dots_per_inch: int) -> bytes:
    """Return a figure as `svg` or `png`; the dots are those of a PNG."""
    held = io.BytesIO()
    figure.savefig(held, format=kind, dpi=dots_per_inch, metadata=UNSAID[kind])
    return held.getvalue()
