"""Equations (OMML) on one line, as one would type them: `x=(-b±√(b^2-4ac))/(2a)`."""

from xml.etree.ElementTree import Element

from analysis.docx.package import child, tag

_PLAIN = 1


def linear(element: Element) -> str:
    """The equation's text, its fractions, powers, roots and indices kept apart by signs."""
    match tag(element):
        case "t":
            return element.text or ""
        case "f":
            return f"{_group(child(element, 'num'))}/{_group(child(element, 'den'))}"
        case "sSup":
            return f"{_group(child(element, 'e'))}^{_group(child(element, 'sup'))}"
        case "sSub":
            return f"{_group(child(element, 'e'))}_{_group(child(element, 'sub'))}"
        case "sSubSup":
            below, above = _group(child(element, "sub")), _group(child(element, "sup"))
            return f"{_group(child(element, 'e'))}_{below}^{above}"
        case "rad":
            return f"{_inner(child(element, 'deg'))}√{_group(child(element, 'e'))}"
        case "d":
            return f"({', '.join(linear(one) for one in element if tag(one) == 'e')})"
        case "oMathPara":
            return " ".join(linear(one) for one in element)
        case _:
            return _inner(element)


def _inner(element: Element | None) -> str:
    return "" if element is None else "".join(linear(one) for one in element)


def _group(element: Element | None) -> str:
    text = _inner(element).strip()
    return text if len(text) <= _PLAIN else f"({text})"
