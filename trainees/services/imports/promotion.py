from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.text_folding import folded
from structures.models import Membership, ProductionSupport, Structure
from trainees.models import Enrollment, Trainee
from trainees.services.enrollments.checks import already_enrolled, not_accredited
from trainees.services.enrollments.contracts import Contract, contract_faults
from trainees.services.enrollments.identities import Identity, identity_faults, look_alikes
from trainees.services.enrollments.opening import enrol
from trainees.services.imports.columns import (
    COLUMNS,
    HEADINGS,
    NAMES,
    Column,
    heading_place,
    read_birth_date,
    read_date,
    read_hours,
    read_sex,
    understand_headings,
)
from trainees.services.imports.tables import Record, read_table

READERS = {
    "birth_date": (read_birth_date, date.min),
    "start": (read_date, date.min),
    "end": (read_date, date.min),
    "weekly_hours": (read_hours, Decimal(0)),
    "sex": (read_sex, ""),
}
APOSTROPHE = "La cellule commence par une apostrophe. Retirez-la ; si elle fait partie du nom, écrivez-la ’."
IDENTITY_FIELDS = tuple(Identity.__dataclass_fields__)


@dataclass(frozen=True)
class Fault:
    """What is wrong in one place of the file; no column when it is the whole line."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"ligne {self.line}, colonne « {self.column} »" if self.column else f"ligne {self.line}"
        return f"{where} : {self.sentence}"


class ImportRefused(DomainError):
    """A promotion that cannot be written, with every fault of every line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True)
class PromotionRow:
    """One person ready to be enrolled; `line` is where the file has them, `known` when they come back.

    `look_alikes` are the people who may be this one: `person` says who it is, as for `enrol`.
    """

    line: int
    identity: Identity
    contract: Contract
    support: ProductionSupport
    referent: User
    known: bool = False
    look_alikes: list[Trainee] = field(default_factory=list)
    person: str = ""


@dataclass
class Promotion:
    """A file once read: the people ready to be enrolled, every fault found, and how the file was understood."""

    rows: list[PromotionRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    encoding: str = ""
    heading_line: int = 1


def read_promotion(*, structure: Structure, content: bytes, encoding: str = "") -> Promotion:
    """Read a file and write nothing. Refused at once when it is no table, or the structure may not enrol.

    `encoding` is what somebody chose after `AmbiguousLetters`.
    """
    if not structure.may_enrol_on(clock.today()):
        raise DomainError(not_accredited(structure))
    table = read_table(content, encoding)
    heading, *records = table.records[heading_place([record.cells for record in table.records]) :]
    columns = understand_headings(heading.cells)
    if not records:
        raise DomainError("Ce fichier ne porte que ses titres. Ajoutez une ligne par personne.")
    reader = _Reader(structure, columns)
    for record in records:
        reader.read(record)
    reader.compare_with_known()
    faults = sorted(reader.faults, key=lambda fault: fault.line)
    return Promotion(reader.rows, faults, table.encoding, heading.line)


@transaction.atomic
def import_promotion(*, structure: Structure, rows: Iterable[PromotionRow], by: User) -> list[Enrollment]:
    """Enrol everybody, in one transaction; refused with the line of each person who cannot be."""
    enrollments, faults, import_id = [], [], uuid4()
    for row in rows:
        try:
            enrollments.append(
                enrol(
                    structure=structure,
                    support=row.support,
                    referent=row.referent,
                    identity=row.identity,
                    contract=row.contract,
                    person=row.person,
                    import_id=import_id,
                    by=by,
                )
            )
        except DomainError as error:
            faults.append(Fault(row.line, "", error.message))
    if faults:
        raise ImportRefused(faults)
    if not enrollments:
        raise DomainError("Personne à inscrire dans ce fichier.")
    return enrollments


class _Reader:
    """Turns records into rows, one after the other, and collects what is wrong."""

    def __init__(self, structure: Structure, columns: list[Column | None]) -> None:
        self.structure = structure
        self.columns = columns
        self.rows: list[PromotionRow] = []
        self.faults: list[Fault] = []
        self.identities: list[tuple[int, Identity]] = []
        self.supports = {folded(support.name): support for support in structure.supports.all()}
        members = Membership.objects.current().filter(structure=structure).select_related("user")
        self.team = {member.user.email.casefold(): member.user for member in members}

    def read(self, record: Record) -> None:
        faults: dict[str, str] = {}
        cells = self._cells(record, faults)
        values = {name: self._value(name, cells, faults) for name in HEADINGS if name in cells}
        identity = self._identity(values, cells, faults)
        contract = self._contract(values, cells, faults)
        support = self._support(cells, faults)
        referent = self._referent(cells, faults)
        self._compare_with_lines(record.line, identity, cells, faults)
        self.faults += [
            Fault(record.line, HEADINGS.get(name, ""), faults[name])
            for name in ("", *HEADINGS)
            if name in faults
        ]
        if support and referent and not faults:
            self.rows.append(PromotionRow(record.line, identity, contract, support, referent))

    def compare_with_known(self) -> None:
        """Refuse the people who already have an open enrolment; mark those who come back after one that ended."""
        days = {identity.birth_date for _, identity in self.identities}
        born = list(Trainee.objects.filter(birth_date__in=days))
        known = {Identity.of(one).key: one for one in born}
        running = dict(
            Enrollment.objects.open()
            .filter(trainee__in=known.values())
            .values_list("trainee_id", "structure_id")
        )
        for line, identity in self.identities:
            trainee = known.get(identity.key)
            if trainee and trainee.pk in running:
                sentence = already_enrolled(trainee, here=running[trainee.pk] == self.structure.pk)
                self.faults.append(Fault(line, HEADINGS["birth_name"], sentence))
        refused = {fault.line for fault in self.faults}
        self.rows = [
            replace(row, known=row.identity.key in known, look_alikes=look_alikes(row.identity, born))
            for row in self.rows
            if row.line not in refused
        ]

    def _cells(self, record: Record, faults: dict[str, str]) -> dict[str, str]:
        expected, found = len(self.columns), len(record.cells)
        if found < expected:
            faults[""] = f"la ligne est coupée : {found} cellules au lieu de {expected}. Complétez-la."
        elif any(record.cells[expected:]):
            faults[""] = f"la ligne a {found} cellules au lieu de {expected}. Cherchez un séparateur de trop."
        pairs = zip(self.columns, record.cells, strict=False)
        cells = {column.field: cell for column, cell in pairs if column}
        self._take_apostrophes_off(cells, faults)
        if any(cell and not column for column, cell in zip(self.columns, record.cells, strict=False)):
            faults.setdefault("", "une cellule est remplie sous une colonne sans titre. Videz-la.")
        for column in COLUMNS:
            if column.required and column.field in cells and not cells[column.field]:
                faults[column.field] = "La cellule est vide. Remplissez-la."
        return cells

    def _take_apostrophes_off(self, cells: dict[str, str], faults: dict[str, str]) -> None:
        """Excel writes one before what it must leave as typed; a name may have its own, so that is asked."""
        for name, cell in cells.items():
            if cell.startswith("'"):
                cells[name] = cell[1:].strip()
                if name in NAMES:
                    faults[name] = APOSTROPHE

    def _value(self, name: str, cells: dict[str, str], faults: dict[str, str]):
        reader, otherwise = READERS.get(name, (str, ""))
        if name in faults:
            return otherwise
        try:
            return reader(cells[name])
        except ValueError as error:
            faults[name] = str(error)
            return otherwise

    def _identity(self, values: dict, cells: dict[str, str], faults: dict[str, str]) -> Identity:
        known = {name: values.get(name, "") for name in IDENTITY_FIELDS}
        known["birth_country"] = known["birth_country"] or "France"
        known["birth_date"] = values.get("birth_date", date.min)
        identity = Identity(**known).tidy()
        start = values.get("start", date.min)
        found = identity_faults(identity, on=start if start > date.min else clock.today())
        for name, sentence in found.items():
            if name in cells:
                faults.setdefault(name, sentence)
        return identity

    def _contract(self, values: dict, cells: dict[str, str], faults: dict[str, str]) -> Contract:
        contract = Contract(
            values.get("start", date.min),
            values.get("end", date.min),
            values.get("weekly_hours", Decimal(0)),
            values.get("funding_number", ""),
        )
        for name, sentence in contract_faults(contract).items():
            unread = name == "end" and "start" in faults
            if name in cells and not unread:
                faults.setdefault(name, sentence)
        return contract

    def _support(self, cells: dict[str, str], faults: dict[str, str]) -> ProductionSupport | None:
        name = cells.get("support", "")
        support = self.supports.get(folded(name))
        if name and support is None:
            run = ", ".join(str(support) for support in self.supports.values()) or "aucun"
            faults["support"] = f"« {name[:60]} » n’est pas un support de la structure ({run})."
        elif support and not support.framework_version:
            faults["support"] = f"Aucun référentiel n’est publié pour « {support} »."
        return support

    def _referent(self, cells: dict[str, str], faults: dict[str, str]) -> User | None:
        email = cells.get("referent", "")
        referent = self.team.get(email.casefold())
        if email and referent is None:
            faults["referent"] = (
                f"« {email[:80]} » n’est l’adresse de personne dans l’équipe de la structure."
            )
        return referent

    def _compare_with_lines(
        self, line: int, identity: Identity, cells: dict[str, str], faults: dict[str, str]
    ) -> None:
        if identity.birth_date == date.min or not identity.birth_name or not identity.first_names:
            return
        first = next((first for first, other in self.identities if identity.resembles(other)), None)
        if first is not None:
            faults.setdefault(
                "birth_name",
                f"Cette personne est déjà à la ligne {first}. Retirez l’une des deux ; "
                "si ce sont deux homonymes nés le même jour, inscrivez le second depuis la page « Inscrire ».",
            )
        self.identities.append((line, identity))
