"""A refused upload is answered as a finding, which the desk says in its own language."""

import pytest

from api.words.findings import FindingAnswer, problem_and_remedy
from tests.api.http.conftest import World


@pytest.mark.parametrize(
    ("name", "content", "status", "german"),
    [
        ("run.exe", b"MZ", 415, "ist keine Datei eines Programms"),
        ("../buddies.csv", b"id\n", 422, "ist kein Dateiname, der hier möglich ist"),
        ("buddies.csv", b"," * 300 + b"\n", 413, "hat 301 Zellen"),
        ("book.xlsx", b"PK\x03\x04 and no more", 422, "ist ein beschädigtes Archiv"),
    ],
)
def test_a_file_that_is_not_taken_is_a_finding(
    on_sqlite: World, name: str, content: bytes, status: int, german: str
) -> None:
    files = [("files", (name, content))]
    answer = on_sqlite.by("office").post("/api/v1/imports", files=files, data={"week": "2026-W48"})
    assert answer.status_code == status
    (finding,) = answer.json()["findings"]
    assert (finding["severity"], finding["file"]) == ("error", name)
    assert finding["problem"] in answer.json()["detail"]
    assert problem_and_remedy(FindingAnswer.model_validate(finding), "de")[0].startswith(german)
