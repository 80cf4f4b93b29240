from django.apps import AppConfig
from django.core.checks import Tags, register

from certificates.checks import check_keys


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = "certificats"

    def ready(self) -> None:
        register(check_keys, Tags.security, deploy=True)
