"""Folders of the project that tests read from, wherever the test itself stands."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SAMPLE = ROOT / "data" / "samples" / "sachsen-anhalt"
