"""Draw every page of the built site in its states, and a sheet on which they are compared.

    make screenshots ONLY=orders

Each is drawn in English and German, light and dark, 1280 and 360 pixels wide. A person looks at
them; no test does.
"""

import re
import sys
from collections.abc import Callable
from html import escape
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

from local import chromium
from tests.e2e.axe import SETTLED
from tests.e2e.test_front import LEGAL
from tests.e2e.test_site import MEMBERS, ORDERS_IN_EVERY_STATE, PUBLIC
from tests.e2e.timeouts import TIMEOUT_MS
from tests.site_server import PREVIEW, SITE, served

FOLDER = SITE.parent / ".build/screenshots"
SHEET = "index.html"

LANGUAGES = ("en", "de")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"wide": (1280, 900), "phone": (360, 740)}
"""Width and height of the window in pixels."""
HIGHEST = 2600
"""What a page has below is left out: a long list looks alike."""

FRONT = ("/", *LEGAL, "/nowhere")
"""The pages without the app, whose addresses have the language."""

type Act = Callable[[Page], None]


def as_loaded(page: Page) -> None:
    """The page as it is when it is loaded."""


class Shot(NamedTuple):
    """A page in a state: `act` brings it about."""

    name: str
    path: str
    scene: str = "many"
    is_member: bool = True
    act: Act = as_loaded


def select_fact(page: Page) -> None:
    page.locator("[data-fact]").first.click()


def correct(page: Page) -> None:
    select_fact(page)
    page.locator(".fact-sheet").get_by_role("button").nth(3).click()
    page.locator(".fact-sheet form").wait_for()


def choose_words(page: Page) -> None:
    correct(page)
    page.locator(".fact-sheet form").get_by_role("button").nth(1).click()
    page.get_by_role("application").press("ArrowRight")


def edit_line_items(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Edit the line items|Positionen bearbeiten")).click()
    page.locator("main form table").scroll_into_view_if_needed()


def show_facts(page: Page) -> None:
    page.locator("details.more summary").first.click()
    page.locator("main svg[role=img]").scroll_into_view_if_needed()


def rename(page: Page) -> None:
    page.locator("button:has(svg)[aria-label*='Rent, March']").first.click()
    page.locator("[role=dialog] input").wait_for()


def open_menu(page: Page) -> None:
    page.locator("[aria-haspopup=menu]").first.click()


def show_keys(page: Page) -> None:
    page.keyboard.press("?")


def ask_for_password(page: Page) -> None:
    page.locator("main button").last.click()
    page.locator("input[type=password]").wait_for()


ANALYSIS = "/orders/01READY/analysis"
STATES = (
    *(
        Shot(f"{name}-password", f"/{name}#t0ken", is_member=False, act=ask_for_password)
        for name in ("verify-email", "confirm-email")
    ),
    Shot("orders-empty", "/orders", scene="empty"),
    Shot("orders-states", "/orders", scene="states"),
    Shot("analysis-fact", ANALYSIS, act=select_fact),
    Shot("analysis-correction", ANALYSIS, act=correct),
    Shot("analysis-words", ANALYSIS, act=choose_words),
    Shot("analysis-line-items", ANALYSIS, act=edit_line_items),
    Shot("order-rename", "/orders/01PREVIEW", scene="states", act=rename),
    Shot("order-facts", "/orders/01PREVIEW", scene="states", act=show_facts),
    Shot("analysis-reports", ANALYSIS, act=open_menu),
    Shot("analysis-keys", ANALYSIS, act=show_keys),
    *(Shot(f"order-{id_}", f"/orders/{id_}", scene="states") for id_ in ORDERS_IN_EVERY_STATE),
)


def shots() -> list[Shot]:
    """All of them, by unique names."""
    front = [Shot(_name_of(path), path, is_member=False) for path in FRONT]
    public = [Shot(_name_of(path), path, is_member=False) for path in PUBLIC]
    return [*front, *public, *(Shot(_name_of(path), path) for path in MEMBERS), *STATES]


def _name_of(path: str) -> str:
    return urlsplit(path).path.strip("/").replace("/", "-") or "first-page"


def draw(browser: Browser, site: str, shot: Shot, language: str, size: str) -> None:
    """Draw a page in both schemes."""
    width, height = SIZES[size]
    context = browser.new_context(
        locale=language, reduced_motion="reduce", viewport={"width": width, "height": height}
    )
    member = "&in" if shot.is_member else ""
    context.request.get(f"{site}/testing/scene?is={shot.scene}{member}")
    context.add_init_script(f"localStorage.setItem('docket.language', '{language}')")
    if shot.is_member:
        context.add_init_script("localStorage.setItem('docket.had-session', '1')")
    page = context.new_page()
    prefix = "/de" if shot.path in FRONT and language == "de" else ""
    page.goto(site + f"{prefix}{shot.path}".removesuffix("/"))
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    shot.act(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        path = FOLDER / file_of(shot, language, scheme, size)
        if shot.act is as_loaded:
            whole = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
            clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": whole}
            page.screenshot(path=path, full_page=True, clip=clip)
        else:  # A whole page is drawn in a larger window, in which parts scroll back.
            page.screenshot(path=path)
    context.close()


def file_of(shot: Shot, language: str, scheme: str, size: str) -> str:
    return f"{shot.name}.{language}.{scheme}.{size}.png"


def sheet(drawn: list[Shot]) -> str:
    """A row for each page, with a picture for each language, scheme and width."""
    variants = list(product(LANGUAGES, SCHEMES, SIZES))
    rows = "".join(
        f"<tr><th>{escape(shot.name)}</th>"
        + "".join(
            f'<td><a href="{file_of(shot, *variant)}"><img loading="lazy" alt="" '
            f'src="{file_of(shot, *variant)}" width="{240 if variant[2] == "wide" else 120}"></a>'
            for variant in variants
        )
        for shot in drawn
    )
    headings = "".join(f"<th>{' '.join(variant)}</th>" for variant in variants)
    style = "table{border-spacing:8px}th,td{vertical-align:top;font:14px sans-serif}"
    return f"<!doctype html><style>{style}</style><table><tr><th></th>{headings}</tr>{rows}</table>"


def main(only: str) -> Path:
    """Draw the pages whose names contain `only`. Returns the path of the sheet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=TIMEOUT_MS)
    chosen = [shot for shot in shots() if only in shot.name]
    with served(PREVIEW) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path(), args=["--no-sandbox", "--disable-gpu"]
        )
        for shot, language, size in product(chosen, LANGUAGES, SIZES):
            draw(browser, site, shot, language, size)
    (FOLDER / SHEET).write_text(sheet(chosen), "utf-8")
    return FOLDER / SHEET


if __name__ == "__main__":
    sys.stdout.write(f"{main(*sys.argv[1:2] or [''])}\n")
