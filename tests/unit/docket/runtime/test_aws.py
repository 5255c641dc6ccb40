from typing import Any

from docket.runtime.aws import client_config


def test_a_client_gives_up_before_the_gateway_does():
    settings: Any = client_config(4, max_attempts=3)

    assert (settings.connect_timeout + settings.read_timeout) * 3 < 20
    assert settings.retries == {"mode": "standard", "max_attempts": 3}


def test_a_service_may_need_settings_of_its_own():
    settings: Any = client_config(10, signature_version="s3v4")

    assert settings.signature_version == "s3v4"
