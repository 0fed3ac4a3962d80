"""How long the embedded travel estimate takes for n x n points of Sachsen-Anhalt, with and without its river.

python benchmarks/travel_estimate.py [n]
"""

import sys
from random import Random
from statistics import median
from time import perf_counter

from api.service.sources import default_sources
from data.model.problem import Point
from data.travel.estimate import Estimate
from data.travel.provider import TravelTimes


def scattered(count: int) -> list[Point]:
    rng = Random(1)
    around = rng.choices(default_sources().gazetteer.settlements, k=count)
    return [
        Point(lat=s.point.lat + rng.uniform(-0.02, 0.02), lon=s.point.lon + rng.uniform(-0.03, 0.03))
        for s in around
    ]


def seconds(provider: TravelTimes, points: list[Point], repeats: int = 5) -> float:
    taken = []
    for _ in range(repeats):
        before = perf_counter()
        provider.matrices(points, points)
        taken.append(perf_counter() - before)
    return median(taken)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    points = scattered(count)
    river, plain = default_sources().travel, Estimate()
    with_river, without = seconds(river, points), seconds(plain, points)
    minutes, direct = river.matrices(points, points)[0], plain.matrices(points, points)[0]
    longer = minutes > direct
    added = (minutes - direct)[longer].mean()
    print(f"{count} x {count}: {with_river:.3f} s with the Elbe, {without:.3f} s without")
    print(f"pairs that the Elbe lengthens: {longer.mean():.1%}, by {added:.1f} min on average")
    print(f"minutes with the Elbe / without: {minutes.sum() / direct.sum():.3f}")


if __name__ == "__main__":
    main()
