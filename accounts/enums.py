from django.db.models import TextChoices


class UserRole(TextChoices):
    """What a person may be in the house; one person may wear several."""

    CERTIFIER = "certifier", "Certificateur"
    DIRECTOR = "director", "Direction"
    TRAINER = "trainer", "Encadrement technique"
    COUNSELLOR = "counsellor", "Accompagnement socioprofessionnel"
    JUROR = "juror", "Jury"
    TRAINEE = "trainee", "Salarié en parcours"
