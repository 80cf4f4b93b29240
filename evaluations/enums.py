from django.db.models import TextChoices


class FrameworkState(TextChoices):
    DRAFT = "draft", "brouillon"
    PUBLISHED = "published", "publié"
    RETIRED = "retired", "retiré"


FRAMEWORK_MOVES: dict[str, set[str]] = {
    FrameworkState.DRAFT: {FrameworkState.PUBLISHED},
    FrameworkState.PUBLISHED: {FrameworkState.RETIRED},
    FrameworkState.RETIRED: set(),
}


class Family(TextChoices):
    """The two booklets of continuous evaluation."""

    KEY = "key", "compétences clés"
    PROFESSIONAL = "professional", "compétences professionnelles"


class TestKind(TextChoices):
    """The two tests of the jury, each with its grid in the framework."""

    PRODUCTION = "production", "épreuve en situation de production"
    INTERVIEW = "interview", "entretien individuel"

    __test__ = False  # its name is the trade's, not pytest's


class SheetState(TextChoices):
    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "à valider"
    VALIDATED = "validated", "validée"


SHEET_MOVES: dict[str, set[str]] = {
    SheetState.DRAFT: {SheetState.SUBMITTED},
    SheetState.SUBMITTED: {SheetState.VALIDATED, SheetState.DRAFT},
    SheetState.VALIDATED: set(),
}


class SignatureRole(TextChoices):
    TRAINEE = "trainee", "salarié"
    TRAINER = "trainer", "encadrement"
    DIRECTOR = "director", "direction"


class Piece(TextChoices):
    """The pieces of the dossier preuve that the gateway checks, in the order of the page."""

    IDENTITY = "identity", "Identité"
    HOURS = "hours", "Heures de formation"
    COMPETENCIES = "competencies", "Compétences évaluées"
    SHEETS = "sheets", "Fiches d’expérience"
    IMMERSION = "immersion", "Immersion en entreprise"
    SIGNATURES = "signatures", "Signatures"


class DossierState(TextChoices):
    SEALED = "sealed", "scellé, à examiner"
    ACCEPTED = "accepted", "accepté"
    RETURNED = "returned", "renvoyé à compléter"


DOSSIER_MOVES: dict[str, set[str]] = {
    DossierState.SEALED: {DossierState.ACCEPTED, DossierState.RETURNED},
    DossierState.ACCEPTED: set(),
    DossierState.RETURNED: set(),
}
