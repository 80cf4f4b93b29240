"""The pictograms of our letters, as images that a PDF carries in itself."""

from urllib.parse import quote

from lucide.templatetags.lucide import lucide

GREEN = "#1f6650"


def pictogram(name: str) -> str:
    """The `data:` address of one pictogram, in the green of the site."""
    svg = lucide(name, stroke=GREEN, stroke_width="1.75")
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"data:image/svg+xml,{quote(svg)}"
