"""What the terminal shows at the end of a run: a table for people, the same as JSON for programs."""

from pathlib import Path
from typing import Any

from rich.table import Table

from api.run.cadence_figures import cadence_figures, cadence_words
from api.run.figures import Figures, figures
from api.run.planned_days import planned_weeks
from api.run.run import Run
from api.words.explanations import remedy_words
from data.results.refinement import Refinement

NOT_OPTIMAL_SHOWN = 5


def summary_json(run: Run, folder: Path | None = None) -> dict[str, Any]:
    """Return counts, coverage, travel, levels and statuses of a run, and where it was written.

    Keys for stages that the run did not reach (matching, weeks) are absent.
    """
    told: dict[str, Any] = {
        "problem_hash": run.problem.hash,
        "weeks": list(planned_weeks(run)),
        "buddies": len(run.problem.buddies),
        "companies": len(run.problem.companies),
        "seconds": {stage: round(seconds, 3) for stage, seconds in run.seconds.items()},
    }
    if run.matching:
        told |= _matching(run, figures(run))
    if run.explanations:
        told["explanations"] = run.explanations.model_dump(mode="json")
    if run.refinement:
        told["refinement"] = _refinement(run.refinement)
    if run.weeks:
        told |= _weeks(run, figures(run))
    if folder:
        told["paths"] = {"folder": str(folder), "report": str(folder / "report.html")}
    return told


def summary_table(run: Run, folder: Path | None = None) -> Table:
    """Return the summary as a table; gaps are red."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    if run.matching:
        counted = figures(run)
        _rows(table, run, counted)
    for stage, seconds in run.seconds.items():
        table.add_row(f"time, {stage}", f"{seconds:.1f} s")
    if folder:
        table.add_row("report", str(folder / "report.html"))
        table.add_row("workbook", str(folder / "plan.xlsx"))
        named = f'"{folder}"' if " " in str(folder) else str(folder)
        table.add_row("check it", f"python3 run.py check {named}")
    return table


def _rows(table: Table, run: Run, counted: Figures) -> None:
    without = counted.companies - counted.served
    table.add_row(
        "coverage",
        f"{counted.coverage.percent:.1f} %  ({counted.served:,} of {counted.companies:,} companies)",
        style="red" if without else None,
    )
    if counted.specialists:
        share = 100 * counted.spoken_to / counted.specialists
        table.add_row("common language", f"{share:.1f} %  ({counted.spoken_to:,} of {counted.specialists:,})")
    for level in run.matching.levels if run.matching else ():
        proof = "" if level.value == level.bound else f"  (solved {level.value:,}, bound {level.bound:,})"
        table.add_row(f"  {level.name}", f"{level.final:,}{proof}")
    named = run.identities.name
    for gap in run.explanations.gaps if run.explanations else ():
        for remedy in gap.remedies:
            table.add_row("  would serve", f"{named(gap.company)}: {remedy_words(remedy, named, 'en')}")
    if run.refinement:
        _refined_rows(table, run.refinement)
    if not run.weeks:
        return
    weeks = counted.weeks
    table.add_row("visits", f"{weeks.visits:,} planned")
    if weeks.unplanned:
        table.add_row("", f"{weeks.unplanned:,} not planned", style="red")
    table.add_row("travel", f"{weeks.travel_min / 60:,.0f} h, {weeks.distance_m / 1000:,.0f} km")
    drift, overdue = cadence_words(cadence_figures(run))
    table.add_row("cadence", drift)
    table.add_row("", overdue)
    table.add_row(
        "weeks proved optimal",
        f"{weeks.optimal:,} of {weeks.weeks:,}",
        style="red" if weeks.optimal < weeks.weeks else None,
    )
    for name, status in _not_optimal(run)[:NOT_OPTIMAL_SHOWN]:
        table.add_row("", f"{name}: {status}")


def _refined_rows(table: Table, refinement: Refinement) -> None:
    before, after = refinement.routed_before.travel_min, refinement.routed.travel_min
    table.add_row(
        "refined", f"companies moved: {len(refinement.moved):,}, {refinement.saved_percent:.1f} % less travel"
    )
    table.add_row("  routed min", f"{before:,} → {after:,}, over the whole horizon")
    table.add_row(
        "  expected min", f"{refinement.expected_before_min:,} → {refinement.expected_min:,} per four weeks"
    )


def _refinement(refinement: Refinement) -> dict[str, Any]:
    before, after = refinement.routed_before, refinement.routed
    return {
        "expected_travel_min": {"before": refinement.expected_before_min, "after": refinement.expected_min},
        "routed": {"before": before._asdict(), "after": after._asdict()},
        "moved": [each.model_dump() for each in refinement.moved],
        "rounds": refinement.rounds,
        "stopped": refinement.stopped,
    }


def _not_optimal(run: Run) -> list[tuple[str, str]]:
    plans = [plan for weeks in run.weeks for plan in weeks.weeks]
    return [(f"{plan.buddy} {plan.week}", plan.status) for plan in plans if plan.status != "optimal"]


def _matching(run: Run, counted: Figures) -> dict[str, Any]:
    assert run.matching
    return {
        "coverage": {
            "unit": counted.coverage.unit,
            "served": counted.coverage.served,
            "whole": counted.coverage.whole,
            "percent": round(counted.coverage.percent, 2),
        },
        "served": counted.served,
        "unassigned": len(run.matching.unassigned),
        "specialists": counted.specialists,
        "with_common_language": counted.spoken_to,
        "expected_travel_min": counted.expected_travel_min,
        "matching_status": run.matching.status,
        "levels": [level.model_dump(mode="json") | {"gap": level.gap} for level in run.matching.levels],
    }


def _weeks(run: Run, counted: Figures) -> dict[str, Any]:
    return {
        "visits": counted.weeks.visits,
        "appointments": counted.weeks.appointments,
        "unplanned": counted.weeks.unplanned,
        "travel_min": counted.weeks.travel_min,
        "distance_m": counted.weeks.distance_m,
        "week_plans": counted.weeks.weeks,
        "optimal": counted.weeks.optimal,
        "cadence": cadence_figures(run)._asdict(),
        "not_optimal": [{"week": week, "status": status} for week, status in _not_optimal(run)],
    }
