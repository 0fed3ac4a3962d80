"""Started by a test as a process of its own: a format is added, then it is looked for everywhere."""

import json
import sys
from pathlib import Path

from api.export import formats

FORMAT = """
from api.export.format import Format

def _write(run, names, request):
    return " ".join(sorted({names.name(own.buddy) for own in run.weeks})).encode()

FORMAT = Format("text/x-names; charset=utf-8", _write)
"""


def look(folder: Path) -> dict[str, object]:
    """Add the format `txt` before anything lists formats; return what help, OpenAPI and route say of it.

    The folder holds a migrated `store.db`.
    """
    (folder / "formats").mkdir()
    (folder / "formats" / "txt.py").write_text(FORMAT, encoding="utf-8")
    formats.__path__.append(str(folder / "formats"))
    from typer.testing import CliRunner

    from api.cli.app import app
    from data.store.database.store import sqlite_url
    from tests.api.http.conftest import filled

    help_text = CliRunner().invoke(app, ["export", "--help"]).output
    world = next(worlds := filled(sqlite_url(folder / "store.db"), folder))
    route = f"/api/v1/plans/{world.plan}/exports/txt"
    described = world.app.openapi()["paths"]["/api/v1/plans/{plan}/exports/{kind}"]["get"]
    answers = {detail: world.by("office").get(f"{route}?detail={detail}") for detail in ("names", "ids")}
    worlds.close()
    return {
        "help": " ".join(help_text.split()),
        "kinds": next(each for each in described["parameters"] if each["name"] == "kind")["schema"]["enum"],
        "media": list(described["responses"]["200"]["content"]),
        "type": answers["names"].headers["content-type"],
        "file name": answers["names"].headers["content-disposition"],
        **{detail: answer.text for detail, answer in answers.items()},
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "seen.json").write_text(json.dumps(look(folder)), encoding="utf-8")
