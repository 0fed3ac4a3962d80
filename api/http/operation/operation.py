"""For the operator of the service: liveness, readiness and metrics."""

import hmac
from typing import Annotated

from fastapi import Header, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.http.frame.auth import Serving
from api.http.frame.errors import Forbidden, NotConfigured, problems
from api.http.frame.schemas import Schema
from api.http.frame.writes.router import Router
from api.service.readiness import hindrance
from api.service.settings import Settings
from data.base.message import message
from data.store.work.job_waits import oldest_wait_seconds, waiting_seconds

router = Router(tags=["operation"], responses=problems(500))
FORWARDED = frozenset(("forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-real-ip"))
HERE = ("127.0.0.1", "::1", "localhost", "testclient")


class Health(Schema):
    """The process runs."""

    status: str = "ok"


class Readiness(Health):
    """Ready; `jobs_wait_s` grows where jobs wait and none runs, which means that no worker is running.

    `oldest_job_wait_s` is how long the oldest waiting job has been waiting, whatever runs meanwhile.
    """

    jobs_wait_s: int = 0
    oldest_job_wait_s: int = 0


@router.get("/healthz")
async def show_health() -> Health:
    """Check that the process runs."""
    return Health()


@router.get("/readyz", responses=problems(503))
def show_readiness(service: Serving) -> Readiness:
    """Check that something can be stored; weeks can be read without a worker.

    Else 503: `disk_full`, `disk_read_only`, or `store_silent` if the database is gone or of another version.
    """
    wrong = hindrance(service)
    if wrong is not None:
        raise NotConfigured(wrong)
    with service.store.reading() as c:
        oldest = max(oldest_wait_seconds(c).values(), default=0.0)
        return Readiness(jobs_wait_s=int(waiting_seconds(c)), oldest_job_wait_s=int(oldest))


@router.get(
    "/metrics",
    response_class=Response,
    responses=problems(403, 422)
    | {200: {"description": "Prometheus text", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def show_metrics(
    request: Request, service: Serving, authorization: Annotated[str, Header(include_in_schema=False)] = ""
) -> Response:
    """Return the metrics, to this machine or to a request with the token in the settings."""
    token = service.settings.metrics_token
    sent = authorization.removeprefix("Bearer ").encode()
    if not (hmac.compare_digest(sent, token.encode()) if token else _is_here(request, service.settings)):
        raise Forbidden(message("figures_need_token"))
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _is_here(request: Request, settings: Settings) -> bool:
    """Return whether this machine itself asks; behind a proxy, whose address it has, nobody does."""
    if settings.trusted_proxies or FORWARDED & {name.lower() for name in request.headers}:
        return False
    return request.client is not None and request.client.host in HERE
