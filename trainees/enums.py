from django.db.models import TextChoices


class Sex(TextChoices):
    """As the CDC schema wants it (cdc: `sexe`)."""

    FEMALE = "F", "femme"
    MALE = "M", "homme"


class EnrollmentState(TextChoices):
    ACTIVE = "active", "en parcours"
    SUSPENDED = "suspended", "en pause"
    LEFT = "left", "sorti du parcours"
    COMPLETED = "completed", "parcours terminé"


ENROLLMENT_MOVES: dict[str, set[str]] = {
    EnrollmentState.ACTIVE: {EnrollmentState.SUSPENDED, EnrollmentState.LEFT, EnrollmentState.COMPLETED},
    # An enrolment may be judged while it is on a break, and a decision reversed opens the enrolment again.
    EnrollmentState.SUSPENDED: {EnrollmentState.ACTIVE, EnrollmentState.LEFT, EnrollmentState.COMPLETED},
    EnrollmentState.LEFT: set(),
    EnrollmentState.COMPLETED: {EnrollmentState.ACTIVE},
}
OPEN_STATES = (EnrollmentState.ACTIVE, EnrollmentState.SUSPENDED)


class EnrollmentStep(TextChoices):
    """The step that an enrolment has reached, as the pages show it."""

    ENROLLED = "enrolled", "Inscription"
    TRAINING = "training", "Formation"
    DOSSIER = "dossier", "Dossier"
    JURY = "jury", "Jury"
    CERTIFICATE = "certificate", "Certificat"


class Modality(TextChoices):
    """The triple alternance: where the hours of the plan take place."""

    PRODUCTION = "production", "en situation de production"
    CLASSROOM = "classroom", "en salle"
    IMMERSION = "immersion", "en immersion"


class SessionPlace(TextChoices):
    """A training session is in production or in a classroom, nothing else (monthly sheets of the financiers)."""

    PRODUCTION = "production", "en situation de production"
    CLASSROOM = "classroom", "en salle"


class SessionState(TextChoices):
    PLANNED = "planned", "prévue"
    HELD = "held", "tenue"
    CANCELLED = "cancelled", "annulée"


SESSION_MOVES: dict[str, set[str]] = {
    SessionState.PLANNED: {SessionState.HELD, SessionState.CANCELLED},
    SessionState.HELD: set(),
    SessionState.CANCELLED: set(),
}


class HalfDay(TextChoices):
    """What a trainee signs for, as the financiers ask (domain: one signature per half-day)."""

    MORNING = "morning", "matin"
    AFTERNOON = "afternoon", "après-midi"


class SessionKind(TextChoices):
    GROUP = "group", "collective"
    INDIVIDUAL = "individual", "individuelle"


class TrainingModule(TextChoices):
    """The four modules of the CQP, as attendance sheets must name them."""

    KEY = "M1", "Compétences clés"
    INFORMATION = "M2", "Information et communication"
    SAFETY = "M3", "Santé et sécurité au travail"
    PROFESSIONAL = "M4", "Compétences professionnelles"


class ImmersionPurpose(TextChoices):
    """The three purposes of an immersion (article L5135-1 of the Code du travail)."""

    DISCOVER = "discover", "découvrir un métier ou un secteur"
    CONFIRM = "confirm", "confirmer un projet professionnel"
    RECRUIT = "recruit", "commencer une démarche de recrutement"


class AbsenceReason(TextChoices):
    """Why a trainee was not there, without any detail of health or private life (article L6353-9)."""

    JUSTIFIED = "justified", "absence justifiée"
    UNJUSTIFIED = "unjustified", "absence non justifiée"
    LEAVE = "leave", "congé"
    IMMERSION = "immersion", "en immersion"
    STEPS = "steps", "démarche prévue"


class ObjectivesReached(TextChoices):
    """What the tutor says of the objectives of an immersion."""

    YES = "yes", "oui"
    PARTLY = "partly", "en partie"
    NO = "no", "pas encore"
