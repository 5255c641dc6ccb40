from typing import Any

from docket.runtime.aws import waits


def test_a_client_gives_up_before_the_gateway_does():
    patience: Any = waits(4, tries=3)

    assert (patience.connect_timeout + patience.read_timeout) * 3 < 20
    assert patience.retries == {"mode": "standard", "max_attempts": 3}


def test_a_service_may_need_settings_of_its_own():
    patience: Any = waits(10, signature_version="s3v4")

    assert patience.signature_version == "s3v4"
