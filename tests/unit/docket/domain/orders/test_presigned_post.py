"""The form of an upload."""

from docket.domain.orders.presigned_post import PresignedPost
from tests.make import THEN


def test_a_form_that_is_printed_shows_no_signature():
    form = PresignedPost("https://bucket.test/", {"x-amz-signature": "5ecre7"}, THEN)

    assert "5ecre7" not in repr(form)
    assert form.fields["x-amz-signature"] == "5ecre7"
