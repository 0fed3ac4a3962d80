"""The map beside the list: districts, companies, buddies, a selected buddy's routes; no external tiles."""

from collections.abc import Callable
from math import cos, radians
from typing import Any

from api.pages.desk.frame.elements import Clicked, clicks, data, heading, html, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People

WIDTH, MARGIN = 1000, 14
XY = tuple[float, float]
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
        layer = await self.desk.api.get(f"/matchings/{matching}/map")
        features = layer["features"]
        plans = (await self.desk.api.get("/plans", limit=200))["items"]
        published = next((each for each in plans if each["state"] == "published"), None)
        if published:
            routes = await self.desk.api.get(f"/plans/{published['id']}/exports/geojson")
            features = [*features, *(f for f in routes["features"] if f["properties"]["kind"] == "route")]
        self.drawing.content = _drawn(self.desk, self.people, features)
        self.sources.text = layer["attribution"]  # type: ignore[attr-defined]

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


def _drawn(desk: Desk, people: People, features: list[dict[str, Any]]) -> str:
    project, height = _projection([f for f in features if f["properties"]["kind"] == "district"])
    kinds: dict[str, list[str]] = {"district": [], "route": [], "company": [], "base": []}
    for feature in features:
        given, shape = feature["properties"], feature["geometry"]
        kind = given["kind"]
        if kind == "district":
            kinds[kind].append(_district(given, shape, project))
        elif kind == "company":
            kinds[kind].append(_company(desk, people, given, project(shape["coordinates"])))
        elif kind == "base":
            kinds[kind].append(_base(people, given, project(shape["coordinates"])))
        elif kind == "route":
            way = "L".join("{:g} {:g}".format(*project(at)) for at in shape["coordinates"])
            colour, buddy = people.colour(given["buddy"]), data(given["buddy"])
            kinds[kind].append(f'<path class="route" data-buddy="{buddy}" d="M{way}" stroke="{colour}"/>')
    inside = "".join("".join(kinds[kind]) for kind in kinds)
    label = data(desk.say.t("desk_map_label"))
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{inside}</svg>'


Project = Callable[[list[float]], XY]


def _projection(districts: list[dict[str, Any]]) -> tuple[Project, int]:
    """Return the projection from degrees to drawing units, and the height; one scale serves a whole state."""
    points = [at for each in districts for ring in _rings(each["geometry"]) for at in ring]
    west, east = min(at[0] for at in points), max(at[0] for at in points)
    south, north = min(at[1] for at in points), max(at[1] for at in points)
    shrink = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * shrink)

    def project(at: list[float]) -> XY:
        return round(MARGIN + (at[0] - west) * shrink * scale, 1), round(MARGIN + (north - at[1]) * scale, 1)

    return project, round(2 * MARGIN + (north - south) * scale)


def _rings(shape: dict[str, Any]) -> list[list[list[float]]]:
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [ring for part_ in parts for ring in part_]


def _district(given: dict[str, Any], shape: dict[str, Any], project: Project) -> str:
    path = "".join(
        "M" + "L".join("{:g} {:g}".format(*project(at)) for at in ring) + "Z" for ring in _rings(shape)
    )
    return f'<path class="district" d="{path}"><title>{data(given["name"])}</title></path>'


def _company(desk: Desk, people: People, given: dict[str, Any], at: XY) -> str:
    buddy = given["buddy"] or ""
    whose = people.name(buddy) if buddy else desk.say.t("desk_nobody")
    title = f"<title>{data(people.name(given['company']))} → {data(whose)}</title>"
    key = f'class="dot{"" if buddy else " alone"}" data-act="why" data-id="{data(given["company"])}"'
    if buddy:
        fill = people.colour(buddy)
        where = f'cx="{at[0]}" cy="{at[1]}" r="11"'
        return f'<circle {key} data-buddy="{data(buddy)}" {where} fill="{fill}">{title}</circle>'
    return f'<path {key} d="M{at[0] - 10:g} {at[1] - 10:g}l20 20m0 -20l-20 20">{title}</path>'


def _base(people: People, given: dict[str, Any], at: XY) -> str:
    buddy = given["buddy"]
    colour, sign = people.colour(buddy), data(people.sign(buddy))
    return (
        f'<g class="base" data-act="buddy" data-id="{data(buddy)}"><title>{data(people.name(buddy))}</title>'
        f'<rect x="{at[0] - 30:g}" y="{at[1] - 21:g}" width="60" height="42" rx="9" stroke="{colour}"/>'
        f'<text x="{at[0]}" y="{at[1] + 11:g}">{sign}</text></g>'
    )
