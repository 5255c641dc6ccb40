"""The pages without the app in a browser: the first page, the legal ones, and 404.

The server of the browser tests fills them with the values of a made-up stage.
"""

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.e2e.axe import violations_by_scheme
from tests.site_server import PREVIEW, SITE, served

LEGAL = ("/imprint", "/privacy", "/terms", "/refunds")
PAGES = ("/", "/de", *LEGAL, *(f"/de{path}" for path in LEGAL), "/nowhere", "/de/nowhere")
PHONE_WIDTH = 360
MOST_SCRIPT_BYTES = 40_000
"""Of the JavaScript of the first page, gzipped."""

pytestmark = pytest.mark.filterwarnings(
    "ignore:Session-scoped fixtures defined as instance methods"
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    assert (SITE / "dist" / "index.html").is_file(), "frontend/dist is missing: run `make site`"
    with served(PREVIEW) as url:
        yield url


def open_page(context: BrowserContext, site: str, path: str) -> Page:
    page = context.new_page()
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_fits_a_phone_and_obeys_the_policy(
    context: BrowserContext, site: str, path: str
) -> None:
    messages: list[str] = []
    context.on("console", lambda message: messages.append(message.text))
    page = open_page(context, site, path)

    violations = violations_by_scheme(page)
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 740})

    assert violations == {"light": [], "dark": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_WIDTH
    # Chromium reports the status of the page itself.
    assert [text for text in messages if "status of 404" not in text] == []
    assert "{{" not in page.content()


@pytest.mark.parametrize("path", PAGES)
def test_only_unknown_paths_have_the_status_404_and_each_page_has_its_language(
    context: BrowserContext, site: str, path: str
) -> None:
    page = context.request.get(site + path)

    assert page.status == (404 if "nowhere" in path else 200)
    language = "de" if path.startswith("/de") else "en"
    assert f'<html lang="{language}"' in page.text()


def test_the_first_page_loads_little_and_nothing_of_the_app(
    context: BrowserContext, site: str
) -> None:
    page = context.new_page()
    responses: list[Response] = []

    def note(response: Response) -> None:  # Playwright cannot call a builtin method
        responses.append(response)

    page.on("response", note)

    page.goto(site)
    page.wait_for_load_state("networkidle")

    scripts = [response for response in responses if response.url.endswith(".js")]
    assert scripts
    assert sum(len(gzip.compress(script.body())) for script in scripts) <= MOST_SCRIPT_BYTES
    assert all(response.url.startswith(site) for response in responses)
    assert [url for url in map(path_of, responses) if url.startswith("/api/")] == ["/api/v1/prices"]
    for script in scripts:
        assert "react" not in script.text().lower()


def path_of(response: Response) -> str:
    return urlsplit(response.url).path


@pytest.mark.parametrize(
    ("path", "number", "total"),
    [("/", "Invoice number", "Gross"), ("/de", "Rechnungsnummer", "Brutto")],
)
def test_a_fact_of_the_sample_shows_its_place(
    context: BrowserContext, site: str, path: str, number: str, total: str
) -> None:
    page = open_page(context, site, path)
    sample = page.locator("#sample")
    figures = sample.locator("figure")
    expect(sample.get_by_role("button", name=number, pressed=True)).to_be_visible()
    expect(figures.nth(0)).to_be_visible()

    sample.get_by_role("button", name=total).first.press("Enter")

    expect(sample.get_by_role("button", pressed=True)).to_have_count(1)
    expect(figures.nth(0)).to_be_hidden()
    expect(figures.nth(1)).to_be_visible()
    box = figures.nth(1).get_by_role("img", name=total).locator("rect").bounding_box()
    image = figures.nth(1).locator("img").bounding_box()
    assert box is not None
    assert image is not None
    assert image["x"] < box["x"] < box["x"] + box["width"] < image["x"] + image["width"]
    assert image["y"] < box["y"] < box["y"] + box["height"] < image["y"] + image["height"]


def test_the_calculator_uses_the_prices_of_the_api(context: BrowserContext, site: str) -> None:
    context.route(
        "**/api/v1/prices",
        lambda route: route.fulfill(json={"base": 300, "per_page": 25, "currency": "gbp"}),
    )
    page = open_page(context, site, "/")

    page.get_by_label("Pages").fill("8")

    expect(page.get_by_role("status")).to_have_text("£5.00")
    expect(page.locator("[data-price=base]")).to_have_text("£3.00")


def test_the_published_prices_stay_when_the_api_does_not_answer(
    context: BrowserContext, site: str
) -> None:
    context.route("**/api/v1/prices", lambda route: route.abort())
    page = open_page(context, site, "/de")

    expect(page.locator("[data-price=base]")).to_have_text("2,00\u00a0€")
    expect(page.get_by_label("Seiten")).to_be_hidden()


def test_the_first_page_can_be_read_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#sample").get_by_text("HB-2026-0417").first).to_be_visible()
    expect(page.get_by_role("link", name="Create an account")).to_be_visible()
    context.close()


def test_the_focus_is_seen_on_the_bar(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/")

    for _ in range(3):  # past the link to the content and the name of the site
        page.keyboard.press("Tab")

    focused = page.locator("header nav a:focus")
    expect(focused).to_have_text("DEDeutsch")
    # The amber of the theme; that of other links is nearly the color of the bar.
    expect(focused).to_have_css("outline-color", "rgb(255, 194, 51)")


def test_a_signed_in_customer_gets_to_the_orders_at_once(
    context: BrowserContext, site: str
) -> None:
    context.request.get(f"{site}/testing/scene?is=one&in")
    page = context.new_page()
    page.add_init_script("localStorage.setItem('docket.had-session', '1')")

    page.goto(site)

    expect(page).to_have_url(f"{site}/orders")


def test_a_signed_in_customer_can_open_the_first_page_from_inside(
    context: BrowserContext, site: str
) -> None:
    page = context.new_page()
    page.add_init_script("localStorage.setItem('docket.had-session', '1')")
    page.goto(f"{site}/terms")

    page.get_by_role("link", name="Docket").first.click()

    expect(page).to_have_url(f"{site}/")
    expect(page.get_by_role("link", name="Your orders").first).to_be_visible()
    expect(page.get_by_role("link", name="Create an account")).to_be_hidden()


def test_the_chosen_language_is_that_of_the_app(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/privacy")

    page.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(f"{site}/de/privacy")
    page.get_by_role("link", name="Anmelden").click()

    expect(page).to_have_url(f"{site}/login")
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_a_visitor_who_reads_german_goes_on_in_german(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/de")

    page.get_by_role("link", name="Konto anlegen").first.click()

    expect(page).to_have_url(f"{site}/register")
    expect(page.locator("html")).to_have_attribute("lang", "de")


@pytest.mark.parametrize("path", ["/", "/de", *LEGAL])
def test_a_page_names_itself_and_its_translation(
    context: BrowserContext, site: str, path: str
) -> None:
    page = open_page(context, site, path)
    address = f"https://docket.example{path}"

    assert page.locator("link[rel=canonical]").get_attribute("href") == address
    alternates = page.locator("link[rel=alternate]").evaluate_all(
        "links => Object.fromEntries(links.map(({ hreflang, href }) => [hreflang, href]))"
    )
    english = f"https://docket.example{re.sub('^/de', '', path) or '/'}"
    assert alternates["en"] == alternates["x-default"] == english
    assert alternates["de"] == english.replace(".example", ".example/de").rstrip("/")
    assert page.locator("meta[property='og:image']").get_attribute("content") == (
        "https://docket.example/og.png"
    )
    assert page.locator("meta[name=description]").get_attribute("content")


@pytest.mark.parametrize("path", ["/imprint", "/de/imprint"])
def test_the_imprint_names_the_operator(context: BrowserContext, site: str, path: str) -> None:
    page = open_page(context, site, path)

    operator = page.locator("address")
    for text in ("Example GmbH", "Main Street 1", "DE123456788", "office@docket.example"):
        expect(operator).to_contain_text(text)
