"""The plan as a map layer."""

from api.export.format import ExportRequest, Format
from api.files.json_text import json_text
from api.run.names import Names
from api.run.run import Run


def _write(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.map.geojson import map_layer

    assert run.matching
    return json_text(map_layer(run, names, run.matching)).encode()


FORMAT = Format("application/geo+json", _write)
