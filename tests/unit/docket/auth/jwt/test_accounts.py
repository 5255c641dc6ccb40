import pytest

from docket.auth.jwt import accounts
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table.accounts import users

pytestmark = pytest.mark.usefixtures("jwt_stage")


def test_only_the_hash_of_a_password_is_stored():
    password = "seven purple bicycles"
    request = RegisterRequest(email="ada@example.com", password=password)

    accounts.register(request, key="a key", at=now())

    credential = users.credential("ada@example.com")
    assert credential is not None
    assert (credential.password_hash or "").startswith("$argon2id$")
    assert password not in str(credential)
    assert "a key" not in str(credential)
