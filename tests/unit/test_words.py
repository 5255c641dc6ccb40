"""Everything that the back end names has words in both languages of the site."""

import ast
import json
import re
from pathlib import Path

import pytest

from analysis.extract.catalogue import ANYWHERE, NAMES
from docket.domain import errors
from docket.domain.order import PAID_AND_WAITING
from docket.workflows.payment import CANCELLED_AND_REFUND_FAILED, GIVEN_UP, SENTENCES

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "frontend/src/locales"
ANALYSIS = ROOT / "layers/analysis/python/analysis"
BACK_END = [ROOT / "layers/core/python/docket", ROOT / "functions"]
LANGUAGES = ["en", "de"]

NOT_SHOWN = {
    "error",
    "not_found",
    "conflict",
    "outage",
    "bad_input",
    "bad_signature",
}
"""Codes of bases of other errors, of what stands at a form's fields, and of what Stripe reads."""

FACTS = {*ANYWHERE, *(name for names in NAMES.values() for name in names)}


def trees(*folders):
    return [ast.parse(path.read_text()) for folder in folders for path in folder.rglob("*.py")]


def nodes(kind, *folders):
    return [node for tree in trees(*folders) for node in ast.walk(tree) if isinstance(node, kind)]


def called(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def texts(node):
    """The constant texts that an expression may be."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def events():
    """The names that are given to events: arguments called `what`, wherever they are handed on."""
    places = {"event": 0}
    for function in nodes(ast.FunctionDef, *BACK_END):
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        if "what" in names and "audit" in names:
            places[function.name] = names.index("what")
    found = set()
    for call in nodes(ast.Call, *BACK_END):
        place = places.get(called(call))
        if place is not None and len(call.args) > place:
            found |= texts(call.args[place])
    for assignment in nodes(ast.Assign, *BACK_END):
        target, value = assignment.targets[0], assignment.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = zip(target.elts, value.elts, strict=True)
            found |= {text for name, part in pairs if getattr(name, "id", "") == "what"
                      for text in texts(part)}  # fmt: skip
    for function in nodes(ast.FunctionDef, *BACK_END):
        if function.name == "event_name":
            returned = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
            found |= {text for node in returned for text in texts(node.value)}
    return found


NOT_FOR_READERS = {
    "bad_input",  # its sentence names the field
    "bad_signature",  # for who sends webhooks
    "error",  # this and the next two: only what descends from them is raised
    "conflict",
    "outage",
}


def error_codes():
    """The codes of refusals that somebody may meet on the site."""
    found = {"internal"}
    kinds = [errors.DocketError]
    for kind in kinds:
        found.add(kind.code)
        kinds += kind.__subclasses__()
    return found - NOT_FOR_READERS


def template(node, constants):
    """A sentence as it is written, with `{}` for each value in it; None for what is no sentence."""
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def reasons():
    """The sentences that a file is refused with, as the reader words them."""
    found = set()
    for tree in trees(ANALYSIS):
        constants = {
            node.targets[0].id: template(node.value, {})
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and called(call) in {"Unreadable", "taking_apart"}:
                found |= {template(argument, constants) for argument in call.args[1:2]}
    return {reason for reason in found if reason}


def words(language, file):
    return json.loads((LOCALES / language / f"{file}.json").read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_words(language):
    assert FACTS - words(language, "analysis")["facts"].keys() == set()


def test_every_fact_that_the_reader_makes_is_in_the_catalogue():
    made = {
        text
        for call in nodes(ast.Call, ANALYSIS / "extract")
        if called(call) in {"fact", "Fact"} and call.args
        for text in texts(call.args[0])
    }

    assert made - FACTS == set()
    assert len(made) > len(FACTS) / 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_has_words(language):
    assert {"opened", "paid", "document_read", "payment_failed", "cancelled"} <= events()
    assert events() - words(language, "orders")["events"].keys() == set()


def test_every_sentence_on_a_payment_that_went_back_has_german_words():
    refund_failed = CANCELLED_AND_REFUND_FAILED.values()
    said = {*SENTENCES.values(), *refund_failed, GIVEN_UP, PAID_AND_WAITING}
    assert said - words("de", "serverText").keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_words(language):
    assert error_codes() - words(language, "common")["problem"].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_to_refuse_a_way_in_has_words(language):
    reasons = {
        template(problem.elts[1], {})
        for call in nodes(ast.Call, BACK_END[0] / "domain", BACK_END[0] / "gateways")
        if called(call) == "BadInput"
        for problem in call.args
        if isinstance(problem, ast.Tuple)
    }
    known = {
        re.sub(r"\{\{.*?\}\}", "{}", sentence)
        for sentence in words(language, "auth")["fieldErrors"]
    }

    assert len(reasons) > 4
    assert reasons - known == set()


def test_every_reason_to_refuse_a_file_has_german_words():
    known = {re.sub(r"\{\{.*?\}\}", "{}", sentence) for sentence in words("de", "serverText")}

    assert len(reasons()) > 15
    assert reasons() - known == set()
