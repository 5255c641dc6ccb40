"""A field of a fillable form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from analysis.model.box import WHOLE_PAGE, Box, box_of, list_of

type FieldType = Literal["text", "checkbox", "radio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A text field with its value, or a check box or radio button that is `ticked` or not.

    `name` is what the form calls it for people; of many forms it is empty.
    """

    type: FieldType
    name: str
    value: str
    ticked: bool
    box: Box

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON."""
        return {
            "type": self.type,
            "name": self.name,
            "value": self.value,
            "ticked": self.ticked,
            "box": list_of(self.box),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The field of `to_dict`; without a box it has the whole page."""
        return cls(**{**raw, "box": box_of(raw["box"]) or WHOLE_PAGE})
