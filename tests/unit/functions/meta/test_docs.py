from tests.make_calls import call


def test_the_description_can_be_browsed_under_a_policy_of_its_own():
    reply = call("meta/docs", as_user=None)

    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "orders_create" in reply.body
