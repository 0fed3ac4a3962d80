"""The commands for a run: explain it, replan it after disruptions, find slots to offer, export it."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson, Out, Workers
from api.cli.terminal.terminal import (
    BAD_INPUT,
    RULES_BROKEN,
    fail,
    print_json,
    show_violations,
    stage_bars,
)
from api.export.kinds import kinds

# As in `api.cli.app`: slow imports happen where they are needed.

PlanFolder = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a run with weeks.")]
At = Annotated[
    str, typer.Option("--at", metavar="MOMENT", help="Local time, such as 2026-11-24T10:15; default: now.")
]
Promises = Annotated[
    Path | None,
    typer.Option(
        "--promises", metavar="FILE",
        help="CSV with the columns visit,state (proposed, confirmed, declined); default: all confirmed.",
    ),
]  # fmt: skip
Several = list[str]


def explain_run(
    out: Annotated[Path, typer.Argument(help="Folder of a run.")],
    company: Annotated[str, typer.Option(help="Why this company has its buddy, or none.")] = "",
    buddy: Annotated[str, typer.Option(help="Why this buddy has each company.")] = "",
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Tell why: for one company or buddy by solving again, else what the run found out by itself."""
    from api.export.run_folder.read import read_run
    from api.planning.explained import explained

    if company and buddy:
        fail(say().t("terminal_company_or_buddy"), BAD_INPUT)
    with stage_bars(as_json) as progress:
        told_of = explained(read_run(out), company, buddy, workers, lambda share: progress("explain", share))
    if as_json:
        print_json(told_of.data.model_dump(mode="json"))
    else:
        for line in told_of.sentences[spoken()]:
            typer.echo(line)


def replan(
    folder: PlanFolder,
    cancelled: Annotated[
        Several, typer.Option(default_factory=list, show_default=False, metavar="VISIT", help="Will not be.")
    ],
    missed: Annotated[
        Several,
        typer.Option(
            default_factory=list, show_default=False, metavar="VISIT", help="Nobody was met; still due."
        ),
    ],
    urgent: Annotated[
        Several,
        typer.Option(
            default_factory=list,
            show_default=False,
            metavar="COMPANY[:MINUTES[:DUE]]",
            help="Came up; 60 minutes, by Sunday.",
        ),
    ],
    moved: Annotated[
        Several,
        typer.Option(
            default_factory=list,
            show_default=False,
            metavar="VISIT:DATE:HH:MM-HH:MM",
            help="Is wished within that time.",
        ),
    ],
    away: Annotated[
        Several,
        typer.Option(
            default_factory=list,
            show_default=False,
            metavar="BUDDY:FIRST[:LAST]",
            help="Does not work on these days.",
        ),
    ],
    late: Annotated[
        Several,
        typer.Option(
            default_factory=list, show_default=False, metavar="BUDDY:MINUTES", help="Is so far behind."
        ),
    ],
    at: At = "",
    promises: Promises = None,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Plan a run again after something has come between, with the fewest broken promises."""
    from api.cli.terminal.disruptions import disruptions_of, moment_of, states_of
    from api.export.run_folder.read import read_run
    from api.export.run_folder.write import write_run
    from api.planning.check_run import check_run
    from api.planning.replanning import promised, replanned
    from api.words.catalogue import languages
    from api.words.replanning import replanning_words

    run, moment = read_run(folder), moment_of(at)
    disruptions = disruptions_of(cancelled, missed, urgent, moved, away, late, moment.date())
    after = replanned(run, moment, disruptions, promised(run, states_of(promises)))
    violations = check_run(after)
    if violations:
        show_violations(violations)
        fail(say().t("terminal_not_written"), RULES_BROKEN)
    write_run(after, out, spoken())
    record = after.replannings[-1]
    named = run.identities.name
    lines = {language: replanning_words(record, named, language) for language in languages()}
    if as_json:
        print_json(record.model_dump(mode="json", exclude={"before", "promises"}) | {"sentences": lines})
        return
    for line in lines[spoken()]:
        typer.echo(line)


def slots(
    folder: PlanFolder,
    at_place: Annotated[str, typer.Option("--company", "--place", metavar="ID", help="Where.")],
    buddy: Annotated[
        Several,
        typer.Option(
            default_factory=list,
            show_default=False,
            metavar="ID",
            help="By whom; default: the company's buddy.",
        ),
    ],
    minutes: Annotated[int, typer.Option(min=1, max=600, help="How long.")] = 60,
    week: Annotated[str, typer.Option(help="ISO week; default: the first that is not over.")] = "",
    visit: Annotated[str, typer.Option(metavar="VISIT", help="The week's visit that is to be moved.")] = "",
    at: At = "",
    promises: Promises = None,
    as_json: AsJson = False,
) -> None:
    """Find every slot in which a visit can start with all promises kept; of several buddies, common ones."""
    from api.cli.terminal.disruptions import moment_of, states_of, week_of
    from api.cli.terminal.offer_lines import offer_words
    from api.export.run_folder.read import read_run
    from api.planning.offering import Wanted, offer
    from api.planning.replanning import promised
    from api.words.catalogue import languages

    run = read_run(folder)
    wanted = Wanted(at_place, tuple(buddy), minutes, week_of(week), visit)
    found = offer(run, wanted, moment_of(at), promised(run, states_of(promises)))
    lines = {language: offer_words(found, run.identities.name, language) for language in languages()}
    if as_json:
        shown = [
            {"day": slot.day.isoformat(), "from_min": slot.from_min, "to_min": slot.to_min,
             "added_travel_min": slot.added_travel_min}
            for slot in found.slots
        ]  # fmt: skip
        print_json({"week": found.week, "buddies": list(found.buddies), "slots": shown, "sentences": lines})
        return
    for line in lines[spoken()]:
        typer.echo(line)


def export(
    folder: PlanFolder,
    kind: Annotated[str, typer.Option(metavar="KIND", help=f"{', '.join(kinds())}.")],
    to: Annotated[Path, typer.Option(metavar="FILE", help="File to write.")],
    buddy: Annotated[
        str, typer.Option(metavar="ID", help="Of whom; default: everybody, where the kind allows.")
    ] = "",
    week: Annotated[str, typer.Option(help="ISO week, of a file of one week; default: the first.")] = "",
    detail: Annotated[
        str, typer.Option(help="full (addresses, contacts), names (with town) or ids.")
    ] = "full",
) -> None:
    """Write one file of a run on its own, with as much about people as asked for."""
    from api.cli.terminal.disruptions import one_of, week_of
    from api.export.format import ExportRequest
    from api.export.one_file import exported
    from api.export.run_folder.read import read_run
    from api.files.atomic_file import write_whole
    from api.run.privacy_level import Detail

    wish = ExportRequest(
        kind,
        buddy,
        week_of(week),
        one_of("--detail", detail, Detail),
        spoken(),
    )
    write_whole(to, exported(read_run(folder), wish))
