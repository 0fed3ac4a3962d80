"""The one place where the parts of the service are put together."""

from dataclasses import dataclass
from typing import Any

from api.settings import Settings
from data.gazetteer import Gazetteer
from data.store.database import Store, sqlite_url


@dataclass(frozen=True)
class Service:
    """What a process of the service works with."""

    settings: Settings
    store: Store
    gazetteer: Gazetteer
    queue: Any


def wired(settings: Settings) -> Service:
    """Return the service of these settings."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    url = settings.database_url or sqlite_url(settings.data_dir / "buddyplan.db")
    return Service(settings, Store(url), Gazetteer.shipped(), None)
