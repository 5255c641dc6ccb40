from typing import Any

from docket.runtime.aws import client_config


def test_a_client_times_out_before_the_gateway():
    settings: Any = client_config(4, max_attempts=3)

    assert (settings.connect_timeout + settings.read_timeout) * 3 < 20
    assert settings.retries == {"mode": "standard", "max_attempts": 3}


def test_a_client_can_have_additional_settings():
    settings: Any = client_config(10, signature_version="s3v4")

    assert settings.signature_version == "s3v4"
