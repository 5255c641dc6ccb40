from dataclasses import replace

import pytest

from docket.table import analyses, client
from docket.table.analyses import Analysis, PageImage
from tests.make import OID, OTHER_OID

pytestmark = pytest.mark.usefixtures("table")

FACTS = {"facts": [{"name": "gross", "box": [0.1, 0.25, 1.0, 0.3333], "value": "1.158,70 €"}]}
ANALYSIS = Analysis(
    document_id=f"{OID}-2", attempt=1, facts=FACTS, page_images=(PageImage(0, 1200, 1700),)
)


def test_fractions_and_unicode_of_facts_are_preserved():
    client.write(analyses.put_analysis(OID, ANALYSIS))

    assert analyses.of_document(OID, ANALYSIS.document_id) == ANALYSIS


def test_a_newer_analysis_replaces_an_older_one():
    client.write(analyses.put_analysis(OID, ANALYSIS))
    newer = replace(ANALYSIS, attempt=2, facts={}, page_images=())

    client.write(analyses.put_analysis(OID, newer))

    assert analyses.of_order(OID) == [newer]


def test_the_analyses_of_an_order_are_listed_by_document():
    first = replace(ANALYSIS, document_id=f"{OID}-1")
    client.write(analyses.put_analysis(OID, ANALYSIS), analyses.put_analysis(OTHER_OID, ANALYSIS))
    client.write(analyses.put_analysis(OID, first))

    assert analyses.of_order(OID) == [first, ANALYSIS]


def test_a_document_that_was_not_read_has_no_analysis():
    assert analyses.of_document(OID, ANALYSIS.document_id) is None
    assert analyses.of_order(OID) == []
