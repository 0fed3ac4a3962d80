"""Settings that depend on the machine, not on a programme; only this module reads the environment."""

import os
import sys
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BUDDYPLAN_"
SETUP_CODE_FILE = "setup-code"
"""A file in the data folder while there are no users: whoever knows its content may create the first user."""


def _user_cache() -> Path:
    """Return the system's folder for this user's caches."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))


def _user_data() -> Path:
    """Return the system's folder for this user's data."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))


class Settings(BaseSettings):
    """Settings with the prefix `BUDDYPLAN_`.

    `cache_dir` holds the answers of geocoders, `data_dir` everything else, and `backup_dir` the erasures
    once more, beside the backups; without a `database_url` the store is a SQLite file in `data_dir`.
    `trusted_proxies` are addresses and networks, with commas between: their word on a client's address
    and on TLS is believed, and nobody else's. `plain_http` lets browsers send cookies without TLS, for
    use on one machine. A session lasts `session_hours`, and ends when it was not used for `idle_minutes`.
    `second_factor_for_coordinators` lets them do nothing without one. `metrics_token` opens /metrics to
    other machines. With the `oidc_…` settings people can sign in by an identity provider. So many `jobs`
    and `studies` are computed at a time, each with a queue of its own; a user has at most
    `studies_per_user` unfinished ones.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    data_dir: Path = Field(default_factory=lambda: _user_data() / "buddyplan")
    database_url: str = ""
    trusted_proxies: str = ""
    plain_http: bool = False
    second_factor_for_coordinators: bool = False
    idle_minutes: int = Field(default=60, ge=1, le=24 * 60)
    idle_minutes_buddy: int = Field(default=240, ge=1, le=24 * 60)
    session_hours: int = Field(default=12, ge=1, le=24 * 30)
    metrics_token: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    cache_dir: Path = Field(default_factory=lambda: _user_cache() / "buddyplan")
    backup_dir: Path | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    jobs: Annotated[int, Field(ge=1)] = 1
    studies: Annotated[int, Field(ge=1)] = 1
    studies_per_user: Annotated[int, Field(ge=1)] = 10
    workers: Annotated[int, Field(ge=1)] | None = None
    solver_nice: Annotated[int, Field(ge=0, le=19)] = 10
    lease_seconds: Annotated[float, Field(ge=1)] = 15.0
    attempts: Annotated[int, Field(ge=1)] = 3

    @field_validator("trusted_proxies")
    @classmethod
    def _of_addresses(cls, given: str) -> str:
        """Return the addresses in one spelling; raises ValueError for what is none, a name for example."""
        found = [ip_network(each.strip()) for each in given.split(",") if each.strip()]
        return ",".join(str(each) if each.num_addresses > 1 else str(each.network_address) for each in found)


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the environment that gives another process these settings."""
    held = settings.model_dump()
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in held.items() if value is not None}
