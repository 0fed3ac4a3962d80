"""The commands of the frontier, its files and its picture."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.studies.frontier.files import frontier_csv, write_frontier
from api.studies.frontier.picture import frontier_picture
from api.studies.frontier.table import frontier_table
from api.words.speaker import Speaker
from data.model.policy import CoverageWeight
from data.results.frontier import Frontier, FrontierPoint

BUDDIES = "id,lat,lon\nanna,52.13,11.63\n"
COMPANIES = (
    "id,lat,lon,priority,specialists\nbaker,52.12,11.62,2,uk:2\nmill,52.10,11.60,1,\nfar,52.60,11.85,3,\n"
)


def point(count: int, served: int, bound: int, marginal: int) -> FrontierPoint:
    return FrontierPoint(
        count=count,
        positions=tuple(f"p{k}" for k in range(count)),
        served=served,
        bound=bound,
        marginal=marginal,
        companies=count,
        specialists=2 * count,
        cost_cents=6_500_000 * count,
        buddy_of=tuple((f"c{k}", f"p{k}") for k in range(count)),
    )


@pytest.fixture
def small() -> Frontier:
    return Frontier(
        problem_hash="h",
        positions_hash="p",
        travel_estimate="e",
        unit=CoverageWeight.COMPANIES,
        whole=10,
        present=(),
        points=(point(0, 0, 0, 0), point(1, 6, 7, 6), point(2, 9, 10, 3)),
    )


def test_figures_of_a_point_follow_from_it(small: Frontier) -> None:
    assert small.points[1].gap == 1 / 7
    # 65,000 euros for two specialists
    assert small.points[1].cents_per_specialist == 3_250_000
    assert small.points[0].cents_per_specialist is None


def test_the_csv_opens_in_a_german_spreadsheet(small: Frontier) -> None:
    lines = frontier_csv(small).decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("positions;served;bound")
    assert lines[3] == "2;9;10;10;3;2;4;13000000;3250000;p0 p1"


def test_the_picture_has_the_same_bytes_each_time_and_no_date(small: Frontier) -> None:
    svg = frontier_picture(small, "de", "svg")
    assert svg == frontier_picture(small, "de", "svg")
    assert b"<dc:date>" not in svg
    assert svg != frontier_picture(small, "en", "svg")
    assert frontier_picture(small, "de", "png").startswith(b"\x89PNG")


def test_the_table_speaks_german_and_english(small: Frontier) -> None:
    german, english = frontier_table(small, Speaker("de")), frontier_table(small, Speaker("en"))
    assert german.columns[1].header == "betreut %"
    assert list(german.columns[1].cells) == ["0,0", "60,0", "90,0"]
    assert list(english.columns[1].cells) == ["0.0", "60.0", "90.0"]


def test_a_frontier_is_written_whole(small: Frontier, tmp_path: Path) -> None:
    write_frontier(tmp_path / "out", small, "en")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"frontier.csv", "frontier.json", "frontier.png", "frontier.svg"}
    assert Frontier.model_validate_json((tmp_path / "out" / "frontier.json").read_text()) == small


def test_positions_and_frontier_by_command(tmp_path: Path) -> None:
    (tmp_path / "buddies.csv").write_text(BUDDIES)
    (tmp_path / "companies.csv").write_text(COMPANIES)
    positions = tmp_path / "positions.csv"
    run = CliRunner().invoke
    made = run(app, ["scenario", "positions", str(tmp_path), "--out", str(positions), "--week", "2026-W48"])
    assert made.exit_code == 0
    words = ["scenario", "frontier", str(tmp_path), "--positions", str(positions), "--most", "2"]
    done = run(app, [*words, "--week", "2026-W48", "--json"])
    assert done.exit_code == 0
    points = json.loads(done.stdout)["points"]
    # baker and mill weigh 2 + 1, the distant one 3 more
    assert [point["served"] for point in points] in ([0, 3, 6], [0, 6, 6])
    assert all(point["served"] == point["bound"] for point in points)


def test_wrong_positions_stop_the_command(tmp_path: Path) -> None:
    (tmp_path / "buddies.csv").write_text(BUDDIES)
    (tmp_path / "companies.csv").write_text(COMPANIES)
    positions = tmp_path / "positions.csv"
    positions.write_text("id,lat,lon\nanna,52.1,11.6\n")
    words = ["scenario", "frontier", str(tmp_path), "--positions", str(positions), "--week", "2026-W48"]
    assert CliRunner().invoke(app, words).exit_code == 2
