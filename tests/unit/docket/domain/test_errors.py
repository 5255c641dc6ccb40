import re

from docket.domain import errors


def every_error(root=errors.DocketError):
    for error in root.__subclasses__():
        yield error
        yield from every_error(error)


def test_the_docstring_lists_every_error():
    documented = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))

    assert documented == {error.__name__ for error in every_error()}


def test_bad_input_has_the_problems_of_its_fields():
    problem = errors.FieldProblem("size", "too_big", {"maximum": 5})

    assert errors.BadInput(problem).problems == (problem,)


def test_a_rejected_transition_has_the_allowed_ones():
    assert errors.IllegalMove("pending", "completed", ["cancelled"]).allowed == ("cancelled",)
    assert errors.IllegalMove("completed", "cancelled", []).params["context"] == "final"


def test_too_many_tries_has_a_retry_time():
    assert errors.TooManyTries(90).retry_after == 90
