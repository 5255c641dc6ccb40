"""What is no part of a party's name, and the parties of Japanese invoices."""

import pytest

from analysis import read
from analysis.extract import receipt, values
from analysis.extract.invoice import company_names, east_asian
from analysis.layout.lines import group_lines
from analysis.model import Box, Line, Page
from tests.unit.analysis.documents import a_pdf, best_values

ITEMS = [
    (56, 400, "Description"), (400, 400, "Qty"), (500, 400, "Amount"),
    (56, 420, "Site survey"), (400, 420, "2"), (500, 420, "500.00"),
    (400, 490, "Total"), (500, 490, "500.00"),
]  # fmt: skip


def a_page(*lines):
    """A page with each `(left, row, text)`."""
    return Page(
        number=0, width=600, height=800, source="text", confidence=1.0,
        lines=tuple(
            Line(text, Box(left, row / 40, left + 0.02 * len(text), row / 40 + 0.015))
            for left, row, text in lines
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Consignee / Deliver to", "Buyer (Bill to)", "Shipper / Consignor:", "Käufer", "Ship to"],
)
def test_the_headings_of_a_party_are_no_name(text):
    assert company_names.is_heading(text)


@pytest.mark.parametrize("text", ["Shipper Ltd", "Customer Focus Ltd", "Kunde & Sohn GmbH"])
def test_a_name_that_begins_like_a_heading_is_none(text):
    assert not company_names.is_heading(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dental Partners PLLC 801 Colley Ave Norfolk", "Dental Partners PLLC"),
        ("Kestrel Packaging Ltd, 4 Gunnels Wood Road", "Kestrel Packaging Ltd"),
        ("Brandt GmbH 12 Hauptstraße", "Brandt GmbH"),
        ("Studio AG 2000", "Studio AG 2000"),
    ],
)
def test_a_street_behind_the_legal_form_is_no_part_of_the_name(text, name):
    assert company_names.without_street(text) == name


@pytest.mark.parametrize("line", ["c/o Brinkmann KG", "z. Hd. Weber GmbH", "Attn: Hadley Ltd"])
def test_who_passes_a_letter_on_is_no_party(line):
    facts = best_values(read(a_pdf([
        (56, 60, "Malerbetrieb Ostermann"), (56, 74, "Limmerstraße 55, 30451 Hannover"),
        (56, 150, "WEG Göttinger Hof"), (56, 164, line), (56, 178, "Georgstraße 20"),
        (56, 192, "30159 Hannover"), (400, 250, "Rechnung Nr. 4711"), *ITEMS,
    ]), "a.pdf", ""))  # fmt: skip

    assert (facts["seller"], facts["buyer"]) == ("Malerbetrieb Ostermann", "WEG Göttinger Hof")


def test_the_head_of_a_table_is_no_buyer():
    facts = best_values(read(a_pdf([
        (56, 60, "Tidewater Drywall & Paint"), (56, 90, "INVOICE 1187"), (56, 130, "Bill to"),
        (56, 180, "Work carried out"), (200, 180, "Qty"), (300, 180, "Unit price"),
        (400, 180, "Amount"), (56, 200, "Ceiling"), (200, 200, "2"), (300, 200, "50.00"),
        (400, 200, "100.00"), (300, 240, "Total"), (400, 240, "100.00"),
    ]), "a.pdf", ""))  # fmt: skip

    assert facts.get("buyer") != "Work carried out"


@pytest.mark.parametrize("title", ["DELIVERY NOTE", "Lieferschein Nr. 12", "Albarán", "QUOTATION"])
def test_the_heading_of_a_page_is_no_seller(title):
    assert company_names.DOCUMENT_TITLE.search(title)


@pytest.mark.parametrize("name", ["Quotation Systems Ltd", "Statement Furniture Inc"])
def test_a_company_named_like_a_heading_is_one(name):
    assert not company_names.DOCUMENT_TITLE.search(name)


@pytest.mark.parametrize(
    "addressed",
    [
        [(0.1, 4, "合同会社ひばり"), (0.3, 4, "御中")],
        [(0.1, 4, "合同会社ひばり 御中")],
        [(0.1, 4, "合同会社ひばり\u3000様")],
        [(0.1, 4, "お客様\uff1a 合同会社ひばり 御中")],
    ],
)
def test_the_buyer_is_honored_and_the_seller_has_a_registration(addressed):
    page = a_page(
        *addressed, (0.6, 6, "発行元\uff1a 株式会社青葉設備"), (0.6, 7, "宮城県仙台市青葉区一番町"),
        (0.6, 8, "登録番号\uff1aT5370001028834"),
    )  # fmt: skip

    names = {fact.name: fact.value for fact in east_asian.stated(group_lines(page))}

    assert names == {"buyer": "合同会社ひばり", "seller": "株式会社青葉設備"}


@pytest.mark.parametrize("printed", ["BE 0417.932.814", "BE0417932814", "BE 0417 932 814"])
def test_a_belgian_number_is_read_in_each_notation(printed):
    assert [match.value for match in values.vat_ids(printed)] == ["BE0417932814"]


@pytest.mark.parametrize("street", ["Shop 4, 212 Lygon Street", "12 High Street", "Unit 7B"])
def test_the_street_is_no_part_of_the_merchant(street):
    assert receipt.is_of_address(street)


@pytest.mark.parametrize("name", ["Freshfield Market", "Café 21", "Shopping Centre Ltd"])
def test_a_merchant_is_no_street(name):
    assert not receipt.is_of_address(name)


@pytest.mark.parametrize(
    ("buyer", "seller"),
    [
        ("购买方名称\uff1a", "销售方名称\uff1a"),
        ("购买方: ", "销售方: "),
        ("客户\uff1a", "开票单位\uff1a"),
    ],
)
def test_the_parties_of_a_chinese_invoice_stand_behind_their_labels(buyer, seller):
    names = ("北京晨光科技有限公司", "上海远航贸易有限公司")
    page = a_page((0.05, 5, buyer + names[0]), (0.55, 5, seller + names[1]))

    found = {fact.name: fact.value for fact in east_asian.stated(group_lines(page))}

    assert (found["buyer"], found["seller"]) == names
