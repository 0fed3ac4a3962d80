"""The command that finds where one more buddy helps most."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.scenario import ProgrammeFolder, Week, read_programme_and_scenarios
from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import AsJson, Seed, Workers
from api.cli.terminal.terminal import print_json, print_table

# As in `api.cli.app`: slow imports happen where they are needed.


def hire(
    folder: ProgrammeFolder,
    most: Annotated[int, typer.Option(min=1, max=400, help="How many of the best districts to list.")] = 5,
    week: Week = "",
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the page with the map and the figures; default: hire.")
    ] = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Try one more buddy in every district, solve each again, and rank them, as a list and as a map."""
    from api.files.atomic_file import write_whole
    from api.files.json_text import json_text
    from api.studies.hire.page import hire_page, hire_section
    from api.studies.hire.study import hire_study
    from api.studies.report.run import folder_of, write_run_report
    from api.words.catalogue import languages
    from api.words.explanations import hire_words
    from matching.explain.resolve import SOLVING
    from scheduling.plan.plan_weeks import process_pool

    source, _, _ = read_programme_and_scenarios(folder, (), False, week, 0)
    assert source.problem is not None
    with process_pool(workers, SOLVING) as pool:
        study = hire_study(source.problem, source.sources.travel, source.base, seed, pool)
    target = folder_of(source, out, "hire")
    section = hire_section(study, source.problem, source.name, source.sources.gazetteer, most)
    write_whole(target / "hire.html", hire_page(section, source.sources.attributions).encode())
    write_whole(target / "hire.json", json_text(study).encode())
    write_run_report(source, target)
    best = study.places[:most]
    if as_json:
        lines = {
            language: [hire_words(each.hire, source.name, language) for each in best]
            for language in languages()
        }
        shown = study.replace(places=best).model_dump(mode="json")
        print_json({**shown, "sentences": lines, "folder": str(target)})
        return
    heads = [say().t(f"terminal_{each}") for each in ("rank", "gain", "where")]
    rows = (
        (
            str(rank),
            f"{each.gain:+d}" if each.gain else "0",
            hire_words(each.hire, source.name, spoken()),
        )
        for rank, each in enumerate(best, 1)
    )
    print_table(heads, rows)
    typer.echo(str(target / "hire.html"))
