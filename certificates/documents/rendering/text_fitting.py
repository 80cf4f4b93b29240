"""Whether the texts of a certificate fit in their places, measured with the typefaces that print them.

The places are those of the style sheet of the base « 2026-1 »; `tests/certificates/rendering/test_text_fitting.py`
compares them with the boxes that WeasyPrint lays out. Lengths are in millimetres, sizes in points.

To ask WeasyPrint instead was measured: 36 ms a certificate for its layout alone, without writing the file, against
0.6 ms here. The certificates of a session are checked within the transaction of the last signature of its minutes:
twelve would add 0.4 s, on SQLite with the only writer held, to an answer given in 0.2 s, and a server without Pango,
where certificates wait for a worker that has it, could not publish at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

from certificates.documents.rendering.glyphs import (
    NAME_FONT,
    POINTS_PER_MM,
    SANS,
    SANS_BOLD,
    SERIF,
    name_width,
    text_width,
)
from certificates.documents.rendering.wording import (
    LEAST_NAME,
    NAME_WIDTH,
    birth_words,
    fit_name,
    intro_words,
    split_title,
)
from certificates.models import Certificate, CertificateLayout
from core.formats import NBSP

KERNING_ALLOWANCE = 1.005
"""How much wider than the sum of its glyphs a line may be, since kerning is not measured."""

TOO_LONG = 99
"""The number of lines of a text with a word that is wider than its place."""


@dataclass(frozen=True)
class Place:
    """The place of a text: its width, the size and typeface, and how many lines it may take."""

    width: float
    size: float
    font: tuple[str, str] = SANS
    most_lines: int = 1
    leading: float = 1.3
    spacing: float = 0.0

    def lines(self, text: str) -> int:
        """How many lines a text takes, broken at spaces and hyphens."""
        available = self.width * POINTS_PER_MM / self.size / KERNING_ALLOWANCE
        lines, used = 1, 0.0
        for word in re.findall(r"[^ \-]*-+|[^ \-]+ ?| ", text):
            width, mark = self._width(word), self._width(word.rstrip(" "))
            if mark > available:
                return TOO_LONG
            if used + mark > available:
                lines, used = lines + 1, 0.0
            used += width
        return lines

    def height(self, text: str) -> float:
        return self.lines(text) * self.size * self.leading / POINTS_PER_MM

    def _width(self, word: str) -> float:
        return text_width(word, self.font) + self.spacing * len(word)


WIDTH = 241
BESIDE_LOGO = 150
"""What a logo, at the top left, leaves to the centred lines beside it."""

CERTIFIER = Place(WIDTH, 12.5, SANS_BOLD, spacing=0.06)
GENRE = Place(WIDTH, 17, SERIF, leading=1.12)
TRADE = Place(WIDTH, 31, NAME_FONT, most_lines=2, leading=1.12)
INTRO = Place(WIDTH, 11.5, most_lines=2)
BORN = Place(WIDTH, 12.5, most_lines=2)
SUPPORT = Place(WIDTH, 11, SANS_BOLD, most_lines=2)
STRUCTURE = Place(WIDTH, 11, most_lines=2)
HEADING = Place(WIDTH, 11, SANS_BOLD)
DOMAIN = Place(74.2, 9.3, most_lines=3, leading=1.25)
SIGNED = Place(66, 13.5, SERIF, most_lines=2)
QUALITY = Place(66, 9.5, most_lines=2)
WHERE = Place(46, 8, most_lines=2)
CLOSING = Place(217, 8.5)

COLUMNS = 3
TOP, FOOT, QR = 24.0, 187.0, 34.0
HANDWRITTEN_HEIGHT = 14.0
"""The height of a handwritten signature above the name of the signatory."""

GAP = 1.0


@dataclass(frozen=True)
class Density:
    """The space between the blocks, from the top down, and the font sizes that may shrink."""

    title: float
    intro: float
    name: float
    born: float
    support: float
    domains: float
    list: float
    support_size: float
    domain_size: float


SPACIOUS = Density(3.5, 5, 2.5, 1, 3, 9, 2, support_size=11, domain_size=9.3)
TIGHT = Density(2, 3, 1.5, 0.5, 2, 5.5, 1, support_size=10, domain_size=8.6)


def density_of(certificate: Certificate, layout: CertificateLayout) -> Density | None:
    """The first density at which nothing covers the signatures or the QR code; None when there is none."""
    return next(
        (density for density in (SPACIOUS, TIGHT) if not _runs_over(certificate, layout, density)), None
    )


def fitting_faults(certificate: Certificate, layout: CertificateLayout) -> list[str]:
    """The texts that do not fit in their place, one French sentence each."""
    faults = [*_name_faults(certificate), *_line_faults(certificate, layout)]
    if not faults and density_of(certificate, layout) is None:
        faults.append(
            f"Le certificat de {certificate.full_name} ne tient pas sur sa page : avec un nom, un intitulé et des "
            "domaines si longs, le texte recouvre les signatures ou le code QR. Raccourcissez l’un d’eux."
        )
    return faults


def signatory_faults(name: str, quality: str) -> list[str]:
    """The texts of a signatory that do not fit in their place."""
    faults = []
    if SIGNED.lines(name) > SIGNED.most_lines:
        faults.append(f"Le nom du signataire « {name} » ne tient pas sur deux lignes : raccourcissez-le.")
    if QUALITY.lines(quality) > QUALITY.most_lines:
        faults.append(f"La qualité « {quality} » ne tient pas sur deux lignes : raccourcissez-la.")
    return faults


def _name_faults(certificate: Certificate) -> Iterator[str]:
    last = "le nom d’usage" if certificate.usage_name else "le nom de naissance"
    for label, text in (
        ("les prénoms", certificate.first_names),
        (last, certificate.usage_name or certificate.birth_name),
    ):
        if name_width(text) * LEAST_NAME * KERNING_ALLOWANCE > NAME_WIDTH * POINTS_PER_MM:
            yield (
                f"Sur le certificat de {certificate.full_name}, {label} ne tiennent pas sur une ligne, même en "
                f"petites lettres ({LEAST_NAME} points). Gardez ceux de tous les jours, comme sur la carte d’identité."
                if label == "les prénoms"
                else f"Sur le certificat de {certificate.full_name}, {label} ne tient pas sur une ligne, même en "
                f"petites lettres ({LEAST_NAME} points). Renseignez un nom d’usage plus court."
            )


def _line_faults(certificate: Certificate, layout: CertificateLayout) -> Iterator[str]:
    name = certificate.full_name
    for place, text, subject in _lines(certificate, layout):
        if place.lines(text) > place.most_lines:
            most = "une ligne" if place.most_lines == 1 else f"{place.most_lines} lignes"
            yield f"{subject.format(name=name)} ne tient pas sur {most} : raccourcissez ce texte."
    for signatory in certificate.signatories:
        yield from signatory_faults(signatory["name"], signatory["quality"])


def _lines(certificate: Certificate, layout: CertificateLayout) -> Iterator[tuple[Place, str, str]]:
    """Each text of the page with its place and its name, « {name} » being the holder."""
    title, beside = split_title(certificate.title), BESIDE_LOGO if layout.logo else WIDTH
    yield replace(CERTIFIER, width=beside), certificate.certifier_name, "Le nom du certificateur"
    yield replace(GENRE, width=beside), title["genre"], "Le début de l’intitulé du certificat"
    yield TRADE, title["trade"], "L’intitulé du certificat"
    yield INTRO, intro_words(certificate, layout), "La phrase d’introduction"
    yield BORN, birth_words(certificate), "La naissance de {name}"
    yield SUPPORT, support_words(certificate), "Le support de production de {name}"
    yield STRUCTURE, structure_words(certificate), "Le nom de la structure de {name}"
    yield HEADING, layout.domains_heading, "Le titre des domaines"
    for domain in certificate.domains:
        yield DOMAIN, domain, f"Le domaine « {domain} »".replace("{", "{{").replace("}", "}}")
    yield CLOSING, layout.closing, "La mention en bas de page"


def support_words(certificate: Certificate) -> str:
    """The line of the production support, in its longest form."""
    codes = f" (ROME{NBSP}{certificate.rome_codes})" if certificate.rome_codes else ""
    return f"formée sur le support de production «{NBSP}{certificate.support_name}{NBSP}»{codes}"


def structure_words(certificate: Certificate) -> str:
    return f"par la structure {certificate.structure_name}"


def _runs_over(certificate: Certificate, layout: CertificateLayout, density: Density) -> bool:
    """Whether the domains, in columns, reach the signatures or the QR code at the foot."""
    top = _top_of_domains(certificate, layout, density)
    place = replace(DOMAIN, size=density.domain_size)
    lowest = _top_of_signatures(certificate, layout)
    lowest_beside_qr = min(lowest, _top_of_check())
    for first in range(0, len(certificate.domains), COLUMNS):
        row = [place.height(domain) for domain in certificate.domains[first : first + COLUMNS]]
        if top + max(row) > lowest or (len(row) == COLUMNS and top + row[-1] > lowest_beside_qr):
            return True
        top += max(row) + 1
    return False


def _top_of_check() -> float:
    site = settings.SITE_URL.partition("://")[2] + reverse("certificates:verify")
    return FOOT - QR - 10 * 1.3 / POINTS_PER_MM - WHERE.height(f"Vérifiez sur {site}") - GAP


def _top_of_signatures(certificate: Certificate, layout: CertificateLayout) -> float:
    names = [SIGNED.height(signatory["name"]) for signatory in certificate.signatories]
    signatures = [*(0 for _ in names[1:]), HANDWRITTEN_HEIGHT if layout.signature else 0]
    return FOOT - 11.75 - max((sum(pair) for pair in zip(names, signatures, strict=True)), default=0) - GAP


def _top_of_domains(certificate: Certificate, layout: CertificateLayout, density: Density) -> float:
    """Where the list of domains begins, under all that is set above it."""
    title, name = split_title(certificate.title), fit_name(certificate)
    size = density.support_size
    heights = (
        *(CERTIFIER.height(certificate.certifier_name), density.title),
        *(GENRE.height(title["genre"]) if title["genre"] else 0, 0.5, TRADE.height(title["trade"])),
        *(density.intro, INTRO.height(intro_words(certificate, layout))),
        *(density.name, (1 + name.on_two_lines) * float(name.size) * 1.12 / POINTS_PER_MM),
        *(density.born, BORN.height(birth_words(certificate))),
        *(density.support, replace(SUPPORT, size=size).height(support_words(certificate))),
        replace(STRUCTURE, size=size).height(structure_words(certificate)),
        *(density.domains, HEADING.height(layout.domains_heading), density.list),
    )
    return TOP + sum(heights)
