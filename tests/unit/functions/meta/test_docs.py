from tests.make_calls import call


def test_the_page_has_a_content_security_policy():
    reply = call("meta/docs", as_user=None)

    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "orders_create" in reply.body


def test_the_page_is_cacheable_with_an_etag():
    reply = call("meta/docs", as_user=None)
    assert reply.headers["Cache-Control"] == "public, max-age=3600"

    repeated = call("meta/docs", as_user=None, headers={"if-none-match": reply.headers["ETag"]})

    assert (repeated.status, repeated.body) == (304, "")


def test_the_page_is_compressed():
    reply = call("meta/docs", as_user=None, headers={"accept-encoding": "gzip"})

    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(reply.body) < 1_000_000


def test_the_page_has_a_language_a_title_and_a_quickstart():
    reply = call("meta/docs", as_user=None)

    assert '<html lang="en">' in reply.body
    assert "<title>Docket API</title>" in reply.body
    assert "## Quickstart" in reply.body
    assert "curl -s $SITE/api/v1/auth/login" in reply.body
