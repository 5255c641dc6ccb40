"""Contracts in the words of several drafters, with their facts; a part of the words is held out.

A contract's wording is either wholly from the `used` alternatives of `contracts.json` or wholly
from the `held_out` ones, which no rule or model is made with.
"""

import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from training.generated import drawing
from training.generated.names import COUNTRIES, Names, language_of

_WORDS = Path(__file__).with_suffix(".json")
_STATES = ("Delaware", "New York", "California", "Texas", "Nevada", "Illinois", "North Carolina")
_ENTITIES = ("corporation", "limited liability company", "limited partnership")
_LAWS: dict[str, tuple[str, ...]] = {
    "en": ("England and Wales", "Ireland", "New York", "Singapore", "India", "Ontario"),
    "de": ("deutsches Recht", "österreichisches Recht", "schweizerisches Recht",
           "das Recht der Bundesrepublik Deutschland"),
    "fr": ("droit français", "droit belge", "droit suisse"),
    "it": ("legge italiana", "legge svizzera"),
    "es": ("legislación española", "ley española"),
    "nl": ("Nederlands recht", "Belgisch recht"),
}  # fmt: skip
_DATIVE = {"deutsches": "deutschem", "österreichisches": "österreichischem",
           "schweizerisches": "schweizerischem"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contract:
    data: bytes
    language: str
    held_out: bool
    truth: dict[str, list[str]]


@cache
def _vocabulary() -> dict[str, Any]:
    vocabulary: dict[str, Any] = json.loads(_WORDS.read_text())
    return vocabulary


def make(seed: int, *, held_out: bool) -> Contract:
    draw = random.Random(f"contract {seed} {held_out}")  # noqa: S311 - not a secret
    country = draw.choice(("US", "GB", "US", "GB", "DE", "DE", *COUNTRIES))
    language = language_of(country)
    vocabulary = _vocabulary()[language]
    names = Names(draw, country)

    def pick(part: str) -> Any:
        return draw.choice(vocabulary[part]["held_out" if held_out else "used"])

    fields, day = _fields(draw, names, vocabulary, pick("roles"))
    fields["title"] = pick("titles")
    fields["TITLE"] = fields["title"].upper()
    preamble, law, notice = pick("preambles"), pick("laws"), pick("notices")
    if not held_out and names.chance(0.7):
        preamble = _composed(draw, vocabulary["parts"])
    truth = {
        "party": [fields[name] for name in "abc" if f"{{{name}}}" in preamble],
        "term": [fields["term"]],
        "notice_period": [fields["notice" if "{notice}" in notice else "notice_of"]],
        "governing_law": [
            next(v for k, v in fields.items() if f"{{{k}}}" in law and "law" in k.lower())
        ],
    }
    terms, closing = pick("terms"), pick("closings")
    if any(
        f"{{{name}}}" in preamble + terms + closing for name in ("date", "ordinal_date", "signed")
    ):
        truth["effective_date"] = [day.isoformat()]
    clauses = [(vocabulary["headings"][part], text) for part, text in
               (("term", terms), ("notice", notice), ("law", law))]  # fmt: skip
    others = list(zip(vocabulary["headings"]["others"], vocabulary["others"], strict=True))
    clauses += draw.sample(others, draw.randint(1, len(others)))
    draw.shuffle(clauses)
    marks = draw.choice(["{n}. ", "§ {n} ", "Article {n} ", "{n} "])
    body: list[tuple[str, bool]] = [(fields["TITLE"], True)]
    body += [(part.format(**fields), False) for part in preamble.split("\n")]
    numbered = draw.choice([True, True, False])
    for number, (heading, text) in enumerate(clauses, 1):
        body.append((marks.format(n=number) + heading, True))
        label = f"{number}.1 " if numbered else ""
        body.append((label + text.format(**fields), False))
    body.append((closing.format(**fields), False))
    font = draw.choice(drawing.FONTS[:2])
    pages = drawing.flow(body, font, draw.choice([9.5, 10, 11]), draw.choice([56.0, 72.0]))
    return Contract(drawing.pdf(pages, font), language, held_out, truth)


def _composed(draw: random.Random, parts: dict[str, Any]) -> str:
    """A preamble of an opening, two parties and an ending, each in one of several wordings."""
    marks = draw.choice(parts["marks"])
    person, alias = draw.choice(parts["persons"]), draw.choice(parts["aliases"])
    both = []
    for mark, letter in zip(marks, "ab", strict=True):
        template = person if draw.choice([True, True, False]) else draw.choice(parts["persons"])
        text = mark + (template + alias).replace("{x}", f"{{{letter}}}")
        for name in ("role", "address", "state", "entity", "number", "person", "town"):
            text = text.replace(f"{{{name}}}", f"{{{name}_{letter}}}")
        both.append(text)
    opening = draw.choice(parts["openings"])
    gap = "" if opening.endswith("\n") else " "
    whole = opening + gap + draw.choice(parts["joins"]).join(both) + draw.choice(parts["endings"])
    return "\n".join(line.strip() for line in whole.split("\n") if line.strip())


def _fields(
    draw: random.Random, names: Names, vocabulary: dict[str, Any], roles: list[str]
) -> tuple[dict[str, str], Any]:
    language = language_of(names.country)
    day = names.day()
    notice, notice_of = draw.choice(vocabulary["notice_words"])
    law = draw.choice(_LAWS[language])
    first, _, rest = law.partition(" ")
    individuals = names.chance(0.2)
    a = names.person() if individuals else names.company(formal=names.chance(0.8))
    b = (
        names.person()
        if individuals or names.chance(0.2)
        else names.company(formal=names.chance(0.7))
    )
    fields = {
        "a": a, "b": b, "c": names.person(),
        "role_a": roles[0], "role_b": roles[1],
        "address_a": f"{names.street()}, {names.town()}",
        "address_b": f"{names.street()}, {names.town()}",
        "address_c": f"{names.street()}, {names.town()}",
        "town_a": names.town().strip("0123456789 -D,F").split(",")[0],
        "town_b": names.town().strip("0123456789 -D,F").split(",")[0],
        "number_a": names.digits(8), "number_b": names.digits(8),
        "person_a": names.person(), "person_b": names.person(),
        "state_a": draw.choice(_STATES), "state_b": draw.choice(_STATES),
        "entity_a": draw.choice(_ENTITIES), "entity_b": draw.choice(_ENTITIES),
        "date": names.written(day), "ordinal_date": _ordinal(names, day),
        "signed": names.written(day), "term": draw.choice(vocabulary["term_words"]),
        "notice": notice, "notice_of": notice_of,
        "law_us": draw.choice(_STATES), "law_uk": draw.choice(["England and Wales", "Scotland"]),
        "law_any": law, "law_of": law.removeprefix("das "),
        "law_dative": f"{_DATIVE.get(first, 'dem')} {rest}",
        "law_loi": draw.choice(["loi française", "loi belge"]),
    }  # fmt: skip
    fields["LAW_US"] = fields["law_us"].upper()
    return fields, day


def _ordinal(names: Names, day: Any) -> str:
    return names.draw.choice(["this ", "the "]) + names.ordinal(day)
