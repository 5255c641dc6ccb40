"""Draw the images of the site that other programs show: icons, and the preview of a link.

make site-images
"""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "frontend/public"
FONT = (
    ROOT
    / "frontend/node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2"
)
ICONS = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}
OVERSAMPLING = 4
"""Shapes are drawn larger and reduced, which smooths their edges."""

BLUE = "#2f4ac0"
WHITE = "#ffffff"
FOLD = "#c9d2ff"
AMBER = "#ffd166"
INK = "#18203a"
PAPER = "#fffdf7"
LINE = "#c9c5b9"
MARK = "#ffc233"
FRAME = "#b35c00"
TEXT = "#f3f4f9"
LINK_SIZE = (1200, 630)
"""Width and height in pixels, as the Open Graph preview of a link."""


def icon(pixels: int) -> Image.Image:
    """The drawing of `favicon.svg`, whose view box has 32 units, without round corners."""
    size = pixels * OVERSAMPLING
    unit = size / 32
    image = Image.new("RGB", (size, size), BLUE)
    pen = ImageDraw.Draw(image)

    def at(*points: float) -> list[float]:
        return [point * unit for point in points]

    pen.polygon(at(10, 6, 18, 6, 23, 11, 23, 26, 10, 26), fill=WHITE)
    pen.polygon(at(18, 6, 18, 11, 23, 11), fill=FOLD)
    pen.line(at(13, 15, 20, 15), fill=BLUE, width=round(1.8 * unit))
    pen.line(at(13, 22, 18, 22), fill=BLUE, width=round(1.8 * unit))
    pen.rounded_rectangle(at(12, 17, 21, 20.4), radius=unit, fill=AMBER)
    return image.resize((pixels, pixels), Image.Resampling.LANCZOS)


def link_preview() -> Image.Image:
    """What a messenger shows of a link: the name, the sentence, and a page with a marked value."""
    width, height = (side * OVERSAMPLING // 2 for side in LINK_SIZE)
    image = Image.new("RGB", (width, height), INK)
    pen = ImageDraw.Draw(image)
    unit = width / LINK_SIZE[0]

    def at(*points: float) -> list[float]:
        return [point * unit for point in points]

    def write(x: float, y: float, text: str, *, size: int, weight: int) -> None:
        font = ImageFont.truetype(str(FONT), round(size * unit))
        font.set_variation_by_axes([weight])
        pen.text((x * unit, y * unit), text, font=font, fill=TEXT)

    write(90, 150, "Docket", size=40, weight=700)
    write(90, 230, "Every fact, with its", size=62, weight=700)
    write(90, 306, "place on the page", size=62, weight=700)
    write(90, 420, "Invoices, receipts, contracts", size=32, weight=400)
    pen.rectangle(at(800, 90, 1110, 540), fill=PAPER)
    pen.rounded_rectangle(at(836, 130, 960, 146), radius=4 * unit, fill=INK)
    for number, end in enumerate((930, 950, 1000, 970, 1010)):
        y = 176 + 36 * number
        pen.rounded_rectangle(at(836, y, end, y + 10), radius=5 * unit, fill=LINE)
        if number > 1:
            pen.rounded_rectangle(at(1030, y, 1076, y + 10), radius=5 * unit, fill=LINE)
    pen.line(at(836, 372, 1076, 372), fill=LINE, width=round(3 * unit))
    pen.rectangle(at(930, 392, 1086, 440), fill="#ffe6a6", outline=FRAME, width=round(4 * unit))
    pen.rounded_rectangle(at(948, 408, 1000, 424), radius=4 * unit, fill=INK)
    pen.rounded_rectangle(at(1012, 408, 1070, 424), radius=4 * unit, fill=INK)
    pen.line(at(90, 396, 600, 396), fill=MARK, width=round(8 * unit))
    return image.resize(LINK_SIZE, Image.Resampling.LANCZOS)


def png(image: Image.Image) -> bytes:
    """The image as an optimised PNG."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    """Write the icons and the preview."""
    for name, pixels in ICONS.items():
        (FOLDER / name).write_bytes(png(icon(pixels)))
    (FOLDER / "og.png").write_bytes(png(link_preview()))


if __name__ == "__main__":
    main()
