from docket.domain.pricing import Money, PriceList, quote

PRICES = PriceList(base=200, per_page=50, currency="eur")


def test_a_quote_is_the_base_and_a_rate_for_each_readable_page():
    made = quote(PRICES, [("d1", "a.pdf", 3), ("d2", "b.docx", 1)])

    assert made is not None
    assert made.total == Money(200 + 3 * 50 + 50, "eur")
    assert [line.amount for line in made.lines] == [200, 150, 50]


def test_nobody_is_charged_for_a_document_without_a_readable_page():
    made = quote(PRICES, [("d1", "a.pdf", 1), ("d2", "locked.pdf", 0)])

    assert made is not None
    assert made.total == Money(250, "eur")
    assert [line.document_id for line in made.lines] == [None, "d1"]


def test_an_order_without_a_readable_page_has_no_quote():
    assert quote(PRICES, [("d1", "locked.pdf", 0)]) is None
