"""Measure how long the built site takes to answer a click on a fact of 1,000.

    python -m bench.interactions [FOLDER]

`make bench-site` runs it. With the folder of another checkout's `frontend/`, which is built too,
both are measured in turns, so that other work of the machine slows both.

"shown" is the time from the click to the next frame, as the browser reports it for Interaction to
Next Paint (in steps of 8 ms). It is of the clock and includes other work of the machine. "own" is
the processor time that the page's main thread spends until the page is at rest again, of which
"script", "style" and "layout" are parts.
"""

import os
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from local import chromium
from tests.site_server import PREVIEW, SITE, served

ANALYSIS = "/orders/01READY/analysis"
WARM_UP_CLICKS = 3
"""Clicks before those that count."""
CLICKS = 10
"""Clicks that are measured, of which medians are shown."""
AIM_MS = 100
"""Milliseconds that a click is not to exceed."""

OBSERVE = """
globalThis.clicks = [];
new PerformanceObserver((list) => {
  for (const { name, duration } of list.getEntries()) if (name === "click") clicks.push(duration);
}).observe({ type: "event", durationThreshold: 16 });
"""
AT_REST = """
() => new Promise((resolve) =>
  setTimeout(() => requestAnimationFrame(() => requestIdleCallback(resolve)), 150))
"""


class Click(NamedTuple):
    """Milliseconds of one click."""

    shown: float
    processor: float
    script: float
    style: float
    layout: float


class Workspace:
    """The workspace with a document of 1,000 facts, in a window of its own."""

    def __init__(self, browser: Browser, site: str) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.request.get(f"{site}/testing/scene?is=facts&in")
        context.add_init_script("localStorage.setItem('docket.had-session', '1')")
        context.add_init_script(OBSERVE)
        self.page: Page = context.new_page()
        self.page.goto(site + ANALYSIS)
        self.page.locator("[data-fact]").first.wait_for()
        self.page.wait_for_load_state("networkidle")
        self._devtools: CDPSession = context.new_cdp_session(self.page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._row = 0

    def click(self) -> Click:
        """Click the next fact, and wait until nothing happens any more."""
        row = self.page.locator("[data-fact]").nth(self._row)
        self._row += 1
        row.scroll_into_view_if_needed()
        self.page.evaluate(AT_REST)
        self.page.evaluate("clicks.length = 0")
        before = self._metrics()
        row.click()
        self.page.evaluate(AT_REST)
        after = self._metrics()
        # No entry: it took less than the observer's 16 ms.
        shown = max(self.page.evaluate("clicks"), default=16)
        names = ("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
        return Click(shown, *((after[name] - before[name]) * 1_000 for name in names))

    def _metrics(self) -> dict[str, float]:
        metrics = self._devtools.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}


def measure(folders: list[Path]) -> None:
    """Print a row for each built site, all of which are measured in turns."""
    load = os.getloadavg()[0]
    with ExitStack() as started, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium.path(), args=["--no-sandbox", "--disable-gpu"]
        )
        sites = [started.enter_context(served(PREVIEW, folder=folder)) for folder in folders]
        workspaces = [Workspace(browser, site) for site in sites]
        for _ in range(WARM_UP_CLICKS):
            for workspace in workspaces:
                workspace.click()
        clicks: list[list[Click]] = [[] for _ in folders]
        for _ in range(CLICKS):
            for workspace, measured in zip(workspaces, clicks, strict=True):
                measured.append(workspace.click())
        browser.close()
    print(
        f"A click on a fact of 1,000, medians of {CLICKS}, aim {AIM_MS} ms; "
        f"load {load:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n"
    )
    print(
        "| site | shown (ms) | slowest (ms) | own (ms) | script (ms) | style (ms) | layout (ms) |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for folder, measured in zip(folders, clicks, strict=True):
        medians = [statistics.median(values) for values in zip(*measured, strict=True)]
        slowest = max(click.shown for click in measured)
        figures = [medians[0], slowest, *medians[1:]]
        print(f"| {folder} | {' | '.join(f'{figure:.0f}' for figure in figures)} |", flush=True)


if __name__ == "__main__":
    measure([SITE, *(Path(folder).resolve() for folder in sys.argv[1:])])
