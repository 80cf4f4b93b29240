from django.apps import AppConfig
from django.core.checks import Tags, register

from core.checks import no_database_of_before


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "socle"

    def ready(self) -> None:
        register(no_database_of_before, Tags.database)
