"""A format is one file: command, API and their documentation follow from it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.export.format import ExportRequest
from api.export.kinds import kinds
from api.export.one_file import exported, format_of
from data.base.errors import BuddyplanError
from tests.api.runs import run
from tests.folders import ROOT
from tests.refusals import refused


def test_a_new_file_of_a_format_is_all_that_it_takes(tmp_path: Path, migrated_file: Path) -> None:
    """The process is a new one, since command and routes list the formats when they are loaded."""
    shutil.copy(migrated_file, tmp_path / "store.db")
    look = [sys.executable, "-m", "tests.api.export.new_format", str(tmp_path)]
    done = subprocess.run(look, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))
    assert "pdf, txt, xlsx" in seen["help"]
    assert seen["kinds"] == sorted({*kinds(), "txt"})
    assert "text/x-names" in seen["media"]
    assert seen["type"] == "text/x-names; charset=utf-8"
    assert seen["file name"] == 'attachment; filename="plan.txt"'
    assert (seen["names"], seen["ids"]) == ("Anna Ahorn Ben Birke", "anna ben")


@pytest.mark.parametrize("kind", kinds())
def test_every_format_writes_a_file_of_one_buddy(kind: str) -> None:
    assert exported(run(), ExportRequest(kind, "anna"))
    assert format_of(kind).media


def test_a_kind_that_there_is_not_is_told_with_those_that_there_are() -> None:
    with refused(BuddyplanError, f'"docx".*{", ".join(kinds())}'):
        exported(run(), ExportRequest("docx"))
