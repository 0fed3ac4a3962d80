"""Reader of generalised-assignment instances in OR-Library text."""

import json
from pathlib import Path

from benchmarks.gap_instances import assignment
from matching.assignment.instance import AssignmentInstance, parse_assignment


def read_gap(path: Path) -> AssignmentInstance:
    """Read a text the same way as the benchmark that passes it to the command."""
    return parse_assignment(json.dumps(assignment(path.read_text())))
