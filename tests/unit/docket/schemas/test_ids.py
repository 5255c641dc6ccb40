import re

import pytest

from docket.runtime.clock import new_id
from docket.schemas.ids import ULID


def test_ids_that_are_made_are_ids():
    assert re.fullmatch(ULID, new_id())


@pytest.mark.parametrize(
    "text", ["", "1", "01jd0000000000000000000000", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "../../etc"]
)
def test_what_cannot_be_an_id_is_none(text):
    assert not re.fullmatch(ULID, text)
