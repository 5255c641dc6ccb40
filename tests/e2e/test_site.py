"""The built site in a browser: by mouse and keyboard, light and dark, wide and narrow.

A fake API answers from memory (`frontend/vite.testing.config.ts`), with the content security policy
of the distribution. `make site` builds the tested site.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    ViewportSize,
    expect,
)

from tests.e2e.axe import violations_by_scheme
from tests.site_server import PREVIEW, SITE, served

PUBLIC = (
    "/login",
    "/register",
    "/forgot-password",
    "/reset-password#t0ken",
    "/verify-email#t0ken",
    "/confirm-email#t0ken",
)
MEMBERS = (
    "/orders",
    "/orders/01READY",
    "/orders/01READY/analysis",
    "/orders/01READY/payment?redirect_status=failed",
    "/account",
    "/account/export",
    "/account/sessions",
    "/account/keys",
)
PAGES = PUBLIC + MEMBERS

ORDERS_IN_EVERY_STATE = (
    "01BARE",
    "01CUTOFF",
    "01READING",
    "01PREVIEW",
    "01NOTHING",
    "01DECLINED",
    "01CONFIRM",
    "01PAYING",
    "01WAITING",
    "01PAID",
    "01CANCELLED",
    "01REFUNDOWED",
    "01REFUNDPENDING",
    "01REFUNDED",
    "01REFUNDFAILED",
    "01REFUNDBYHAND",
    "01DISPUTED",
    "01DUPLICATES",
    "01PAIDBEFORE",
    "01FOLDER",
    "01LONG",
)
"""The orders of the scene `states` in `frontend/src/testing/scenes.ts`."""

CODE = "**/assets/site-*.js"
"""The code of the site, without which nothing is rendered."""

# pytest-base-url, which pytest-playwright brings along, does not know pytest 9.2 yet.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Session-scoped fixtures defined as instance methods"
)

PHONE: ViewportSize = {"width": 360, "height": 740}

MOST_ROWS = 60
"""More rows of a long list are not drawn at a time."""

PASSWORD = "correct horse battery"
"""The password of the fake member in `frontend/src/testing/api.ts`."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The URL of the built site with its fake API."""
    assert (SITE / "dist" / "index.html").is_file(), "frontend/dist is missing: run `make site`"
    with served(PREVIEW) as url:
        yield url


def open_page(
    context: BrowserContext, site: str, path: str, *, scene: str, member: bool = True
) -> Page:
    """Open a path as a member with a scene's orders, or a public path as a visitor."""
    member = member and path not in PUBLIC
    context.request.get(f"{site}/testing/scene?is={scene}{'&in' if member else ''}")
    page = context.new_page()
    if member:
        page.add_init_script("localStorage.setItem('docket.had-session', '1')")
    page.goto(site + path)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def login(page: Page) -> None:
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_an_accessibility_violation(
    context: BrowserContext, site: str, path: str
) -> None:
    page = open_page(context, site, path, scene="many")

    assert violations_by_scheme(page) == {"light": [], "dark": []}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_obeys_the_content_security_policy(
    context: BrowserContext, site: str, path: str
) -> None:
    messages: list[str] = []
    requested: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            messages.append(message.text)

    context.on("console", listen)
    context.on("request", lambda request: requested.append(request.url))
    open_page(context, site, path, scene="one")

    assert messages == []
    assert [url for url in requested if not url.startswith(site)] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_fits_a_small_phone(
    context: BrowserContext, site: str, path: str, language: str
) -> None:
    context.add_init_script(f"localStorage.setItem('docket.language', '{language}')")
    page = open_page(context, site, path, scene="many")

    page.set_viewport_size(PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("order", ORDERS_IN_EVERY_STATE)
def test_an_order_in_any_state_is_accessible_and_fits_a_phone(
    context: BrowserContext, site: str, order: str
) -> None:
    page = open_page(context, site, f"/orders/{order}", scene="states")

    violations = violations_by_scheme(page)
    page.set_viewport_size(PHONE)

    assert violations == {"light": [], "dark": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("status", ["none", "making", "expired", "failed"])
def test_an_export_in_any_state_is_accessible_and_fits_a_phone(
    context: BrowserContext, site: str, status: str
) -> None:
    """One that is ready is a page of its own above."""
    time = "2026-11-20T10:00:00Z"
    export = {"status": status, "requested_at": time, "expires_at": time, "archives": []}
    context.route("**/api/v1/auth/me/export", lambda route: route.fulfill(json=export))
    page = open_page(context, site, "/account/export", scene="one")

    violations = violations_by_scheme(page)
    page.set_viewport_size(PHONE)

    assert violations == {"light": [], "dark": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_export_is_downloaded_by_keyboard(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/account/export", scene="one")
    page.route("**/bucket.test/*", lambda route: route.fulfill(status=204))
    page.get_by_role("link", name="Back to your account").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_request("http://bucket.test/2.zip"):
        page.keyboard.press("Enter")


def test_a_report_is_requested_by_keyboard_and_its_progress_is_accessible(
    context: BrowserContext, site: str
) -> None:
    accessible: dict[str, list[str]] = {"light": [], "dark": []}
    report = {"done": 25, "total": 300, "requested_at": "2026-11-20T10:00:00Z"}
    making = {**report, "status": "making", "url": None}
    ready = {**report, "status": "ready", "url": "http://bucket.test/report.xlsx"}
    states = [making]

    def answer(route: Route) -> None:
        route.fulfill(status=202, json=states[-1])

    context.route("**/api/v1/analyses/**/reports*", answer)
    context.route("**/bucket.test/*", lambda route: route.fulfill(status=204))
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")

    page.get_by_role("button", name="Download", exact=True).press("Enter")
    expect(page.get_by_role("menuitem", name="Excel workbook (XLSX)")).to_be_focused()
    expect(page.locator("main")).to_have_css("overflow", "visible")  # the workspace is wider
    assert violations_by_scheme(page) == accessible
    page.keyboard.press("Enter")

    tray = page.get_by_role("region", name="Downloads")
    expect(tray.get_by_text("25 of 300 documents")).to_be_visible()
    assert violations_by_scheme(page) == accessible
    page.get_by_role("link", name="Back to the order").click()
    expect(tray.get_by_role("progressbar")).to_be_visible()
    with page.expect_request("http://bucket.test/report.xlsx"):
        states.append(ready)
    expect(tray.get_by_text("Downloaded")).to_be_visible()
    page.set_viewport_size(PHONE)
    assert violations_by_scheme(page) == accessible
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("order", ["01LONG", "01FOLDER"])
def test_the_price_of_many_documents_is_on_a_phone_without_scrolling(
    context: BrowserContext, site: str, order: str
) -> None:
    page = open_page(context, site, f"/orders/{order}", scene="states")
    price = page.get_by_role("region", name="Total")
    expect(price).to_be_hidden()

    page.set_viewport_size(PHONE)

    expect(price).to_be_in_viewport(ratio=1)
    assert violations_by_scheme(page) == {"light": [], "dark": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_price_on_a_phone_leads_to_the_payment_form(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01LONG", scene="states")
    page.set_viewport_size(PHONE)

    page.get_by_role("region", name="Total").get_by_role("button", name="Pay").click()

    expect(page.get_by_role("region", name="Total")).to_be_hidden()
    expect(page.get_by_role("region", name="Payment")).to_be_focused()
    expect(page.get_by_label("Card number")).to_be_in_viewport(ratio=1)


def test_the_price_bar_of_a_phone_is_hidden_beside_the_pay_button(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01LONG", scene="states")
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("region", name="Total")).to_be_visible()

    page.get_by_role("button", name="Pay €").scroll_into_view_if_needed()

    expect(page.get_by_role("region", name="Total")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/login", "Sign in"),
        ("/register", "Create an account"),
        ("/forgot-password", "Forgot your password?"),
        ("/reset-password", "Choose a new password"),
        ("/verify-email", "Confirm your address"),
        ("/confirm-email", "Confirm the change of your address"),
        ("/orders", "Orders"),
        ("/orders/01READY", "Invoices March"),
        ("/orders/01READY/analysis", "Analysis: Invoices March"),
        ("/orders/01READY/payment?redirect_status=failed", "Not paid"),
        ("/orders/01GONE", "Order not found"),
        ("/samples", "Sample documents"),
        ("/account", "Account"),
        ("/account/export", "Your data"),
        ("/account/sessions", "Sessions"),
        ("/account/keys", "API keys"),
    ],
)
def test_every_page_has_its_own_title(
    context: BrowserContext, site: str, path: str, title: str
) -> None:
    page = open_page(context, site, path, scene="one")

    expect(page).to_have_title(f"{title} · Docket")


@pytest.mark.parametrize(
    ("path", "button", "done"),
    [
        ("/verify-email#t0ken", "Confirm address", "Your address is confirmed."),
        ("/confirm-email#t0ken", "Confirm change", "Confirmed. The address changes once"),
    ],
)
def test_the_password_beside_a_link_is_entered_by_keyboard(
    context: BrowserContext, site: str, path: str, button: str, done: str
) -> None:
    page = open_page(context, site, path, scene="one")
    page.get_by_role("button", name=button).press("Enter")
    field = page.get_by_label("Password of the account")
    expect(field).to_be_focused()

    assert violations_by_scheme(page) == {"light": [], "dark": []}
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_text(done)).to_be_visible()


def test_a_deep_link_opens_after_login(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY", scene="one", member=False)
    expect(page).to_have_url(re.compile("/login$"))

    login(page)

    expect(page.get_by_role("heading", name="Invoices March")).to_be_visible()
    expect(page).to_have_url(re.compile("/orders/01READY$"))


def test_the_access_token_is_not_stored(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders", scene="one")

    stored = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )

    assert "token-" not in stored


def test_a_declined_card_and_an_outage_have_messages_and_can_be_retried(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY", scene="one")
    page.get_by_role("button", name="Pay €3.50").click()
    card = page.get_by_label("Card number")
    pay = page.get_by_role("button", name="Pay €3.50")
    expect(pay).to_be_disabled()

    card.fill("4000000000000002")
    pay.click()
    expect(page.get_by_text("Your card was declined.")).to_be_visible()
    card.fill("4000000000000000")
    pay.click()
    expect(page.get_by_text("The payment service cannot be reached.")).to_be_visible()
    card.fill("4242424242424242")
    pay.click()

    expect(page.get_by_role("heading", name="Thank you, all done")).to_be_visible()


def test_a_failed_3d_secure_has_a_message_of_its_own(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY", scene="one")
    page.get_by_role("button", name="Pay €3.50").click()

    page.get_by_label("Card number").fill("4000008400003220")
    page.get_by_role("button", name="Pay €3.50").click()

    expect(page.get_by_text("Your bank could not confirm that it is you")).to_be_visible()


def test_a_stripe_script_that_times_out_can_be_loaded_again(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY", scene="one")

    def never_answered(_: Route) -> None:
        """Never answer the request for the script."""

    page.route("**/testing/stripe.js", never_answered)
    page.clock.install()
    page.get_by_role("button", name="Pay €3.50").click()
    expect(page.locator("script[src$='/testing/stripe.js']")).to_have_count(1)
    page.clock.run_for(16_000)
    expect(page.get_by_text("The payment form could not be loaded.")).to_be_visible()
    page.unroute("**/testing/stripe.js")
    page.clock.resume()
    page.get_by_role("button", name="Try again", exact=True).click()

    expect(page.get_by_label("Card number")).to_be_visible()


def test_stripe_is_not_loaded_before_the_payment_step(context: BrowserContext, site: str) -> None:
    requested: list[str] = []
    context.on("request", lambda request: requested.append(request.url))
    page = open_page(context, site, "/orders/01READY", scene="one")
    assert not any("stripe" in url or "config.json" in url for url in requested)

    page.get_by_role("button", name="Pay €3.50").click()
    expect(page.get_by_label("Card number")).to_be_visible()

    assert any(url.endswith("/testing/stripe.js") for url in requested)


def test_a_file_chosen_offline_is_sent_when_online(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY", scene="one")

    context.set_offline(True)
    page.get_by_test_id("files").set_input_files(
        {"name": "new.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    expect(page.get_by_text("The upload continues as soon as you are back.")).to_be_visible()
    context.set_offline(False)

    expect(page.get_by_role("button", name="Download new.pdf")).to_be_visible()


def test_a_chosen_folder_adds_its_files(context: BrowserContext, site: str, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "first.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "inner" / "second.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    page = open_page(context, site, "/orders/01READY", scene="one")

    page.get_by_test_id("folder").set_input_files(tmp_path)

    expect(page.get_by_role("button", name="Download first.pdf")).to_be_visible()
    expect(page.get_by_role("button", name="Download second.pdf")).to_be_visible()
    expect(page.get_by_text("System files were left out: Thumbs.db.")).to_be_visible()


def scroll_to_end(page: Page) -> None:
    """Scroll to the last file of the order `01FOLDER`; rows may be higher than expected."""
    last = page.get_by_text("scan 500.pdf")
    for _ in range(100):
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        if last.is_visible():
            break
        page.wait_for_timeout(100)
    expect(last).to_be_visible()


def test_a_list_of_hundreds_of_files_draws_those_on_the_screen_and_prints_all(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01FOLDER", scene="states")
    items = page.get_by_role("region", name="Documents").get_by_role("listitem")
    expect(items.first).to_have_attribute("aria-setsize", "500")
    assert items.count() < MOST_ROWS

    scroll_to_end(page)
    assert items.count() < MOST_ROWS
    assert violations_by_scheme(page) == {"light": [], "dark": []}

    page.emulate_media(media="print")
    expect(items).to_have_count(500)


def test_the_focus_stays_on_a_row_that_leaves_the_screen(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01FOLDER", scene="states")
    chosen = page.get_by_role("checkbox", name="Choose scan 2.pdf")
    chosen.focus()
    # As when the user goes to another window: the element stays the active one.
    chosen.dispatch_event("focusout", {"bubbles": True})

    scroll_to_end(page)
    page.keyboard.press("Space")

    expect(chosen).to_be_checked()


def test_files_are_found_chosen_and_removed_on_a_phone(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01FOLDER", scene="states")
    page.set_viewport_size(PHONE)
    documents = page.get_by_role("region", name="Documents")

    documents.get_by_role("searchbox", name="Search by name").fill("scan 49")
    documents.get_by_label("Show").select_option("With problems")
    documents.get_by_label("Choose all").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    documents.get_by_role("button", name="Remove 10 files").click()
    dialog = page.get_by_role("dialog", name="Remove 10 files?")
    expect(dialog).to_contain_text("and 5 more")
    assert violations_by_scheme(page) == {"light": [], "dark": []}
    dialog.get_by_role("button", name="Remove", exact=True).click()

    expect(documents.get_by_text("No file matches")).to_be_visible()


def test_why_a_file_cannot_be_read_is_as_wide_as_its_row(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY", scene="one")
    row = page.get_by_role("listitem").filter(has_text="locked.pdf").first

    reason = row.get_by_text("This PDF is protected by a password")

    [outer, inner] = [part.bounding_box() for part in (row, reason)]
    assert outer is not None
    assert inner is not None
    assert inner["width"] > outer["width"] * 0.75


def test_duplicates_lead_to_their_order_and_are_removed_together(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01DUPLICATES", scene="states")
    documents = page.get_by_role("region", name="Documents")
    paid = documents.get_by_role("link", name="Already paid for: ")
    expect(paid).to_have_count(2)
    expect(paid.first).to_have_attribute("href", "/orders/01PAID")

    documents.get_by_role("button", name="Remove all 2").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()

    expect(documents.get_by_role("listitem")).to_have_count(1)
    expect(documents.get_by_text("new.pdf")).to_be_visible()


def test_the_drop_overlay_shows_only_for_a_drag_that_holds_files(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY", scene="one")
    drag = """(files) => {
        const data = new DataTransfer();
        if (files) data.items.add(new File(['x'], 'x.pdf'));
        else data.setData('text/plain', 'words');
        const options = {dataTransfer: data, bubbles: true};
        document.body.dispatchEvent(new DragEvent('dragenter', options));
    }"""

    page.evaluate(drag, arg=False)
    expect(page.get_by_text("Drop to add to this order")).to_be_hidden()
    page.evaluate(drag, arg=True)

    expect(page.get_by_text("Drop to add to this order")).to_be_visible()


def test_a_chosen_fact_is_marked_on_its_page(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")

    # Two positions are measured one after the other, so the page must not scroll between them.
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Gross").click()

    expect(page.get_by_role("img", name="Page 2 of invoice.pdf")).to_be_visible()
    picture = page.get_by_role("img", name="Page 2 of invoice.pdf").bounding_box()
    mark = page.locator(".page-image rect").bounding_box()
    assert picture is not None
    assert mark is not None
    assert (mark["x"] - picture["x"]) / picture["width"] == pytest.approx(0.696, abs=0.01)
    assert (mark["y"] - picture["y"]) / picture["height"] == pytest.approx(0.596, abs=0.01)


class HeldRequests:
    """A page's requests for a URL, which are answered only after `release()`.

    Removing the route instead would lose a request that is being intercepted.
    """

    def __init__(self, page: Page, url: str) -> None:
        self._routes: list[Route] = []
        self._is_released = False
        page.route(url, self._hold)

    def _hold(self, route: Route) -> None:
        if self._is_released:
            route.continue_()
        else:
            self._routes.append(route)

    def release(self) -> None:
        self._is_released = True
        for route in self._routes:
            route.continue_()


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/orders", ["/auth/refresh", "/orders"]),
        ("/orders/01READY", ["/auth/refresh", "/orders/01READY", "/orders/01READY/events"]),
    ],
)
def test_the_first_data_is_requested_once_before_the_code_is_loaded(
    context: BrowserContext, site: str, path: str, first: list[str]
) -> None:
    requested: list[str] = []
    page = context.new_page()
    page.add_init_script("localStorage.setItem('docket.had-session', '1')")

    def record(request: Request) -> None:
        url_path = urlsplit(request.url).path
        if url_path.startswith("/api/v1/"):
            requested.append(url_path.removeprefix("/api/v1"))

    context.request.get(f"{site}/testing/scene?is=one&in")
    page.on("request", record)
    code = HeldRequests(page, CODE)

    last = f"/api/v1{first[-1]}"
    with (
        page.expect_request(CODE),
        page.expect_response(lambda response: urlsplit(response.url).path == last),
    ):
        page.goto(site + path, wait_until="commit")
    prefetched = list(requested)
    # The messages of the page are the last of its files.
    expect(page.locator("link[rel=modulepreload][href*='/orders-']")).to_have_count(1)
    code.release()
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert prefetched == first
    assert [call for call in requested if call in first] == first


def test_only_a_later_page_takes_the_focus_and_starts_at_its_top(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders", scene="many")
    content = page.locator("#page")
    expect(page.get_by_role("heading", name="Orders", exact=True)).to_be_visible()
    expect(content).not_to_be_focused()
    page.mouse.wheel(0, 600)
    page.wait_for_function("scrollY > 0")

    page.get_by_role("link", name="Account").click()

    expect(page.get_by_role("heading", name="Account", exact=True)).to_be_visible()
    expect(content).to_be_focused()
    assert page.evaluate("scrollY") == 0


def test_the_shown_page_is_announced_to_screen_readers(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")

    page.get_by_role("button", name="Gross").click()

    announcement = page.get_by_role("status").filter(has_text="Showing page 2 of invoice.pdf")
    expect(announcement).to_be_attached()


def test_the_address_leads_back_to_the_fact_before(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    facts = page.get_by_role("region", name="Facts")
    chosen = page.get_by_role("button", pressed=True)

    facts.get_by_role("button", name="Gross").click()
    expect(chosen).to_contain_text("Gross")
    facts.get_by_role("button", name="Issued").click()
    expect(chosen).to_contain_text("Issued")
    page.go_back()

    expect(chosen).to_contain_text("Gross")
    page.reload()
    expect(chosen).to_contain_text("Gross")


def test_a_key_acts_on_the_fact_that_the_key_before_led_to(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    facts = page.get_by_role("region", name="Facts")

    expect(facts.get_by_role("button", name="Gross")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("a")

    expect(facts.get_by_role("button", name="Invoice number")).to_contain_text("Accepted")
    expect(facts.get_by_role("button", name="Gross")).not_to_contain_text("Accepted")


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_box_stays_on_its_value_when_the_page_is_zoomed_and_turned(
    context: BrowserContext, site: str, turns: int
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Gross").click()
    page.get_by_role("button", name="Zoom in").click()
    for _ in range(turns):
        page.get_by_role("button", name="Rotate the page").click()

    picture = page.get_by_role("img", name="Page 2 of invoice.pdf").bounding_box()
    mark = page.locator(".page-image rect").bounding_box()
    assert picture is not None
    assert mark is not None
    right = (mark["x"] + mark["width"] / 2 - picture["x"]) / picture["width"]
    down = (mark["y"] + mark["height"] / 2 - picture["y"]) / picture["height"]
    x, y = 0.78, 0.615
    turned = [(x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x)][turns]
    assert (right, down) == pytest.approx(turned, abs=0.01)
    assert (picture["width"] < picture["height"]) == (turns % 2 == 0)


def test_the_page_is_dragged_and_its_panes_are_resized(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    frame = page.get_by_role("region", name="The page, which can be scrolled")
    box = frame.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 100, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 120)
    page.mouse.up()
    assert frame.evaluate("frame => frame.scrollTop") == pytest.approx(80, abs=2)

    splitter = page.get_by_role("separator", name="Width of the facts")
    line = splitter.bounding_box()
    assert line is not None
    page.mouse.move(line["x"] + 8, line["y"] + 40)
    page.mouse.down()
    page.mouse.move(line["x"] - 52, line["y"] + 40)
    page.mouse.up()
    moved = splitter.bounding_box()
    assert moved is not None
    assert line["x"] - moved["x"] == pytest.approx(52, abs=12)


def test_a_page_that_is_zoomed_is_dragged_in_both_directions(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    frame = page.get_by_role("region", name="The page, which can be scrolled")
    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()
    box = frame.bounding_box()
    assert box is not None
    start = frame.evaluate("frame => [frame.scrollLeft, frame.scrollTop]")

    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40)
    page.mouse.up()

    end = frame.evaluate("frame => [frame.scrollLeft, frame.scrollTop]")
    assert end == pytest.approx([start[0] + 60, start[1] + 40], abs=2)


def test_a_key_brings_the_whole_workspace_onto_the_screen(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_text("1 file could not be read").click()

    page.keyboard.press("n")

    expect(page.get_by_role("img", name="Location of the fact")).to_be_in_viewport()
    expect(page.get_by_role("group", name="Review of Gross")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Next doubtful fact")).to_be_in_viewport(ratio=1)


def test_a_key_leads_to_the_next_document(context: BrowserContext, site: str) -> None:
    def add_a_document(route: Route) -> None:
        response = route.fetch()
        analysis = response.json()
        first, *_ = documents = analysis["result"]["documents"]
        documents.append({**first, "document_id": "01READY-2", "filename": "receipt.jpg"})
        route.fulfill(response=response, json=analysis)

    context.route(re.compile(r"/api/.*/01READY/analysis(\?|$)"), add_a_document)
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    expect(page.get_by_role("heading", name="invoice.pdf", level=2)).to_be_visible()

    page.keyboard.press("d")

    expect(page.get_by_role("heading", name="receipt.jpg", level=2)).to_be_visible()
    expect(page.locator("[aria-current=true]")).to_contain_text("receipt.jpg")


def test_a_row_and_a_table_are_copied(context: BrowserContext, site: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")

    def copied(button: str) -> list[list[str]]:
        page.get_by_role("button", name=button).click()
        expect(page.get_by_title("Copied").first).to_be_visible()
        text: str = page.evaluate("navigator.clipboard.readText()")
        return [row.split("\t") for row in text.split("\n")]

    assert copied("Copy row 2") == [["Handling", "1", "19.00"]]
    _header, *rows = copied("Copy the table: Line items")
    assert rows == [["Euro pallet", "3", "100.00"], ["Handling", "1", "19.00"]]


def test_the_buttons_of_a_review_have_one_row_in_a_narrow_pane(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    pane = page.get_by_role("region", name="invoice.pdf", exact=True)
    assert pane.evaluate("pane => pane.offsetWidth") == 400
    page.get_by_role("button", name="Gross").click()
    page.keyboard.press("a")

    buttons = page.get_by_role("group", name="Review of Gross").get_by_role("button")
    expect(buttons).to_have_count(6)
    middles = buttons.evaluate_all(  # at once, because the sheet is scrolled into view
        """all => all.map((button) => button.getBoundingClientRect())
            .map(({ top, height }) => top + height / 2)"""
    )
    assert middles == pytest.approx([middles[0]] * 6, abs=2)


def test_the_selected_fact_is_in_reach_on_a_phone(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    page.set_viewport_size(PHONE)

    page.get_by_role("button", name="Next fact").click()

    expect(page.get_by_role("button", name="Accept")).to_be_in_viewport()
    expect(page.locator(".page-image rect")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations_by_scheme(page) == {"light": [], "dark": []}


def test_the_place_of_a_fact_is_seen_above_its_form_on_a_phone(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.locator("[data-fact]", has_text="119.00").click()
    expect(page.locator(".highlight rect")).to_be_visible()

    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_label("Right value")).to_be_focused()

    place, form = (page.locator(of).bounding_box() for of in (".highlight rect", ".fact-sheet"))
    assert place
    assert form
    assert place["y"] + place["height"] <= form["y"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_fact_is_corrected_by_keyboard_alone(
    context: BrowserContext, site: str, language: str
) -> None:
    context.add_init_script(f"localStorage.setItem('docket.language', '{language}')")
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    fact = page.locator('[data-fact^="01READY-1/"]').filter(has_text="€ 119.00")
    review = page.get_by_role("group", name=re.compile("^(Review of|Prüfung: )"))
    expect(fact).to_be_visible()

    page.keyboard.press("n")
    expect(fact).to_be_focused()
    expect(review).to_be_visible()
    page.keyboard.press("c")
    value = review.get_by_role("textbox")
    expect(value).to_be_focused()
    form = violations_by_scheme(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    value.press("ControlOrMeta+a")
    page.keyboard.type("191,50 EUR")
    page.keyboard.press("Enter")

    expect(review.get_by_text("€ 119.00")).to_be_visible()
    expect(page.get_by_role("button", pressed=True)).to_contain_text("191.50 EUR")
    assert (form, violations_by_scheme(page)) == ({"light": [], "dark": []},) * 2
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_line_items_are_edited_by_keyboard_alone(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    rows = page.get_by_role("form", name="Edit the line items").get_by_role("textbox")

    page.get_by_role("button", name="Edit the line items").press("Enter")
    expect(rows.first).to_be_focused()
    wide = violations_by_scheme(page)
    page.set_viewport_size(PHONE)
    cards = violations_by_scheme(page)
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Packing")
    page.keyboard.press("Enter")
    page.keyboard.type("Delivery")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Discard my changes").press("Enter")

    expect(page.get_by_role("button", name="Edit the line items")).to_be_focused()
    assert (wide, cards) == ({"light": [], "dark": []},) * 2


def test_both_values_of_a_conflict_are_seen_on_a_phone(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    fact = page.locator("[data-fact]", has_text="119.00")
    fact.click()
    with context.new_page() as other:
        other.goto(page.url)
        other.get_by_role("button", name="Reject").click()
        expect(other.locator("[data-fact]", has_text="Rejected")).to_be_visible()

    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_label("Right value").fill("150.00 EUR")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Keep € 119.00")).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("button", name="Use 150.00 EUR")).to_be_in_viewport(ratio=0.9)


def test_going_back_asks_about_a_correction_that_is_not_saved(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    fact, other = page.locator("[data-fact]").nth(0), page.locator("[data-fact]").nth(1)
    fact.click()
    expect(page).to_have_url(re.compile("fact="))
    selected = page.url
    other.click()
    expect(page).not_to_have_url(selected)
    url = page.url
    page.get_by_role("button", name="Correct", exact=True).click()
    value = page.get_by_label("Right value")
    value.fill("2026-04-01")

    page.go_back()
    page.get_by_role("button", name="Keep editing").click()
    expect(value).to_have_value("2026-04-01")
    assert page.url == url

    page.go_back()
    page.get_by_role("button", name="Discard my changes").click()
    expect(page).to_have_url(selected)
    expect(fact).to_have_attribute("aria-pressed", "true")
    expect(value).to_have_count(0)

    page.go_forward()
    expect(other).to_have_attribute("aria-pressed", "true")


def test_the_text_of_a_page_is_selected_and_copied(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")
    words = page.locator(".page-text span")

    first, last = words.first.bounding_box(), words.last.bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 2, last["y"] + last["height"] / 2)
    page.mouse.up()

    selected = page.evaluate("getSelection().toString()")
    assert selected.split() == ["Invoice", "2026-118", "20", "March", "2026"]


def test_the_text_over_a_page_stays_invisible_in_forced_colours(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")

    page.emulate_media(forced_colors="active")

    word = page.locator(".page-text span").first
    expect(word).to_have_css("color", "rgba(0, 0, 0, 0)")


def test_a_printed_analysis_has_the_facts_without_buttons(
    context: BrowserContext, site: str
) -> None:
    page = open_page(context, site, "/orders/01READY/analysis", scene="one")

    page.emulate_media(media="print", color_scheme="dark")

    number = page.get_by_role("region", name="Facts").get_by_text("2026-118", exact=True)
    expect(number).to_be_visible()
    expect(page.get_by_role("region", name="Line items")).to_be_visible()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("button", name="Download", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Back to the order")).to_be_hidden()
    ink = number.evaluate("text => getComputedStyle(text).color")
    assert ink == "rgb(28, 30, 36)", "dark text in print, whatever the colour scheme"


def test_the_development_server_serves_the_site(context: BrowserContext, site: str) -> None:
    context.request.get(f"{site}/testing/scene?is=one&in")
    page = context.new_page()
    page.add_init_script("localStorage.setItem('docket.had-session', '1')")

    with served("vite --strictPort", DOCKET_SITE=site) as url:
        page.goto(f"{url}/orders/01READY", timeout=120_000)
        # The first visit bundles the packages, which can take long.
        expect(page.get_by_role("heading", name="Invoices March")).to_be_visible(timeout=120_000)


def test_the_chosen_colour_scheme_is_in_the_first_paint(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/login", scene="empty")
    page.get_by_role("button", name="Switch to dark").click()

    page.reload(wait_until="commit")

    page.wait_for_selector("body", state="attached")
    assert page.locator("html").get_attribute("data-scheme") == "dark"


@pytest.mark.parametrize(
    ("path", "title"), [("/login", "Sign in"), ("/register", "Create an account")]
)
def test_a_page_is_painted_before_its_code_and_does_not_shift(
    context: BrowserContext, site: str, path: str, title: str
) -> None:
    page = context.new_page()
    code = HeldRequests(page, CODE)
    page.goto(site + path, wait_until="commit")
    heading = page.get_by_text(title, exact=True).and_(page.locator("span"))
    expect(heading).to_be_visible()
    # Before the style is loaded the heading has a position that is never painted.
    page.wait_for_function("getComputedStyle(document.body).margin === '0px'")
    before = heading.bounding_box()
    expect(page.locator("link[rel=modulepreload][href*=site-]")).to_have_count(1)
    code.release()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    after = page.get_by_role("heading", name=title).bounding_box()

    assert before is not None
    assert after is not None
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=2)


def test_the_chosen_language_is_stored(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/login", scene="empty")

    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
    page.reload()

    expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_the_offline_banner_appears_and_disappears(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders", scene="one")

    context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    context.set_offline(False)

    expect(page.get_by_text("You are offline.")).to_be_hidden()


def test_the_shortcut_help_opens_and_closes(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/orders", scene="one")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_api_key_is_created_and_revoked_by_keyboard(context: BrowserContext, site: str) -> None:
    page = open_page(context, site, "/account/keys", scene="one")
    accessible: dict[str, list[str]] = {"light": [], "dark": []}

    page.get_by_role("button", name="Create a key").press("Enter")
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    assert violations_by_scheme(page) == accessible
    page.keyboard.type("Import")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Live")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Test")).to_be_checked()
    expect(page.get_by_role("checkbox", name="pay")).to_be_hidden()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The key “Import”")).to_be_focused()
    assert violations_by_scheme(page) == accessible
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.get_by_role("button", name="Revoke the key Import").press("Enter")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    assert violations_by_scheme(page) == accessible
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("The key “Import” is revoked.")).to_be_visible()
