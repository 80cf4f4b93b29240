"""What article D5135-2 requires in a convention, and what ours still lacks."""

from dataclasses import dataclass

from trainees.models import Immersion


@dataclass(frozen=True)
class MissingPiece:
    """One thing that the convention must say and does not yet; `place` is where to write it."""

    name: str
    sentence: str
    of_structure: bool = False


PIECES = {
    "host_siret": ("SIRET", "Le numéro d’immatriculation (SIRET) de l’entreprise d’accueil."),
    "place": ("Lieu", "Le lieu où l’immersion se passe, avec son adresse."),
    "tutor_role": ("Fonction du tuteur", "La fonction de la personne qui accueille et qui suit."),
    "tasks": ("Activités", "Les activités confiées, qui développent les compétences recherchées."),
    "schedule": ("Horaires", "Les horaires de présence, jour par jour."),
}


def missing_pieces(immersion: Immersion) -> list[MissingPiece]:
    """Piece by piece, in the order of the form; nothing when the convention can be printed as it is."""
    missing = [
        MissingPiece(name, sentence)
        for field, (name, sentence) in PIECES.items()
        if not getattr(immersion, field)
    ]
    if not immersion.enrollment.structure.address:
        missing.append(
            MissingPiece("Adresse", "L’adresse de votre structure, sur sa page.", of_structure=True)
        )
    return missing
