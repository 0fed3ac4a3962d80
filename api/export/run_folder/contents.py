"""What stands in the folder of a run: names of files, and the forms of those that only the folder has."""

from data.base.entity import Entity
from data.results.replanning import Replanning

FORMAT_VERSION = 1
INPUTS = ("problem.json", "policy.toml", "times.npz")
MATCHING = "matching.json"
REFINEMENT = "refinement.json"
EXPLANATIONS = "explanations.json"
REPLANNINGS = "replannings.json"


class Manifest(Entity):
    """The contents of a run: the SHA-256 of each input file, and the names of the result files."""

    format: str
    version: int
    problem_hash: str
    inputs: dict[str, str]
    results: tuple[str, ...] = ()


class Replannings(Entity):
    """The replannings that led to the weeks, the oldest first."""

    replannings: tuple[Replanning, ...]


class RunLog(Entity):
    """What differs between two runs of the same input: the seconds per stage, and the software used."""

    seconds: dict[str, float]
    versions: dict[str, str]
