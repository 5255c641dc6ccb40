import json

from analysis.extract.catalogue import CATALOGUE
from docket.schemas import document_analyses
from docket.schemas.description import FILE
from infra import fact_catalogue


def test_the_labels_and_lists_of_the_site_are_fresh():
    assert [path.name for path, text in fact_catalogue.texts() if path.read_text() != text] == []


def test_the_api_description_lists_every_fact():
    description = json.loads(FILE.read_text())
    name = description["components"]["schemas"]["FactResponse"]["properties"]["name"]

    assert [fact["name"] for fact in name["x-facts"]] == [spec.name for spec in CATALOGUE]
    assert name["x-facts"] == document_analyses.fact_catalogue()
