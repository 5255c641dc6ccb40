"""Every code that is shown to a person has a message in every language."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import analysis
import analysis.errors
import docket
from docket import messages
from docket.api.error_response import EDGE_CODES
from docket.domain import errors, reason
from docket.domain.language import LANGUAGES
from docket.domain.payments.payment import Decline
from docket.domain.payments.refund import RefundReason
from docket.schemas.field_problems import FIELD_CODES, VALIDATOR_CODES

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
    "refund": {reason.value: frozenset() for reason in RefundReason},
    "document": {**reason.DOCUMENT_CODES, **analysis.errors.DOCUMENT_CODES},
    "warning": {**reason.WARNING_CODES, **analysis.errors.WARNING_CODES},
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


CALLS_WITH_A_CODE = {
    "Reason": 0,
    "Unreadable": 0,
    "parsing": 0,
    "warning": 0,
    "PydanticCustomError": 0,
    "_bad_body": 0,
    "FieldProblem": 1,
}
"""What is called with a code, and the position of that argument."""

OF_THE_COMMAND_LINE = {"file_not_found"}
"""Printed by `python -m analysis` only, which prints no messages."""


def used_codes(package):
    """The codes that a package writes as text in such a call."""
    for path in Path(package.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            position = CALLS_WITH_A_CODE.get(_function(call))
            if position is not None and position < len(call.args):
                yield from _texts(call.args[position])


def _function(call):
    """The name of the called function. `logger.warning` is another one than `warning`."""
    return ast.unparse(call.func).removeprefix("errors.")


def _texts(argument):
    """The text that an argument is, or that it may be as the result of a condition."""
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from (*_texts(first), *_texts(second))


def constants(package):
    """Every text in a package, except in the lists of codes."""
    for path in Path(package.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text())
        listed = {
            id(part)
            for node in tree.body
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target).endswith("_CODES")
            for part in ast.walk(node)
        }
        for part in ast.walk(tree):
            if isinstance(part, ast.Constant) and id(part) not in listed:
                yield part.value


def test_every_code_in_the_sources_is_listed():
    listed = {code for codes in CODES.values() for code in codes} | VALIDATOR_CODES.keys()
    codes = {*used_codes(docket), *used_codes(analysis)}

    assert len(codes) > 50
    assert codes - listed == OF_THE_COMMAND_LINE


def test_every_reason_and_warning_that_is_listed_is_used():
    """A field problem may also come from the validator, and an error is a class."""
    texts = {*constants(docket), *constants(analysis), "dispute_open", "dispute_lost"}

    for group in ("order", "document", "warning", "contradiction"):
        assert CODES[group].keys() - texts == set(), group


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decline", Decline)
def test_every_decline_of_a_payment_has_a_message(language, decline):
    assert f"payment_declined_{decline}" in messages.catalogue(language)["order"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_context_of_an_error_has_a_message(language):
    contexts = {
        f"{error.code}_{context}"
        for error in (errors.PaymentNotConfirmed, errors.NothingToCharge, errors.LimitReached)
        for context in get_args(get_type_hints(error.__init__)["context"])
    }

    assert len(contexts) > 7
    assert contexts <= messages.catalogue(language)["error"].keys()


def test_every_group_of_the_catalogue_is_tested():
    assert messages.catalogue("en").keys() == CODES.keys()
