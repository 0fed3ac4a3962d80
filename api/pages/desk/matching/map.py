"""The map beside the list: districts, companies, buddies, a selected buddy's routes; no external tiles."""

from collections.abc import Callable, Iterable, Sequence
from math import cos, radians

from api.export.map.features import (
    BaseOnMap,
    CompanyOnMap,
    DistrictOnMap,
    Feature,
    LineShape,
    MapLayer,
    MultiPolygonShape,
    PointShape,
    PolygonShape,
    Position,
    Ring,
    RouteOnMap,
    Shape,
)
from api.http.planning.plans import PlanListed
from api.pages.desk.frame.elements import Clicked, clicks, data, heading, html, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from data.store.work.plans import PlanState

WIDTH, MARGIN = 1000, 14
XY = tuple[float, float]
Project = Callable[[Position], XY]
NO_CHOICE = "<style></style>"


class Map:
    """An SVG of the programme; a selection here selects in the list, and vice versa."""

    def __init__(self, desk: Desk, people: People, clicked: Clicked) -> None:
        self.desk, self.people = desk, people
        say = desk.say
        with part("figure", classes="desk-map"):
            heading(say.t("desk_map"), 3)
            self.drawing = clicks(html("", "drawing"), clicked)
            self.style = html(NO_CHOICE)
            self.company_style = html(NO_CHOICE)
            part("figcaption", say.t("desk_map_text"), "muted")
            self.sources = part("p", " ", "muted sources")

    async def load(self, matching: str) -> None:
        """Draw a matching, with the routes of the latest published plan."""
        api = self.desk.api
        layer = await api.get(MapLayer, f"/matchings/{matching}/map")
        features = layer.features
        plans = await api.some(PlanListed, "/plans", limit=200)
        published = next((each for each in plans if each.state is PlanState.PUBLISHED), None)
        if published:
            routes = await api.get(MapLayer, f"/plans/{published.id}/exports/geojson")
            features += tuple(each for each in routes.features if isinstance(each.properties, RouteOnMap))
        self.drawing.content = _drawn(self.desk, self.people, features)
        self.sources.text = layer.attribution  # type: ignore[attr-defined]

    def choose_buddy(self, buddy: str) -> None:
        """Highlight one buddy's companies and routes; empty: all companies."""
        if not buddy:
            self.style.content = NO_CHOICE
            return
        key = _css(buddy)
        self.style.content = (
            f'<style>.desk-map .dot:not([data-buddy="{key}"]) {{ opacity: .12; }}'
            f' .desk-map .route[data-buddy="{key}"] {{ display: inline; }}'
            f' .desk-map .base:not([data-id="{key}"]) {{ opacity: .25; }}</style>'
        )

    def choose_company(self, company: str) -> None:
        """Return an id for a CSS selector: only letters, digits and `-_.`, so that nothing can end the
        selector.
        """
        key = _css(company)
        self.company_style.content = (
            f'<style>.desk-map .dot[data-id="{key}"] {{ stroke: var(--ink); stroke-width: 7;'
            " r: 15px; opacity: 1; }</style>"
        )


def _css(key: str) -> str:
    """Ids hold letters, digits and `-_.` alone; anything else must not end the selector."""
    return "".join(letter for letter in key if letter.isalnum() or letter in "-_.")


def _drawn(desk: Desk, people: People, features: Sequence[Feature]) -> str:
    outlines = [each.geometry for each in features if isinstance(each.properties, DistrictOnMap)]
    project, height = _projection(outlines)
    kinds: dict[str, list[str]] = {"district": [], "route": [], "company": [], "base": []}
    for feature in features:
        kinds[feature.properties.kind].append(_marked(desk, people, feature, project))
    inside = "".join("".join(drawn) for drawn in kinds.values())
    label = data(desk.say.t("desk_map_label"))
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{inside}</svg>'


def _marked(desk: Desk, people: People, feature: Feature, project: Project) -> str:
    """Return the markup of one feature."""
    match feature.properties, feature.geometry:
        case CompanyOnMap() as company, PointShape(coordinates=at):
            return _company(desk, people, company, project(at))
        case BaseOnMap(buddy=buddy), PointShape(coordinates=at):
            return _base(people, buddy, project(at))
        case RouteOnMap(buddy=buddy), LineShape(coordinates=way):
            return _route(people, buddy, _line(way, project))
        case DistrictOnMap(name=name), outline:
            path = "".join(f"M{_line(ring, project)}Z" for ring in _rings(outline))
            return f'<path class="district" d="{path}"><title>{data(name)}</title></path>'
        case _:
            return ""


def _projection(outlines: Iterable[Shape]) -> tuple[Project, int]:
    """Return the projection from degrees to drawing units, and the height; one scale serves a whole state."""
    points = [at for outline in outlines for ring in _rings(outline) for at in ring]
    west, east = min(at[0] for at in points), max(at[0] for at in points)
    south, north = min(at[1] for at in points), max(at[1] for at in points)
    shrink = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * shrink)

    def project(at: Position) -> XY:
        return round(MARGIN + (at[0] - west) * shrink * scale, 1), round(MARGIN + (north - at[1]) * scale, 1)

    return project, round(2 * MARGIN + (north - south) * scale)


def _rings(shape: Shape) -> Iterable[Ring]:
    match shape:
        case PolygonShape(coordinates=rings):
            return rings
        case MultiPolygonShape(coordinates=parts):
            return [ring for rings in parts for ring in rings]
        case _:
            return ()


def _line(way: Iterable[Position], project: Project) -> str:
    return "L".join("{:g} {:g}".format(*project(at)) for at in way)


def _route(people: People, buddy: str, way: str) -> str:
    return f'<path class="route" data-buddy="{data(buddy)}" d="M{way}" stroke="{people.colour(buddy)}"/>'


def _company(desk: Desk, people: People, company: CompanyOnMap, at: XY) -> str:
    buddy = company.buddy or ""
    whose = people.name(buddy) if buddy else desk.say.t("desk_nobody")
    title = f"<title>{data(people.name(company.company))} → {data(whose)}</title>"
    key = f'class="dot{"" if buddy else " alone"}" data-act="why" data-id="{data(company.company)}"'
    if buddy:
        fill = people.colour(buddy)
        where = f'cx="{at[0]}" cy="{at[1]}" r="11"'
        return f'<circle {key} data-buddy="{data(buddy)}" {where} fill="{fill}">{title}</circle>'
    return f'<path {key} d="M{at[0] - 10:g} {at[1] - 10:g}l20 20m0 -20l-20 20">{title}</path>'


def _base(people: People, buddy: str, at: XY) -> str:
    colour, sign = people.colour(buddy), data(people.sign(buddy))
    return (
        f'<g class="base" data-act="buddy" data-id="{data(buddy)}"><title>{data(people.name(buddy))}</title>'
        f'<rect x="{at[0] - 30:g}" y="{at[1] - 21:g}" width="60" height="42" rx="9" stroke="{colour}"/>'
        f'<text x="{at[0]}" y="{at[1] + 11:g}">{sign}</text></g>'
    )
