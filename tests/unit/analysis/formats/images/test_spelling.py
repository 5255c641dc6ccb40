import pytest

from analysis.formats.images import spelling


@pytest.mark.parametrize(
    ("read", "repaired"),
    [
        ("OFFICINE MERIDIANA S.r.I.", "OFFICINE MERIDIANA S.r.l."),
        ("Lux Invest S.à r.1., 2 rue A", "Lux Invest S.à r.l., 2 rue A"),
        ("Drogerie Novák s.r.0.", "Drogerie Novák s.r.o."),
        ("Meble Sp. z 0.0.", "Meble Sp. z o.o."),
        ("Kovač d.0.o. Zagreb", "Kovač d.o.o. Zagreb"),
        ("Bauer GrnbH & Co. KG", "Bauer GmbH & Co. KG"),
        ("Carolina Property Group lnc.", "Carolina Property Group Inc."),
        ("Factuumummer:", "Factuurnummer:"),
        ("Steuemummer 12/345", "Steuernummer 12/345"),
    ],
)
def test_what_ocr_confuses_is_spelled_as_it_is_printed(read, repaired):
    assert spelling.repaired(read) == repaired


@pytest.mark.parametrize(
    "text",
    ["U.S.r.I. 4", "Sr. Inc", "s.r. 0.5", "Incoming", "zinc.", "Mummers", "mummer", "A.s.r.0.1"],
)
def test_other_text_stays(text):
    assert spelling.repaired(text) == text
