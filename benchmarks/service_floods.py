"""Users of the load benchmark who ask for all they can get: a planner for studies, a buddy for slots."""

import time
from collections import Counter
from datetime import UTC, datetime
from datetime import time as clock
from itertools import count
from typing import TYPE_CHECKING

import gevent
import requests

from data.base.dates import parse_week

if TYPE_CHECKING:
    from benchmarks.service_load import Office

BREATH_S = 0.05
"""How long a refused planner waits before trying again: no patience, but no busy loop in the client."""
AT_A_TIME = 45
"""Requests for slots that are open together."""
A_SECOND = 50
"""So many requests for slots are sent in a second at most: else, faster refusals would make it more."""


class Floods:
    """Greenlets that send requests without end, and the statuses of the answers."""

    def __init__(
        self, base: str, planner: "Office", programme: str, buddy: str, company: str, week: str
    ) -> None:
        self.studies, self.slots = Counter[int](), Counter[int]()
        api, own = f"{base}/api/v1", {"Authorization": buddy}
        # On the morning of its Monday, whenever this runs: nothing is offered in a week that is over.
        morning = datetime.combine(parse_week(week), clock(5), UTC).isoformat()
        asked = {"at": company, "week": week, "moment": morning}

        def ask_for_studies() -> None:
            for seed in count():
                sent = {"json": {"seed": seed, "weeks": 0}, "params": {"programme": programme}}
                answer = requests.post(
                    f"{api}/studies", headers={"Authorization": planner.key()}, timeout=300, **sent
                )
                self._counted(self.studies, answer)
                if answer.status_code == 429:
                    gevent.sleep(BREATH_S)

        def ask_for_slots() -> None:
            while True:
                due = time.monotonic() + AT_A_TIME / A_SECOND
                self._counted(self.slots, requests.get(f"{api}/slots", asked, headers=own, timeout=300))
                gevent.sleep(max(0.0, due - time.monotonic()))

        self._running = [
            gevent.spawn(ask_for_studies),
            *(gevent.spawn(ask_for_slots) for _ in range(AT_A_TIME)),
        ]

    def stop(self) -> None:
        """Send nothing more."""
        gevent.killall(self._running)

    @staticmethod
    def _counted(statuses: Counter[int], answer: requests.Response) -> None:
        statuses[answer.status_code] += 1
