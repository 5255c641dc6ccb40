import pytest
from pydantic import ValidationError

from docket.schemas.errors import Error


def test_a_code_is_an_identifier():
    error = {
        "error": "Order not found.",
        "code": "order_not_found",
        "params": {},
        "request_id": "1",
    }

    assert Error.model_validate(error).details == []
    with pytest.raises(ValidationError):
        Error.model_validate({**error, "code": "Order not found"})
