"""The one way a document can fail: it cannot be read, for a reason that a person understands."""


class Unreadable(Exception):
    """A document that cannot be read.

    `code` is stable, snake_case and meant for programs; `reason` is a sentence for a person
    that says what to do about it.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
