import pytest

from functions.meta import not_found
from tests.make_calls import Reply, an_event


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/nowhere"), ("PATCH", "/api/v1/health"), ("POST", "/")]
)
def test_what_no_route_knows_is_a_404_of_the_contracts_shape(method, path):
    reply = Reply(not_found.handler(an_event(method, path), None))

    assert reply.refusal == (404, "not_found")
