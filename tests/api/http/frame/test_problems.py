"""Every kind of problem is documented with its status and fields, and no other is."""

import ast
import importlib
import pkgutil
import re

import api
import data
import matching
import scheduling
from data.base.errors import BuddyplanError
from tests.folders import DOCS, ROOT

PAGE = (DOCS / "problems.md").read_text(encoding="utf-8")
DOCUMENTED = {
    kind: (int(status), set(re.findall(r"`(\w+)`", fields)))
    for kind, status, fields in re.findall(r"^\| `(\w+)` \| (\d{3}) \|.*?\| ([^|]*)\|$", PAGE, re.MULTILINE)
}


def classes() -> dict[str, type[BuddyplanError]]:
    """The error class of each kind; a class without one of its own has that of its parent."""
    for package in (api, data, matching, scheduling):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found, waiting = dict[str, type[BuddyplanError]](), [BuddyplanError]
    while waiting:
        each = waiting.pop()
        waiting += each.__subclasses__()
        found.setdefault(each.kind, each)
    return found


def causes() -> dict[str, set[str]]:
    """The fields of each cause that an error is raised with."""
    found: dict[str, set[str]] = {}
    for package in ("api", "data", "matching", "scheduling"):
        for path in (ROOT / package).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            named = {
                node.targets[0].id: node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.keyword) and node.arg == "cause":
                    said = (
                        named.get(node.value.id, node.value)
                        if isinstance(node.value, ast.Name)
                        else node.value
                    )
                    if isinstance(said, ast.Call) and isinstance(said.args[0], ast.Constant):
                        found[str(said.args[0].value)] = {str(each.arg) for each in said.keywords}
    return found


def test_every_kind_is_documented_and_no_other() -> None:
    assert sorted(DOCUMENTED) == sorted({*classes(), *causes(), "request_does_not_fit", "unexpected"})


def test_statuses_and_fields_are_documented_as_they_are() -> None:
    for kind, each in classes().items():
        assert DOCUMENTED[kind] == (each.http_status, set()), kind
    for kind, fields in causes().items():
        assert DOCUMENTED[kind][1] == fields, kind
