"""How the tables of other tools are compared with line items and cells."""

from analysis import LineItem
from bench.reader.others.rows import RowScore, cells_of, markdown_rows


def an_item(description, amount, quantity=None, unit_price=None):
    return LineItem(
        description=description, quantity=quantity, unit_price=unit_price, amount=amount,
        page=None, box=None,
    )  # fmt: skip


def test_the_rows_of_markdown_are_cells_without_the_rule_below_the_head():
    text = "Items\n| Oak &amp; ash | 2 |\n| --- | ---: |\n|  |  |\n| a \\| b | -5,00 |\nTotal | 3"

    assert list(markdown_rows(text)) == [["Oak & ash", "2"], ["a | b", "-5,00"]]


def test_cells_are_compared_by_their_letters_and_digits():
    assert cells_of([["1.5 kg", None, "Oak_"], ["", "15KG"]]) == {"15kg": 2, "oak": 1}


def test_an_item_is_in_a_row_with_its_amount_and_its_description():
    score = RowScore()
    items = [an_item("Oak board", "12.50", "2", "6.25"), an_item("Wood glue", "-6.00")]

    score.add(items, [["1", "Oak board, planed", "2,0 Stk", "6,25 €", "12,50 €"], [None, "-6.00"]])
    score.add(items[1:], [["Wood glue\nOak board", "-6.00\n12.50"], ["Wood glue", "- 6,00"]])

    assert score.shares() == {
        "items_in_rows": 0.667, "values_in_cells": 0.875, "documents": 2, "all_in_rows": 1,
    }  # fmt: skip


def test_rows_that_a_tool_does_not_divide_hold_no_item():
    score = RowScore()
    score.add([an_item("Wood glue", "6.00")], [["Wood glue\nOak board", "6.00\n12.50"]])

    assert score.shares()["items_in_rows"] == 0
