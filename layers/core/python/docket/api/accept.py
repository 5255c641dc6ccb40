"""Parse the request headers `Accept` and `Accept-Encoding` (RFC 9110, section 12.5).

Written by hand: the libraries that do only this have had no release for years, and the others are
parts of web frameworks.
"""

import re

_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


def media_type_weight(accept: str, media_type: str) -> float:
    """The weight of a media type in the header, 0 to 1, by the most specific range that matches.

    Type parameters other than `q` are ignored. A malformed range is ignored.
    """
    main = media_type.partition("/")[0]
    weights = _weights(accept)
    for candidate in (media_type, f"{main}/*", "*/*"):
        if candidate in weights:
            return weights[candidate]
    return 0.0


def names_media_type(accept: str, media_type: str) -> bool:
    """Whether the header names this type or its main type, with at least the weight of any other.

    `*/*` alone does not name it: every browser and most programs send it.
    """
    weights = _weights(accept)
    main = media_type.partition("/")[0]
    is_named = media_type in weights or f"{main}/*" in weights
    weight = media_type_weight(accept, media_type)
    others = [value for name, value in weights.items() if name != "*/*"]
    return is_named and weight > 0 and weight >= max(others, default=0.0)


def accepts_encoding(accept_encoding: str, encoding: str) -> bool:
    """Whether the header accepts a response in that encoding."""
    weights = _weights(accept_encoding)
    return weights.get(encoding, weights.get("*", 0.0)) > 0


def _weights(header: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for element in header.lower().split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        weight = _weight(parameters)
        if name and weight is not None:
            weights[name] = max(weight, weights.get(name, 0.0))
    return weights


def _weight(parameters: list[str]) -> float | None:
    """The value of `q`, 1 without one; None if it is not a valid weight."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _WEIGHT.fullmatch(value.strip()) else None
    return 1.0
