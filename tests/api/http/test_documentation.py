"""The tour in docs/http-api.md uses routes that exist."""

import re

from tests.api.http.conftest import World
from tests.folders import DOCS

PAGE = (DOCS / "http-api.md").read_text(encoding="utf-8")
CURL = re.compile(r"^curl (?P<options>.*?)\$URL(?P<path>/\S+)(?P<rest>.*)$", re.MULTILINE)


def test_each_line_of_the_tour_is_an_operation(on_sqlite: World) -> None:
    paths = on_sqlite.app.openapi()["paths"]
    lines = list(CURL.finditer(PAGE))
    assert len(lines) == PAGE.count("\ncurl ") == 13
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
