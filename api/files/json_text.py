"""JSON that people can read and compare: the same text for the same content, one small record per line."""

import json
from typing import Any

from pydantic import BaseModel

WIDTH = 160


def json_text(value: Any) -> str:
    """Return a model or plain data as JSON: what fits on one line is on one line, and so is every outline."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    return _broken(value, "") + "\n"


def _broken(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent) + len(flat) <= WIDTH or _is_outline(value):
        return flat
    inner = indent + " "
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {_broken(held, inner)}" for key, held in value.items()
        ]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _broken(held, inner) for held in value) + f"\n{indent}]"


def _is_outline(value: Any) -> bool:
    """Whether a list holds degrees alone, however deep."""
    return isinstance(value, list) and all(isinstance(each, float) or _is_outline(each) for each in value)
