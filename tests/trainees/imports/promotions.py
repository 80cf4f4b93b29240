"""The words of the files that the tests import."""

from trainees.services.imports import read_promotion

HEADING = (
    "Nom de naissance;Prénoms;Sexe;Date de naissance;Début du contrat;Fin du contrat;Heures hebdo;"
    "Support de production;Référent (courriel)"
)
BARE_HEADING = HEADING.replace("é", "e")
LINE = "MARTIN;Jeanne;F;14/03/1979;02/09/2026;01/09/2027;26;Espaces verts;encadrant@cqp.example"


def lines(*texts: str) -> bytes:
    return "\r\n".join(texts).encode()


def faults_of(place, *texts: str) -> list[str]:
    return [str(fault) for fault in read_promotion(structure=place, content=lines(HEADING, *texts)).faults]
