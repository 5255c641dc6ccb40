import re

import pytest

from docket.runtime.clock import new_id
from docket.schemas.ids import ULID


def test_a_new_id_is_valid():
    assert re.fullmatch(ULID, new_id())


@pytest.mark.parametrize(
    "text", ["", "1", "01jd0000000000000000000000", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "../../etc"]
)
def test_a_malformed_id_is_invalid(text):
    assert not re.fullmatch(ULID, text)
