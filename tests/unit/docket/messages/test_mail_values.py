import pytest

from docket.messages.mail_values import written

TIME = "2026-03-02T01:05+02:00"


@pytest.mark.parametrize(
    ("language", "date"), [("en", "1 December 2028"), ("de", "1. Dezember 2028")]
)
def test_a_day_is_written_in_the_language(language, date):
    assert written({"date": "2028-12-01"}, language) == {"date": date}


@pytest.mark.parametrize(
    ("language", "time", "device"),
    [
        ("en", "1 March 2026 at 23:05 UTC", "an unknown device"),
        ("de", "1. März 2026 um 23:05 Uhr (UTC)", "einem unbekannten Gerät"),
    ],
)
def test_a_time_and_an_unknown_device_are_written_in_the_language(language, time, device):
    params = written({"time": TIME, "device": "", "place": "203.0.113.7"}, language)

    assert params == {"time": time, "device": device, "place": "203.0.113.7"}


def test_a_known_device_and_other_parameters_stay():
    params = {"device": "Firefox, Windows", "name": "CI"}

    assert written(params, "de") == params
