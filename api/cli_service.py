"""The commands that run the service: all of it, a worker alone, and the nightly run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.terminal import told

if TYPE_CHECKING:
    from api.settings import Settings

# As in `api.cli`: what takes long to load is imported where it is needed.

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of store and queue; default: the user's data folder."),
]


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; default: this machine alone.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Run the service: web and worker, each started again when it dies, until SIGTERM or Ctrl-C."""
    from api.logs import start_logging
    from api.supervisor import setup_code, supervise
    from api.wiring import wired

    settings = _settings(host=host, port=port, data_dir=data_dir)
    start_logging("supervisor")
    service = wired(settings)
    code = setup_code(service.store, settings.data_dir)
    service.close()
    if code is not None:
        told.print(f"There is no user yet. The code for the first one: {code}", highlight=False)
    told.print(f"http://{settings.host}:{settings.port}", highlight=False)
    supervise(settings)


def worker(data_dir: DataDir = None) -> None:
    """Run a worker alone, beside a service on another machine or to try something."""
    import os

    from api.jobs.worker import work_until_told
    from api.settings import environment_of

    os.environ.update(environment_of(_settings(data_dir=data_dir)))
    work_until_told()


def _settings(**given: Any) -> "Settings":
    from api.settings import Settings

    return Settings(**{name: value for name, value in given.items() if value is not None})
