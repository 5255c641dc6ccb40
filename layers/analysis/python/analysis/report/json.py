"""The report as JSON: everything, as the API shows it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


def as_json(
    order: Mapping[str, Any], documents: Sequence[Mapping[str, Any]], across: Mapping[str, Any]
) -> bytes:
    told = {"order": dict(order), "documents": [dict(one) for one in documents], "across": across}
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode() + b"\n"
