"""The facts of quotations, delivery notes and reminders."""

from analysis.extract.catalogue.spec import FactSpec

FACTS: tuple[FactSpec, ...] = (
    FactSpec(
        name="quotation_number",
        meaning="The number of the quotation",
        type="text",
        labels={"en": "Quotation number", "de": "Angebotsnummer"},
        kinds=("quotation",),
    ),
    FactSpec(
        name="valid_until",
        meaning="The last day on which the quotation can be accepted",
        type="date",
        labels={"en": "Valid until", "de": "Gültig bis"},
        kinds=("quotation",),
        timeline=True,
    ),
    FactSpec(
        name="delivery_note_number",
        meaning="The number of the delivery note",
        type="text",
        labels={"en": "Delivery note number", "de": "Lieferscheinnummer"},
        kinds=("delivery_note",),
    ),
    FactSpec(
        name="carrier",
        meaning="Who carries the goods",
        type="text",
        labels={"en": "Carrier", "de": "Spediteur"},
        kinds=("delivery_note",),
    ),
    FactSpec(
        name="reminder_level",
        meaning="Which reminder it is, as printed",
        type="text",
        labels={"en": "Reminder", "de": "Mahnstufe"},
        kinds=("reminder",),
    ),
    FactSpec(
        name="reminder_fee",
        meaning="The fee for the reminder",
        type="money",
        labels={"en": "Reminder fee", "de": "Mahngebühr"},
        kinds=("reminder",),
    ),
)
