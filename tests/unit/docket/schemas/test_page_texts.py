import pytest
from pydantic import ValidationError

from docket.schemas.page_texts import PageTextResponse


def test_a_page_is_turned_by_quarters():
    with pytest.raises(ValidationError):
        PageTextResponse.model_validate({"page": 1, "turned": 45, "lines": []})
