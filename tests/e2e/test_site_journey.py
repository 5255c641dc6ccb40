"""The customer's journey in a browser on the deployed site and service.

Payments use the form of the Stripe double, which is filled in like Stripe's. States that cannot be
reached on the deployed service are tested in `test_site.py`.
"""

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema_rs
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect

from infra.export_schema import EXPORT
from local.demo import Customer
from local.stack import Endpoints
from tests.e2e.axe import violations_by_scheme
from tests.e2e.timeouts import TIMEOUT_MS
from tests.e2e.unpaid_files import unpaid_invoice

SAMPLES = Path(__file__).parents[2] / "layers/core/python/docket/samples"
INVOICE, RECEIPT, CONTRACT = (
    SAMPLES / name for name in ("invoice.pdf", "receipt.jpg", "contract.docx")
)

GOOD, DECLINED, NEEDS_3D_SECURE = "4242424242424242", "4000000000000002", "4000002500003155"

# pytest-base-url, which pytest-playwright brings along, does not know pytest 9.2 yet.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Session-scoped fixtures defined as instance methods"
)


class Person:
    """A customer with a browser."""

    def __init__(self, browser: Browser, endpoints: Endpoints, **browsing: Any) -> None:
        self.endpoints = endpoints
        self.email = f"Ada.{secrets.token_hex(6)}@example.com"
        self.password = secrets.token_urlsafe(16)
        self.context: BrowserContext = browser.new_context(
            base_url=endpoints.site.rstrip("/"), **browsing
        )
        self.context.set_default_timeout(TIMEOUT_MS)
        self.page: Page = self.context.new_page()

    def register(self) -> None:
        """Register by the API: the first test covers the form."""
        customer = Customer(self.endpoints)
        customer.call(
            "registering",
            "POST",
            "/auth/register",
            expect=201,
            body={"email": self.email, "password": self.password, "full_name": "Ada Lovelace"},
        )
        customer.session.close()

    def fill_in_login(self) -> None:
        self.page.get_by_label("Email address").fill(self.email)
        self.page.get_by_label("Password").fill(self.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def login(self) -> None:
        self.page.goto("/login")
        self.fill_in_login()
        expect(self.page.get_by_role("heading", name="Orders", exact=True)).to_be_visible()

    def create_order(self, title: str, *paths: Path) -> None:
        self.page.goto("/orders")
        self.page.get_by_role("button", name="New order").click()
        self.page.get_by_label("Title (optional)").fill(title)
        self.page.get_by_role("button", name="Create order").click()
        expect(self.page.get_by_role("heading", name=title)).to_be_visible()
        if paths:
            self.add(*paths)

    def add(self, *paths: Path) -> None:
        self.page.get_by_test_id("files").set_input_files(list(paths))

    def start_payment(self, amount: str) -> None:
        pay = self.page.get_by_role("button", name=f"Pay {amount}")
        expect(pay).to_be_enabled()
        pay.click()

    def pay(self, amount: str, card: str) -> None:
        self.page.get_by_label("Card number").press_sequentially(card)
        self.page.get_by_label("Expiration date").fill("12 / 40")
        self.page.get_by_label("Security code").fill("123")
        self.page.get_by_role("button", name=f"Pay {amount}").click()

    def expect_paid(self) -> None:
        expect(self.page.get_by_role("heading", name="Thank you, all done")).to_be_visible()


@pytest.fixture(scope="module")
def member(browser: Browser, stack: Endpoints) -> Iterator[Person]:
    """A customer for several tests, signed in once."""
    person = Person(browser, stack)
    person.register()
    person.login()
    yield person
    person.context.close()


@pytest.fixture(scope="module")
def read_order(member: Person, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of an order whose documents have been read and which is unpaid."""
    damaged = tmp_path_factory.mktemp("files") / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 and no more")
    member.create_order("Invoices March", INVOICE, damaged)
    expect(member.page.get_by_text("Cannot be read", exact=True)).to_be_visible()
    expect(member.page.get_by_role("button", name="Pay €3.00")).to_be_enabled()
    return "/orders/" + member.page.url.rsplit("/", 1)[1]


@pytest.fixture
def unpaid(tmp_path: Path) -> Path:
    return unpaid_invoice(tmp_path)


@pytest.fixture(scope="module")
def paid_order(member: Person) -> str:
    """The path of an order that has been paid."""
    member.create_order("Receipts April", RECEIPT)
    path = "/orders/" + member.page.url.rsplit("/", 1)[1]
    member.start_payment("€2.50")
    member.pay("€2.50", GOOD)
    member.expect_paid()
    return path


def test_a_customer_registers_pays_and_sees_a_fact_on_its_page(
    browser: Browser, stack: Endpoints
) -> None:
    person = Person(browser, stack)
    page = person.page
    messages: list[str] = []
    requested: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            messages.append(message.text)

    page.on("console", listen)
    page.on("request", lambda request: requested.append(request.url))

    page.goto("/")
    page.get_by_role("link", name="Create an account").click()
    expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="No orders yet")).to_be_visible()
    person.create_order("Everything", INVOICE, RECEIPT, CONTRACT)
    expect(page.get_by_role("button", name="Pay €4.00")).to_be_enabled()
    own_urls = (stack.site.rstrip("/"), f"{stack.emulator}/{stack.documents}")
    assert [url for url in requested if not url.startswith(own_urls)] == []
    person.start_payment("€4.00")
    person.pay("€4.00", GOOD)
    person.expect_paid()
    page.get_by_role("link", name="Open the analysis").click()
    documents = page.get_by_role("navigation", name="Documents")  # in any order: added at once
    documents.get_by_role("button", name=re.compile("invoice.pdf")).click()
    page.get_by_role("button", name=re.compile("^Gross")).click()

    picture = page.get_by_role("img", name="Page 2 of invoice.pdf").or_(
        page.get_by_role("img", name="Page 1 of invoice.pdf")
    )
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 500)")
    mark = page.get_by_role("img", name="Location of the fact").locator("rect").bounding_box()
    page_box = picture.bounding_box()
    assert mark is not None
    assert page_box is not None
    assert page_box["x"] < mark["x"] < mark["x"] + mark["width"] < page_box["x"] + page_box["width"]
    assert (
        page_box["y"] < mark["y"] < mark["y"] + mark["height"] < page_box["y"] + page_box["height"]
    )
    for name, start in (("(PDF)", b"%PDF-"), ("(JSON)", b"{"), ("Facts", b""), ("(XLSX)", b"PK")):
        with page.expect_download() as download:
            page.get_by_role("button", name="Download", exact=True).click()
            page.get_by_role("menuitem", name=name).click()
        assert Path(download.value.path()).read_bytes().startswith(start)
    assert messages == []
    person.context.close()


def test_another_card_pays_after_a_declined_one(member: Person, unpaid: Path) -> None:
    member.create_order("Declined", unpaid)
    member.start_payment("€2.50")

    member.pay("€2.50", DECLINED)
    expect(member.page.get_by_text("Your card was declined.")).to_be_visible()
    member.page.get_by_label("Card number").fill(GOOD)
    member.page.get_by_role("button", name="Pay €2.50").click()

    member.expect_paid()


def test_a_card_with_3d_secure_pays(member: Person, unpaid: Path) -> None:
    member.create_order("3-D Secure", unpaid)
    member.start_payment("€2.50")

    member.pay("€2.50", NEEDS_3D_SECURE)
    member.page.get_by_role("dialog").get_by_role("button", name="Fail").click()
    expect(member.page.get_by_role("alert").first).to_be_visible()
    expect(member.page.get_by_role("button", name="Pay €2.50")).to_be_enabled()
    member.page.get_by_role("button", name="Pay €2.50").click()
    member.page.get_by_role("dialog").get_by_role("button", name="Complete").click()

    member.expect_paid()


def test_a_cancelled_upload_can_be_retried(member: Person, stack: Endpoints, unpaid: Path) -> None:
    member.create_order("Cancelled upload")
    page = member.page

    def hold(route: Route) -> None:
        """Do not answer the upload until the route is removed."""

    bucket = re.compile(re.escape(stack.documents))
    page.route(bucket, hold)
    member.add(unpaid)
    page.get_by_role("button", name="Cancel invoice.pdf").click()
    expect(page.get_by_role("button", name="Try again: invoice.pdf")).to_be_visible()
    page.unroute(bucket)
    page.get_by_role("button", name="Try again: invoice.pdf").click()

    expect(page.get_by_role("button", name="Pay €2.50")).to_be_enabled()
    expect(page.get_by_role("listitem").filter(has_text="invoice.pdf").first).to_be_visible()
    assert page.get_by_role("button", name="Remove invoice.pdf").count() == 1


def test_a_reload_during_the_ingestion_loses_nothing(member: Person) -> None:
    member.create_order("Reloaded", INVOICE)
    expect(member.page.get_by_text("Being read").first).to_be_visible()

    member.page.reload()

    expect(member.page.get_by_text("invoice.pdf").first).to_be_visible()
    expect(member.page.get_by_role("button", name="Pay €3.00")).to_be_enabled()


def test_an_unreadable_file_has_a_reason_and_is_not_charged(
    member: Person, read_order: str
) -> None:
    page = member.page
    page.goto(read_order)

    row = page.get_by_role("listitem").filter(has_text="damaged.pdf").first
    expect(row.get_by_text("Cannot be read", exact=True)).to_be_visible()
    expect(row.get_by_text(re.compile("damaged.*You are not charged for it."))).to_be_visible()
    price = page.get_by_role("table", name="Price")
    expect(price.get_by_role("row", name=re.compile("invoice.pdf"))).to_be_visible()
    expect(price.get_by_role("row", name=re.compile("damaged.pdf"))).to_have_count(0)


def test_the_preview_lists_documents_without_facts(member: Person, read_order: str) -> None:
    page = member.page
    page.goto(read_order)

    page.get_by_role("link", name="Open the preview").click()

    expect(page.get_by_text("This is the preview.")).to_be_visible()
    expect(page.get_by_role("heading", name="invoice.pdf")).to_be_visible()
    expect(page.get_by_role("heading", name="Facts")).to_have_count(0)


def test_an_expired_session_returns_to_the_page_after_login(
    browser: Browser, stack: Endpoints
) -> None:
    person = Person(browser, stack)
    person.register()
    person.login()
    person.create_order("Where I was")
    here = person.page.url

    person.context.clear_cookies()
    person.page.reload()
    expect(person.page.get_by_text("Your session has ended.")).to_be_visible()
    person.fill_in_login()

    expect(person.page.get_by_role("heading", name="Where I was")).to_be_visible()
    assert person.page.url == here
    person.context.close()


def test_a_deep_link_to_another_customers_order_is_not_found_after_login(
    browser: Browser, stack: Endpoints, read_order: str
) -> None:
    person = Person(browser, stack)
    person.register()

    person.page.goto(read_order)
    expect(person.page).to_have_url(re.compile("/login$"))
    person.fill_in_login()

    expect(person.page.get_by_role("heading", name="Order not found")).to_be_visible()
    assert person.page.url.endswith(read_order)
    person.context.close()


def test_signing_out_ends_the_session_in_every_tab(browser: Browser, stack: Endpoints) -> None:
    person = Person(browser, stack)
    person.register()
    person.login()
    other = person.context.new_page()
    other.goto("/orders")
    expect(other.get_by_role("heading", name="No orders yet")).to_be_visible()

    person.page.goto("/account")
    person.page.get_by_role("button", name="Sign out").click()

    expect(person.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    person.context.close()


def test_an_order_is_created_and_paid_by_keyboard(member: Person, unpaid: Path) -> None:
    page = member.page
    page.goto("/orders")
    expect(page.get_by_role("button", name="New order")).to_be_visible()
    # Registered first: a chooser that opens before its handler is registered is lost.
    page.once("filechooser", lambda chooser: chooser.set_files(unpaid))

    page.keyboard.press("n")
    expect(page.get_by_label("Title (optional)")).to_be_focused()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()
    page.keyboard.press("u")
    pay = page.get_by_role("button", name="Pay €2.50")
    expect(pay).to_be_enabled()
    pay.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Card number").focus()
    page.keyboard.type(f"{GOOD}1240123")
    page.keyboard.press("Enter")
    member.expect_paid()
    page.get_by_role("link", name="Open the analysis").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Facts")).to_be_visible()
    page.keyboard.press("j")

    expect(page.get_by_role("img", name="Location of the fact")).to_be_visible()


def test_the_journey_fits_a_phone_in_dark_mode(browser: Browser, stack: Endpoints) -> None:
    person = Person(
        browser,
        stack,
        viewport={"width": 360, "height": 740},
        color_scheme="dark",
        has_touch=True,
    )
    person.register()
    person.login()
    person.create_order("On the way", RECEIPT)
    person.start_payment("€2.50")
    person.pay("€2.50", GOOD)
    person.expect_paid()
    person.page.get_by_role("link", name="Open the analysis").click()
    person.page.get_by_role("button", name=re.compile("^Merchant|^Total")).first.click()

    expect(person.page.get_by_role("img", name="Page 1 of receipt.jpg")).to_be_visible()
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert person.page.evaluate("document.documentElement.dataset.scheme") == "dark"
    person.context.close()


def test_a_customer_takes_the_data_of_the_account_along(
    browser: Browser, stack: Endpoints, member: Person, paid_order: str
) -> None:
    person = Person(browser, stack)
    person.email, person.password = member.email, member.password
    person.login()
    person.page.goto("/account")
    expect(person.page.get_by_text(person.email, exact=True)).to_be_visible()
    person.page.get_by_role("link", name="Download your data").click()
    person.page.get_by_role("button", name="Request an archive").click()
    expect(person.page.get_by_text("is being made")).to_be_visible()
    button = person.page.get_by_role("button", name="Download: ZIP archive")
    expect(button).to_be_visible()

    with person.page.expect_download() as download:
        button.click()
    with ZipFile(download.value.path()) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    person.context.close()

    order_id = paid_order.rpartition("/")[2]
    schema = jsonschema_rs.validator_for(json.loads(EXPORT.stored))
    described = [
        path for path in content if path.endswith(("account.json", "order.json", "document.json"))
    ]
    for path in described:
        schema.validate(json.loads(content[path]))
    assert json.loads(content["account.json"])["profile"]["email"] == person.email
    (document_path,) = json.loads(content[f"orders/{order_id}/order.json"])["documents"]
    document = json.loads(content[document_path])
    assert content[document["file"]] == RECEIPT.read_bytes()
    assert json.loads(content[document["result"]])["pages"]
    assert document["analysis"]["document_id"] == document["document"]["id"]


def test_no_page_has_an_accessibility_violation(
    member: Person, read_order: str, paid_order: str
) -> None:
    page = member.page
    violations: dict[str, dict[str, list[str]]] = {}

    for path in (
        "/orders",
        read_order,
        f"{read_order}/analysis",
        paid_order,
        f"{paid_order}/analysis",
        f"{paid_order}/payment",
        "/account",
        "/account/export",
        "/account/sessions",
        "/account/keys",
    ):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_load_state("networkidle")
        violations[path] = violations_by_scheme(page)

    assert violations == {path: {"light": [], "dark": []} for path in violations}
