"""What a request's `Accept` and `Accept-Encoding` say, by the rules of RFC 9110, section 12.5.

Written by hand: the libraries that do this alone have had no release for years, and the others are
parts of web frameworks.
"""

import re

_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


def media_type_weight(accept: str, media_type: str) -> float:
    """How much the header wants that type, 0 to 1: the most specific range that covers it counts.

    Type parameters other than `q` are ignored. A range that cannot be read counts for nothing.
    """
    main = media_type.partition("/")[0]
    weights = _weights(accept)
    for candidate in (media_type, f"{main}/*", "*/*"):
        if candidate in weights:
            return weights[candidate]
    return 0.0


def names_media_type(accept: str, media_type: str) -> bool:
    """The header wants that type, by its name or its main type's, at least as much as any other.

    `*/*` alone names nothing: every browser and most programs send it.
    """
    weights = _weights(accept)
    main = media_type.partition("/")[0]
    named = media_type in weights or f"{main}/*" in weights
    weight = media_type_weight(accept, media_type)
    others = [value for name, value in weights.items() if name != "*/*"]
    return named and weight > 0 and weight >= max(others, default=0.0)


def accepts_encoding(accept_encoding: str, encoding: str) -> bool:
    """The header lets a reply be sent in that encoding."""
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
    """The value of `q`, 1 without one; None: it is no weight."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _WEIGHT.fullmatch(value.strip()) else None
    return 1.0
