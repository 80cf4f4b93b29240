"""What is checked before a line enters the register, so that no certificate prints wrong."""

from django.core.exceptions import ValidationError

from accounts.formats import joined
from juries.documents.certificate import LAYOUTS
from juries.documents.letters import missing_letters
from juries.models import Certificate

NOT_YET_KNOWN = ("decision", "year", "sequence", "number")


def faults_of(certificate: Certificate) -> list[str]:
    """What would print wrong, one French sentence each: nothing, when the certificate may be delivered."""
    name = certificate.full_name
    faults = []
    if not certificate.birth_date:
        faults.append(f"La date de naissance de {name} manque.")
    if not certificate.birth_place and certificate.birth_country.casefold() == "france":
        faults.append(f"La commune de naissance de {name} manque : complétez son identité.")
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
