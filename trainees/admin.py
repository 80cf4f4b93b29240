from accounts.admin import ReadOnlyAdmin, site
from trainees import models

site.register(models.Trainee, ReadOnlyAdmin, search_fields=("birth_name", "usage_name", "first_names"))
site.register(models.Enrollment, ReadOnlyAdmin, search_fields=("trainee__birth_name", "structure__name"))
site.register(
    [
        models.Attendance,
        models.Immersion,
        models.MonthClosing,
        models.Pause,
        models.PastPlacement,
        models.TrainingPlan,
    ],
    ReadOnlyAdmin,
    also_selected=("enrollment__trainee", "enrollment__support"),
    search_fields=("enrollment__trainee__birth_name",),
)
site.register_rest("trainees")
