from datetime import timedelta

import pytest

from docket.domain.accounts.one_time_link import LIFETIMES, LinkPurpose
from docket.domain.errors import LinkExpired, LinkInvalid, LinkUsed
from docket.table import client, keys
from docket.table.accounts import one_time_links
from docket.table.client import ConditionFailed
from tests.make import THEN
from tests.make_people import a_user
from tests.table_state import item_at

pytestmark = pytest.mark.usefixtures("table")

RESET, VERIFY = LinkPurpose.RESET_PASSWORD, LinkPurpose.VERIFY_ADDRESS
EXPIRY = THEN + LIFETIMES[RESET]


def issue(**fields):
    user = a_user(version=3)
    token, link = one_time_links.create(RESET, user, "ada@example.com", at=THEN, **fields)
    client.write(one_time_links.put(link))
    return token


def find(token, *, purpose=RESET, at=THEN):
    return one_time_links.find(token, purpose, at=at)


def use(link, used_by="request", at=THEN):
    client.write(one_time_links.use_write(link, at=at, used_by=used_by))


def test_a_link_has_its_account_address_and_version():
    link = find(issue(about="change"))

    assert (link.user_id, link.address, link.user_version) == ("ada", "ada@example.com", 3)
    assert link.about == "change"


def test_a_token_has_256_random_bits_and_is_not_stored():
    first, second = issue(), issue()

    item = item_at(keys.one_time_link(one_time_links.hash_of(first)))
    assert first != second
    assert len(first) == 43
    assert first not in str(item)
    assert item["ttl"] > EXPIRY.timestamp()


@pytest.mark.parametrize("token", ["", "unknown", "é"])
def test_an_unknown_token_is_invalid(token):
    with pytest.raises(LinkInvalid):
        find(token)


def test_a_link_serves_its_purpose_only():
    with pytest.raises(LinkInvalid):
        find(issue(), purpose=VERIFY)


def test_a_link_expires():
    token = issue()

    find(token, at=EXPIRY - timedelta(seconds=1))
    with pytest.raises(LinkExpired):
        find(token, at=EXPIRY)


def test_a_link_is_used_once():
    token = issue()
    link = find(token)

    use(link)

    with pytest.raises(LinkUsed):
        find(token)
    with pytest.raises(ConditionFailed):
        use(link, "another request")


def test_a_use_whose_reply_was_lost_is_recognised():
    link = find(issue())

    use(link)
    use(link)


def test_a_link_that_was_found_in_time_is_not_used_too_late():
    link = find(issue())

    with pytest.raises(ConditionFailed):
        use(link, at=EXPIRY)
