"""Boxes on a page that was turned to be read: as displayed, and upright."""

from analysis.model import Box


def upright(box: Box, turned: int) -> Box:
    """A box of the page as displayed, where it stands once the page is turned clockwise."""
    x0, y0, x1, y1 = box
    match turned % 360:
        case 90:
            return 1 - y1, x0, 1 - y0, x1
        case 180:
            return 1 - x1, 1 - y1, 1 - x0, 1 - y0
        case 270:
            return y0, 1 - x1, y1, 1 - x0
        case _:
            return box


def displayed(box: Box, turned: int) -> Box:
    """A box of the upright page, where it stands on the page as displayed."""
    return upright(box, -turned)
