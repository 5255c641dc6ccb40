"""The codes of field problems, which are independent of the validation library."""

from collections.abc import Mapping
from typing import Any

from docket.domain.errors import FieldProblem, Param

VALIDATOR_CODES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "missing": ("required", {}),
    "extra_forbidden": ("unknown_field", {}),
    "model_type": ("not_an_object", {}),
    "model_attributes_type": ("not_an_object", {}),
    "list_type": ("not_a_list", {}),
    "too_short": ("too_few_items", {"min_length": "min_length"}),
    "too_long": ("too_many_items", {"max_length": "max_length"}),
    "string_type": ("not_text", {}),
    "string_unicode": ("not_unicode", {}),
    "string_too_short": ("too_short", {"min_length": "min_length"}),
    "string_too_long": ("too_long", {"max_length": "max_length"}),
    "string_pattern_mismatch": ("wrong_pattern", {}),
    "int_type": ("not_an_integer", {}),
    "int_parsing": ("not_an_integer", {}),
    "int_parsing_size": ("number_too_large", {}),
    "int_from_float": ("not_an_integer", {}),
    "tuple_type": ("not_a_list", {}),
    "float_type": ("not_a_number", {}),
    "float_parsing": ("not_a_number", {}),
    "finite_number": ("not_a_number", {}),
    "greater_than_equal": ("too_small", {"ge": "minimum"}),
    "less_than_equal": ("too_big", {"le": "maximum"}),
    "literal_error": ("not_allowed", {"expected": "allowed"}),
    "enum": ("not_allowed", {"expected": "allowed"}),
}
"""By the library's error type: the code, and the parameter for each value of its context."""

FIELD_CODES: Mapping[str, frozenset[str]] = {
    **{code: frozenset(names.values()) for code, names in VALIDATOR_CODES.values()},
    "invalid": frozenset(),
    "unknown_parameter": frozenset(),
    "not_json": frozenset(),
    "wrong_content_type": frozenset(),
    "nested_too_deeply": frozenset(),
    "bad_idempotency_key": frozenset(),
    "legal_moves": frozenset({"allowed", "context"}),
    "control_characters": frozenset(),
    "not_an_email_address": frozenset(),
    "email_too_long": frozenset({"max_length"}),
    "email_refused": frozenset(),
    "password_common": frozenset(),
    "password_is_email": frozenset(),
    "password_is_name": frozenset(),
    "password_is_product": frozenset(),
    "email_unchanged": frozenset(),
    "password_unchanged": frozenset(),
    "password_refused": frozenset(),
    "not_a_date": frozenset(),
    "not_a_time": frozenset(),
    "not_an_amount": frozenset(),
    "not_a_currency": frozenset(),
    "not_an_iban": frozenset(),
    "not_a_vat_id": frozenset(),
    "not_a_phone_number": frozenset(),
    "not_a_box": frozenset(),
    "only_with_correct": frozenset(),
    "not_with_test_keys": frozenset(),
    "unknown_row": frozenset(),
    "wrong_file_extension": frozenset({"extensions"}),
}
"""All field problems: each code with its parameters."""


def problem_of(field: str, error: Mapping[str, Any]) -> FieldProblem:
    """The problem for a validation error of that field. It never repeats the input."""
    context = error.get("ctx") or {}
    if error["type"] in VALIDATOR_CODES:
        code, names = VALIDATOR_CODES[error["type"]]
        params: dict[str, Param] = {name: context[key] for key, name in names.items()}
        return FieldProblem(field, code, params)
    if error["type"] in FIELD_CODES:  # raised by one of Docket's validators
        return FieldProblem(field, error["type"], dict(context))
    return FieldProblem(field, "invalid")
