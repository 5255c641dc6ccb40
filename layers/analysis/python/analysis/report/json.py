"""The report as JSON: the complete result, in the form of the API."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


def as_json(
    order: Mapping[str, Any],
    documents: Sequence[Mapping[str, Any]],
    consolidated: Mapping[str, Any],
) -> bytes:
    """The report as JSON in UTF-8: `order`, `documents`, and `across` for all of them."""
    content = {
        "order": dict(order),
        "documents": [dict(document) for document in documents],
        "across": consolidated,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=str).encode() + b"\n"
