"""The texts of a certificate, and the size of the name."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from certificates.documents.credentials.certificate_payload import verification_address
from certificates.documents.rendering.glyphs import name_width, size_to_fit
from certificates.models import Certificate, CertificateLayout
from core.formats import longdate, shortdate

NAME_WIDTH = 238
LARGEST_NAME, LEAST_ON_ONE_LINE = 42, 30
LARGEST_ON_TWO_LINES, LEAST_NAME = 26, 20
"""Millimetres and points."""


def template_context(certificate: Certificate, layout: CertificateLayout) -> dict[str, object]:
    """The context of a template: the row, the layout, and what follows from both."""
    return {
        "certificate": certificate,
        "layout": layout,
        "intro": intro_words(certificate, layout),
        "born": birth_words(certificate),
        "agreement": "e" if certificate.sex == "F" else "",
        "title": split_title(certificate.title),
        "name": fit_name(certificate),
        "address": verification_address(certificate),
        "site": settings.SITE_URL.partition("://")[2] + reverse("certificates:verify"),
    }


def intro_words(certificate: Certificate, layout: CertificateLayout) -> str:
    """The sentence above the name, with the place and the day of the jury in their places."""
    words = layout.intro.replace("{lieu}", certificate.jury_place)
    return words.replace("{date}", longdate(certificate.jury_date))


def split_title(title: str) -> dict[str, str]:
    """What is between « » in large letters, what comes before it above; a title without any is all large."""
    genre, quote_mark, trade = title.partition("«")
    return {"genre": genre.strip(), "trade": quote_mark + trade} if trade else {"genre": "", "trade": title}


@dataclass(frozen=True)
class FittedName:
    """The name on one line or on two; its size is a number of points, written for CSS."""

    first: str
    last: str
    size: str
    on_two_lines: bool


def fit_name(certificate: Certificate) -> FittedName:
    """The name on one line while it stays large, otherwise on two, in points."""
    first, last = certificate.first_names, certificate.usage_name or certificate.birth_name
    size = size_to_fit(f"{first} {last}", width=NAME_WIDTH, largest=LARGEST_NAME, least=1)
    on_two_lines = size < LEAST_ON_ONE_LINE
    if on_two_lines:
        longest = max(first, last, key=name_width)
        size = size_to_fit(longest, width=NAME_WIDTH, largest=LARGEST_ON_TWO_LINES, least=LEAST_NAME)
    return FittedName(first, last, f"{size:g}", on_two_lines)


def birth_words(certificate: Certificate) -> str:
    """« née DUPONT le 3 mars 1990 à Sète », the birth name only where the usage name is another."""
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
