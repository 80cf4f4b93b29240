from django.apps import AppConfig


class CqpConfig(AppConfig):
    name = "cqp"
    verbose_name = "CQP"
