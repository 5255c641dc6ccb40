"""Every code that is shown to a person has a message in every language."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import analysis.errors
import docket
from docket import messages
from docket.api.error_response import EDGE_CODES
from docket.domain import errors, reason
from docket.domain.language import LANGUAGES
from docket.schemas.field_problems import FIELD_CODES

PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


def error_codes(root=errors.DocketError):
    """The codes of all errors that can be raised, with their parameters."""
    codes: dict[str, frozenset[str]] = {}
    for error in root.__subclasses__():
        codes |= error_codes(error)
        if error not in {
            errors.Conflict,
            errors.UpstreamUnavailable,
        }:  # base classes that are never raised
            codes[error.code] = error.parameters
    return codes


CODES: dict[str, Mapping[str, frozenset[str]]] = {
    "order": reason.ORDER_CODES,
    "document": {**reason.DOCUMENT_CODES, **analysis.errors.DOCUMENT_CODES},
    "warning": analysis.errors.WARNING_CODES,
    "contradiction": analysis.errors.CONTRADICTION_CODES,
    "error": {**error_codes(), **EDGE_CODES},
    "field": FIELD_CODES,
}


def code_of(group, key):
    """The code of a message: its key is the code, or the code with a context."""
    if key in CODES[group]:
        return key
    return next(
        (code for code in CODES[group] if key.startswith(f"{code}_")
         and "context" in CODES[group][code]), None,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", CODES)
def test_every_code_has_a_message(language, group):
    assert CODES[group].keys() - messages.catalogue(language)[group].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", CODES)
def test_every_message_belongs_to_a_code(language, group):
    unknown = {key for key in messages.catalogue(language)[group] if not code_of(group, key)}

    assert unknown == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", CODES)
def test_a_message_names_only_parameters_of_its_code(language, group):
    for key, text in messages.catalogue(language)[group].items():
        names = set(PLACEHOLDER.findall(text))
        assert names <= CODES[group][code_of(group, key)] - {"context"}, key


def test_every_reason_of_the_service_is_listed():
    used_codes = {
        call.args[0].value
        for path in Path(docket.__path__[0]).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "Reason"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }

    assert len(used_codes) > 10
    assert used_codes <= CODES["order"].keys() | CODES["document"].keys()


def test_every_group_of_the_catalogue_is_tested():
    assert messages.catalogue("en").keys() == CODES.keys()
