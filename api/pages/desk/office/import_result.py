"""What files would do to the register: counts, fields that differ, and conflicts to decide."""

from api.http.programme.imports import FieldDiffers, ImportMade
from api.pages.desk.frame.elements import data, heading, html, part, table
from api.pages.desk.frame.page import Desk
from api.words.speaker import Speaker

COUNTED = ("added", "changed", "ended", "same")
MOST_SHOWN = 200


def show_result(desk: Desk, made: ImportMade, dry: bool) -> None:
    """Show what the files changed, or would; in a conflict the file's value can be chosen."""
    say = desk.say
    counts = {name: say.number(getattr(made, name)) for name in COUNTED}
    part("p", say.t("desk_import_would" if dry else "desk_import_did", **counts), "notice")
    conflicts = [each for each in made.differs if each.conflict]
    others = [each for each in made.differs if not each.conflict]
    if conflicts:
        heading(say.t("desk_import_conflicts"))
        part("p", say.t("desk_import_conflicts_text" if dry else "desk_import_conflicts_left"), "muted")
        html(_table(say, "desk_import_conflicts", conflicts, made.register_number if dry else None))
    if others:
        heading(say.t("desk_import_differs"))
        html(_table(say, "desk_import_differs", others[:MOST_SHOWN], None))
        if len(others) > MOST_SHOWN:
            part("p", say.t("desk_import_more", count=say.number(len(others) - MOST_SHOWN)), "muted")


def _table(say: Speaker, title: str, differs: list[FieldDiffers], seen: int | None) -> str:
    """Return a table; with the number of the register that it shows, the file's values can be chosen."""
    keys = ["table", "row", "column", "imported", "register", "file"] + ["choice"] * (seen is not None)
    return table(
        say.t(title),
        [say.t(f"desk_import_of_{key}") for key in keys],
        [_cells(say, each, seen) for each in differs],
    )


def _cells(say: Speaker, each: FieldDiffers, seen: int | None) -> tuple[str, ...]:
    cells = (
        data(say.t(f"table_{each.entity}")),
        data(each.id),
        data(each.column),
        data("–" if each.imported is None else each.imported),
        f"<code>{data(each.register_value)}</code>",
        f"<code>{data(each.file_value)}</code>",
    )
    if seen is None:
        return cells
    field = data(f"{each.entity}/{each.id}/{each.column}")
    label = data(say.t("desk_import_take_file"))
    return (
        *cells,
        f'<label class="pick"><input type="checkbox" class="from-file" value="{field}" data-seen="{seen}">'
        f" {label}</label>",
    )
