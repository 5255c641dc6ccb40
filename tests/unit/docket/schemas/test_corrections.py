import pytest
from pydantic import ValidationError

from docket.schemas.corrections import CorrectFactRequest

BOX = (0.1, 0.1, 0.2, 0.2)


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"action": "accept"}, []),
        ({"action": "correct", "value": "1"}, []),
        ({"action": "correct", "value": "1", "page": 1, "box": BOX}, []),
        ({"action": "correct"}, [("value", "required")]),
        ({"action": "correct", "value": "1", "page": 1}, [("box", "required")]),
        ({"action": "reset", "value": "1"}, [("value", "only_with_correct")]),
    ],
)
def test_an_action_has_its_own_fields(fields, problems):
    request = CorrectFactRequest(**fields)

    assert [(problem.field, problem.code) for problem in request.problems()] == problems


@pytest.mark.parametrize("box", [(0.2, 0.1, 0.1, 0.2), (0, 0, 1.1, 1), (0, 0.5, 1, 0.5)])
def test_a_box_is_on_the_page(box):
    with pytest.raises(ValidationError):
        CorrectFactRequest(action="correct", value="1", page=1, box=box)
