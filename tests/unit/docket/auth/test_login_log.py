import json

from docket.auth import login_log


def test_an_entry_has_the_account_the_factor_and_the_device(log_stream):
    login_log.accepted("ada", "password", is_known_device=True)
    login_log.refused("ada", "code")

    lines = [line for line in log_stream.getvalue().splitlines() if line.startswith("{")]
    accepted, refused = (json.loads(line) for line in lines)
    assert (accepted["level"], accepted["message"]) == ("INFO", "login accepted")
    assert (accepted["user_id"], accepted["factor"], accepted["known_device"]) == (
        "ada",
        "password",
        True,
    )
    assert (refused["level"], refused["message"]) == ("WARNING", "login refused")
    assert (refused["user_id"], refused["factor"]) == ("ada", "code")
