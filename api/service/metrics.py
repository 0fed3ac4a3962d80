"""Metrics for Prometheus: requests as they are served, jobs as the store has them at each scrape."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from data.store.database.store import Store
from data.store.tables import schema as s
from data.store.work.job_waits import oldest_wait_seconds, waiting_seconds
from data.store.work.jobs import JobKind, JobState


class Metrics:
    """The registry of one web process, and its own counters."""

    def __init__(self, store: Store) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "buddyplan_requests", "Requests answered.", ("route", "status"), registry=self.registry
        )
        self.request_seconds = Histogram(
            "buddyplan_request_seconds", "How long requests took.", ("route",), registry=self.registry
        )
        self.registry.register(_Jobs(store))


class _Jobs(Collector):
    """Counts jobs anew at each scrape, so that web and worker need no exchange."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterable[Metric]:
        jobs = GaugeMetricFamily("buddyplan_jobs", "Jobs in the store.", labels=("kind", "state"))
        share = GaugeMetricFamily(
            "buddyplan_stage_share", "How far running jobs are.", labels=("kind", "stage")
        )
        waiting = GaugeMetricFamily(
            "buddyplan_jobs_wait_seconds", "How long jobs have been waiting while none runs."
        )
        oldest = GaugeMetricFamily(
            "buddyplan_jobs_oldest_wait_seconds", "How long the oldest job of a kind waits.", labels=("kind",)
        )
        with self._store.reading() as c:
            waiting.add_metric((), waiting_seconds(c))
            longest = oldest_wait_seconds(c)
            counted = {
                (row.kind, row.state): row.jobs
                for row in c.execute(
                    select(s.job.c.kind, s.job.c.state, func.count().label("jobs")).group_by(
                        s.job.c.kind, s.job.c.state
                    )
                )
            }
            running = select(s.job.c.kind, s.job.c.stage, s.job.c.share)
            for row in c.execute(running.where(s.job.c.state == JobState.RUNNING)):
                share.add_metric((row.kind, row.stage), row.share)
        for kind in JobKind:
            oldest.add_metric((kind,), longest.get(kind, 0.0))
            for state in JobState:
                jobs.add_metric((kind, state), counted.get((kind, state), 0))
        return jobs, share, waiting, oldest
