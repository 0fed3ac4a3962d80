"""The kinds of exported files, without loading what writes them."""

from pkgutil import iter_modules

from api.export import formats


def kinds() -> tuple[str, ...]:
    """Return the names of the files in `api/export/formats/`, sorted."""
    return tuple(sorted(module.name for module in iter_modules(formats.__path__)))
