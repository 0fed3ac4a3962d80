"""How long a draw of a stress study takes: four weeks of an invented programme, replanned day by day.

    python benchmarks/stress.py [--buddies 50] [--companies 1000] [--draws 3] [--seed 1]

Seconds are processor time, so that other load on the machine matters little. Every replanning is checked by
its judge. Exit status 1: the judge finds a fault.
"""

import argparse
import sys
import time
from statistics import median

from api.planning.programme import read_demo
from api.run.run import Run
from api.service.sources import default_sources
from api.studies.outcome.some_weeks import planned_some, with_horizon
from api.studies.stress.rates import Rates
from api.studies.stress.replay import Stressed, outcome_of_draw
from data.base.dates import weeks_from
from data.model.identity import Identities
from data.travel.provider import times_of
from matching.solve import match

WEEKS = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--buddies", type=int, default=50)
    parser.add_argument("--companies", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    problem = read_demo(told.buddies, told.companies, told.seed, WEEKS).problem
    assert problem is not None
    weeks = weeks_from(problem.horizon.first_week, WEEKS)
    problem = with_horizon(problem, weeks)
    times = times_of(problem, default_sources().travel)
    run = Run(problem, Identities(), times, default_sources(), match(problem, times))
    stressed = Stressed(planned_some(run, weeks, 0, None, lambda *at: None), Rates(), told.seed)
    seconds, faults = [], 0
    for draw in range(told.draws):
        begun = time.process_time()
        outcome = outcome_of_draw(stressed, draw)
        seconds.append(time.process_time() - begun)
        faults += len(outcome.faults)
        print(f"{seconds[-1]:6.1f} s", outcome.model_dump_json(), flush=True)
    print(f"median {median(seconds):.1f} s, longest {max(seconds):.1f} s, faults {faults}")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
