from django.db.models import TextChoices


class StructureState(TextChoices):
    INTERESTED = "interested", "intéressée"
    ACCREDITED = "accredited", "agréée"
    SUSPENDED = "suspended", "suspendue"
    ENDED = "ended", "agrément terminé"


STRUCTURE_MOVES: dict[str, set[str]] = {
    StructureState.INTERESTED: {StructureState.ACCREDITED, StructureState.ENDED},
    StructureState.ACCREDITED: {StructureState.SUSPENDED, StructureState.ENDED},
    StructureState.SUSPENDED: {StructureState.ACCREDITED, StructureState.ENDED},
    StructureState.ENDED: {StructureState.ACCREDITED},
}


class Role(TextChoices):
    """What a person does in a structure (CCN 3016, titre IV)."""

    DIRECTOR = "director", "direction"
    TRAINER = "trainer", "encadrement technique"
    COUNSELLOR = "counsellor", "accompagnement socioprofessionnel"


EVALUATING_ROLES = (Role.TRAINER, Role.COUNSELLOR)
