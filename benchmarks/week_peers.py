"""Peers for weeks: VROOM, PyVRP and OR-Tools routing plan any week without breaks, promises and limits.

Each returns the visits of each day, by position, in order; `timed` makes a plan of them, with each service as
early as possible, priced by our objective. VROOM and OR-Tools get one vehicle a day, with all days on one
time axis; for PyVRP, equal days are one vehicle type, and a visit with several windows is a group of clients
of which one may be served. VROOM's priorities are whole units of weight up to 100: it maximizes first their
sum and then the number of visits, then minimizes travel; the others get the penalties themselves. All run on
one thread.
"""

from datetime import timedelta
from itertools import pairwise

import vroom
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from pyvrp import ClientGroup, Model
from pyvrp.stop import MaxRuntime

from data.base.status import ReasonCode, Status
from scheduling.week.instance import (
    Day,
    PlannedDay,
    PlannedStop,
    UnplannedVisit,
    WeekInstance,
    WeekResult,
    WeekVisit,
)
from scheduling.week.judge import objective_of, travel_of

MOST_PRIORITY = 100
"""VROOM's highest priority."""
Orders = list[list[int]]


def penalty_unit(days: tuple[Day | None, ...]) -> int:
    """Return the penalty for one unit of weight: more than all travel that fits into the shifts."""
    return 1 + sum(day.end - day.start for day in days if day is not None)


def _day_length(week: WeekInstance) -> int:
    """Return the distance between the starts of two days on the common time axis."""
    return max((day.end + 1 for day in week.days if day is not None), default=0)


def _windows_on_axis(week: WeekInstance, visit: WeekVisit) -> list[tuple[int, int]]:
    length = _day_length(week)
    return [
        (d * length + max(0, opens), d * length + min(closes, day.end))
        for d, day in enumerate(week.days)
        if day is not None
        for opens, closes in sorted(visit.windows[d])
        if opens <= day.end and closes >= 0
    ]


def vroom_orders(week: WeekInstance, level: int = 5, seconds: float | None = None) -> Orders:
    """Return VROOM's plan at an exploration level, which sets how long it searches."""
    asked = vroom.Input()
    asked.set_durations_matrix("car", week.travel_min)
    unit, length = penalty_unit(week.days), _day_length(week)
    for d, day in enumerate(week.days):
        if day is not None:
            shift = vroom.TimeWindow(d * length + day.start, d * length + day.end)
            start, end = week.from_node(d), week.to_node(d)
            asked.add_vehicle(vroom.Vehicle(d, start=start, end=end, time_window=shift))
    for v, visit in enumerate(week.visits):
        windows = [vroom.TimeWindow(opens, closes) for opens, closes in _windows_on_axis(week, visit)]
        # VROOM takes a job without windows to be open at any time.
        if windows:
            weight = MOST_PRIORITY if visit.required else min(MOST_PRIORITY, visit.penalty // unit)
            job = vroom.Job(v, visit.node, 0, visit.duration_min, priority=weight, time_windows=windows)
            asked.add_job(job)
    orders: Orders = [[] for _ in week.days]
    timeout = None if seconds is None else timedelta(seconds=seconds)
    for route in asked.solve(level, nb_threads=1, timeout=timeout).to_dict()["routes"]:
        orders[route["vehicle"]] = [step["id"] for step in route["steps"] if step["type"] == "job"]
    return orders


def pyvrp_orders(week: WeekInstance, seconds: float, seed: int = 0) -> Orders:
    """Return PyVRP's plan after `seconds`, not counting the time to build the model."""
    model, length = Model(), _day_length(week)
    locations = [model.add_location(0, 0) for _ in week.travel_min]
    kinds = _alike(week)
    ends = [(week.from_node(days[0]), week.to_node(days[0])) for days in kinds]
    depot_at = {
        node: model.add_depot(locations[node]) for node in sorted({node for pair in ends for node in pair})
    }
    for a, row in enumerate(week.travel_min):
        for b, minutes in enumerate(row):
            model.add_edge(locations[a], locations[b], distance=minutes, duration=minutes)
    for kind, days in enumerate(kinds):
        day = week.days[days[0]]
        assert day is not None
        model.add_vehicle_type(
            len(days),
            start_depot=depot_at[ends[kind][0]],
            end_depot=depot_at[ends[kind][1]],
            tw_early=kind * length + day.start,
            tw_late=kind * length + day.end,
        )
    clients: list[int] = []
    for v, visit in enumerate(week.visits):
        windows = [
            (kind * length + max(0, opens), kind * length + closes)
            for kind, days in enumerate(kinds)
            for opens, closes in visit.windows[days[0]]
            if closes >= 0 and opens < length
        ]
        several = len(windows) > 1
        group: ClientGroup | None = model.add_client_group(required=visit.required) if several else None
        for opens, closes in windows:
            model.add_client(
                locations[visit.node],
                service_duration=visit.duration_min,
                tw_early=opens,
                tw_late=min(closes, opens // length * length + length - 1),
                prize=visit.penalty,
                required=visit.required and not several,
                group=group,
            )
            clients.append(v)
    orders: Orders = [[] for _ in week.days]
    if not clients:
        return orders
    best = model.solve(MaxRuntime(seconds), seed=seed, collect_stats=False, display=False).best
    free = [list(days) for days in kinds]
    for route in best.routes():
        visits = [clients[stop.idx] for stop in route.schedule() if stop.is_client()]
        if visits and free[route.vehicle_type()]:
            orders[free[route.vehicle_type()].pop(0)] = visits
    return orders


def _alike(week: WeekInstance) -> list[list[int]]:
    """Return the working days in groups with equal shift, ends and windows."""
    kinds: dict[object, list[int]] = {}
    for d, day in enumerate(week.days):
        if day is not None:
            windows = tuple(visit.windows[d] for visit in week.visits)
            kinds.setdefault((day.start, day.end, week.from_node(d), week.to_node(d), windows), []).append(d)
    return list(kinds.values())


def ortools_orders(week: WeekInstance, seconds: float) -> Orders:
    """Return the plan of OR-Tools routing after `seconds` of guided local search."""
    working = [d for d, day in enumerate(week.days) if day is not None]
    windows = [_windows_on_axis(week, visit) for visit in week.visits]
    asked = [v for v in range(len(week.visits)) if windows[v]]
    length = _day_length(week)
    orders: Orders = [[] for _ in week.days]
    if not working or not asked:
        return orders
    nodes = [week.visits[v].node for v in asked]
    nodes += [week.from_node(d) for d in working] + [week.to_node(d) for d in working]
    stay = [week.visits[v].duration_min for v in asked] + [0] * (2 * len(working))
    begins = [len(asked) + k for k in range(len(working))]
    manager = pywrapcp.RoutingIndexManager(
        len(nodes), len(working), begins, [b + len(working) for b in begins]
    )
    routing = pywrapcp.RoutingModel(manager)
    travel = [[week.travel_min[a][b] for b in nodes] for a in nodes]
    taken = [[stay[a] + minutes for minutes in row] for a, row in enumerate(travel)]
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(travel))
    horizon = len(week.days) * length
    routing.AddDimension(routing.RegisterTransitMatrix(taken), horizon, horizon, False, "time")
    time = routing.GetDimensionOrDie("time")
    for k, d in enumerate(working):
        day = week.days[d]
        assert day is not None
        time.CumulVar(routing.Start(k)).SetRange(d * length + day.start, d * length + day.end)
        time.CumulVar(routing.End(k)).SetRange(d * length + day.start, d * length + day.end)
    for place, v in enumerate(asked):
        start = time.CumulVar(manager.NodeToIndex(place))
        start.SetRange(windows[v][0][0], max(closes for _, closes in windows[v]))
        for (_, closes), (opens, _) in pairwise(windows[v]):
            if closes + 1 < opens:
                start.RemoveInterval(closes + 1, opens - 1)
        if not week.visits[v].required:
            routing.AddDisjunction([manager.NodeToIndex(place)], week.visits[v].penalty)
    asking = pywrapcp.DefaultRoutingSearchParameters()
    asking.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    asking.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asking.time_limit.FromMilliseconds(int(1000 * seconds))
    found = routing.SolveWithParameters(asking)
    for k, d in enumerate(working if found else ()):
        at = found.Value(routing.NextVar(routing.Start(k)))
        while not routing.IsEnd(at):
            orders[d].append(asked[manager.IndexToNode(at)])
            at = found.Value(routing.NextVar(at))
    return orders


def timed(week: WeekInstance, orders: Orders) -> WeekResult:
    """Return visits in a given order as a plan in our objective, each service as early as possible."""
    days = tuple(_timed_day(week, d, order) if order else None for d, order in enumerate(orders))
    planned = {v for order in orders for v in order}
    return WeekResult(
        status=Status.FEASIBLE,
        objective=objective_of(week, days),
        travel_min=travel_of(week, days),
        days=days,
        unplanned=tuple(
            UnplannedVisit(id=visit.id, reason=ReasonCode.WEEK_FULL)
            for v, visit in enumerate(week.visits)
            if v not in planned
        ),
    )


def _timed_day(week: WeekInstance, d: int, order: list[int]) -> PlannedDay:
    day = week.days[d]
    assert day is not None
    here, now, stops = week.from_node(d), day.start, []
    for visit in (week.visits[v] for v in order):
        arrive = now + week.travel_min[here][visit.node]
        # A service that is too late for all its windows starts on arrival, for the judge to find.
        start = min((max(arrive, a) for a, b in visit.windows[d] if arrive <= b), default=arrive)
        here, now = visit.node, start + visit.duration_min
        stops.append(PlannedStop(id=visit.id, arrive=arrive, start=start, end=now))
    back = now + week.travel_min[here][week.to_node(d)]
    return PlannedDay(leave=day.start, back=back, stops=tuple(stops))
