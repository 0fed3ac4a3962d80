"""Plots as bytes: the same figure gives the same bytes, SVG for the screen and PNG for word processors."""

import io
from typing import Any

from markupsafe import Markup
from matplotlib.figure import Figure

SAME_BYTES: Any = {"svg.hashsalt": "buddyplan", "svg.fonttype": "path"}
"""Settings for drawing and saving a plot, under which ids and glyphs depend only on the figure."""
UNSAID: dict[str, dict[str, None]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
"""Metadata to leave out: what the library would add about the date and itself."""


def plot_bytes(figure: Figure, kind: str, dots_per_inch: int) -> bytes:
    """Return a figure as `svg` or `png`; `dots_per_inch` applies to PNG."""
    held = io.BytesIO()
    figure.savefig(held, format=kind, dpi=dots_per_inch, metadata=UNSAID[kind])
    return held.getvalue()


def inline_svg(svg: bytes) -> Markup:
    """Return an SVG without the header of a stand-alone file, to stand within a page."""
    text = svg.decode()
    return Markup(text[text.index("<svg") :])
