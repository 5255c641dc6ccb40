"""Every error that the validator can report has a field code."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docket import schemas
from docket.domain.errors import FieldProblem
from docket.schemas.base import RequestModel
from docket.schemas.field_problems import FIELD_CODES, VALIDATOR_CODES, problem_of
from infra.endpoints import ENDPOINTS

WITHOUT_ERRORS = {"default", "nullable", "model-field", "definitions", "definition-ref", "none"}
ERRORS: dict[str, set[str]] = {
    "str": {"string_type", "string_unicode"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float", "finite_number"},
    "literal": {"literal_error"},
    "enum": {"enum"},
    "list": {"list_type"},
    "tuple": {"tuple_type", "missing", "too_long"},
    "float": {"float_type", "float_parsing", "finite_number"},
    "model": {"model_type", "model_attributes_type"},
    "model-fields": {"missing", "extra_forbidden"},
    "function-after": set(),  # these validators raise codes of `FIELD_CODES`
    "function-before": set(),
}
CONSTRAINTS = {
    "min_length": "string_too_short",
    "max_length": "string_too_long",
    "pattern": "string_pattern_mismatch",
    "ge": "greater_than_equal",
    "le": "less_than_equal",
}
LIST_CONSTRAINTS = {"min_length": "too_short", "max_length": "too_long"}


def parts_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every part of a core schema that validates a value."""
    match value:
        case dict():
            if isinstance(value.get("type"), str) and "serialization" not in value.get("type", ""):
                yield value
            for name, inner in value.items():
                if name not in {
                    "metadata",
                    "config",
                    "serialization",
                    "ref",
                    "expected",
                    "function",
                }:
                    yield from parts_of(inner)
        case list() | tuple():
            for inner in value:
                yield from parts_of(inner)


def possible_errors(schema: dict[str, Any]) -> set[str]:
    errors: set[str] = set()
    for part in parts_of(schema):
        kind = part["type"]
        if kind not in WITHOUT_ERRORS:
            errors |= ERRORS[kind]  # a KeyError means a type that is missing in `ERRORS`
        constraints = LIST_CONSTRAINTS if kind == "list" else CONSTRAINTS
        errors |= {error for name, error in constraints.items() if part.get(name) is not None}
    return errors


def request_models() -> list[type[RequestModel]]:
    for module in pkgutil.walk_packages(schemas.__path__, "docket.schemas."):
        importlib.import_module(module.name)
    models = RequestModel.__subclasses__()
    return [model for model in models if model.__module__.startswith("docket.")]


@pytest.mark.parametrize("model", request_models(), ids=lambda model: model.__name__)
def test_every_error_of_a_body_has_a_code(model):
    model.model_rebuild()  # models are built when they are first used
    errors = possible_errors(model.__pydantic_core_schema__)

    assert "extra_forbidden" in errors
    assert errors <= VALIDATOR_CODES.keys()


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: row.name)
def test_every_error_of_a_parameter_has_a_code(row):
    app: Any = importlib.import_module(f"functions.{row.name.replace('/', '.')}").app
    routes: list[Any] = [*app._static_routes, *app._dynamic_routes]
    (route,) = routes

    for parameter in [*route.dependant.query_params, *route.dependant.path_params]:
        assert possible_errors(parameter._type_adapter.core_schema) <= VALIDATOR_CODES.keys()


def test_a_limit_is_a_parameter():
    error = {"type": "string_too_long", "ctx": {"max_length": 200}, "msg": "jargon"}

    assert problem_of("title", error) == FieldProblem("title", "too_long", {"max_length": 200})


def test_an_error_of_a_custom_validator_keeps_its_code():
    error = {"type": "email_too_long", "ctx": {"max_length": 254}, "msg": "jargon"}

    assert problem_of("email", error) == FieldProblem(
        "email", "email_too_long", {"max_length": 254}
    )


def test_an_unknown_error_is_invalid():
    error = {"type": "frozen_set_type", "msg": "jargon"}

    assert problem_of("size", error) == FieldProblem("size", "invalid")


def test_custom_validators_raise_listed_codes():
    raised = {
        call.args[0].value
        for path in Path(schemas.__path__[0]).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "PydanticCustomError"
        and isinstance(call.args[0], ast.Constant)
    }

    assert raised
    assert raised <= FIELD_CODES.keys() | VALIDATOR_CODES.keys()
