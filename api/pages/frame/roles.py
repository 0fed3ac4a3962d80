"""The first page of each role, and its navigation."""

from data.store.people.users import Role

START = {
    Role.BUDDY: "/me/today",
    Role.VIEWER: "/coverage",
    Role.PLANNER: "/coverage",
    Role.COORDINATOR: "/desk",
}
_ACCOUNT = ("/account", "shell_account")
_COVERAGE = ("/coverage", "shell_coverage")
NAVIGATION: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.BUDDY: (("/me/today", "shell_today"), ("/me/week", "shell_week"), _ACCOUNT),
    Role.VIEWER: (_COVERAGE, _ACCOUNT),
    Role.PLANNER: (_COVERAGE, _ACCOUNT),
    Role.COORDINATOR: (("/desk", "shell_desk"), _ACCOUNT),
}
"""Paths and text keys."""
