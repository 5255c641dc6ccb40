"""What is wrong with a field, in our words: the validator's own name its types and its library."""

from collections.abc import Mapping
from typing import Any

MESSAGES: dict[str, str] = {
    "missing": "is needed",
    "extra_forbidden": "is not a field of this request",
    "model_type": "must be a JSON object",
    "model_attributes_type": "must be a JSON object",
    "string_type": "must be text",
    "string_unicode": "holds characters that are no valid Unicode",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "is not written as it has to be",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "int_from_float": "must be a whole number",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "value_error": "{error}",
}
"""By the validator's name of the error; `{…}` is filled in from its context."""

UNKNOWN_PARAMETER = "is not a parameter of this request"
_OTHER = "is not valid"


def message_for(problem: Mapping[str, Any]) -> str:
    """The sentence for one of the validator's errors. It never repeats what was sent."""
    return MESSAGES.get(problem["type"], _OTHER).format_map(problem.get("ctx") or {})
