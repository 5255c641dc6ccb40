import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.table.items.attributes import from_attributes, to_attributes

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_a_supported_value_is_read_as_it_was_stored(item):
    assert from_attributes(to_attributes(item)) == item


@pytest.mark.parametrize("value", [1.5, {1, 2}, object()])
def test_a_value_that_would_be_changed_is_rejected(value):
    with pytest.raises(TypeError):
        to_attributes({"amount": value})
