"""Divide a batch into rounds that name each subject once."""

from collections.abc import Callable, Hashable, Iterator, Sequence


def rounds[T](
    items: Sequence[T], *, key: Callable[[T], Hashable], most: int = 10
) -> Iterator[list[T]]:
    """The items in rounds of at most `most`, in which each key occurs once.

    Items with the same key keep their order.
    """
    left = list(items)
    while left:
        this_round: dict[Hashable, T] = {}
        later: list[T] = []
        for item in left:
            if key(item) in this_round or len(this_round) == most:
                later.append(item)
            else:
                this_round[key(item)] = item
        yield list(this_round.values())
        left = later
