"""Mail servers that behave badly, each in its way."""

import smtplib

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend


class KilledWorker(BaseException):
    """What a worker that is killed leaves behind: nothing that an `except Exception` sees."""


class Deaf(EmailBackend):
    def open(self):
        raise ConnectionRefusedError(111, "Connection refused")


class Refusing(EmailBackend):
    code = 550

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused(dict.fromkeys(messages[0].to, (self.code, b"no")))


class Busy(Refusing):
    code = 451


class HangingUp(EmailBackend):
    """Takes the mail, and never says whether it did."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


class Slow(EmailBackend):
    """Takes its time: what is in `meanwhile` happens before the worker hears that the mail left."""

    meanwhile: list = []
    answers: type = EmailBackend

    def send_messages(self, messages):
        while self.meanwhile:
            self.meanwhile.pop()()
        return self.answers().send_messages(messages)


class Deadly(EmailBackend):
    """The worker dies just after the server took the mail."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KilledWorker


def use(settings, mailbox: type) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{mailbox.__name__}"


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]
