import pytest

from docket.domain.errors import DocketError
from docket.domain.transition import TransitionRefused
from tests.make import a_document


def test_a_refused_transition_is_not_an_error_of_a_request():
    with pytest.raises(TransitionRefused) as refused:
        a_document().read_again(a_document().added_at)

    assert not isinstance(refused.value, DocketError)
