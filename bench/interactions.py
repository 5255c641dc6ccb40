"""Measure how long the built site takes to answer a click where there is much data, and its memory.

    python -m bench.interactions [FOLDER]

`make bench-site` runs it. With the folder of another checkout's `frontend/`, which is built too,
both are measured in turns, so that other work of the machine slows both.

"shown" is the time from the click to the next frame, as the browser reports it for Interaction to
Next Paint (in steps of 8 ms). It is of the clock and includes other work of the machine. "own" is
the processor time that the page's main thread spends until the page is at rest again, of which
"script", "style" and "layout" are parts.
"""

import json
import os
import statistics
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, Locator, Page, sync_playwright

from local import chromium
from tests.site_server import PREVIEW, SITE, served

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


class Scene(NamedTuple):
    """A page of the built site with much data, and what is clicked on it."""

    name: str
    data: str
    path: str
    clicked: Callable[[Page, int], Locator]
    """The element of a click, by the number of the click."""


SCENES = (
    Scene(
        "a fact of 1,000",
        "facts",
        "/orders/01READY/analysis",
        lambda page, number: page.locator("[data-fact]").nth(number),
    ),
    Scene(
        "all of 500 documents",
        "states",
        "/orders/01FOLDER",
        lambda page, _: page.get_by_role("region", name="Documents").get_by_role("checkbox").first,
    ),
)


class OpenScene:
    """A scene in a window of its own."""

    def __init__(self, browser: Browser, site: str, scene: Scene) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.request.get(f"{site}/testing/scene?is={scene.data}&in")
        context.add_init_script("localStorage.setItem('docket.had-session', '1')")
        context.add_init_script(OBSERVE)
        self.page: Page = context.new_page()
        self.page.goto(site + scene.path)
        self._scene, self._clicks = scene, 0
        scene.clicked(self.page, 0).wait_for()
        self.page.wait_for_load_state("networkidle")
        self._devtools: CDPSession = context.new_cdp_session(self.page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def click(self) -> Click:
        """Click the next element, and wait until nothing happens any more."""
        element = self._scene.clicked(self.page, self._clicks)
        self._clicks += 1
        element.scroll_into_view_if_needed()
        self.page.evaluate(AT_REST)
        self.page.evaluate("clicks.length = 0")
        before = self._metrics()
        element.click()
        self.page.evaluate(AT_REST)
        after = self._metrics()
        # No entry: it took less than the observer's 16 ms.
        shown = max(self.page.evaluate("clicks"), default=16)
        names = ("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
        return Click(shown, *((after[name] - before[name]) * 1_000 for name in names))

    def heap(self) -> float:
        """Megabytes that scripts hold after a garbage collection."""
        self._devtools.send("HeapProfiler.collectGarbage")
        return self._metrics()["JSHeapUsedSize"] / 1e6

    def _metrics(self) -> dict[str, float]:
        metrics = self._devtools.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}


def measure(folders: list[Path]) -> list[dict[str, str | float]]:
    """Print a row for each scene of each built site, and return them. Sites take turns."""
    load = os.getloadavg()[0]
    with ExitStack() as started, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium.path(), args=["--no-sandbox", "--disable-gpu"]
        )
        sites = [started.enter_context(served(PREVIEW, folder=folder)) for folder in folders]
        rows = []
        for scene in SCENES:
            windows = [OpenScene(browser, site, scene) for site in sites]
            clicks: list[list[Click]] = [[] for _ in folders]
            for number in range(WARM_UP_CLICKS + CLICKS):
                for window, measured in zip(windows, clicks, strict=True):
                    click = window.click()
                    if number >= WARM_UP_CLICKS:
                        measured.append(click)
            rows += [
                _row(folder, scene, measured, window.heap())
                for folder, measured, window in zip(folders, clicks, windows, strict=True)
            ]
        browser.close()
    print(
        f"A click, medians of {CLICKS}, aim {AIM_MS} ms; "
        f"load {load:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n"
    )
    print(f"| {' | '.join(rows[0])} |")
    print(f"| --- | --- |{' ---: |' * (len(rows[0]) - 2)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row.values()))} |")
    return rows


def _row(folder: Path, scene: Scene, clicks: list[Click], heap: float) -> dict[str, str | float]:
    medians = Click(*(statistics.median(values) for values in zip(*clicks, strict=True)))
    return {
        "site": folder.name,
        "click on": scene.name,
        "shown (ms)": round(medians.shown),
        "slowest (ms)": round(max(click.shown for click in clicks)),
        "own (ms)": round(medians.processor),
        "script (ms)": round(medians.script),
        "style (ms)": round(medians.style),
        "layout (ms)": round(medians.layout),
        "heap (MB)": round(heap, 1),
    }


if __name__ == "__main__":
    found = measure([SITE, *(Path(folder).resolve() for folder in sys.argv[1:])])
    print(json.dumps({"bench": "interactions", "clicks": found}))
