"""What axe finds wrong with a page for those who cannot see it as others do."""

from pathlib import Path
from typing import cast

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"

# Half-way from one colour to another nothing has the contrast it will have; what never ends is
# not waited for.
SETTLED = """Promise.allSettled(
  document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished)
)"""
VIOLATIONS = """axe.run().then(({violations}) => violations.map(
  ({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`
))"""


def violations(page: Page) -> list[str]:
    """The rules that the page breaks once it stands still, each with the elements that do."""
    page.evaluate(SETTLED)
    page.evaluate(AXE.read_text("utf-8"))
    return cast("list[str]", page.evaluate(VIOLATIONS))
