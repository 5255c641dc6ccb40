import pytest

from docket.auth.jwt import accounts
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.errors import LinkInvalid
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client, keys
from docket.table.accounts import one_time_links, users

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


def test_a_link_is_invalid_once_the_password_or_address_has_changed():
    request = RegisterRequest(email="ada@example.com", password="seven purple bicycles")
    user = accounts.register(request, key=None, at=now())
    verify = LinkPurpose.VERIFY_ADDRESS
    token, link = one_time_links.create(verify, user, user.address, at=now())
    client.write(one_time_links.put(link))
    client.update(
        client.Update(
            key=keys.credential(user.address),
            condition="attribute_exists(PK)",
            set={("version",): user.version + 1},
        )
    )

    with pytest.raises(LinkInvalid):
        accounts.verify_address(token, at=now())

    unchanged = accounts.find_by_address(user.address)
    assert unchanged
    assert not unchanged.email_verified
