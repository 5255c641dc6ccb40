"""The site and the API as they are delivered: one origin, guarded, honest about what is missing."""


def test_a_page_of_the_site_is_the_app_whatever_its_path(visitor):
    for path in ("/", "/orders", "/orders/01J0000000000000000000000"):
        page = visitor.get(path)

        assert page.status_code == 200, path
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-cache"
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["x-frame-options"] == "DENY"


def test_a_file_that_is_not_there_is_not_the_app(visitor):
    missing = visitor.get("/assets/gone.js")

    assert missing.status_code in {403, 404}
    assert "text/html" not in missing.headers["content-type"]


def test_the_stage_tells_the_site_where_payments_are_made(visitor, stack):
    config = visitor.get("/config.json")

    assert config.headers["cache-control"] == "no-cache"
    assert config.json() == {
        "stripe_publishable_key": stack.stripe_publishable_key,
        "stripe_js": f"{stack.stripe}/v3/",
        "identity": "jwt",
    }


def test_files_named_by_what_they_hold_are_kept_for_a_year(visitor):
    page = visitor.get("/").text
    (script, *_) = [
        part.split('"')[0] for part in page.split('src="')[1:] if part.startswith("/assets/")
    ]

    served = visitor.get(script)

    assert served.status_code == 200
    assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert served.headers["content-type"].startswith("text/javascript")


def test_the_api_is_under_the_same_name_and_is_never_cached(visitor):
    first = visitor.get("/api/v1/health")
    second = visitor.get("/api/v1/health")

    assert first.status_code == second.status_code == 200
    assert "hit" not in second.headers.get("x-cache", "").lower()
    assert first.headers["strict-transport-security"]


def test_what_no_route_knows_is_refused_in_the_shape_of_every_refusal(visitor):
    for method, path in (("GET", "/api/v1/nothing-of-ours"), ("PATCH", "/api/v1/nothing-of-ours")):
        answer = visitor.call(method, path)

        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_without_a_token_only_public_routes_answer(visitor):
    assert visitor.get("/api/v1/orders").status_code == 401
    assert visitor.get("/api/v1/openapi.json").status_code == 200
