"""The convention of an immersion, the hours that were done, and the question to the tutor."""

from crispy_forms.layout import HTML, Fieldset
from django import forms

from core.formats import DAYS
from core.forms.fields import DayField, field_of
from core.texts import LONGEST_REASON
from trainees.enums import ImmersionPurpose, ObjectivesReached
from trainees.forms.fields import HoursField, LaidOutForm, side_by_side
from trainees.models import Enrollment, Immersion
from trainees.rules.immersions import Schedule, minutes_between, read_slots, typed

WORKING_WEEK = range(5)
DAY_FIELDS = {f"day_{day}": str(day) for day in range(7)}
NOT_THERE = {"-", "–", "—", "non", "repos", "absent", "absente", "libre", "x"}
OPEN_DAYS = HTML(
    '<details class="more"{% if form.shows_days %} open{% endif %}>'
    "<summary>Des horaires différents selon les jours</summary>"
    "<p>Écrivez seulement ce qui change ; « repos » pour un jour sans présence.</p>"
)
CLOSE_DAYS = HTML("</details>")


class SlotsField(forms.CharField):
    """The hours of one day, typed as people write them; [] for nothing, None for « repos »."""

    def __init__(self, **kwargs) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(max_length=60, required=False, widget=widget, **kwargs)

    def clean(self, value) -> list | None:
        text = super().clean(value)
        if text.casefold() in NOT_THERE:
            return None
        try:
            return read_slots(text)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault


class ImmersionForm(LaidOutForm):
    """The terms of `trainees.services.immersions`; the schedule is one line, or one line a day."""

    host_name = forms.CharField(label="Entreprise d’accueil", max_length=120)
    host_siret = forms.CharField(label="SIRET de l’entreprise", max_length=18, required=False)
    place = forms.CharField(
        label="Lieu de l’immersion",
        max_length=200,
        required=False,
        help_text="L’adresse où la personne ira.",
    )
    tutor_name = forms.CharField(
        label="Tuteur ou tutrice", max_length=120, help_text="La personne de l’entreprise qui accompagne."
    )
    tutor_role = forms.CharField(label="Sa fonction", max_length=120, required=False)
    tutor_email = forms.EmailField(
        label="Son adresse e-mail",
        required=False,
        help_text="Pour lui demander son avis, par un lien sans mot de passe.",
        error_messages={"invalid": "Cette adresse n’est pas valable : elle s’écrit comme nom@exemple.fr."},
    )
    purpose = forms.ChoiceField(label="Objet", choices=ImmersionPurpose.choices)
    objectives = forms.CharField(label="Objectifs", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    tasks = forms.CharField(
        label="Activités confiées",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Jamais pour remplacer quelqu’un, ni pour tenir un poste permanent (article L5135-7).",
    )
    starts_on = DayField(label="Du")
    ends_on = DayField(label="Au", help_text="Un mois au plus, de date à date.")
    usual = SlotsField(
        label="Horaires, les mêmes du lundi au vendredi",
        help_text="Comme 8:00–12:00 / 13:00–17:00.",
    )
    planned_minutes = HoursField(
        label="Durée prévue",
        required=False,
        help_text="En heures : 35, ou 35 h 30. Laissez vide : les horaires la donnent, sans les jours fériés.",
    )
    renews = forms.ModelChoiceField(
        queryset=Immersion.objects.none(),
        label="Renouvelle",
        required=False,
        empty_label="Aucune : c’est une première période",
    )
    renewal_reason = forms.CharField(
        label="Ce qui reste à atteindre",
        max_length=LONGEST_REASON,
        required=False,
        help_text="Pour un renouvellement : les objectifs de la première période qui ne sont pas atteints.",
    )

    def __init__(self, *args, enrollment: Enrollment, initial: dict | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs | {"initial": _with_days(initial or {})})
        for name, day in DAY_FIELDS.items():
            self.fields[name] = SlotsField(label=DAYS[int(day)].capitalize())
        self.offer_renewals(enrollment)

    def offer_renewals(self, enrollment: Enrollment) -> None:
        first_periods = enrollment.immersions.filter(renews=None, renewal=None)
        field_of(self, "renews", forms.ModelChoiceField).queryset = first_periods
        if not first_periods.exists():
            del self.fields["renews"], self.fields["renewal_reason"]

    def layout(self) -> list:
        renewal = [name for name in ("renews", "renewal_reason") if name in self.fields]
        return [
            Fieldset("L’entreprise", "host_name", "host_siret", "place"),
            Fieldset("La personne qui accompagne", "tutor_name", "tutor_role", "tutor_email"),
            Fieldset("Pour quoi faire", "purpose", "objectives", "tasks"),
            Fieldset(
                "Quand",
                side_by_side("starts_on", "ends_on"),
                "usual",
                OPEN_DAYS,
                *DAY_FIELDS,
                CLOSE_DAYS,
                "planned_minutes",
                *renewal,
            ),
        ]

    @property
    def shows_days(self) -> bool:
        return any(self[name].value() or self[name].errors for name in DAY_FIELDS)

    def clean(self) -> dict:
        """What the service takes: the lines of the days become one schedule."""
        super().clean()
        cleaned = self.cleaned_data
        usual = cleaned.pop("usual", None) or []
        schedule: Schedule = {}
        for name, day in DAY_FIELDS.items():
            slots = cleaned.pop(name, [])
            if slots == [] and int(day) in WORKING_WEEK:
                slots = usual
            if slots:
                schedule[day] = slots
        return cleaned | {"schedule": schedule}


class ChangeImmersionForm(ImmersionForm):
    """The same terms for an immersion already planned; its link with another period does not change."""

    reason = forms.CharField(
        label="Ce qui change, et pourquoi",
        max_length=LONGEST_REASON,
        required=False,
        help_text="Inutile pour compléter ce qui manquait ; nécessaire pour changer ce qui était convenu.",
    )

    def __init__(self, *args, immersion: Immersion, **kwargs) -> None:
        self.immersion = immersion
        super().__init__(*args, enrollment=immersion.enrollment, initial=terms_of(immersion), **kwargs)

    def offer_renewals(self, enrollment: Enrollment) -> None:
        del self.fields["renews"]
        if self.immersion.renews_id is None:
            del self.fields["renewal_reason"]

    def layout(self) -> list:
        return [*super().layout(), "reason"]


class ConfirmImmersionForm(LaidOutForm):
    done_minutes = HoursField(
        label="Durée faite",
        help_text="Celle qui compte dans les heures de formation : 35, ou 35 h 30.",
        error_messages={"required": "Indiquez la durée faite."},
    )
    reason = forms.CharField(
        label="Si c’est plus que prévu, pourquoi",
        max_length=LONGEST_REASON,
        required=False,
    )


class AskTutorForm(LaidOutForm):
    email = forms.EmailField(
        label="Adresse e-mail du tuteur ou de la tutrice",
        error_messages={
            "required": "Indiquez l’adresse où écrire.",
            "invalid": "Cette adresse n’est pas valable : elle s’écrit comme nom@exemple.fr.",
        },
    )


class TutorForm(LaidOutForm):
    """What a tutor says, in three questions and a signature."""

    objectives_reached = forms.ChoiceField(
        label="Les objectifs sont-ils atteints ?",
        choices=[(choice.value, choice.label.capitalize()) for choice in ObjectivesReached],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse : oui, en partie ou pas encore."},
    )
    went_well = forms.CharField(
        label="Ce qui s’est bien passé",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to_work_on = forms.CharField(
        label="Ce qui reste à travailler",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Du travail seulement : ni santé, ni vie privée.",
    )
    signed_as = forms.CharField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Signez de votre nom."},
    )


def terms_of(immersion: Immersion) -> dict:
    """The terms of an immersion as a form shows them again; hours that the schedule gives are left to it."""
    names = [name for name in ImmersionForm.base_fields if name not in ("usual", "renews")]
    terms = {name: getattr(immersion, name) for name in names} | {"schedule": immersion.schedule}
    if (
        minutes_between(immersion.schedule, immersion.starts_on, immersion.ends_on)
        == immersion.planned_minutes
    ):
        terms["planned_minutes"] = None
    return terms


def _with_days(initial: dict) -> dict:
    """One line for the whole working week where its five days are the same, else one line a day."""
    schedule = initial.get("schedule") or {}
    lines = {day: typed(slots) for day, slots in schedule.items()}
    week = {lines.get(str(day)) for day in WORKING_WEEK}
    shown = {}
    if len(week) == 1 and None not in week:
        shown["usual"] = week.pop()
        lines = {day: line for day, line in lines.items() if int(day) not in WORKING_WEEK}
    return initial | shown | {f"day_{day}": line for day, line in lines.items()}
