from datetime import timedelta

import pytest

from docket.domain.accounts.user import Caller
from docket.runtime.clock import now
from docket.table.accounts import sessions
from functions.auth import reauthenticate_passkey
from tests.dynamodb_faults import lost_replies
from tests.soft_authenticator import SoftAuthenticator
from tests.unit.functions.conftest import WITH_EACH_IDENTITY, jwt_unless_parametrized

identity_provider = jwt_unless_parametrized


@pytest.fixture
def prove(call, session, challenge):
    def send(device, caller=session):
        body = device.sign(challenge())
        return call(reauthenticate_passkey, "POST", "reauthenticate/passkey", body, caller=caller)

    return send


def verified_at(session):
    caller = Caller(user_id=session["user_id"], session_id=session["session_id"])
    found = sessions.find_open(caller, at=now())
    assert found
    return found.verified_at


@WITH_EACH_IDENTITY
def test_a_passkey_proves_presence(laptop, prove, session, later):
    later(reauthenticate_passkey, minutes=1)

    assert prove(laptop).status == 200

    assert verified_at(session) > now() + timedelta(seconds=30)


def test_it_replaces_a_code(authenticator, laptop, prove):
    assert prove(laptop).status == 200


def test_the_passkey_of_somebody_else_proves_nothing(laptop, prove, session):
    eve = {**session, "user_id": "eve"}

    assert prove(laptop, caller=eve).refusal == (401, "passkey_refused")


def test_a_passkey_that_was_not_added_proves_nothing(laptop, prove):
    stranger = SoftAuthenticator(user_handle=laptop.user_handle)

    assert prove(stranger).refusal == (401, "passkey_refused")


def test_a_session_that_has_ended_is_not_confirmed(laptop, prove, session):
    sessions.end(Caller(user_id=session["user_id"], session_id=session["session_id"]))

    assert prove(laptop).refusal == (401, "not_signed_in")


def test_a_lost_reply_confirms_the_session(laptop, prove):
    with lost_replies(4):
        assert prove(laptop).status == 200
