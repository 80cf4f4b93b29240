"""The forms of the composer: where and when to search, then what is ticked."""

from datetime import date, timedelta
from uuid import UUID

from django import forms

from core import clock
from core.forms.fields import DayField, field_of
from juries.forms.jurors.juror_search import by_name
from juries.forms.sessions.sessions import PlanForm
from juries.models import CertificationSettings
from juries.services.sessions.composer import ComposerData, ComposerQuery, ReadyDossiers
from juries.services.sessions.composer.ready_dossiers import busiest_region

MARGIN = timedelta(days=6)
"""Between the notice that the rules ask and the day first proposed: time to print and to post."""


class Ids(forms.TypedMultipleChoiceField):
    """Ticked rows, by their id; whether they exist and may be taken is for the service to say."""

    def __init__(self, **kwargs) -> None:
        super().__init__(coerce=UUID, **kwargs)

    def valid_value(self, value: str) -> bool:
        try:
            UUID(value)
        except ValueError:
            return False
        return True


class FrameForm(forms.Form):
    """Where, and on which days: one chosen, two more to compare."""

    region = forms.ChoiceField(label="Région des candidats", required=False)
    day_1 = DayField(label="Jour")
    day_2 = DayField(label="Autre jour possible", required=False)
    day_3 = DayField(label="Encore un autre", required=False)
    structures = Ids(label="Structures", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data, *, waiting: list[ReadyDossiers], rules: CertificationSettings) -> None:
        if not data or "day_1" not in data:
            day = first_day(rules)
            data = {"region": busiest_region(waiting), "day_1": day.isoformat()}
        super().__init__(data)
        field_of(self, "region", forms.ChoiceField).choices = [("", "Toute la France"), *by_name()]
        region = self.data.get("region", "")
        here = [row for row in waiting if not region or row.region == region]
        self.structures_offered = {row.structure for row in here}
        field_of(self, "structures", Ids).choices = [
            (str(row.structure), f"{row.name} ({row.count})") for row in here
        ]
        self.waiting_here = sum(row.count for row in here)

    @property
    def days(self) -> tuple[date, ...]:
        given = (self.cleaned_data.get(name) for name in ("day_1", "day_2", "day_3"))
        return tuple(dict.fromkeys(day for day in given if day)) if self.is_valid() else ()

    @property
    def query(self) -> ComposerQuery:
        """What the frame asks, with nothing ticked yet: the rules propose."""
        return ComposerQuery(
            days=self.days,
            held_on=self.days[0],
            region=self.cleaned_data["region"],
            structures=frozenset(self.cleaned_data["structures"]) & self.structures_offered,
        )


def first_day(rules: CertificationSettings) -> date:
    """The first working day that leaves the notice of the rules and some margin."""
    day = clock.today() + timedelta(days=rules.notice_days) + MARGIN
    return day + timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > 4 else 0)


class ComposerForm(PlanForm):
    """The day, the place, the candidates and the jury that were ticked."""

    dossiers = Ids(label="Candidats", error_messages={"required": "Cochez au moins un candidat."})
    jurors = Ids(label="Jurés", error_messages={"required": "Cochez les jurés qui siègent."})
    president = forms.UUIDField(
        label="Présidence", error_messages={"required": "Confiez la présidence à un juré coché."}
    )

    def query(self, frame: FrameForm, *, anew: bool = False) -> ComposerQuery:
        """What is ticked, whole or not; `anew` lets the rules propose another jury for these candidates."""
        self.is_valid()
        asked, days = frame.query, frame.days
        held_on = self.cleaned_data.get("held_on")
        return ComposerQuery(
            days=days,
            held_on=held_on if held_on in days else asked.held_on,
            region=asked.region,
            structures=asked.structures,
            dossiers=frozenset(self.cleaned_data.get("dossiers", ())),
            jurors=None if anew else frozenset(self.cleaned_data.get("jurors", ())),
            president=self.cleaned_data.get("president"),
        )

    @staticmethod
    def place_of(data: ComposerData) -> dict:
        """Juries travel to the structures: that of the first candidate is proposed."""
        if not data.picked_rows:
            return {}
        structure = data.picked_rows[0].dossier.enrollment.structure
        return {
            "venue": structure.name,
            "address": structure.address,
            "postcode": structure.postcode,
            "city": structure.city,
        }
