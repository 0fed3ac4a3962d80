"""A run as one reader sees it: without other hosts' rows."""

from dataclasses import replace

from api.run.run import Run
from data.access import Sight
from data.model.identity import Identities


def visible_run(run: Run, sight: Sight) -> Run:
    """Return the run without the buddies and companies hidden from the reader, and without their data."""
    if not sight.hidden:
        return run
    problem = sight.of(run.problem)
    assert problem is not None, "a problem is about nobody alone"
    return replace(
        run,
        problem=problem,
        identities=Identities(people=sight.all_of(run.identities.people), invented=run.identities.invented),
        matching=run.matching and sight.of(run.matching),
        refinement=run.refinement and sight.of(run.refinement),
        explanations=run.explanations and sight.of(run.explanations),
        weeks=sight.all_of(own for own in run.weeks if own.buddy in sight.buddies),
        replannings=sight.all_of(run.replannings),
    )
