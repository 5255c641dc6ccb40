import pytest

from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import AccountDisabled, NotSignedIn
from docket.table import client
from docket.table.accounts import account_access, users
from docket.workflows.accounts import deletion
from tests.make import THEN
from tests.make_people import a_credential
from tests.table_state import stored

pytestmark = pytest.mark.usefixtures("table")


def request_deletion():
    device = RequestDevice(address="203.0.113.7", agent="a browser")
    return deletion.begin(Caller(user_id="ada", session_id="S1"), device, at=THEN)


def test_a_second_request_changes_nothing():
    users.add(a_credential())
    first = request_deletion()
    before = [item for item in stored() if item["PK"] == "DELETION#ada"]

    assert request_deletion().id != first.id
    assert [item for item in stored() if item["PK"] == "DELETION#ada"] == before


def test_a_disabled_account_is_not_deleted():
    users.add(a_credential())
    client.write(account_access.disable_write("ada", at=THEN))

    with pytest.raises(AccountDisabled):
        request_deletion()


def test_an_account_that_is_gone_has_no_deletion():
    with pytest.raises(NotSignedIn):
        request_deletion()

    assert stored() == []
