from docket.domain import errors


def test_bad_input_has_the_problems_of_its_fields():
    problem = errors.FieldProblem("size", "too_big", {"maximum": 5})

    assert errors.BadInput(problem).problems == (problem,)


def test_too_many_tries_has_a_retry_time():
    assert errors.TooManyTries(90).retry_after == 90
