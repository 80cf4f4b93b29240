from django.core.management.base import BaseCommand, CommandError

from evaluations.services.evaluations.levels import correct_differences, wrong_levels, wrong_tallies


class Command(BaseCommand):
    help = "Recompte les niveaux actuels et les comptes du jour d’après les évaluations ; sort en 1 s’ils diffèrent."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="réécrit ce qui diffère")

    def handle(self, *, fix: bool = False, **options):
        levels, tallies = list(wrong_levels()), wrong_tallies()
        for enrollment, competency in levels:
            self.stdout.write(f"niveau actuel faux : parcours {enrollment}, compétence {competency}")
        for (structure, day), missing in tallies.items():
            self.stdout.write(f"compte faux : structure {structure}, le {day}, il manque {missing}")
        if not levels and not tallies:
            self.stdout.write("Niveaux et comptes sont justes.")
        elif fix:
            correct_differences()
            self.stdout.write(f"Réécrits : {len(levels)} niveaux, {len(tallies)} comptes.")
        else:
            raise CommandError(f"{len(levels)} niveaux et {len(tallies)} comptes à réécrire (--fix).")
