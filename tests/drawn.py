"""How much is tried: fewer drawn examples and kills by day than at night (`run.py test --nightly`)."""

from typing import Any

from hypothesis import HealthCheck, settings

QUICK, NIGHTLY = "quick", "nightly"

# The machine's speed decides no test: the first example may have to compile a kernel.
settings.register_profile(QUICK, max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(NIGHTLY, parent=settings.get_profile(QUICK), max_examples=300)


def drawn(examples: int, **more: Any) -> settings:
    """Settings of a property: of so many examples 30 % are drawn by day, three times as many at night."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return settings(max_examples=max(5, examples * profile.max_examples // 100), **more)


def at_night() -> bool:
    """Whether this run takes its time."""
    return settings.get_current_profile_name() == NIGHTLY


def kills(by_day: int, by_night: int) -> int:
    """How often a test kills a process."""
    return by_night if at_night() else by_day
