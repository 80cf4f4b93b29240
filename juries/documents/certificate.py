"""The certificate as a PDF file: a pure function of its line in the register."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.formats import shortdate
from accounts.pdf import render_pdf
from juries.documents.guilloche import background
from juries.documents.letters import name_width, size_to_fit
from juries.models import Certificate

LAYOUTS = {"2026-1": "juries/certificate_sheet.html"}
"""Version of a layout: its template. A layout that printed one certificate never changes."""

ROOM_FOR_NAME = 238
LARGEST_NAME, LEAST_ON_ONE_LINE, LEAST_NAME = 42, 30, 20
"""Millimetres and points."""


def draw(certificate: Certificate) -> bytes:
    """The file of one certificate, A4 laid flat, tagged, in French: the same row gives the same bytes."""
    html = render_to_string(LAYOUTS[certificate.layout_version], what_it_shows(certificate))
    images = {
        "background": background().encode(),
        "qr": qr_code(verification_address(certificate)).encode(),
    }
    return render_pdf(html, images=images)


def what_it_shows(certificate: Certificate) -> dict[str, object]:
    """What the layout needs besides the row itself."""
    return {
        "certificate": certificate,
        "born": birth_words(certificate),
        "agreement": "e" if certificate.sex == "F" else "",
        "title": split_title(certificate.title),
        "name": fit_name(certificate),
        "domains_heading": "Domaines de compétences validés",
        "address": verification_address(certificate),
        "site": settings.SITE_URL.partition("://")[2] + reverse("juries:verify"),
    }


def verification_address(certificate: Certificate) -> str:
    """Where anybody checks this certificate."""
    return settings.SITE_URL + reverse("juries:verify_code", args=[certificate.code])


def split_title(title: str) -> dict[str, str]:
    """What is between « » in large letters, what comes before it above; a title without any is all large."""
    genre, quote_mark, trade = title.partition("«")
    return {"genre": genre.strip(), "trade": quote_mark + trade} if trade else {"genre": "", "trade": title}


def fit_name(certificate: Certificate) -> dict[str, object]:
    """The name on one line while it stays large, otherwise on two, in points."""
    first, last = certificate.first_names, certificate.usage_name or certificate.birth_name
    size = size_to_fit(f"{first} {last}", room=ROOM_FOR_NAME, largest=LARGEST_NAME, least=1)
    on_two_lines = size < LEAST_ON_ONE_LINE
    if on_two_lines:
        longest = max(first, last, key=name_width)
        size = size_to_fit(longest, room=ROOM_FOR_NAME, largest=LEAST_ON_ONE_LINE, least=LEAST_NAME)
    return {"first": first, "last": last, "size": f"{size:g}", "on_two_lines": on_two_lines}


def birth_words(certificate: Certificate) -> str:
    """« née DUPONT le 3 mars 1990 à Sète », the birth name only where daily life knows another."""
    words = ["née" if certificate.sex == "F" else "né"]
    if certificate.usage_name and certificate.usage_name != certificate.birth_name:
        words.append(certificate.birth_name)
    words.append(f"le {shortdate(certificate.birth_date)}")
    abroad = certificate.birth_country.casefold() != "france"
    if certificate.birth_place:
        words.append(f"à {certificate.birth_place}" + (f" ({certificate.birth_country})" if abroad else ""))
    elif abroad:
        words.append(f"({certificate.birth_country})")
    return " ".join(words)


def qr_code(address: str) -> str:
    """A QR code as one SVG path, one unit a module, with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    runs = []
    for y, row in enumerate(code.matrix_iter(border=4)):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1H{start}z")
                start = None
    side = code.symbol_size(border=4)[0]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{"".join(runs)}"/></svg>'
