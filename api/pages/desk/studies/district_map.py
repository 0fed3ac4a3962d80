"""Districts shaded by a figure, each labelled with it; the table beside the map has the same figures."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from api.export.map.map_svg import DistrictMap, draw_districts
from api.pages.desk.frame.elements import data
from api.studies.hire.page import DARK_FROM
from data.geo.gazetteer import Gazetteer
from data.reference.sources import Sources


@lru_cache(maxsize=8)
def _drawing(keys: tuple[str, ...], gazetteer: Gazetteer) -> DistrictMap:
    return draw_districts(keys, gazetteer)


def district_map(
    label: str, keys: Iterable[str], shown: Mapping[str, tuple[int, str]], sources: Sources
) -> str:
    """Return the markup of a map; `shown` has shade (0 to 4) and text by district, others stay empty."""
    ordered = tuple(keys)
    drawing, paths, texts = _drawing(ordered, sources.gazetteer), [], []
    for key, outline in zip(ordered, drawing.districts, strict=True):
        shade, text = shown.get(key, (-1, "–"))
        css = f"share-{shade}" if shade >= 0 else "share-none"
        title = f"<title>{data(outline.name)}: {data(text)}</title>"
        paths.append(f'<path d="{outline.path}" class="{css}">{title}</path>')
        (x, y), dark = outline.label, " on-dark" if shade >= DARK_FROM else ""
        texts.append(
            f'<text x="{x:g}" y="{y:g}" class="{"minor" if outline.minor else ""}{dark}">{data(text)}</text>'
        )
    inside = "".join(paths + texts)
    return (
        f'<figure class="map"><svg viewBox="0 0 {drawing.width} {drawing.height}" role="img" '
        f'aria-label="{data(label)}">{inside}</svg>'
        f'<figcaption class="muted sources">{data("; ".join(sources.attributions))}</figcaption></figure>'
    )
