import pytest

from docket.auth.new_passwords import require_acceptable
from docket.domain.errors import BadInput


def test_a_common_password_is_refused_at_its_field():
    with pytest.raises(BadInput) as refused:
        require_acceptable("Password1", "ada@example.com", None, field="new_password")

    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("new_password", "password_common")


def test_another_password_is_accepted():
    require_acceptable("seven purple bicycles", "ada@example.com", "Ada")
