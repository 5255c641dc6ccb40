from hypothesis import given
from hypothesis import strategies as st

from docket.domain.payments.pricing import Money, PriceList, lines, total

PRICES = PriceList(base=200, per_page=50, currency="eur")


def test_a_quote_has_a_base_and_a_rate_per_charged_page():
    priced = lines(PRICES, [("d1", "a.pdf", 3), ("d2", "b.docx", 1)])

    assert total(PRICES, 4) == Money(200 + 4 * 50, "eur")
    assert [line.amount for line in priced] == [200, 150, 50]


def test_an_unreadable_document_has_no_line():
    priced = lines(PRICES, [("d1", "a.pdf", 1), ("d2", "locked.pdf", 0)])

    assert [line.document_id for line in priced] == [None, "d1"]


def test_nothing_is_charged_without_a_readable_page():
    assert total(PRICES, 0) is None


amounts = st.integers(min_value=0, max_value=10**9)
page_counts = st.lists(st.integers(min_value=0, max_value=5000), max_size=40)


@given(base=amounts, per_page=amounts, pages=page_counts)
def test_the_lines_of_a_quote_add_up_to_its_total(base, per_page, pages):
    prices = PriceList(base=base, per_page=per_page, currency="eur")

    priced = lines(prices, ((str(n), f"{n}.pdf", count) for n, count in enumerate(pages)))
    charged = total(prices, sum(pages))

    if charged is None:
        assert not sum(pages)
        return
    assert type(charged.amount) is int
    assert charged.amount == base + per_page * sum(pages) == sum(line.amount for line in priced)
    assert sum(line.pages or 0 for line in priced) == sum(pages)
