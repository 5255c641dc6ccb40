import re

from docket.domain import errors


def every_error(root=errors.DocketError):
    for error in root.__subclasses__():
        yield error
        yield from every_error(error)


def test_the_drawing_has_every_error_and_no_other():
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))

    assert drawn == {error.__name__ for error in every_error()}


def test_a_refused_field_is_named_with_what_is_wrong_with_it():
    problem = errors.FieldProblem("size", "too_big", {"maximum": 5})

    assert errors.BadInput(problem).problems == (problem,)


def test_a_refused_move_says_what_is_allowed():
    assert errors.IllegalMove("pending", "completed", ["cancelled"]).allowed == ("cancelled",)
    assert errors.IllegalMove("completed", "cancelled", []).params["context"] == "final"


def test_who_has_to_wait_is_told_how_long():
    assert errors.TooManyTries(90).retry_after == 90
