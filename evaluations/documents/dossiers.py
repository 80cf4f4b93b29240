"""The PDF of a sealed dossier: a pure function of its snapshot and of the photos that it names."""

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote

from django.template.loader import render_to_string

from core.drawings import level_steps
from core.formats import grouped, joined
from core.hashing import fingerprint
from core.pdf import render_pdf

INK = "#1b2420"
LAYOUTS = {"2026-1": "evaluations/dossiers/dossier_pdf.html"}
"""Version of a layout: its template. A layout that printed one dossier never changes."""


def render(snapshot: dict, photos: Mapping[str, bytes]) -> bytes:
    """A4, tagged, in French; the same snapshot and photos give the same bytes.

    `photos` holds the JPEG of each name that the snapshot cites.
    """
    html = render_to_string(LAYOUTS[snapshot["layout"]], dossier_context(snapshot))
    return render_pdf(html, images=photos)


def dossier_context(snapshot: dict) -> dict[str, object]:
    """The snapshot with its dates as dates, and the words that the layout adds."""
    sha256 = fingerprint(snapshot)
    sheets, framework = snapshot["sheets"], snapshot["framework"]
    notice = framework["notice"]
    levels = {level["rank"]: level["name"] for level in framework["levels"]}
    return {
        "dossier": _with_dates(snapshot),
        "sha256": grouped(sha256, 8),
        "short_sha256": sha256[:16],
        "notice": notice,
        "threshold_name": levels.get(framework["threshold"], ""),
        "glyphs": {rank: _glyph(rank, len(levels)) for rank in levels},
        "scale": joined(f"{rank} {name}" for rank, name in levels.items()),
        "photo_count": sum(len(sheet["photos"]) for sheet in sheets),
    }


def photo_names(snapshot: dict) -> dict[str, str]:
    """The stored name and the SHA-256 of each photo that the sheets show."""
    return {photo["name"]: photo["sha256"] for sheet in snapshot["sheets"] for photo in sheet["photos"]}


def _glyph(rank: int, of: int) -> str:
    """The glyph of a level as an image: steps filled from the bottom, the others outlined."""
    steps = "".join(
        f'<rect x="{step["x"]}" y="{step["y"]}" width="{step["width"]}" height="{step["height"]}" '
        f'fill="{INK if step["reached"] else "none"}" stroke="{INK}" stroke-width="0.6"/>'
        for step in level_steps(rank, of)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-0.5 -0.5 17 17">{steps}</svg>'
    return f"data:image/svg+xml,{quote(svg)}"


def _with_dates(data):
    """The same data, where keys that end in « _on », « _at » or « _date » hold dates again."""
    if isinstance(data, list):
        return [_with_dates(item) for item in data]
    if isinstance(data, dict):
        return {name: _dated(name, value) for name, value in data.items()}
    return data


def _dated(name: str, value):
    if isinstance(value, str) and name.endswith("_at"):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and name.endswith(("_on", "_date")):
        return date.fromisoformat(value)
    return _with_dates(value)
