from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "cqp.home"
    verbose_name = "accueil"
