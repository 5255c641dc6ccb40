import json

from docket.schemas.description import FILE
from tests.make_calls import call


def test_the_description_is_served_as_it_is_kept_to_anybody():
    reply = call("meta/openapi", as_user=None)

    assert reply.status == 200
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.json == json.loads(FILE.read_text())


def test_the_description_may_be_cached_and_is_not_sent_twice():
    reply = call("meta/openapi", as_user=None)
    assert reply.headers["Cache-Control"] == "public, max-age=3600"

    again = call("meta/openapi", as_user=None, headers={"if-none-match": reply.headers["ETag"]})

    assert (again.status, again.body) == (304, "")
