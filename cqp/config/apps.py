from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "cqp.config"
    verbose_name = "réglages"
