import shutil
from time import perf_counter

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from accounts.models import User
from cqp.demo.build import build
from cqp.demo.preparation import build_lock, is_wanted


class Command(BaseCommand):
    help = "Rebuild the demonstration: the situation of the first juries, as if it were published today."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing when somebody already has an account, but in a demonstration left unfinished",
        )
        parser.add_argument("--lock", type=int, help="descriptor of the file that the caller has locked")

    def handle(self, *, if_empty: bool, lock: int | None, verbosity: int, **options) -> None:
        if if_empty and not is_wanted():
            return
        if not settings.DEMO:
            raise CommandError("La démonstration efface la base : elle ne se lance que si DEMO vaut 1.")
        with build_lock(inherited=lock) as running:
            # Another program may have built it while this one waited.
            if running and (not if_empty or is_wanted()):
                started = perf_counter()
                if User.objects.exists():
                    call_command("flush", interactive=False, verbosity=0)
                    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)
                build(running.report)
                if verbosity:
                    self.stdout.write(f"Démonstration prête en {perf_counter() - started:.0f} s.")
            if running:
                running.end()
