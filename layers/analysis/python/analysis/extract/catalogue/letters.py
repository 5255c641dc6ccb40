"""The facts of letters."""

from analysis.extract.catalogue.spec import FactSpec

FACTS: tuple[FactSpec, ...] = (
    FactSpec(
        name="sender",
        meaning="Who wrote the letter",
        type="text",
        labels={"en": "Sender", "de": "Absender"},
        kinds=("letter",),
        party=True,
        quote=(1, 3),
    ),
    FactSpec(
        name="recipient",
        meaning="Who the letter is for",
        type="text",
        labels={"en": "Recipient", "de": "Empfänger"},
        kinds=("letter",),
        party=True,
    ),
    FactSpec(
        name="subject",
        meaning="What the letter is about",
        type="text",
        labels={"en": "Subject", "de": "Betreff"},
        kinds=("letter",),
        quote=(2, 3),
    ),
)
