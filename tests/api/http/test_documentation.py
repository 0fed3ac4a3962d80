"""The tour in docs/http-api.md uses routes that exist."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from api.http.app import RESOURCES
from data.base.ids import id_kind
from tests.api.http.conftest import World
from tests.folders import DOCS

PAGE = (DOCS / "http-api.md").read_text(encoding="utf-8")
CURL = re.compile(r"^curl (?P<options>.*?)\$URL(?P<path>/\S+)(?P<rest>.*)$", re.MULTILINE)
LONGEST_NAME = 24
ID_NAMES = frozenset(("buddy", "buddies", "company", "companies", "place", "places", "visit", "broken"))


def test_each_line_of_the_tour_is_an_operation(on_sqlite: World) -> None:
    paths = on_sqlite.app.openapi()["paths"]
    lines = list(CURL.finditer(PAGE))
    assert len(lines) == PAGE.count("\ncurl ") == 14
    for line in lines:
        method = "post" if "-X POST" in line["options"] else "get"
        found = [
            path
            for path, operations in paths.items()
            if method in operations
            and re.fullmatch(re.sub(r"\\\{.*?\\\}", r"[^/]+?", re.escape(path)), line["path"])
        ]
        assert found, line[0]


def test_every_operation_says_what_it_does(on_sqlite: World) -> None:
    for path, operations in on_sqlite.app.openapi()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), f"{method} {path}"
            assert "500" in operation["responses"], f"{method} {path}"


def test_names_of_schemas_and_operations_are_unique_and_short(on_sqlite: World) -> None:
    made = on_sqlite.app.openapi()
    schemas = made["components"]["schemas"]
    titles = Counter(schema.get("title", name) for name, schema in schemas.items())
    assert [title for title, count in titles.items() if count > 1] == []
    assert [name for name in schemas if "__" in name or len(name) > LONGEST_NAME] == []
    operations = [each["operationId"] for path in made["paths"].values() for each in path.values()]
    assert [name for name, count in Counter(operations).items() if count > 1] == []
    assert [name for name in operations if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
    assert [name for name in operations if len(name) > LONGEST_NAME] == []


def models_of(kind: Any) -> Iterator[type[BaseModel]]:
    """The models in a type, those in their fields too."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models_of(field.annotation)
    for inner in get_args(kind):
        yield from models_of(inner)


def is_text(kind: Any) -> bool:
    return kind is str or any(map(is_text, get_args(kind)))


def test_ids_in_answers_tell_by_their_type_whose_they_are() -> None:
    routes = [route for resource in RESOURCES for route in resource.router.routes]
    answers = {model for route in routes for model in models_of(getattr(route, "response_model", None))}
    assert len(answers) > 100
    texts = {
        f"{model.__name__}.{name}": id_kind(field.annotation, field.metadata)
        for model in answers
        for name, field in model.model_fields.items()
        if name in ID_NAMES and is_text(field.annotation)
    }
    assert len(texts) > 50
    assert [name for name, kind in texts.items() if kind is None] == []
