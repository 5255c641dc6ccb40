"""How line items are compared with their ground truth."""

from analysis import LineItem
from bench.reader.item_scores import ItemScore
from bench.reader.receipt_items import labelled
from bench.reader.unseen import unseen


def an_item(description, amount, quantity=None, confidence=None):
    return LineItem(
        description=description, quantity=quantity, unit_price=None, amount=amount, page=None,
        box=None, confidence=confidence,
    )  # fmt: skip


def test_an_item_is_right_if_its_amount_is_exact_and_its_description_similar():
    score = ItemScore()
    stated = [an_item("Oak board 2 m", "12.50", "2"), an_item("Wood glue", "6.00")]
    found = [
        an_item("0ak board 2m", "12.5", "2.0", 0.9), an_item("Delivery", "6.00", confidence=0.7),
    ]  # fmt: skip

    assert score.add(stated, found) == ("missing ['Wood glue 6.00'] excess ['Delivery 6.00']")
    assert score.outcomes == [(0.9, True), (0.7, False)]
    assert score.shares() == {
        "precision": 0.5, "recall": 0.5, "documents": 1, "all_exact": 0, "without_any": 0,
        "quantity": 1.0,
    }  # fmt: skip


def test_a_third_of_the_labelled_receipts_is_held_back():
    receipts = labelled()

    assert (len(receipts), len(receipts.keys() & unseen())) == (46, 15)
    assert all(receipts.values())
