from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from core.errors import DomainError
from core.formats import counted
from structures.enums import Role
from structures.models import Membership, Structure
from trainees.services.imports import EIGHT_BITS, MOST_BYTES, ImportRefused, import_promotion, read_promotion


class Command(BaseCommand):
    help = "Inscrit une promotion depuis un fichier CSV : toutes ses lignes, ou aucune."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="fichier CSV, séparateur point-virgule")
        parser.add_argument(
            "--structure", required=True, metavar="SIRET", help="SIRET de la structure agréée"
        )
        parser.add_argument(
            "--by", metavar="EMAIL", help="qui inscrit (par défaut, la direction de la structure)"
        )

        parser.add_argument(
            "--encoding",
            default="",
            choices=EIGHT_BITS,
            help="quand les lettres se lisent de plusieurs façons",
        )

    def handle(self, *, file: Path, structure: str, by: str | None, encoding: str = "", **options) -> None:
        place = Structure.objects.filter(siret="".join(structure.split())).first()
        if place is None:
            raise CommandError(f"Aucune structure ne porte le SIRET {structure}.")
        try:
            promotion = read_promotion(structure=place, content=self._content(file), encoding=encoding)
            if promotion.faults:
                raise ImportRefused(promotion.faults)
            enrollments = import_promotion(structure=place, rows=promotion.rows, by=self._author(place, by))
        except ImportRefused as refusal:
            for fault in refusal.faults:
                self.stderr.write(str(fault))
            count = counted(len(refusal.faults), "faute")
            raise CommandError(f"{count}. Rien n’a été inscrit.") from refusal
        except DomainError as refusal:
            raise CommandError(f"{refusal.message} Rien n’a été inscrit.") from refusal
        for enrollment in enrollments:
            self.stdout.write(str(enrollment))
        self.stdout.write(f"Lettres lues en {promotion.encoding}.")
        self.stdout.write(f"{counted(len(enrollments), 'personne')} à {place}.")

    def _content(self, file: Path) -> bytes:
        try:
            with file.open("rb") as opened:
                return opened.read(MOST_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} ne se lit pas : {error.strerror}.") from error

    def _author(self, structure: Structure, email: str | None) -> User:
        if email:
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                raise CommandError(f"Personne n’a l’adresse {email}.")
            return user
        directors = Membership.objects.current().filter(structure=structure, role=Role.DIRECTOR)
        first = directors.select_related("user").order_by("starts_on", "pk").first()
        if first is None:
            raise CommandError(f"{structure} n’a pas de direction : dites qui inscrit avec --by.")
        return first.user
