"""What is checked before a line enters the register, so that no certificate prints wrong."""

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from accounts.formats import joined, shortdate
from juries.documents.certificate import LAYOUTS
from juries.documents.letters import missing_letters
from juries.models import Certificate

LEAST_AGE, MOST_AGE = 16, 100
"""Years on the day of the jury; outside them the year of birth was mistyped."""

NOT_YET_KNOWN = ("decision", "year", "sequence", "number")


def faults_of(certificate: Certificate) -> list[str]:
    """What would print wrong, one French sentence each: nothing, when the certificate may be delivered."""
    name = certificate.full_name
    faults = _faults_of_birth(certificate)
    if not certificate.title:
        faults.append("L’intitulé du certificat manque dans le référentiel.")
    if certificate.layout_version not in LAYOUTS:
        faults.append(f"La maquette de certificat « {certificate.layout_version} » n’existe pas.")
    missing = missing_letters(" ".join(_written(certificate)))
    if missing:
        letters = joined(f"« {letter} »" for letter in missing)
        faults.append(
            f"Le certificat de {name} contient des signes que sa police n’écrit pas : {letters}. "
            "Écrivez-les en lettres latines, comme sur le passeport."
        )
    try:
        certificate.clean_fields(exclude=NOT_YET_KNOWN)
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            label = Certificate._meta.get_field(field).verbose_name
            faults.append(f"Certificat de {name}, {label} : {' '.join(messages)}")
    return faults


def _faults_of_birth(certificate: Certificate) -> list[str]:
    name, born = certificate.full_name, certificate.birth_date
    faults = []
    if not born:
        faults.append(f"La date de naissance de {name} manque.")
    elif not LEAST_AGE <= relativedelta(certificate.jury_date, born).years < MOST_AGE:
        faults.append(
            f"Une naissance le {shortdate(born)} n’est pas possible : vérifiez l’année, pour {name}."
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
