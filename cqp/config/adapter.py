from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts open on invitation only; the messages of allauth are worded as the others of the site."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Ce compte est fermé. Demandez à la direction de votre structure de le rouvrir.",
        "email_password_mismatch": (
            "L’adresse e-mail et le mot de passe ne vont pas ensemble. Vérifiez l’adresse, "
            "puis retapez le mot de passe, ou demandez-en un autre par le lien « Mot de passe oublié »."
        ),
        "incorrect_password": "Ce n’est pas le mot de passe de votre compte. Retapez-le.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel. Retapez-le.",
        "incorrect_code": "Ce n’est pas le code que nous avons envoyé. Recopiez-le, ou demandez-en un autre.",
        "too_many_login_attempts": "Trop d’essais manqués depuis cet endroit. Attendez dix minutes, puis réessayez.",
        "rate_limited": "Trop de demandes en peu de temps. Attendez quelques minutes, puis réessayez.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"CQP Salarié polyvalent – {subject}"
