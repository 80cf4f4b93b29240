from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "cqp.dashboard"
    verbose_name = "pilotage"
