from django.apps import AppConfig
from django.core.checks import Tags, register

from juries.checks import keys_are_there


class JuriesConfig(AppConfig):
    name = "juries"
    verbose_name = "jurys et certificats"

    def ready(self) -> None:
        register(keys_are_there, Tags.security, deploy=True)
