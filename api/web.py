"""The process that answers requests: `python -m api.web PARENT`, started by `buddyplan serve`.

Those of `api.jobs.answering` load this module too, but need nothing of the web: so it imports that late.
"""

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn

    from api.service.wiring import Service

COLLECT_AFTER = 50_000, 20, 100
"""Garbage collection thresholds, set before all imports, since they too make much and no garbage.

The cached problems are some millions of objects without reference cycles; scanning all of them stops every
answer for 0.2 s.
"""
gc.set_threshold(*COLLECT_AFTER)

SWITCH_S = 0.0005
"""How long a thread may block others. A request passes through several threads, so the usual 5 ms add up."""
GRACE_S = 10
"""How long requests in progress may take once the process is asked to end."""


def answer_until_told(parent: int) -> None:
    """Answer requests until SIGTERM, SIGINT, or the end of the parent process."""
    from api.jobs.heartbeat import watch_parent
    from api.service.logs import start_logging
    from api.service.settings import Settings
    from api.service.wiring import opened

    start_logging("web")
    sys.setswitchinterval(SWITCH_S)
    service = opened(Settings())  # the supervisor has migrated the store
    server = server_of(service)

    def end() -> None:
        server.should_exit = True

    watch_parent(parent, end)
    server.run()
    service.close()


def server_of(service: "Service") -> "uvicorn.Server":
    """Return the server of a service with all its pages, which does not run yet."""
    import uvicorn

    from api.http.app import create_app
    from api.pages.desk.site import with_desk
    from api.pages.site import with_pages
    from api.service.patience import PatientProtocol

    config = uvicorn.Config(
        with_desk(with_pages(create_app(service))),
        host=service.settings.host,
        port=service.settings.port,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # the app believes those of the trusted proxies alone
        timeout_graceful_shutdown=GRACE_S,
    )
    return uvicorn.Server(config)


if __name__ == "__main__":
    answer_until_told(int(sys.argv[1]))
