import pytest

from docket.domain.accounts.device import Agent, agent_of, is_token, token_hash

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36{}"
SAFARI = "Mozilla/5.0 ({}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 {}Safari/605.1.15"

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
WINDOWS = "Windows NT 10.0; Win64; x64"
IPHONE = "iPhone; CPU iPhone OS 18_6 like Mac OS X"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME.format(WINDOWS, ""), "Chrome, Windows"),
        (CHROME.format(WINDOWS, " Edg/141.0.0.0"), "Edge, Windows"),
        (CHROME.format("X11; Linux x86_64", " OPR/124.0.0.0"), "Opera, Linux"),
        (CHROME.format("Linux; Android 10; K", ""), "Chrome, Android"),
        (CHROME.format("X11; CrOS x86_64 14541.0.0", ""), "Chrome, ChromeOS"),
        (SAFARI.format("Macintosh; Intel Mac OS X 10_15_7", ""), "Safari, macOS"),
        (SAFARI.format(IPHONE, "Mobile/15E148 "), "Safari, iOS"),
        (SAFARI.format("iPad; CPU OS 18_6 like Mac OS X", "FxiOS/143.0 "), "Firefox, iPadOS"),
        (FIREFOX, "Firefox, Linux"),
        ("curl/8.5.0", "curl"),
        ("a program", None),
        (None, None),
    ],
)
def test_a_user_agent_names_its_browser_and_system(user_agent, name):
    assert agent_of(user_agent).name == name


def test_a_system_alone_is_a_name():
    assert Agent(browser=None, system="Linux").name == "Linux"


@pytest.mark.parametrize("text", [None, "", "a" * 42, "a" * 44, "ä" * 43, f"{'a' * 42}\n"])
def test_only_the_values_that_docket_sets_are_tokens(text):
    assert not is_token(text)
    assert is_token("A1_-" * 10 + "abc")


def test_a_hash_does_not_show_its_token():
    assert token_hash("a" * 43) != token_hash("b" * 43)
    assert len(token_hash("a" * 43)) == 64
