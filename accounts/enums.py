from django.db.models import TextChoices


class UserRole(TextChoices):
    """The roles of a person on the site; one person may have several."""

    CERTIFIER = "certifier", "Certificateur"
    DIRECTOR = "director", "Direction"
    TRAINER = "trainer", "Encadrement technique"
    COUNSELLOR = "counsellor", "Accompagnement socioprofessionnel"
    JUROR = "juror", "Jury"
    TRAINEE = "trainee", "Salarié en parcours"
