"""Accessibility violations of a page, found by axe."""

from pathlib import Path
from typing import Literal, cast

from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"

# Colors have their final contrast only after transitions end. Endless animations are not awaited.
SETTLED = """Promise.allSettled(
  document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished)
)"""
VIOLATIONS = """axe.run().then(({violations}) => violations.map(
  ({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`
))"""


def violations(page: Page) -> list[str]:
    """The violated rules once animations have ended, each with its elements."""
    page.evaluate(SETTLED)
    page.evaluate(AXE.read_text("utf-8"))
    return cast("list[str]", page.evaluate(VIOLATIONS))


def violations_by_scheme(page: Page) -> dict[str, list[str]]:
    """The violations of one loaded page in both colour schemes."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    violations_of: dict[str, list[str]] = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_attribute("data-scheme", scheme)
        violations_of[scheme] = violations(page)
    return violations_of
