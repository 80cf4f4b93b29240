"""Whether a jury is composed as its rules say."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.formats import counted, joined
from juries.enums import College
from juries.models import Candidate, CertificationSettings, JurySession, Seat
from juries.services.jurors.conflicts import Conflict, colleagues_since, conflicts_of
from trainees.queries.enrollments import tell_apart


@dataclass(frozen=True)
class Check:
    """One rule checked on a composition: passed or not, with a sentence. A rule that `warns` refuses nothing."""

    rule: str
    passed: bool
    sentence: str
    warns: bool = False

    @property
    def stops(self) -> bool:
        return not self.passed and not self.warns


def active_seats(session: JurySession) -> list[Seat]:
    return list(session.seats.active().with_people())


def candidates_of(session: JurySession) -> list[Candidate]:
    candidates = list(
        session.candidates.select_related(
            "enrollment__trainee", "enrollment__structure", "enrollment__support"
        )
    )
    tell_apart(row.enrollment.trainee for row in candidates)
    return candidates


def conflicts_in(
    session: JurySession, seats: Iterable[Seat], candidates: Iterable[Candidate]
) -> list[Conflict]:
    """Under the rules that the session was planned under."""
    since = colleagues_since(session.rules, session.held_on)
    return conflicts_of([seat.juror for seat in seats], [row.enrollment for row in candidates], since=since)


def missing_colleges(seats: Iterable[Seat]) -> list[str]:
    """The labels of the colleges that nobody here belongs to."""
    there = {seat.juror.college for seat in seats}
    return [college.label for college in College if college not in there]


def faults_of_composition(session: JurySession, seats: list[Seat], candidates: list[Candidate]) -> list[str]:
    """Why this jury cannot be convened or opened, one sentence each, in the order of the page.

    The rules are those the session was planned under: least jurors, both colleges, share of jurors
    outside the certifier, a president, a candidate with both times, no conflict.
    """
    rules = session.rules
    faults = [*faults_of_seats(seats, rules), *faults_of_candidates(candidates)]
    return faults + [conflict.sentence for conflict in conflicts_in(session, seats, candidates)]


def faults_of_seats(seats: list[Seat], rules: CertificationSettings) -> list[str]:
    return [check.sentence for check in checks_of_seats(seats, rules) if check.stops]


def checks_of_seats(seats: list[Seat], rules: CertificationSettings) -> list[Check]:
    """Each rule on who sits, in the order of the page; seats may be proposed and not yet saved."""
    return [
        _enough(seats, rules),
        _quorum_to_spare(seats, rules),
        *_colleges(seats, rules),
        _outsiders(seats, rules),
        _presidency(seats),
    ]


def _enough(seats: list[Seat], rules: CertificationSettings) -> Check:
    passed = len(seats) >= rules.least_jurors
    wanted = counted(rules.least_jurors, "juré")
    return Check(
        "Nombre de jurés",
        passed,
        f"{counted(len(seats), 'juré')}, pour {wanted} au moins."
        if passed
        else f"Il faut {wanted} au moins : ce jury en compte {len(seats)}. Ajoutez un juré.",
    )


def _quorum_to_spare(seats: list[Seat], rules: CertificationSettings) -> Check:
    spare = len(seats) - rules.quorum
    quorum = f"Le quorum est de {counted(rules.quorum, 'juré')}"
    if spare > 0:
        sentence = f"{quorum} : le jury délibère encore s’il en manque {spare}."
    elif spare == 0:
        sentence = f"{quorum} : il suffit d’un désistement pour que ce jury ne puisse plus délibérer."
    else:
        sentence = f"{quorum} : ce jury ne pourrait pas délibérer."
    return Check("Quorum", spare > 0, sentence, warns=True)


def _colleges(seats: list[Seat], rules: CertificationSettings) -> list[Check]:
    by_college = {college: sum(seat.juror.college == college for seat in seats) for college in College}
    missing = missing_colleges(seats)
    if rules.both_colleges and seats and missing:
        return [
            Check(
                "Les deux collèges",
                False,
                f"Les deux collèges doivent siéger : il manque le collège des {joined(missing)}. "
                "Ajoutez un juré.",
            )
        ]
    counts = joined(f"{count} du collège des {college.label}" for college, count in by_college.items())
    even = max(by_college.values()) - min(by_college.values()) <= len(seats) % 2
    return [
        Check(
            "Parité des collèges",
            even,
            f"{counts}." if even else f"{counts} : l’équilibre demande autant de l’un que de l’autre.",
            warns=True,
        )
    ]


def _outsiders(seats: list[Seat], rules: CertificationSettings) -> Check:
    outside = sum(1 for seat in seats if not seat.juror.of_certifier)
    passed = not seats or outside * 100 >= rules.outside_share * len(seats)
    share = f"{counted(outside, 'juré')} sur {len(seats)}"
    return Check(
        "Jurés extérieurs",
        passed,
        f"{share}, pour {rules.outside_share} % au moins hors du certificateur."
        if passed
        else f"La part de jurés extérieurs au certificateur doit être d’au moins {rules.outside_share} % : "
        f"ici {share}. Remplacez ou ajoutez un juré.",
    )


def _presidency(seats: list[Seat]) -> Check:
    president = next((seat.juror for seat in seats if seat.is_president), None)
    return Check(
        "Présidence",
        president is not None,
        f"{president} préside."
        if president
        else "Personne ne préside ce jury : confiez la présidence à un juré.",
    )


def faults_of_candidates(candidates: list[Candidate]) -> list[str]:
    if not candidates:
        return ["Ce jury n’a pas de candidat : ajoutez un dossier accepté."]
    waiting = [
        str(row.enrollment.trainee) for row in candidates if not (row.production_at and row.interview_at)
    ]
    if waiting:
        names = joined(waiting)
        return [f"Il manque une heure d’épreuve ou d’entretien pour {names}. Donnez les deux à chacun."]
    return []
