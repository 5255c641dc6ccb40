from hypothesis import given
from hypothesis import strategies as st

from docket.domain.pricing import Money, PriceList, quote

PRICES = PriceList(base=200, per_page=50, currency="eur")


def test_a_quote_has_a_base_and_a_rate_per_readable_page():
    priced = quote(PRICES, [("d1", "a.pdf", 3), ("d2", "b.docx", 1)])

    assert priced is not None
    assert priced.total == Money(200 + 3 * 50 + 50, "eur")
    assert [line.amount for line in priced.lines] == [200, 150, 50]


def test_an_unreadable_document_is_not_charged():
    priced = quote(PRICES, [("d1", "a.pdf", 1), ("d2", "locked.pdf", 0)])

    assert priced is not None
    assert priced.total == Money(250, "eur")
    assert [line.document_id for line in priced.lines] == [None, "d1"]


def test_an_order_without_a_readable_page_has_no_quote():
    assert quote(PRICES, [("d1", "locked.pdf", 0)]) is None


amounts = st.integers(min_value=0, max_value=10**9)
page_counts = st.lists(st.integers(min_value=0, max_value=5000), max_size=40)


@given(base=amounts, per_page=amounts, pages=page_counts)
def test_the_lines_of_a_quote_add_up_to_its_total(base, per_page, pages):
    prices = PriceList(base=base, per_page=per_page, currency="eur")

    priced = quote(prices, ((str(n), f"{n}.pdf", count) for n, count in enumerate(pages)))

    if not sum(pages):
        assert priced is None
        return
    assert priced is not None
    assert type(priced.total.amount) is int
    assert priced.total.amount == base + per_page * sum(pages)
    assert priced.total.amount == sum(line.amount for line in priced.lines)
    assert sum(line.pages or 0 for line in priced.lines) == sum(pages)
