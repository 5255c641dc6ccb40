from docket.table.client import ConditionFailed


def test_a_refusal_names_its_first_part_and_shows_no_item():
    refused = ConditionFailed({2: {"title": "private"}, 1: None})

    assert (refused.part, refused.stored_item) == (1, None)
    assert refused.refused[2] == {"title": "private"}
    assert "private" not in repr(refused) + str(refused) + repr(refused.args)
