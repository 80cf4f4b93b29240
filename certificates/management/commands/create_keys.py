import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates.documents.credentials.keys import new_certificate_key, new_proof_key
from core import clock

VALIDITY = timedelta(days=5 * 365)


class Command(BaseCommand):
    help = (
        "Fabrique les deux clés de la certification (certificate.p12, auto-signée, et proof.pem) dans un dossier, "
        "et dit les variables à donner. Ne remplace jamais un fichier."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="le dossier qui les gardera, hors de la base de données"
        )

    def handle(self, *, folder: Path, **options) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = settings.CERTIFICATE_KEY_SECRET or secrets.token_urlsafe(24)
        now = clock.now()
        certificate = new_certificate_key(
            name=settings.CERTIFIER_NAME[:64], secret=secret, bounds=(now, now + VALIDITY)
        )
        for name, content in (("certificate.p12", certificate), ("proof.pem", new_proof_key())):
            path = folder / name
            try:
                path.touch(mode=0o600, exist_ok=False)
            except FileExistsError as error:
                raise CommandError(f"{path} existe déjà : rien n’est remplacé.") from error
            path.write_bytes(content)
        self.stdout.write(f"CERTIFICATE_KEY={(folder / 'certificate.p12').resolve()}")
        self.stdout.write(f"CERTIFICATE_KEY_SECRET={secret}")
        self.stdout.write(f"PROOF_KEY={(folder / 'proof.pem').resolve()}")
