import json
from base64 import b64encode

from hypothesis import given
from hypothesis import strategies as st

from docket.table.items.compressed_json import compressed, decompressed

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(values)
def test_a_value_is_read_as_it_was_stored(value):
    assert decompressed(compressed(value)) == value


@given(values)
def test_equal_values_have_equal_bytes(value):
    assert compressed(value) == compressed(json.loads(json.dumps(value)))


@given(values)
def test_a_value_that_an_earlier_release_stored_as_text_is_read(value):
    assert decompressed(b64encode(compressed(value)).decode()) == value


def test_repeated_names_take_little_space():
    facts = [{"name": "gross", "box": [n / 7, n / 11]} for n in range(100)]

    assert len(compressed(facts)) < len(json.dumps(facts)) / 2
