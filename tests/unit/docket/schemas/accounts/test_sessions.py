from datetime import timedelta

import pytest
from pydantic import ValidationError

from docket.domain.accounts.user import Caller, Device
from docket.schemas.accounts.sessions import ReauthenticateRequest, SessionResponse
from tests.make_people import THEN, a_session

HERE = Caller(user_id="ada", session_id="S1")


def test_a_session_ends_at_its_earlier_end():
    idle = SessionResponse.of(a_session(), HERE)
    absolute = SessionResponse.of(a_session(ends_at=THEN + timedelta(days=1)), HERE)

    assert idle.ends_at == THEN + timedelta(days=30)
    assert absolute.ends_at == THEN + timedelta(days=1)


def test_an_unknown_device_has_its_address():
    session = a_session(id="S2", device=Device(address="2001:db8::1"))

    response = SessionResponse.of(session, HERE)

    assert (response.browser, response.system, response.place) == (None, None, None)
    assert response.network_address == "2001:db8::1"
    assert not response.is_current


def test_a_password_is_exactly_as_typed():
    assert ReauthenticateRequest(password=" a b ").password == " a b "
    with pytest.raises(ValidationError):
        ReauthenticateRequest(password="")
