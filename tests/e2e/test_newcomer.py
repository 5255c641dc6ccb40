"""A newcomer's way: from the first page through the samples and registration to results in Excel.

Thirty files are uploaded and paid for, and every doubtful fact is reviewed by keys alone. Nothing
is found by an id: a newcomer has only what is written on the pages.
"""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack import Endpoints
from tests.e2e.test_site_journey import GOOD, Person
from tests.e2e.timeouts import MANY_DOCUMENTS_MS
from tests.make import a_pdf

pytestmark = pytest.mark.filterwarnings(
    "ignore:Session-scoped fixtures defined as instance methods"
)

type Texts = dict[str, Any]

ENGLISH: Texts = {
    "first page": "/",
    "try": "Try it with our samples",
    "registration": "Create an account",
    "address": "Email address",
    "password": "Password",
    "register": "Create account",
    "samples": "Sample documents",
    "mark": "Sample",
    "price": "Price",
    "open": "Open the analysis",
    "documents": "Documents",
    "orders": "Orders",
    "new order": "New order",
    "title": "Title (optional)",
    "create": "Create order",
    "choose": "Choose files",
    "pay": r"^Pay €17\.00$",
    "card": "Card number",
    "expiry": "Expiration date",
    "code": "Security code",
    "paid": "Thank you, all done",
    "facts": "Facts",
    "next doubtful": "Next doubtful fact",
    "progress": "{} of 6 doubtful facts reviewed",
    "review": r"^Review of ",
    "finished": re.compile("^Review finished by you "),
    "correct": "Correct",
    "value": "Right value",
    "place": "Location of the fact",
    "number": "Invoice number",
    "download": "Download",
    "columns": ("File", "Invoice number", "Issued", "Gross", "To review"),
}
GERMAN: Texts = {
    "first page": "/de",
    "try": "Mit Beispielen ausprobieren",
    "registration": "Konto anlegen",
    "address": "E-Mail-Adresse",
    "password": "Passwort",
    "register": "Konto anlegen",
    "samples": "Beispieldokumente",
    "mark": "Beispiel",
    "price": "Preis",
    "open": "Auswertung öffnen",
    "documents": "Dokumente",
    "orders": "Aufträge",
    "new order": "Neuer Auftrag",
    "title": "Titel (optional)",
    "create": "Auftrag anlegen",
    "choose": "Dateien auswählen",
    "pay": r"^17,00\s€ bezahlen$",
    "card": "Kartennummer",
    "expiry": "Ablaufdatum",
    "code": "Sicherheitscode",
    "paid": "Danke, alles fertig",
    "facts": "Angaben",
    "next doubtful": "Nächste unsichere Angabe",
    "progress": "{} von 6 unsicheren Angaben geprüft",
    "review": r"^Prüfung: ",
    "finished": re.compile("^Prüfung von Ihnen abgeschlossen"),
    "correct": "Berichtigen",
    "value": "Richtiger Wert",
    "place": "Stelle der Angabe",
    "number": "Rechnungsnummer",
    "download": "Herunterladen",
    "columns": ("Datei", "Rechnungsnummer", "Ausgestellt", "Brutto", "Zu prüfen"),
}

UNSURE = (7, 18, 29)
"""The files whose number and day have no labels, so that both are doubtful."""


def invoices(folder: Path) -> dict[str, Path]:
    """Thirty invoices of one page, by their numbers."""
    paths = {}
    for file in range(1, 31):
        number = f"{4700 + file}" if file in UNSURE else f"INV-{file:05}"
        head = (
            f"Rechnung {number}\n2 March 2026"
            if file in UNSURE
            else f"Invoice number: {number}\nInvoice date: 2 March 2026"
        )
        path = folder / f"invoice-{file:02}.pdf"
        path.write_bytes(a_pdf(f"Invoice\n{head}\nTotal: EUR {100 + file}.00"))
        paths[number] = path
    return paths


@pytest.mark.parametrize(
    ("texts", "locale"), [(ENGLISH, "en-GB"), (GERMAN, "de-DE")], ids=["English", "German"]
)
def test_a_newcomer_goes_from_the_first_page_to_a_workbook(
    browser: Browser, stack: Endpoints, tmp_path: Path, texts: Texts, locale: str
) -> None:
    person = Person(browser, stack, locale=locale)
    page = person.page
    paths = invoices(tmp_path)

    try_the_samples(person, texts)
    upload(page, texts, list(paths.values()))
    pay(page, texts)
    numbers = review(page, texts, {number: number for number in paths})
    rows = download(page, texts)

    day = datetime(2026, 3, 2)  # noqa: DTZ001  # a cell of a workbook has no zone
    assert rows == {
        # The reader's next candidate stands instead of what was rejected, and is to be reviewed.
        (paths[read].name, number, day, 100 + file, None)
        if number
        else (paths[read].name, f"Rechnung {read}", day, 100 + file, texts["columns"][1])
        for file, (read, number) in enumerate(numbers.items(), 1)
    }
    person.context.close()


def try_the_samples(person: Person, texts: Texts) -> None:
    """From the first page through the registration to the analysis of the samples, and again."""
    page = person.page
    page.goto(texts["first page"])
    page.get_by_role("link", name=texts["try"]).click()
    expect(page.get_by_role("heading", name=texts["registration"])).to_be_visible()
    page.get_by_label(texts["address"]).fill(person.email)
    page.get_by_label(texts["password"]).fill(person.password)
    page.get_by_role("button", name=texts["register"]).click()

    # The order opens by itself, marked and without a price, and is read.
    expect(page.get_by_role("heading", level=1, name=texts["samples"])).to_be_visible()
    expect(page).to_have_url(re.compile("/orders/[^/]+$"))
    expect(page.get_by_text(texts["mark"], exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name=texts["price"], exact=True)).to_have_count(0)
    order = page.url
    page.get_by_role("link", name=texts["open"]).click()
    documents = page.get_by_role("navigation", name=texts["documents"])
    expect(documents.get_by_role("button", name=re.compile("invoice.pdf"))).to_be_visible()
    expect(documents.get_by_role("button", name=re.compile("contract.docx"))).to_be_visible()

    # A second try leads to the same order.
    page.goto("/samples")
    expect(page).to_have_url(order)
    page.goto("/orders")
    expect(page.get_by_role("link", name=re.compile(texts["samples"]))).to_have_count(1)


def upload(page: Page, texts: Texts, paths: list[Path]) -> None:
    """Create an order on the page of orders, and add the files to it."""
    page.get_by_role("button", name=texts["new order"]).click()
    page.get_by_label(texts["title"]).fill("March")
    page.get_by_role("button", name=texts["create"]).click()
    expect(page.get_by_role("heading", name="March")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=texts["choose"]).click()
    chooser.value.set_files(paths)


def pay(page: Page, texts: Texts) -> None:
    """Pay by card once all documents are read, and open the analysis."""
    button = page.get_by_role("button", name=re.compile(texts["pay"]))
    expect(button).to_be_enabled(timeout=MANY_DOCUMENTS_MS)
    button.click()
    page.get_by_label(texts["card"]).press_sequentially(GOOD)
    page.get_by_label(texts["expiry"]).fill("12 / 40")
    page.get_by_label(texts["code"]).fill("123")
    button.click()
    expect(page.get_by_role("heading", name=texts["paid"])).to_be_visible()
    page.get_by_role("link", name=texts["open"]).click()
    expect(page.get_by_text(texts["progress"].format(0))).to_be_visible()


def review(page: Page, texts: Texts, numbers: dict[str, str]) -> dict[str, str | None]:
    """Review every doubtful fact by keys, and finish that: the first number is right, the second is
    corrected, the third is rejected, and all days are right. Returns the numbers, by those read;
    instead of one that was rejected, None.
    """
    right: dict[str, str | None] = dict(numbers)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_text(texts["next doubtful"])).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    actions = iter("acx")
    for reviewed in range(1, 7):
        page.keyboard.press("n")
        fact = page.get_by_role("region", name=texts["facts"]).get_by_role("button", pressed=True)
        expect(fact).to_be_focused()
        expect(page.get_by_role("img", name=texts["place"])).to_be_visible()
        text = fact.inner_text()
        action = next(actions) if text.startswith(texts["number"]) else "a"
        page.keyboard.press(action)
        if action != "a":
            [read] = re.findall(r"\b47\d\d\b", text)
            right[read] = None
            if action == "c":
                right[read] = f"R-{read}"
                expect(page.get_by_role("textbox", name=texts["value"])).to_be_focused()
                page.keyboard.press("ControlOrMeta+A")
                page.keyboard.type(f"R-{read}")
                page.keyboard.press("Enter")
        expect(page.get_by_text(texts["progress"].format(reviewed))).to_be_visible()
        # The keys go on from where they are: the focus is not lost with a field.
        group = page.get_by_role("group", name=re.compile(texts["review"]))
        correct = group.get_by_role("button", name=texts["correct"], exact=True)
        expect(correct if action == "c" else fact).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_text(texts["finished"])).to_be_visible()
    return right


def download(page: Page, texts: Texts) -> set[tuple[object, ...]]:
    """The rows of the workbook's first sheet: file, number, day, sum and what is to be reviewed."""
    page.get_by_role("button", name=texts["download"], exact=True).click()
    with page.expect_download() as workbook:
        page.get_by_role("menuitem", name="(XLSX)").click()
    # Playwright's file has no extension, without which openpyxl opens no path.
    file = BytesIO(workbook.value.path().read_bytes())
    sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    places = [head.index(name) for name in texts["columns"]]
    return {tuple(row[place] for place in places) for row in rows}
