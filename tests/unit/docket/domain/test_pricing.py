from hypothesis import given
from hypothesis import strategies as st

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


a_price = st.integers(min_value=0, max_value=10**9)
some_pages = st.lists(st.integers(min_value=0, max_value=5000), max_size=40)


@given(base=a_price, per_page=a_price, pages=some_pages)
def test_a_quote_is_whole_minor_units_that_add_up_and_charge_each_page_once(base, per_page, pages):
    prices = PriceList(base=base, per_page=per_page, currency="eur")

    made = quote(prices, ((str(n), f"{n}.pdf", count) for n, count in enumerate(pages)))

    if not sum(pages):
        assert made is None
        return
    assert made is not None
    assert type(made.total.amount) is int
    assert made.total.amount == base + per_page * sum(pages)
    assert made.total.amount == sum(line.amount for line in made.lines)
    assert sum(line.pages or 0 for line in made.lines) == sum(pages)
