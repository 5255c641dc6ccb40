from tests.make_calls import call


def test_the_description_can_be_browsed_under_a_policy_of_its_own():
    reply = call("meta/docs", as_user=None)

    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "orders_create" in reply.body


def test_the_page_may_be_cached_and_is_not_sent_twice():
    reply = call("meta/docs", as_user=None)
    assert reply.headers["Cache-Control"] == "public, max-age=3600"

    again = call("meta/docs", as_user=None, headers={"if-none-match": reply.headers["ETag"]})

    assert (again.status, again.body) == (304, "")


def test_the_page_is_sent_compressed():
    reply = call("meta/docs", as_user=None, headers={"accept-encoding": "gzip"})

    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(reply.body) < 1_000_000


def test_the_page_has_a_language_a_title_and_says_how_to_get_a_token():
    reply = call("meta/docs", as_user=None)

    assert '<html lang="en">' in reply.body
    assert "<title>Docket API</title>" in reply.body
    assert "## Quickstart" in reply.body
    assert "curl -s $SITE/api/v1/auth/login" in reply.body
