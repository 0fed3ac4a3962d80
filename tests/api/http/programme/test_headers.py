"""Headers that are not known: what they might mean is told, what is said by hand is taken and remembered."""

import json
from typing import Any

from tests.api.http.conftest import PROGRAMME, World

IMPORTS = "/api/v1/imports"
HEAD = "Betrieb,PLZ,Ort,Was die machen,Umsatz"
LIST = f"{HEAD}\nKonditorei Sahne,39104,Magdeburg,C10,77\n"


def sent(world: World, path: str, text: str = LIST, **fields: Any) -> Any:
    files = [
        ("files", ("betriebe.csv", text.encode())),
        ("files", ("policy.toml", f'[programme]\nid = "{PROGRAMME}"\n'.encode())),
    ]
    answer = world.by("coordinator").post(path, files=files, data=fields)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def unknown(world: World, text: str = LIST) -> dict[str, Any]:
    (found,) = sent(world, f"{IMPORTS}/headers", text)
    return dict(found)


def imported(world: World, said: dict[str, dict[str, str]], text: str = LIST, dry: bool = False) -> Any:
    fields = {"week": "2026-W48", "dry_run": str(dry).lower(), "by_hand": json.dumps(said)}
    return sent(world, IMPORTS, text, **fields)


def sector(world: World, name: str) -> str:
    rows = world.by("coordinator").get("/api/v1/register/companies", params={"q": name}).json()["items"]
    return str(rows[0]["values"].get("sector", ""))


def test_unknown_headers_are_told_with_what_they_might_mean(world: World) -> None:
    found = unknown(world)
    assert (found["table"], found["file"]) == ("companies", "betriebe.csv")
    assert [(each["header"], each["filled"], each["said"]) for each in found["headers"]] == [
        ("Was die machen", 1, ""),
        ("Umsatz", 1, ""),
    ]
    assert all(len(each["nearest"]) == 3 for each in found["headers"])
    assert "sector" in found["columns"]


def test_what_is_said_by_hand_is_taken_and_remembered_for_these_headers(world: World) -> None:
    said = {unknown(world)["key"]: {"Was die machen": "sector", "Umsatz": "not read"}}
    made = imported(world, said)
    assert not [each for each in made["findings"] if each["column"] in ("Was die machen", "Umsatz")]
    assert sector(world, "Sahne") == "C10"
    assert [each["said"] for each in unknown(world)["headers"]] == ["sector", "not read"]
    other = LIST.replace("Konditorei Sahne", "Feinkost Krebs").replace("C10", "G47")
    imported(world, {}, other)
    assert sector(world, "Krebs") == "G47"


def test_a_dry_run_remembers_nothing(world: World) -> None:
    said = {unknown(world)["key"]: {"Was die machen": "sector"}}
    made = imported(world, said, dry=True)
    assert [each["column"] for each in made["findings"] if each["column"] == "Was die machen"] == []
    assert [each["said"] for each in unknown(world)["headers"]] == ["", ""]


def test_what_is_said_now_goes_before_what_was_said(world: World) -> None:
    key = unknown(world)["key"]
    imported(world, {key: {"Was die machen": "sector"}})
    imported(world, {key: {"Was die machen": ""}})
    assert [each["said"] for each in unknown(world)["headers"]] == ["", ""]


def test_a_column_that_there_is_not_is_refused(world: World) -> None:
    said = {unknown(world)["key"]: {"Was die machen": "colour"}}
    files = [("files", ("betriebe.csv", LIST.encode()))]
    asked = {"week": "2026-W48", "by_hand": json.dumps(said)}
    answer = world.by("coordinator").post(IMPORTS, files=files, data=asked)
    assert answer.status_code == 422 and "colour" in answer.text
