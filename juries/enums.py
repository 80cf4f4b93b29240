from django.db.models import TextChoices


class College(TextChoices):
    EMPLOYER = "employer", "employeurs"
    EMPLOYEE = "employee", "salariés"


class ReleaseMode(TextChoices):
    """When the results of a session become known."""

    AT_LAST_SIGNATURE = "at_last_signature", "dès la dernière signature du procès-verbal"
    BY_CERTIFIER = "by_certifier", "sur décision du certificateur"


class SessionState(TextChoices):
    PLANNED = "planned", "prévue"
    CONVENED = "convened", "convoquée"
    OPEN = "open", "ouverte"
    DELIBERATED = "deliberated", "délibérée"
    RELEASED = "released", "résultats publiés"
    CANCELLED = "cancelled", "annulée"


SESSION_MOVES: dict[str, set[str]] = {
    SessionState.PLANNED: {SessionState.CONVENED, SessionState.CANCELLED},
    SessionState.CONVENED: {SessionState.OPEN, SessionState.CANCELLED},
    SessionState.OPEN: {SessionState.DELIBERATED, SessionState.CANCELLED},
    SessionState.DELIBERATED: {SessionState.RELEASED},
    SessionState.RELEASED: set(),
    SessionState.CANCELLED: set(),
}
BEFORE_THE_DAY = (SessionState.PLANNED, SessionState.CONVENED)
"""States in which a jury may still be composed and its day laid out."""
JUROR_STATES = (SessionState.CONVENED, SessionState.OPEN, SessionState.DELIBERATED)


class ConflictRule(TextChoices):
    """Why a juror cannot judge a candidate (conflicts of interest; article D6412-6 by analogy)."""

    SELF = "self", "juge de soi-même"
    TRAINED = "trained", "a formé"
    EVALUATED = "evaluated", "a évalué"
    SIGNED = "signed", "a signé ou validé une pièce du dossier"
    REFERENT = "referent", "référent"
    TUTOR = "tutor", "tuteur d’immersion"
    COLLEAGUE = "colleague", "équipe de la structure"
    LINK = "link", "lien déclaré"


class Departure(TextChoices):
    """How a decision departs from what the jurors said of the tests."""

    MAJORITY = "majority", "contre l’avis de la majorité des jurés"
    UNANIMITY = "unanimity", "contre l’avis unanime des jurés"


class Presence(TextChoices):
    EXPECTED = "expected", "attendu"
    PRESENT = "present", "présent"
    ABSENT = "absent", "absent"


class AccessKind(TextChoices):
    """How a juror logs in for one day without their password."""

    CODE = "code", "code reçu par e-mail"
    LINK = "link", "lien à flasher"


class IncidentKind(TextChoices):
    """What the president or the certifier records of the day, for the minutes."""

    LATE = "late", "retard"
    ABSENCE = "absence", "absence"
    INCIDENT = "incident", "incident"


class Outcome(TextChoices):
    """The collective decision; only the first one brings a certificate."""

    CERTIFIED = "certified", "certifié"
    PARTIAL = "partial", "certification partielle"
    NOT_CERTIFIED = "not_certified", "non certifié"
    ADJOURNED = "adjourned", "ajourné"
    ABSENT = "absent", "absent"


class LetterKind(TextChoices):
    """The letters that a person receives about a session."""

    JUROR = "juror", "convocation de juré"
    CANDIDATE = "candidate", "convocation de candidat"
    STRUCTURE = "structure", "convocation des candidats"
    REMINDER = "reminder", "rappel"
    EVE = "eve", "rappel de la veille"
    DROPPED = "dropped", "convocation retirée"
    CANCELLED = "cancelled", "annulation"
    REPLY = "reply", "réponse à une convocation"
    RESULTS = "results", "résultats disponibles"
    RESULT = "result", "lettre de résultat"
    APPEAL = "appeal", "réponse à un recours"
    REVIEW = "review", "recours à relire"


CONVOCATIONS = (LetterKind.JUROR, LetterKind.CANDIDATE, LetterKind.STRUCTURE)
"""The letters that convene somebody, with a calendar file, and wait for an answer."""

TO_CANDIDATES = (LetterKind.RESULT, LetterKind.APPEAL)
"""The letters to a candidate about a decision; the last one of each kind is the valid one."""


class LetterState(TextChoices):
    TO_SEND = "to_send", "à envoyer"
    SENDING = "sending", "en cours d’envoi"
    SENT = "sent", "envoyée"
    FAILED = "failed", "non partie"
    CONFIRMED = "confirmed", "confirmée"
    DECLINED = "declined", "refusée"
    USELESS = "useless", "sans objet"


LETTER_MOVES: dict[str, set[str]] = {
    LetterState.TO_SEND: {
        LetterState.SENDING,
        LetterState.FAILED,
        LetterState.CONFIRMED,
        LetterState.DECLINED,
        LetterState.USELESS,
    },
    LetterState.SENDING: {
        LetterState.TO_SEND,
        LetterState.SENT,
        LetterState.FAILED,
        LetterState.CONFIRMED,
        LetterState.DECLINED,
    },
    LetterState.SENT: {LetterState.TO_SEND, LetterState.CONFIRMED, LetterState.DECLINED},
    LetterState.FAILED: {
        LetterState.TO_SEND,
        LetterState.SENT,
        LetterState.CONFIRMED,
        LetterState.DECLINED,
        LetterState.USELESS,
    },
    LetterState.CONFIRMED: {LetterState.DECLINED},
    LetterState.DECLINED: {LetterState.CONFIRMED},
    LetterState.USELESS: set(),
}
"""By whom: the worker sends (to send → sending → sent or failed), a person answers or asks for it once more."""

ANSWERED = (LetterState.CONFIRMED, LetterState.DECLINED)


class AppealState(TextChoices):
    """The state of an appeal against a released decision."""

    FILED = "filed", "déposé"
    ASSIGNED = "assigned", "confié à une relecture"
    REVIEWED = "reviewed", "avis rendu"
    UPHELD = "upheld", "accepté"
    REJECTED = "rejected", "rejeté"
    INADMISSIBLE = "inadmissible", "non recevable"
    WITHDRAWN = "withdrawn", "retiré"


APPEAL_MOVES: dict[str, set[str]] = {
    AppealState.FILED: {AppealState.ASSIGNED, AppealState.INADMISSIBLE, AppealState.WITHDRAWN},
    AppealState.ASSIGNED: {AppealState.ASSIGNED, AppealState.REVIEWED, AppealState.WITHDRAWN},
    AppealState.REVIEWED: {AppealState.UPHELD, AppealState.REJECTED, AppealState.WITHDRAWN},
    AppealState.UPHELD: set(),
    AppealState.REJECTED: set(),
    AppealState.INADMISSIBLE: set(),
    AppealState.WITHDRAWN: set(),
}
"""An appeal may be given to another reviewer as long as no opinion is written."""

APPEAL_OPEN = (AppealState.FILED, AppealState.ASSIGNED, AppealState.REVIEWED)
APPEAL_ANSWERED = (AppealState.UPHELD, AppealState.REJECTED, AppealState.INADMISSIBLE)
