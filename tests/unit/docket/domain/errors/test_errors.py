import re

from docket.domain import errors


def every_error(root=errors.DocketError):
    for error in root.__subclasses__():
        yield error
        yield from every_error(error)


def test_the_docstring_lists_every_error():
    documented = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))

    assert documented == {error.__name__ for error in every_error()}


def test_every_error_is_imported_from_here():
    assert {error.__name__ for error in every_error()} <= set(errors.__all__)
