"""All pages, by the role that sees them: for what must hold on all of them, and for screenshots.

Add a new page to this list, and every such test covers it.
"""

from dataclasses import dataclass

NOBODY = {
    "set-up": "/setup",
    "sign-in": "/sign-in",
    "sign-in-expired": "/sign-in?back=/me/today",
    "invitation": "/invitation",
    "not-found": "/no/such/page",
}
LISTS = (
    "companies", "buddies", "hosts", "places", "appointments", "availability", "requests", "relations",
    "pins", "bans", "policy", "changes",
)  # fmt: skip
"""The pages of the register."""
DESK = (
    "overview", "import", "absences", "matching", "weeks", "messages", "scenarios", "positions",
    "invitations", "users", "begin", *LISTS,
)  # fmt: skip
"""The pages under `/desk/`, whose content follows once the frame is loaded."""
ROWS = (
    "companies/baecker", "companies/~new", "buddies/anna", "buddies/anna/leaving", "buddies/anna/handover",
    "hosts/kammer", "appointments/team",
)  # fmt: skip
"""Pages of one row, in the small office."""


@dataclass(frozen=True)
class Sights:
    """What a buddy can view: the week in force, the one before, and a visit of each."""

    week: str
    visit: str
    week_before: str
    visit_before: str


def every_page_of(sights: Sights) -> dict[str, dict[str, str]]:
    """Return names and paths of the pages by role."""
    week, before = f"/me/weeks/{sights.week}", f"/me/weeks/{sights.week_before}"
    return {
        "nobody": NOBODY,
        "buddy": {
            "today": "/me/today",
            "week": week,
            "week-none": "/me/weeks/2031-W05",
            "stop": f"{week}/stops/{sights.visit}",
            "stop-past": f"{before}/stops/{sights.visit_before}",
            "move": f"{week}/stops/{sights.visit}/move",
            "move-over": f"{before}/stops/{sights.visit_before}/move",
            "absences": "/me/absences",
            "offline": "/me/offline",
            "account": "/account",
            "forbidden": "/coverage",
            "not-found": "/me/weeks/2031-W05/stops/nothing",
        },
        "new": {"today-none": "/me/today"},
        "viewer": {"coverage": "/coverage", "account": "/account"},
        "coordinator": {"account": "/account"},
    }
