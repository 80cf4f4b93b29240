"""The PDF of a monthly attendance sheet (feuille d'émargement): a pure function of its content."""

import math
from collections.abc import Iterator
from datetime import date, datetime, time

from django.template.loader import render_to_string

from core.drawings import ink_image
from core.formats import MONTHS, NBSP
from core.pdf import render_pdf
from trainees.enums import AbsenceReason, HalfDay, SessionPlace, TrainingModule

ROWS_PER_PAGE = 22
"""As many slots as the financiers' own form has rows."""

SHORT_THEME = 56
"""Characters that fit on two lines of the column, so in one row; longer themes are in smaller letters."""

CHARACTERS_PER_LINE = 34
LINES_PER_ROW = 2.6
"""How a long theme, in smaller letters, fills rows of the page."""

LAYOUTS = {"2026-1": "trainees/months/attendance_sheet.html"}
"""Version of a layout: its template. A layout that printed one sheet never changes."""

PLACES = {SessionPlace.PRODUCTION: "Production", SessionPlace.CLASSROOM: "Salle"}
DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
INK = "#1d2b53"


def render(content: dict, sha256: str = "") -> bytes:
    """A4, tagged, in French: 22 slots a page, totals carried from page to page; same content, same bytes.

    `sha256`, the fingerprint of the content, is printed at the foot of each page of a signed sheet.
    """
    return render_pdf(render_to_string(LAYOUTS[content["layout"]], sheet_context(content, sha256)))


def sheet_context(content: dict, sha256: str = "") -> dict[str, object]:
    """The content with its dates read back, cut in pages, and its sums."""
    starts_on = date.fromisoformat(content["starts_on"])
    slots = [_line(slot, content["signed"]) for slot in content["slots"]]
    return {
        "sheet": content,
        "signed_at": _moment(content["signed"]["at"]) if content["signed"] else None,
        "starts_on": starts_on,
        "ends_on": date.fromisoformat(content["ends_on"]),
        "month": f"{MONTHS[starts_on.month - 1]} {starts_on.year}",
        "sha256": sha256,
        "drawn_on": date.fromisoformat(content["drawn_on"]),
        "body_number": _declaration_number(content["training_body"]["number"]),
        "pages": list(_pages(slots)),
        "modules": [
            {"code": module, "label": module.label, "minutes": _sum(slots, module=module)}
            for module in TrainingModule
            if any(slot["module"] == module for slot in slots)
        ],
        "totals": [{"label": place.label, "minutes": _sum(slots, place=place)} for place in PLACES],
        "total": _sum(slots),
        "absences": sum(1 for slot in slots if not slot["minutes"]),
        "slots_count": len(slots),
    }


def _declaration_number(number: str) -> str:
    """The number of a training body as the administration writes it: « 76 34 00123 45 »."""
    return NBSP.join(part for part in (number[:2], number[2:4], number[4:9], number[9:]) if part)


def _pages(slots: list[dict]) -> Iterator[dict]:
    """The slots of each page, the minutes brought from the pages before and those of this one on top."""
    rows: list[dict] = []
    height, brought, number = 0.0, 0, 1
    for slot in slots:
        if height + slot["height"] > ROWS_PER_PAGE:
            yield {"slots": rows, "brought": brought, "carried": brought + _sum(rows), "number": number}
            height, brought, number, rows = 0.0, brought + _sum(rows), number + 1, []
        rows.append(slot)
        height += slot["height"]
    yield {"slots": rows, "brought": brought, "carried": brought + _sum(rows), "number": number, "last": True}


def _sum(slots: list[dict], **asked: str) -> int:
    return sum(s["minutes"] for s in slots if all(s[name] == value for name, value in asked.items()))


def _line(slot: dict, signed: dict | None) -> dict:
    held_on = date.fromisoformat(slot["held_on"])
    length = len(f"{slot['module']} · {slot['theme']}")
    halves = slot["halves"]
    return slot | {
        "day": f"{DAYS[held_on.weekday()]} {held_on:%d/%m/%Y}",
        "starts_at": time.fromisoformat(slot["starts_at"]),
        "ends_at": time.fromisoformat(slot["ends_at"]),
        "place_word": PLACES[slot["place"]],
        "absence_word": AbsenceReason(slot["absence"]).label if slot["absence"] else "",
        "is_partial": 0 < slot["minutes"] < slot["length"],
        "is_long": length > SHORT_THEME,
        "height": max(1.0, math.ceil(length / CHARACTERS_PER_LINE) / LINES_PER_ROW),
        "trainee": [_own_mark(halves.get(half), signed) for half in HalfDay],
        "trainer_marks": [
            _mark(halves[half]["trainer"]) for half in HalfDay if half in halves and halves[half]["trainer"]
        ],
    }


def _own_mark(half: dict | None, signed: dict | None) -> dict | None:
    """What the trainee's box of one half-day shows; None where nothing is to be signed."""
    if half and half["trainee"]:
        return _mark(half["trainee"])
    if half is None or not half["awaited"]:
        return None
    if not signed:
        return {"word": ""}
    return {"word": "présence corrigée, non signée de nouveau" if half["outdated"] else "non signé"}


def _mark(signature: dict) -> dict:
    image = ink_image(path=signature["path"], box=signature["box"], pen=signature["pen"], colour=INK)
    return {"image": image, "signed_at": _moment(signature["signed_at"])}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
