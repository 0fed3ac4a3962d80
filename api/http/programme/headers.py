"""Headers of lists that are not known: what they might mean, and what was said of them before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import File, UploadFile
from pydantic import Field

from api.http.frame.auth import ByCoordinatorOfAll
from api.http.frame.errors import Forbidden, problems
from api.http.frame.schemas import Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.upload.guard import receive
from api.run.registered.read_files import ReadFiles, unknown_in
from data.access import in_programme
from data.base.message import message
from data.tables.columns import COLUMNS

router = Router(prefix="/imports", tags=["imports"], responses=problems(401, 403, 422, 500))
Name = Annotated[str, Field(max_length=200)]
Headers = Annotated[
    dict[Annotated[str, Field(max_length=32)], Annotated[dict[Name, Name], Field(max_length=500)]],
    Field(max_length=50),
]
"""Columns by header, by the key of a set of headers."""


class HeaderUnknown(Schema):
    """A header that is not known, how many cells below it are filled, and the columns nearest to it.

    `said` is what it meant when the same set of headers was taken before: a column, or `not read`.
    """

    header: str = Field(examples=["Umsatz 2025"])
    filled: int = Field(examples=[120])
    nearest: list[str] = Field(examples=[["employees", "sector", "tags"]])
    said: str = ""


class TableUnknown(Schema):
    """The headers of one table that are not known; `key` is the same for each file with these headers."""

    file: str = Field(examples=["betriebe.csv"])
    table: str = Field(examples=["companies"])
    key: str
    columns: list[str] = Field(description="All columns of the table", examples=[["name", "postcode"]])
    headers: list[HeaderUnknown]


@router.post("/headers", responses=problems(413, 415))
def find_unknown_headers(
    by: ByCoordinatorOfAll,
    app_state: InAppState,
    files: Annotated[list[UploadFile], File(description="CSV files, or one .xlsx")],
) -> list[TableUnknown]:
    """Tell which headers of files are not known; nothing is stored.

    What they mean can be said in the field `by_hand` of an import, as JSON: `{key: {header: column}}`.
    """
    with received(files) as source, app_state.service.store.reading() as c:
        found = unknown_in(c, app_state.programmes, source)
    if not in_programme(by, found.programme.id):
        raise Forbidden(message("other_programme"))
    return _shown(found)


@contextmanager
def received(files: list[UploadFile]) -> Iterator[Path]:
    """Yield the folder of uploaded files, or the workbook among them, while it is there."""
    with TemporaryDirectory(prefix="buddyplan-") as name:
        folder = receive([(each.filename or "", each.file.read()) for each in files], Path(name))
        books = sorted(folder.glob("*.[xX][lL][sS][xX]"))
        yield books[0] if books else folder


def _shown(found: ReadFiles) -> list[TableUnknown]:
    return [
        TableUnknown(
            file=each.label,
            table=each.table,
            key=each.key,
            columns=[column.name for column in COLUMNS[each.table]],
            headers=[
                HeaderUnknown(
                    header=header.header,
                    filled=header.filled,
                    nearest=list(header.nearest),
                    said=found.said.get(each.key, {}).get(header.header, ""),
                )
                for header in each.headers
            ],
        )
        for each in found.unknown
    ]
