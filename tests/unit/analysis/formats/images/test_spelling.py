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


@pytest.mark.parametrize(
    "texts",
    [
        [
            "A\u03c4 Kov\u03c4\u03b9\u03b7 18",
            "av\u03b9\u00e1, \u03a3YNO\u039bO",
            "Xwo\u03b9\u03ac\u03c4\u03b9\u03b7",
        ],
        [
            "C\u0447\u0435t n\u0430kl\u0430dna\u044f",
            "\u0418\u0442oro k o\u043f\u043b\u0430te",
            "T\u043evar",
        ],
        ["ANO\u25b3EIEH AIANIKH\u03a3 \u2229\u03a9AH\u03a3H\u2211 \u03a3YNO\u039bO"],
    ],
)
def test_words_of_two_scripts_are_of_a_script_that_is_not_known(texts):
    assert spelling.mixed_share(texts) > 0.15


@pytest.mark.parametrize(
    "texts",
    [
        ["Rechnung Nr. 4711, Widerstand 10 k\u03a9, 5 \u00b5F, \u0394T 20 K"],
        [
            "\u03a3\u03cd\u03bd\u03bf\u03bb\u03bf 34,30 Total",
            "\u03a4\u03b1\u03b2\u03ad\u03c1\u03bd\u03b1 Taverna",
        ],
        ["\u03b2Carotin und \u03b1Tocopherol in der Rechnung", "Summe und Steuer"],
    ],
)
def test_words_of_one_script_each_are_not(texts):
    assert spelling.mixed_share(texts) < 0.15
