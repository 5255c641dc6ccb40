"""Everything that the back end names has words in both languages of the site."""

import ast
import json
from pathlib import Path
from typing import get_args

import pytest

from analysis.extract.catalogue import BY_NAME, CATALOGUE
from docket.domain.event import EventName
from docket.schemas import analyses
from docket.schemas.description import FILE
from infra import fact_catalogue

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "frontend/src/locales"
ANALYSIS = ROOT / "layers/analysis/python/analysis"
LANGUAGES = ["en", "de"]


FACTS = BY_NAME.keys()


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


def sentences(language, file):
    return json.loads((LOCALES / language / f"{file}.json").read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_labels_facts_as_the_catalogue_does(language):
    labels = {spec.name: spec.labels[language] for spec in CATALOGUE}

    assert sentences(language, "analysis")["facts"] == labels


def test_what_is_generated_from_the_catalogue_is_fresh():
    assert [path.name for path, text in fact_catalogue.texts() if path.read_text() != text] == []


def test_the_api_describes_every_fact_of_the_catalogue():
    document = json.loads(FILE.read_text())
    described = document["components"]["schemas"]["FactResponse"]["properties"]["name"]["x-facts"]

    assert [fact["name"] for fact in described] == [spec.name for spec in CATALOGUE]
    assert described == analyses.fact_catalogue()


def test_every_fact_of_the_catalogue_is_there_once_and_complete():
    assert len(BY_NAME) == len(CATALOGUE)
    for spec in CATALOGUE:
        assert spec.meaning
        assert spec.labels.keys() == set(LANGUAGES)
        assert all(spec.labels.values())
        assert spec.kinds or spec.any_kind, spec.name


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
def test_the_site_has_a_label_for_every_event(language):
    assert sentences(language, "orders")["events"].keys() == set(get_args(EventName.__value__))
