"""What would print wrong on a certificate, checked before its line enters the register."""

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from certificates.documents.layouts import LayoutMissing, layout_of
from certificates.documents.rendering.glyphs import missing_glyphs, quoted
from certificates.documents.rendering.text_fitting import fitting_faults
from certificates.models import Certificate, CertificateLayout
from core.formats import joined, shortdate

LEAST_AGE, MOST_AGE = 16, 100
"""Years on the day of the jury; outside them the year of birth was mistyped."""

NOT_YET_KNOWN = ("enrollment", "batch_id", "year", "sequence", "number")


def published_layout(version: str) -> CertificateLayout | None:
    try:
        return layout_of(version)
    except LayoutMissing:
        return None


def print_faults(certificate: Certificate, layout: CertificateLayout | None = None) -> list[str]:
    """What would print wrong, one French sentence each; empty when the certificate may be delivered.

    `layout` is read from the certificate unless given, by a caller that checks many.
    """
    name = certificate.full_name
    layout = layout or published_layout(certificate.layout_version)
    faults = _faults_of_birth(certificate)
    if not certificate.title:
        faults.append("L’intitulé du certificat manque dans le référentiel.")
    if layout is None:
        faults.append(
            f"La maquette de certificat « {certificate.layout_version} » n’existe pas ou n’est pas publiée."
        )
    else:
        faults += fitting_faults(certificate, layout)
    missing = missing_glyphs(" ".join(_written(certificate)))
    if missing:
        letters = joined(quoted(letter) for letter in missing)
        faults.append(
            f"Le certificat de {name} contient des signes que sa police n’écrit pas : {letters}. "
            "Écrivez-les en lettres latines, comme sur le passeport."
        )
    try:
        certificate.clean_fields(exclude=NOT_YET_KNOWN)
    except ValidationError as error:
        labels = {field.name: field.verbose_name for field in Certificate._meta.concrete_fields}
        faults += [
            f"Certificat de {name}, {labels[field]} : {' '.join(messages)}"
            for field, messages in error.message_dict.items()
        ]
    return faults


def _faults_of_birth(certificate: Certificate) -> list[str]:
    name, born = certificate.full_name, certificate.birth_date
    faults = []
    if not born:
        faults.append(f"La date de naissance de {name} manque.")
    elif not LEAST_AGE <= relativedelta(certificate.jury_date, born).years < MOST_AGE:
        faults.append(
            f"Une naissance le {shortdate(born)} n’est pas possible : vérifiez l’année, pour {name}."
        )
    if not certificate.birth_place and certificate.birth_country.casefold() == "france":
        faults.append(f"La commune de naissance de {name} manque : complétez son identité.")
    return faults


def _written(certificate: Certificate) -> list[str]:
    """Every text that the certificate prints."""
    return [
        certificate.first_names,
        certificate.birth_name,
        certificate.usage_name,
        certificate.birth_place,
        certificate.birth_country,
        certificate.title,
        certificate.support_name,
        *certificate.domains,
        certificate.structure_name,
        certificate.jury_place,
        certificate.certifier_name,
        *(word for signatory in certificate.signatories for word in signatory.values()),
    ]
