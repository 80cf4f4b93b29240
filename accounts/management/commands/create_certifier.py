from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.emails import invitation_link
from accounts.services.certifiers import appoint_certifier
from core.errors import DomainError


class Command(BaseCommand):
    help = "Nomme une personne à l’administration de la certification et lui envoie le lien de son compte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="son adresse e-mail")

    def handle(self, *, email: str, **options) -> None:
        try:
            user = appoint_certifier(email=email, by=None)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user} administre la certification.")
        invitation = user.invitations.open().first()
        if invitation is None:
            self.stdout.write("Son compte est déjà ouvert : le mot de passe ne change pas.")
        else:
            self.stdout.write(
                "Le lien qui ouvre son compte part par e-mail ; il sert une fois, pendant 14 jours :"
            )
            self.stdout.write(invitation_link(invitation))
