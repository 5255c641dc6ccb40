from hypothesis import given
from hypothesis import strategies as st

from docket.domain.orders.document_parts import DocumentParts


def test_a_short_document_is_not_split():
    assert DocumentParts.of(12, range(12), most=12) is None
    assert DocumentParts.of(2000, (), most=12) is None


def test_a_long_document_is_split_evenly_by_its_scanned_pages():
    parts = DocumentParts.of(100, range(80, 93), most=12)

    assert parts is not None
    assert parts.ranges == (range(86), range(86, 100))


@given(st.data(), st.integers(1, 400), st.integers(1, 20))
def test_parts_cover_every_page_once_within_the_limit(data, page_count, most):
    slow = sorted(data.draw(st.sets(st.integers(0, page_count - 1))))

    parts = DocumentParts.of(page_count, slow, most=most)

    if len(slow) <= most:
        assert parts is None
        return
    assert parts is not None
    assert [page for pages in parts.ranges for page in pages] == list(range(page_count))
    loads = [sum(page in pages for page in slow) for pages in parts.ranges]
    assert max(loads) <= most
    assert max(loads) - min(loads) <= 1


def test_unread_parts_are_listed_by_number():
    assert DocumentParts((0, 5, 9, 12), frozenset([1])).unread == (0, 2)
