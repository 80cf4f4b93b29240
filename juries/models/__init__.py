from .appraisal import Appraisal, Mark
from .candidate import Candidate
from .certificate import Certificate, RegisterYear
from .decision import Decision, DecisionDomain
from .juror import DeclaredLink, Juror
from .letter import Letter
from .minutes import Minutes, MinutesSignature
from .session import JurySession, Seat
from .settings import CertificationSettings

__all__ = [
    "Appraisal",
    "Candidate",
    "Certificate",
    "CertificationSettings",
    "Decision",
    "DecisionDomain",
    "DeclaredLink",
    "Juror",
    "JurySession",
    "Letter",
    "Mark",
    "Minutes",
    "MinutesSignature",
    "RegisterYear",
    "Seat",
]
