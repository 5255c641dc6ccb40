"""The facts of contracts."""

from analysis.extract.catalogue.spec import FactSpec

FACTS: tuple[FactSpec, ...] = (
    FactSpec(
        name="party",
        meaning="A party to the contract",
        type="text",
        labels={"en": "Party", "de": "Partei"},
        kinds=("contract",),
        party=True,
        repeats=True,
    ),
    FactSpec(
        name="effective_date",
        meaning="The day the contract takes effect",
        type="date",
        labels={"en": "In force from", "de": "Gültig ab"},
        kinds=("contract",),
        timeline=True,
    ),
    FactSpec(
        name="term",
        meaning="How long the contract lasts, as worded",
        type="text",
        labels={"en": "Term", "de": "Laufzeit"},
        kinds=("contract",),
    ),
    FactSpec(
        name="governing_law",
        meaning="The law that governs the contract",
        type="text",
        labels={"en": "Governing law", "de": "Anwendbares Recht"},
        kinds=("contract",),
    ),
    FactSpec(
        name="notice_period",
        meaning="The period of notice, as worded",
        type="text",
        labels={"en": "Notice", "de": "Kündigungsfrist"},
        kinds=("contract",),
    ),
    FactSpec(
        name="signature",
        meaning="The name of a person who signs",
        type="text",
        labels={"en": "Signature", "de": "Unterschrift"},
        kinds=("contract",),
        repeats=True,
    ),
)
