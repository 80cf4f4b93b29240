from django.core.management.base import BaseCommand, CommandError

from core.formats import counted, hours
from trainees.services.hours.counters import apply_recount, differences


class Command(BaseCommand):
    help = "Prouve que les heures gardées sur chaque parcours égalent un nouveau compte des présences."

    def add_arguments(self, parser):
        parser.add_argument(
            "--fix", action="store_true", help="remplace les heures gardées par celles comptées"
        )

    def handle(self, *, fix: bool, **options) -> None:
        found = list(differences())
        for difference in found:
            self.stdout.write(
                f"{difference.enrollment.pk} {difference.enrollment.trainee}, "
                f"{difference.modality.label} : {hours(difference.kept)} gardées, "
                f"{hours(difference.counted)} comptées"
            )
        if found and not fix:
            raise CommandError(
                f"{counted(len(found), 'différence')}. « manage.py recount --fix » les corrige."
            )
        apply_recount(found)
        self.stdout.write(f"{counted(len(found), 'différence')}{' corrigée(s)' if found else ''}.")
