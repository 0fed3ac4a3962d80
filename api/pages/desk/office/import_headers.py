"""Headers of lists that are not known: for each, what it means is chosen from a list."""

from collections.abc import Iterator, Mapping, Sequence

from api.http.programme.headers import HeaderUnknown, TableUnknown
from api.pages.desk.frame.elements import data, heading, html, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.wording import label_of
from api.words.speaker import Speaker
from data.tables.files.sheet import NOT_READ

Said = Mapping[str, Mapping[str, str]]


def show_unknown(desk: Desk, unknown: Sequence[TableUnknown], said: Said) -> None:
    """Show each unknown header with a choice; what was chosen now goes before what is remembered."""
    say = desk.say
    heading(say.t("desk_headers"))
    part("p", say.t("desk_headers_text"), "muted")
    keys = ("file", "header", "filled", "meaning")
    rows = [
        (
            data(f"{say.t(f'rows_{each.table}')} ({each.file})"),
            f"<b>{data(header.header)}</b>",
            say.number(header.filled),
            _choice(say, each, header, said.get(each.key, {}).get(header.header, header.said)),
        )
        for each in unknown
        for header in each.headers
    ]
    html(table(say.t("desk_headers"), [say.t(f"desk_header_{key}") for key in keys], rows), "headers")


def _choice(say: Speaker, of: TableUnknown, header: HeaderUnknown, chosen: str) -> str:
    others = sorted(
        ((name, label_of(say, of.table, name)) for name in of.columns), key=lambda each: each[1].casefold()
    )
    near = [(name, label_of(say, of.table, name)) for name in header.nearest]
    groups = "".join(
        f'<optgroup label="{data(say.t(key))}">{"".join(_options(options, chosen))}</optgroup>'
        for key, options in (
            ("desk_header_nearest", near),
            ("desk_header_all", [each for each in others if each[0] not in header.nearest]),
        )
    )
    first = [("", say.t("desk_header_unknown")), (NOT_READ, say.t("desk_header_not_read"))]
    label = data(say.t("desk_header_means", header=header.header))
    return (
        f'<select class="by-hand" data-key="{data(of.key)}" data-header="{data(header.header)}" '
        f'aria-label="{label}">{"".join(_options(first, chosen))}{groups}</select>'
    )


def _options(options: Sequence[tuple[str, str]], chosen: str) -> Iterator[str]:
    for value, text in options:
        marked = " selected" if value == chosen else ""
        yield f'<option value="{data(value)}"{marked}>{data(text)}</option>'
