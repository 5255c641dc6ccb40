import json

from docket.schemas.description import FILE
from tests.make_calls import call


def test_the_description_is_public():
    reply = call("meta/openapi", as_user=None)

    assert reply.status == 200
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.json == json.loads(FILE.read_text())


def test_the_description_is_cacheable_with_an_etag():
    reply = call("meta/openapi", as_user=None)
    assert reply.headers["Cache-Control"] == "public, max-age=3600"

    repeated = call("meta/openapi", as_user=None, headers={"if-none-match": reply.headers["ETag"]})

    assert (repeated.status, repeated.body) == (304, "")
