from django.apps import AppConfig
from django.core.checks import Tags, register

from certificates.checks import keys_are_there


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = "certificats"

    def ready(self) -> None:
        register(keys_are_there, Tags.security, deploy=True)
