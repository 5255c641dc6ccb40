import pytest

from docket.auth.jwt import accounts
from docket.runtime.clock import now
from docket.schemas.auth import RegisterRequest
from docket.table import users

pytestmark = pytest.mark.usefixtures("jwt_stage")


def test_what_is_kept_of_a_password_is_its_hash_alone():
    password = "seven purple bicycles"
    wanted = RegisterRequest(email="ada@example.com", password=password)

    accounts.register(wanted, key="a key", at=now())

    known = users.credential("ada@example.com")
    assert known is not None
    assert known.password_hash.startswith("$argon2id$")
    assert password not in str(known)
    assert "a key" not in str(known)
