import pytest

from docket.domain.accounts.user import RequestDevice
from docket.domain.errors import AccountDisabled, ConcurrentChange, NotSignedIn
from docket.table import client
from docket.table.accounts import account_access, users
from docket.workflows.accounts import deletion
from tests.make import THEN
from tests.make_people import a_credential
from tests.table_state import open_session, stored

pytestmark = pytest.mark.usefixtures("jwt_stage")


@pytest.fixture
def session(table):
    return open_session(at=THEN)


def request_deletion(session):
    device = RequestDevice(address="203.0.113.7", agent="a browser")
    return deletion.begin(session, device, at=THEN)


def test_a_second_request_changes_nothing(session):
    users.add(a_credential())
    first = request_deletion(session)
    before = [item for item in stored() if item["PK"] == "DELETION#ada"]

    assert request_deletion(session).id != first.id
    assert [item for item in stored() if item["PK"] == "DELETION#ada"] == before


def test_a_disabled_account_is_not_deleted(session):
    users.add(a_credential())
    client.write(account_access.disable_write("ada", at=THEN))

    with pytest.raises(AccountDisabled):
        request_deletion(session)


def test_a_session_that_has_ended_meanwhile_deletes_nothing(session):
    users.add(a_credential())
    account_access.end_sessions("ada", at=THEN)

    with pytest.raises(ConcurrentChange):
        request_deletion(session)
    assert [item for item in stored() if item["PK"] == "DELETION#ada"] == []


def test_an_account_that_is_gone_has_no_deletion(session):
    with pytest.raises(NotSignedIn):
        request_deletion(session)

    assert [item["PK"] for item in stored()] == ["SESSION#ada"]
