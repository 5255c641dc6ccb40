"""Measure the site's first load, Lighthouse's scores of its main pages, and clicks on facts.

`make bench-site`. Responses come from memory, and assets are compressed as by the distribution.
Lighthouse's throttling applies: a slow telephone, or a desktop.

Lighthouse measures wall-clock time, which includes other work of the machine. "blocking" is
Lighthouse's total blocking time; "own" is the same sum over the processor time of the page's main
thread: after the first paint, the time of each task beyond 50 ms on a telephone.
"""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Response, sync_playwright

from bench import interactions
from local import chromium
from local.stack import free_port
from tests.site_server import PREVIEW, SITE, served

LIGHTHOUSE = Path(__file__).parent / "lighthouse/node_modules/.bin/lighthouse"
PAGES = {
    "landing": "/",
    "login": "/login",
    "orders": "/orders",
    "order": "/orders/01READY",
    "analysis": "/orders/01READY/analysis",
}
AIM_KB = {"landing": 40, "login": 245, "orders": 290, "analysis": 320}
"""The most JavaScript of a first load, gzipped."""

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 5
"""Runs of Lighthouse for each page and device, of which medians are shown."""
SLOWER = {"mobile": 4, "desktop": 1}
"""Lighthouse's factor between this machine's speed and the visitor's."""
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}


def main() -> int:
    """Print the tables. Returns 0: the aims are shown, not enforced."""
    print(
        "| page | JS gzip (kB) | aim (kB) | HTML, CSS gzip (kB) | fonts (kB) | foreign requests |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with (
        served(PREVIEW) as site,
        tempfile.TemporaryDirectory() as profile,
        sync_playwright() as play,
    ):
        port = free_port()
        context = play.chromium.launch_persistent_context(
            profile,
            executable_path=chromium.path(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                f"--remote-debugging-port={port}",
            ],
        )
        scripts = {name: weigh(context, site, name, path) for name, path in PAGES.items()}
        print()
        print(
            "| page | as | performance | accessibility | best practices | SEO "
            "| layout shift | blocking (ms) | own (ms) |"
        )
        print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        scores = {}
        for name, path in PAGES.items():
            for device in ("desktop", "mobile"):
                open_as(context, site, name)
                scores[f"{name} {device}"] = judge(site + path, device, name, port)
    print()
    clicks = interactions.measure([SITE])
    print(
        json.dumps({"bench": "site", "script_kb": scripts, "lighthouse": scores, "clicks": clicks})
    )
    return 0


def open_as(context: BrowserContext, site: str, name: str) -> None:
    """A visitor for the first page and the login, a member with many orders for the others."""
    member = name not in {"landing", "login"}
    context.request.get(f"{site}/testing/scene?is=many{'&in' if member else ''}")
    page = context.new_page()
    page.goto(f"{site}/favicon.svg")
    hint = "setItem('docket.had-session', '1')" if member else "removeItem('docket.had-session')"
    page.evaluate(f"localStorage.{hint}")
    page.close()


def weigh(context: BrowserContext, site: str, name: str, path: str) -> float:
    """Print a row with the sizes of what a page loads, in kilobytes. Returns that of scripts."""
    open_as(context, site, name)
    page = context.new_page()
    scripts = weight = fonts = foreign = 0
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    for answer in answers:
        address = urlsplit(answer.url)
        if f"{address.scheme}://{address.netloc}" != site:
            foreign += 1
        elif address.path.endswith(".woff2"):
            fonts += len(answer.body())
        elif address.path.endswith(".js"):
            scripts += len(gzip.compress(answer.body()))
        elif not address.path.startswith(("/api/", "/testing/")):
            weight += len(gzip.compress(answer.body()))
    page.close()
    aim = AIM_KB.get(name, "")
    sizes = f"{scripts / 1000:.1f} | {aim} | {weight / 1000:.1f} | {fonts / 1000:.1f}"
    print(f"| {name} | {sizes} | {foreign} |")
    return scripts / 1000


def judge(address: str, device: str, name: str, port: int) -> dict[str, int]:
    """The medians of Lighthouse's runs, printed as a row. Returns the scores, of 100."""
    reports, blocking_times = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            command = [
                *(str(LIGHTHOUSE), address, "--quiet", "--output=json"),
                *(f"--port={port}", "--disable-storage-reset"),
                *("--save-assets", f"--output-path={folder}/report"),
                *(["--preset=desktop"] if device == "desktop" else []),
            ]
            subprocess.run(command, capture_output=True, check=True)
            reports.append(json.loads(Path(folder, "report").read_text()))
            trace = json.loads(Path(folder, "report-0.trace.json").read_text())
            blocking_times.append(own_blocking(trace["traceEvents"], SLOWER[device]))
    scores = [
        round(100 * statistics.median(report["categories"][item]["score"] for report in reports))
        for item in CATEGORIES
    ]
    shift, blocking = (
        statistics.median(report["audits"][audit]["numericValue"] for report in reports)
        for audit in ("cumulative-layout-shift", "total-blocking-time")
    )
    figures = f"{shift:.3f} | {blocking:.0f} | {statistics.median(blocking_times):.0f}"
    print(f"| {name} | {device} | {' | '.join(map(str, scores))} | {figures} |", flush=True)
    return dict(zip(CATEGORIES, scores, strict=True))


def own_blocking(events: list[dict[str, Any]], slower: int) -> float:
    """Milliseconds beyond 50 of each task of the page since its first contentful paint."""
    paint = [event for event in events if event["name"] == "firstContentfulPaint"][-1]
    thread = (paint["pid"], paint["tid"])
    tasks = [
        event["tdur"] / 1_000 * slower
        for event in events
        if event["name"] in TASKS
        and (event["pid"], event["tid"]) == thread
        and event["ts"] >= paint["ts"]
        and "tdur" in event
    ]
    return float(sum(max(0, task - 50) for task in tasks))


if __name__ == "__main__":
    sys.exit(main())
