from .access import DayAccess
from .appeal import Appeal
from .appraisal import Appraisal, Mark
from .archive import Archive
from .attestation import PartialAttestation
from .candidate import Candidate
from .certificate import Certificate, RegisterYear
from .decision import Decision, DecisionDomain
from .hold import DrawingHold
from .incident import Incident
from .juror import DeclaredLink, Juror, PastEmployer, Unavailability
from .layout import CertificateLayout
from .letter import Letter
from .minutes import Minutes, MinutesSignature
from .panel import Panel, Pause
from .session import JurySession, Seat
from .settings import CertificationSettings

__all__ = [
    "Appeal",
    "Appraisal",
    "Archive",
    "Candidate",
    "Certificate",
    "CertificateLayout",
    "CertificationSettings",
    "DayAccess",
    "Decision",
    "DecisionDomain",
    "DeclaredLink",
    "DrawingHold",
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
    "RegisterYear",
    "Seat",
    "Unavailability",
]
