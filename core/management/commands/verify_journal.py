from django.core.management.base import BaseCommand, CommandError

from core.models import JournalEntry
from core.services.journal import broken_links


class Command(BaseCommand):
    help = "Relit toute la chaîne du journal ; code 1 et rangs fautifs si une ligne a été changée ou retirée."

    def handle(self, **options) -> None:
        faults = 0
        for rank, fault in broken_links():
            self.stderr.write(f"rang {rank} : {fault}")
            faults += 1
        if faults:
            raise CommandError(f"La chaîne du journal est rompue ({faults}).")
        self.stdout.write(f"La chaîne du journal tient : {JournalEntry.objects.count()} lignes.")
