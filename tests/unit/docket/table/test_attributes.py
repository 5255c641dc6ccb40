import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.table.attributes import from_attributes, to_attributes

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), plain, max_size=4))
def test_whatever_the_table_can_hold_comes_back_as_it_went(item):
    assert from_attributes(to_attributes(item)) == item


@pytest.mark.parametrize("value", [1.5, b"bytes", {1, 2}, object()])
def test_what_would_be_rounded_or_lost_is_refused(value):
    with pytest.raises(TypeError):
        to_attributes({"amount": value})
