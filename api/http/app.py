"""The app: every resource under /api/v1, and the middleware for all of them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.http.accounts import keys, me, oidc, second_factor, session, sessions, setup, tokens, users
from api.http.frame.auth import sign_in_key
from api.http.frame.errors import Problem, handle_errors, unexpected
from api.http.frame.middleware import Passing
from api.http.frame.state import AppState
from api.http.frame.wrappers.composed import ComposedText
from api.http.frame.wrappers.head import HeadAsGet
from api.http.frame.writes.audit_writer import AuditWriter
from api.http.invitations import acceptance, invitations
from api.http.operation import audit, operation
from api.http.planning import adoption, drafts, feeds, jobs, matchings, moves, plans, promises, slots
from api.http.planning import disruptions as upsets
from api.http.programme import (
    absences,
    aggregates,
    buddies,
    companies,
    contacts,
    first_steps,
    headers,
    hosts,
    imports,
    places,
    programmes,
    requests,
)
from api.http.register import absence_effects, candidates, changes, leaving, pins, possible, rows, stories
from api.http.register.values import value_schemas
from api.http.studies import adoption as scenario_adoption
from api.http.studies import scenarios, studies, study_jobs
from api.jobs.answering import Answering
from api.service.metrics import Metrics
from api.service.supervisor import setup_code
from api.service.wiring import Service
from data.tables.files.limits import FileLimits

# `possible` comes before `rows`, whose paths have an entity in the same place.
RESOURCES = (
    setup, session, sessions, second_factor, me, moves, absences, programmes, first_steps, imports, headers,
    possible, rows, stories, candidates, absence_effects, leaving, changes, hosts, buddies, companies, places,
    matchings, adoption, pins, plans, drafts, slots, promises, contacts, requests, upsets, scenarios,
    scenario_adoption, studies, study_jobs, jobs, users, invitations, acceptance, tokens, keys, aggregates,
    audit, feeds,
)  # fmt: skip
API = APIRouter(generate_unique_id_function=lambda route: route.name)
"""All operations: FastAPI takes them apart once, however many apps of this process answer them."""
for resource in RESOURCES:
    API.include_router(resource.router, prefix="/api/v1")
API.include_router(operation.router)
# A multipart body is slightly larger than the files in it.
MULTIPART_BYTES = 100_000


def create_app(service: Service) -> FastAPI:
    """Return the app of a service whose store is at the latest schema version."""
    writer = AuditWriter(service.store)
    metrics = Metrics(service.store)
    answering = Answering(service.store.url, service.settings.solver_nice)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        setup_code(service.store, service.settings.data_dir)
        # Now, since pages about errors need it too, and later the disk may be full.
        sign_in_key(service.settings.data_dir)
        yield
        answering.close()
        writer.close()

    app = FastAPI(
        title="buddyplan",
        version="1",
        summary="Assigns companies to job buddies and plans the buddies' weeks",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        separate_input_output_schemas=False,
        routes=API.routes,
    )
    app.state.service, app.state.metrics = service, metrics
    app.state.app_state = AppState(service, answering)
    app.state.late_refusal = lambda request, error: unexpected(error)
    if oidc.configured(service.settings):
        app.include_router(oidc.router)
    handle_errors(app)
    limit = FileLimits().upload_bytes + MULTIPART_BYTES
    app.add_middleware(ComposedText)
    app.add_middleware(Passing, store=service.store, audit=writer, upload_bytes=limit, metrics=metrics)
    app.add_middleware(HeadAsGet)
    # The outermost, so that all others know the client by the address and scheme that it has.
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=service.settings.trusted_proxies.split(","))
    document(app)
    return app


REF = "#/components/schemas/"


def document(app: FastAPI) -> None:
    """Add the schema of problems, which every operation refers to, and name each schema as its class is."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        made = plain()
        schemas = made["components"]["schemas"]
        if "Problem" not in schemas:
            found = Problem.model_json_schema(ref_template=REF + "{model}")
            schemas |= found.pop("$defs", {})
            schemas["Problem"] = found
            schemas |= value_schemas()
            named = {name: _name(name, schema) for name, schema in schemas.items()}
            made["components"]["schemas"] = {named[name]: schema for name, schema in schemas.items()}
            made |= _renamed(made, {REF + name: REF + nice for name, nice in named.items()})
        return made

    app.openapi = openapi  # type: ignore[method-assign]


def _name(name: str, schema: Mapping[str, Any]) -> str:
    """Return the name of a class for that which pydantic or FastAPI has made: `Page_BuddyAnswer_` is the
    page called `BuddyPage`, `Body_import_files` the form `ImportFilesForm`.
    """
    if name.startswith("Page_"):
        return str(schema["title"])
    if name.startswith("Body_"):
        return "".join(word.capitalize() for word in name.split("_")[1:]) + "Form"
    return name


def _renamed(described: Any, names: Mapping[str, str]) -> Any:
    """Return a part of the description that refers to schemas by these names."""
    if isinstance(described, dict):
        return {key: _renamed(value, names) for key, value in described.items()}
    if isinstance(described, list):
        return [_renamed(each, names) for each in described]
    return names.get(described, described) if isinstance(described, str) else described
