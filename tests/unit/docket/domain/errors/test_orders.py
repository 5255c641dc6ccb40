from docket.domain import errors


def test_a_rejected_transition_has_the_allowed_ones():
    assert errors.IllegalMove("pending", "completed", ["cancelled"]).allowed == ("cancelled",)
    assert errors.IllegalMove("completed", "cancelled", []).params["context"] == "final"
