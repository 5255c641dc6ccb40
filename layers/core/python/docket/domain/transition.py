"""What a transition of a document, a payment or a refund raises if the state does not allow it."""


class TransitionRefused(Exception):
    """The state does not allow the transition: it is repeated, late, or outdated."""
