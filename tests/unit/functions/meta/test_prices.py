import pytest

from tests.make_calls import call


@pytest.mark.usefixtures("service")
def test_the_price_list_is_public():
    reply = call("meta/prices", as_user=None)

    assert reply.status == 200
    assert reply.json == {"base": 200, "per_page": 50, "currency": "eur"}
