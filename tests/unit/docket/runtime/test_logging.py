import logging
import traceback
from typing import Any

import pytest
from botocore.exceptions import ClientError

from docket.domain.errors import PaymentsUnreachable
from docket.runtime.logging import QUIET_LIBRARIES, HandlerFailed, describe, handler_errors

SECRET = "ada@example.com"


def a_client_error():
    response: Any = {
        "Error": {"Code": "ValidationException", "Message": SECRET},
        "Item": {"a": {"S": SECRET}},
    }
    return ClientError(response, "PutItem")


def raised_from(cause, error):
    try:
        try:
            raise cause
        except type(cause) as caught:
            raise error from caught
    except type(error) as raised:
        return raised


def test_a_failure_is_described_by_types_codes_and_frames():
    outer, inner = describe(raised_from(a_client_error(), PaymentsUnreachable()))

    assert (outer["type"], outer["code"]) == (
        "docket.domain.errors.base.PaymentsUnreachable",
        "payments_unreachable",
    )
    assert (inner["type"], inner["code"]) == (
        "botocore.exceptions.ClientError",
        "ValidationException",
    )
    assert any("test_logging.py" in frame for frame in inner["frames"])


def test_the_text_of_an_exception_is_not_described():
    error = raised_from(a_client_error(), ValueError(SECRET))
    error.add_note(SECRET)

    assert SECRET not in str(describe(error))


def test_an_invalid_code_is_not_described():
    error = ClientError({"Error": {"Code": SECRET, "Message": ""}}, "PutItem")

    assert SECRET not in str(describe(error))


def test_a_circular_chain_of_exceptions_ends():
    error, other = ValueError(), ValueError()
    error.__cause__, other.__cause__ = other, error

    assert len(describe(error)) == 2


def test_a_handler_raises_an_exception_without_a_text(caplog):
    with pytest.raises(HandlerFailed) as raised, handler_errors("it failed"):
        raise a_client_error()

    assert str(raised.value) == ""
    assert SECRET not in "".join(traceback.format_exception(raised.value))
    (record,) = caplog.records
    assert record.message == "it failed"
    assert SECRET not in str(vars(record))


@pytest.mark.parametrize("library", QUIET_LIBRARIES)
def test_libraries_do_not_log(library):
    assert not logging.getLogger(f"{library}.some.part").isEnabledFor(logging.ERROR)
