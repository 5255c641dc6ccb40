"""The line items of receipts."""

import pytest

from analysis import Box, Page, read
from analysis.extract.receipt import items
from analysis.layout.lines import TextSpan
from tests.unit.analysis.documents import a_picture


def items_of_till(*lines, total="99.00"):
    page = Page(number=0, width=400, height=900, source="ocr", confidence=1.0)
    till = [
        [
            TextSpan(text, Box(left, 0.03 * row, left + 0.1, 0.03 * row + 0.02), page, row)
            for left, text in zip((0.1, 0.3, 0.5, 0.7, 0.9), texts, strict=False)
            if text
        ]
        for row, texts in enumerate([*lines, ("Total", total)])
    ]
    return [
        (item.description, item.quantity, item.unit, item.unit_price, item.discount, item.amount)
        for item in items.find(till)
    ]


def test_a_weight_is_a_quantity_with_its_unit():
    assert items_of_till(
        ("Bananas", ""),
        ("1,234 kg x 1,99 EUR/kg", "2,46 B"),
        ("Apples 0.452 kg @ $4.99/kg", "2.26"),
    ) == [
        ("Bananas", "1.234", "kg", "1.99", None, "2.46"),
        ("Apples", "0.452", "kg", "4.99", None, "2.26"),
    ]


@pytest.mark.parametrize(
    "counted",
    ["2 @ $4.50 EACH", "2 @ 4.50 ea.", "2 x 4,50 EUR/Stk", "2 x 4,50 €/St.", "2 x 4,50 je Stk",
     "2 x 4.50 per pack", "2 x 4,50 chacun", "2 x 4,50 cad."],
)  # fmt: skip
def test_a_count_below_an_item_may_say_of_what_its_price_is(counted):
    assert items_of_till(
        ("Tim Tam Original", "9.00"), (counted, ""), ("Tasty cheese 500g", "8.20")
    ) == [
        ("Tim Tam Original", "2", None, "4.50", None, "9.00"),
        ("Tasty cheese 500g", None, None, None, None, "8.20"),
    ]


def test_a_count_with_an_amount_of_its_own_is_another_item_of_the_same_price():
    till = (("Kopi", ""), ("1 x 2.20", "2.20"), ("Cham", ""), ("1 x 2.20", "2.20"))

    assert items_of_till(*till) == [
        ("Kopi", "1", None, "2.20", None, "2.20"), ("Cham", "1", None, "2.20", None, "2.20"),
    ]  # fmt: skip


HEADS_OF_TILL = ("Item", "Qty", "U/Price", "Amount")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param(
            [
                HEADS_OF_TILL,
                ("4971850134824", "1", "53.00", "53.00S"), ("Exercise book A4", ""),
                ("27932", "2", "5.40", "10.80S"), ("Blue pen 3's", ""),
            ],
            [("Exercise book A4", "1", "53.00", "53.00"), ("Blue pen 3's", "2", "5.40", "10.80")],
            id="names-below",
        ),
        pytest.param(
            [
                HEADS_OF_TILL,
                ("Walnut ice cream", ""), ("1", "WALK", "1.60", "1.60 ZRL"),
                ("Magnum almond", ""), ("2", "WALK", "4.50", "9.00 ZRL"),
            ],
            [("Walnut ice cream", "1", "1.60", "1.60"), ("Magnum almond", "2", "4.50", "9.00")],
            id="names-above-a-unit",
        ),
        pytest.param(
            [
                ("Qty", "Item", "Amount"),
                ("2", "L Filetofish", "21.18"), ("1 6Nuggets", "7.10"), ("no salt", ""),
            ],
            [("L Filetofish", "2", None, "21.18"), ("6Nuggets", "1", None, "7.10")],
            id="counts-in-the-first-column",
        ),
        pytest.param(
            [
                ("Item", "Price", "Qty", "Amount"),
                ("Cough syrup", "RM13.90", "X2", "RM27.80"),
                ("Vitamin C", "RM16.00", "X1", "RM16.00"),
            ],
            [("Cough syrup", "2", "13.90", "27.80"), ("Vitamin C", "1", "16.00", "16.00")],
            id="price-before-count",
        ),
        pytest.param(
            [
                HEADS_OF_TILL,
                ("Painkiller 30s", ""), ("1", "349000", "16.00", "16 SR"),
                ("Vitamin C (chewable)", ""), ("2", "178032", "10.50", "21 ZRL"),
            ],
            [
                ("Painkiller 30s", "1", "16.00", "16"),
                ("Vitamin C (chewable)", "2", "10.50", "21"),
            ],
            id="amounts-without-cents",
        ),
        pytest.param(
            [("Caffe", "1,20"), ("2 X 1,50", ""), ("Cornetto", "3,00")],
            [("Caffe", None, None, "1.20"), ("Cornetto", "2", "1.50", "3.00")],
            id="a-count-above-its-item",
        ),
        pytest.param(
            [("Sushi platter", "2.80"), ("RM 2.80", "2", "0.00", "RM5.60 SR")],
            [("Sushi platter", "2", "2.80", "5.60")],
            id="a-name-with-its-price",
        ),
        pytest.param(
            [("1) Oat milk", "2.40"), ("2) Rye bread", "3.10"), ("3) Eggs", "1.95")],
            [
                ("Oat milk", None, None, "2.40"), ("Rye bread", None, None, "3.10"),
                ("Eggs", None, None, "1.95"),
            ],
            id="positions",
        ),
        pytest.param(
            [("100 Plus 1.5L", "3.20"), ("Toothpaste Total care", "2.10")],
            [("100 Plus 1.5L", None, None, "3.20"), ("Toothpaste Total care", None, None, "2.10")],
            id="numbers-and-totals-in-names",
        ),
        pytest.param(
            [
                ("Water", "RM.50 s"), ("Plaster 10pcs", "RM3.20 2"), ("Rice", "S7.10"),
                ("5ubT0tal", "10.80"),
            ],
            [
                ("Water", None, None, "0.50"), ("Plaster 10pcs", None, None, "3.20"),
                ("Rice", None, None, "7.10"),
            ],
            id="misread-signs-and-words",
        ),
    ],
)  # fmt: skip
def test_the_layouts_of_tills_are_known(lines, found):
    total = sum(float(amount) for *_, amount in found)

    assert [
        (name, count, price, amount)
        for name, count, _, price, _, amount in items_of_till(*lines, total=f"{total:.2f}")
    ] == found


@pytest.mark.parametrize("texts", [("2 Kopi 2.20 4.40", ""), ("2", "Kopi", "2.20", "4.40")])
def test_a_row_is_read_however_its_words_are_divided(texts):
    lines = (("Qty Item Price Amount", ""), texts)

    assert items_of_till(*lines, total="4.40") == [("Kopi", "2", None, "2.20", None, "4.40")]


def test_an_amount_that_is_misread_is_what_count_and_price_make():
    lines = (("Batteries", ""), ("2 *", "2.50", "5.0J"), ("Fish head", ""), ("1", "35.00", "0.00"))

    assert [item[-1] for item in items_of_till(HEADS_OF_TILL, *lines, total="40.00")] == [
        "5.00", "35.00",
    ]  # fmt: skip
    assert [item[-1] for item in items_of_till(HEADS_OF_TILL, *lines, total="35.00")] != [
        "5.00", "35.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "total", "amounts"),
    [
        pytest.param(
            [("Soya drink", "430"), ("Fried egg", "1.80")], "6.10", ["4.3", "1.80"], id="lost-dot",
        ),
        pytest.param(
            [("Tape 48mm", ""), ("12089", "2", "350700"), ("Glue", "2.00")], "9.00",
            ["7", "2.00"], id="price-and-amount-joined",
        ),
        pytest.param(
            [("Nut oil", "1", "15.00", "15.0O"), ("Salt", "12 .50")], "27.50",
            ["15.00", "12.50"], id="letters-and-blanks-in-numbers",
        ),
        pytest.param(
            [("French fries", "12.00 9R"), ("Chicken wings", "22.00 SR")], "34.00",
            ["12.00", "22.00"], id="misread-code-of-a-tax",
        ),
        pytest.param(
            [("Battery AA", ""), ("2 *", "2.50", "5.03")], "5.00", ["5.00"], id="misread-cent",
        ),
        pytest.param(
            [("Bleach 10L", ""), ("2 x 11.50", "2300 S"), ("Bread", "4.45")], "99.99",
            ["23.00", "4.45"], id="count-and-price-without-a-sum",
        ),
        pytest.param(
            [("Tea", "-2.20"), ("Bun", "1.10")], "3.30", ["2.20", "1.10"], id="a-speck-as-minus",
        ),
        pytest.param(
            [("Rice", "6.50"), ("Egg", "1.90"), ("Tofu", "2.20")], "10.55",
            ["6.50", "1.90", "2.20"], id="two-possible-digits",
        ),
    ],
)  # fmt: skip
def test_amounts_are_what_ocr_misread_only_if_all_add_up(lines, total, amounts):
    assert [item[-1] for item in items_of_till(*lines, total=total)] == amounts


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(
            [("1TEM", "QTY", "AM0UNT"), ("10023", "1", "3.50"), ("Ruler", "")], ["Ruler"],
            id="misread-head",
        ),
        pytest.param(
            [("Counter : 04", ""), ("Toilet roll 20s", ""), ("1 X 3.50", "3.50")],
            ["Toilet roll 20s"], id="label-above",
        ),
        pytest.param(
            [("Wholemeal", "2.78", "5 o", "e", "3.50")], ["Wholemeal"], id="misread-columns",
        ),
        pytest.param(
            [("Lack side table", "3.00"), ("Towel", "0.50")], ["Lack side table", "Towel"],
            id="words-of-the-sale-in-names",
        ),
        pytest.param(
            [("Lait 1L", "0.99 €"), ("Pommes", ""), ("0,850 kg", "2,95 €/kg", "2.51 €")],
            ["Lait 1L", "Pommes"], id="signs-behind-amounts",
        ),
        pytest.param(
            [("Band-aid 20s", "3.50T"), ("You saved", "0.80")], ["Band-aid 20s"],
            id="savings-that-only-inform",
        ),
        pytest.param(
            [("Pint", "2.00"), ("Pie", "1.50"), ("Food", "1.50"), ("Beverage", "2.00")],
            ["Pint", "Pie"], id="sums-of-departments",
        ),
        pytest.param(
            [("Type Rate A", "4.00"), ("Parking fee", "3.50")], ["Parking fee"], id="a-rate-above",
        ),
    ],
)  # fmt: skip
def test_only_items_are_items_and_only_names_are_names(lines, names):
    assert [item[0] for item in items_of_till(*lines, total="3.50")] == names


def test_items_without_the_printed_tax_and_service_charge_are_certain():
    till = (("Satay", "10.00"), ("Tea", "4.O0"), ("Service charge", "1.40"), ("GST", "0.92"))

    assert [item[-1] for item in items_of_till(*till, total="16.32")] == ["10.00", "4.00"]


def test_goods_and_deposits_that_are_given_back_are_items():
    assert [
        item[-1]
        for item in items_of_till(
            ("Bread", "3.10"), ("Cake", "0.72", "-8", "-5.76"), ("Leergut", "-0.25"), total="-2.91"
        )
    ] == ["3.10", "-5.76", "-0.25"]


def test_a_cancelled_item_is_removed():
    lines = (("Soap", "3.00"), ("Glue", "2.00"), ("Void Glue", "-2.00"))

    assert [item[0] for item in items_of_till(*lines, total="3.00")] == ["Soap"]


def test_items_below_the_subtotal_of_a_tax_are_items():
    lines = (
        ("White bread", "2.13", "5", "10.65"), ("Total 0% supplies", "10.65"),
        ("Chocolate roll", "0.72", "18", "12.96"), ("Total 6% supplies", "12.96"), ("GST", "0.78"),
    )  # fmt: skip

    assert [item[-1] for item in items_of_till(*lines, total="24.39")] == ["10.65", "12.96"]


def test_a_discount_lowers_the_price_of_the_item_above_it():
    assert items_of_till(
        ("Milk 3.5%", "1.98 A"), ("2 x 0.99", ""), ("Rabatt 20%", "-0.40"), ("Glue", "2.00"),
        ("Member discount", "-0.50"), ("Bread", "3.00"),
    ) == [
        ("Milk 3.5%", "2", None, "0.99", "0.40", "1.58"),
        ("Glue", None, None, None, "0.50", "1.50"),
        ("Bread", None, None, None, None, "3.00"),
    ]  # fmt: skip


SHOP = [("NORTH QUAY STORES", ""), ("14 Harbour Road", ""), ("Date: 14/03/2026 10:22", "")]
PAID = [("Total", "18.84"), ("Cash", "20.00"), ("Change", "1.16")]


def receipt_items(*lines):
    data = a_picture([*SHOP, *lines, *PAID])
    result = read(data, "receipt.jpg", "image/jpeg")
    assert result.kind == "receipt"
    return [
        (item.description, item.quantity, item.unit_price, item.amount)
        for item in result.line_items
    ]


def test_rows_of_two_cells_are_items_of_a_receipt():
    lines = [("Wood screws", "6.49"), ("Paint brush", "8.25"), ("Sandpaper", "4.10")]

    assert receipt_items(*lines) == [
        ("Wood screws", None, None, "6.49"),
        ("Paint brush", None, None, "8.25"),
        ("Sandpaper", None, None, "4.10"),
    ]


def test_a_name_above_or_a_quantity_below_belongs_to_the_item():
    lines = [
        ("Wood screws 40 mm box", ""),
        ("2 x 3.25", "6.50"),
        ("Paint brush wide", "8.24"),
        ("2 x 4.12", ""),
        ("Sandpaper sheet", "4.10"),
    ]

    assert receipt_items(*lines) == [
        ("Wood screws 40 mm box", "2", "3.25", "6.50"),
        ("Paint brush wide", "2", "4.12", "8.24"),
        ("Sandpaper sheet", None, None, "4.10"),
    ]


def test_taxes_and_payments_are_no_items_of_a_receipt():
    lines = [("Wood screws", "17.60"), ("Subtotal", "17.60"), ("GST 7.05%", "1.24")]

    assert receipt_items(*lines) == [("Wood screws", None, None, "17.60")]
