from datetime import timedelta

from docket.domain.accounts.mail import LINKS
from docket.domain.accounts.one_time_link import LIFETIMES, PAGES, LinkPurpose, page_url


def test_every_link_is_valid_for_an_hour_at_most():
    assert {*LIFETIMES} == {*PAGES} == {*LINKS.values()} == {*LinkPurpose}
    assert all(timedelta() < lifetime <= timedelta(hours=1) for lifetime in LIFETIMES.values())


def test_a_token_is_in_the_fragment_which_no_browser_sends():
    url = page_url("https://docket.example.com", LinkPurpose.RESET_PASSWORD, "t0ken")

    assert url == "https://docket.example.com/reset-password#t0ken"
