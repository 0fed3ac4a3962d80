"""The reference data that ship, one folder for each German state; their sources are in its `NOTICE.md`."""

from pathlib import Path

SHIPPED = Path(__file__).parent / "states"
STATE_UNLESS_SAID = "ST"
"""The state of a programme that names none."""


def shipped(state: str) -> Path:
    """Return the folder of a state's reference data."""
    return SHIPPED / state
