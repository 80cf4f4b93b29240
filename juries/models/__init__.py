from juries.models.convocations import Letter
from juries.models.jurors import DeclaredLink, Juror, PastEmployer, Unavailability
from juries.models.jury_day.access import DayAccess
from juries.models.jury_day.appraisal import Appraisal, Mark
from juries.models.jury_day.incident import Incident
from juries.models.results.appeal import Appeal
from juries.models.results.attestation import PartialAttestation
from juries.models.results.decision import Decision, DecisionDomain
from juries.models.results.minutes import Minutes, MinutesSignature
from juries.models.sessions.candidate import Candidate
from juries.models.sessions.panel import Panel, Pause
from juries.models.sessions.session import JurySession, Seat
from juries.models.sessions.settings import CertificationSettings

__all__ = [
    "Appeal",
    "Appraisal",
    "Candidate",
    "CertificationSettings",
    "DayAccess",
    "Decision",
    "DecisionDomain",
    "DeclaredLink",
    "Incident",
    "Juror",
    "JurySession",
    "Letter",
    "Mark",
    "Minutes",
    "MinutesSignature",
    "Panel",
    "PartialAttestation",
    "PastEmployer",
    "Pause",
    "Seat",
    "Unavailability",
]
