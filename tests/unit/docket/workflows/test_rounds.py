from docket.workflows.rounds import rounds


def test_each_round_names_a_subject_once_and_keeps_the_order():
    names = ["a1", "b1", "a2", "c1", "a3", "b2"]

    assert list(rounds(names, key=lambda word: word[0])) == [
        ["a1", "b1", "c1"],
        ["a2", "b2"],
        ["a3"],
    ]


def test_a_round_has_at_most_ten_items():
    assert [len(part) for part in rounds(range(23), key=lambda n: n)] == [10, 10, 3]


def test_items_beyond_a_full_round_do_not_overtake_each_other():
    assert list(rounds(["a1", "b1", "b2", "c1"], key=lambda w: w[0], most=1)) == [
        ["a1"],
        ["b1"],
        ["b2"],
        ["c1"],
    ]


def test_nothing_makes_no_round():
    assert list(rounds([], key=str)) == []
