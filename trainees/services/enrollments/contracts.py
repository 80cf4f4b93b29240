"""The employment contract of a trainee (CDDI, article L5132-15-1 of the Code du travail)."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from core import clock
from core.formats import shortdate
from trainees.models import Enrollment

MOST_WEEKLY_HOURS = 35
LONGEST = relativedelta(months=60)  # the longest a CDDI may last, every extension granted
LONGEST_NUMBER = 40


@dataclass(frozen=True)
class Contract:
    """First and last day of the contract, its hours a week, and the number under which its training is funded."""

    start: date
    end: date
    weekly_hours: Decimal
    funding_number: str = ""

    @classmethod
    def of(cls, enrollment: Enrollment) -> "Contract":
        return cls(
            enrollment.contract_start,
            enrollment.contract_end,
            enrollment.weekly_hours,
            enrollment.funding_number,
        )

    @property
    def facts(self) -> dict[str, str]:
        """As the journal keeps them."""
        return {name: str(value) for name, value in asdict(self).items()}


def contract_faults(contract: Contract) -> dict[str, str]:
    """Every fault of a contract, by field; the 4 and 24 months of the law have exceptions and are not checked."""
    faults = {}
    if contract.end <= contract.start:
        faults["end"] = "Le contrat finit avant d’avoir commencé. Vérifiez les deux dates."
    elif contract.end > contract.start + LONGEST:
        faults["end"] = "Un CDDI ne dure jamais plus de 60 mois. Vérifiez les deux dates."
    elif contract.end < clock.today():
        faults["end"] = f"Ce contrat est fini depuis le {shortdate(contract.end)}. Indiquez celui qui court."
    hours = Decimal(contract.weekly_hours)
    if not hours.is_finite() or not 0 < hours <= MOST_WEEKLY_HOURS:
        faults["weekly_hours"] = "Un contrat compte plus de 0 et au plus 35 heures par semaine."
    elif hours != round(hours, 2):
        faults["weekly_hours"] = "Les heures par semaine s’écrivent avec deux décimales au plus : 26,5."
    if len(contract.funding_number) > LONGEST_NUMBER:
        faults["funding_number"] = f"Un numéro de prise en charge ne dépasse pas {LONGEST_NUMBER} caractères."
    return faults
