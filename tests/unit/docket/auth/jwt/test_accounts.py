import pytest

from docket.auth.jwt import accounts
from docket.domain.accounts.user import Caller
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
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


def test_a_name_and_an_address_change_at_once(monkeypatch):
    """The address is replaced after the account was read, and before its name is written."""
    request = RegisterRequest(email="ada@example.com", password="seven purple bicycles")
    ada = accounts.register(request, key=None, at=now())
    rename = users.rename

    def overtaken(user, full_name):
        if stored := users.credential("ada@example.com"):
            client.write(*users.move_writes(stored, "ada@new.example"))
        return rename(user, full_name)

    monkeypatch.setattr(users, "rename", overtaken)

    accounts.rename(Caller(user_id=ada.id, session_id="S1"), "Ada Lovelace")

    moved = users.credential("ada@new.example")
    assert moved
    assert moved.user.full_name == "Ada Lovelace"
