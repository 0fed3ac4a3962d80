"""What a format of exported files says of itself, and what may be asked of it."""

from collections.abc import Callable
from dataclasses import dataclass

from api.run.names import Names
from api.run.privacy_level import Detail
from api.run.run import Run
from api.words.catalogue import DEFAULT
from api.words.language import Language


@dataclass(frozen=True)
class ExportRequest:
    """What to export: which kind, for whom (empty: all), which week (empty: the first), in what detail."""

    kind: str
    buddy: str = ""
    week: str = ""
    detail: Detail = Detail.FULL
    language: Language = DEFAULT


@dataclass(frozen=True)
class Format:
    """A kind of file: its media type, its writer, and whether it is a file of one buddy.

    The writer gets a run with a matching that holds what is to be shown and no more: only the weeks of the
    buddy that the request names, and of people only what its detail allows.
    """

    media: str
    write: Callable[[Run, Names, ExportRequest], bytes]
    of_one_buddy: bool = False
