from .appraisal import Appraisal, Mark
from .candidate import Candidate
from .certificate import Certificate, RegisterYear
from .decision import Decision, DecisionDomain
from .juror import DeclaredLink, Juror
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
    "Mark",
    "Minutes",
    "MinutesSignature",
    "RegisterYear",
    "Seat",
]
