"""Ids and secrets in Stripe's formats. A seeded generator gives the same ones in every run."""

from random import Random


class Ids:
    """Draws ids from `random`."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def new(self, prefix: str) -> str:
        """A new id: `pi_3…`."""
        return f"{prefix}_3{self.text(23)}"

    def text(self, length: int) -> str:
        """Random hexadecimal digits."""
        return f"{self.random.getrandbits(4 * length):0{length}x}"
