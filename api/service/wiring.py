"""Everything that the parts of the service need, made from the settings in one place."""

from dataclasses import dataclass

from api.service.job_queue import JobQueue, queue_beside
from api.service.settings import Settings
from api.service.upkeep import journals_of
from data.register.first_rows import fill_registers
from data.store.database.migrate import migrate
from data.store.database.store import Store, sqlite_url
from data.store.privacy.erasure_journal import catch_up

STORE_FILE = "buddyplan.db"


@dataclass(frozen=True)
class Service:
    """The settings, the open store, the paths of state files, and the job queue."""

    settings: Settings
    store: Store
    queue: JobQueue

    def close(self) -> None:
        """Close the connections."""
        self.queue.close()
        self.store.close()


def wired(settings: Settings) -> Service:
    """Open what the settings name, and migrate the store to this version; erased people stay erased.

    Raises what `data.store.database.migrate.migrate` and `data.store.privacy.erasure_journal.catch_up` raise.
    """
    service = opened(settings)
    migrate(service.store)
    fill_registers(service.store)
    catch_up(service.store, *journals_of(settings))
    return service


def opened(settings: Settings) -> Service:
    """Open what the settings name without migrating; a missing data folder is created.

    Only the current system user can read it, since it holds names and addresses.
    """
    folder = settings.data_dir
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    store = Store(settings.database_url or sqlite_url(folder / STORE_FILE))
    return Service(settings, store, queue_beside(store, folder))
