"""The site and the API on one origin: caching, security headers, missing paths."""


def test_every_page_is_served(visitor):
    for path in ("/", "/de", "/de/terms", "/orders", "/orders/01J0000000000000000000000"):
        page = visitor.get(path)

        assert page.status_code == 200, path
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-cache"
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["x-frame-options"] == "DENY"


def test_an_unknown_page_is_not_found(visitor):
    for path in ("/nowhere", "/de/nowhere", "/orders/1/2/3"):
        page = visitor.get(path)

        assert page.status_code == 404, path
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert "x-amz-meta-status" not in page.headers


def test_the_pages_have_the_values_of_the_stage(visitor):
    page = visitor.get("/de/imprint").text

    assert "{{" not in page
    assert 'href="http' in page.partition('rel="canonical"')[2]


def test_a_missing_file_is_not_the_single_page(visitor):
    missing = visitor.get("/assets/gone.js")

    # 404 on AWS, where the distribution may list the bucket; the emulator always has 403.
    assert missing.status_code in {403, 404}
    assert "text/html" not in missing.headers["content-type"]


def test_the_configuration_has_the_payment_settings(visitor, stack):
    config = visitor.get("/config.json")

    assert config.headers["cache-control"] == "no-cache"
    assert config.json() == {
        "stripe_publishable_key": stack.stripe_publishable_key,
        "stripe_js": f"{stack.stripe}/v3/",
        "identity": stack.identity_provider,
    }


def test_hashed_files_are_cached_for_a_year(visitor):
    page = visitor.get("/").text
    (script, *_) = [
        part.split('"')[0] for part in page.split('src="')[1:] if part.startswith("/assets/")
    ]

    reply = visitor.get(script)

    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["content-type"].startswith("text/javascript")


def test_the_api_is_on_the_same_origin_and_not_cached(visitor):
    first = visitor.get("/api/v1/health")
    second = visitor.get("/api/v1/health")

    assert first.status_code == second.status_code == 200
    assert "hit" not in second.headers.get("x-cache", "").lower()
    assert first.headers["strict-transport-security"]


def test_an_unknown_route_is_not_found(visitor):
    for method, path in (("GET", "/api/v1/unknown"), ("PATCH", "/api/v1/unknown")):
        reply = visitor.call(method, path)

        assert reply.status_code == 404
        assert reply.json()["code"] == "not_found"
        assert reply.json()["request_id"] == reply.headers["x-request-id"]
