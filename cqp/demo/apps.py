from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "cqp.demo"
    verbose_name = "démonstration"
