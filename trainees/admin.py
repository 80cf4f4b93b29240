from accounts.admin import ReadOnlyAdmin, site
from trainees import models

site.register(models.Trainee, ReadOnlyAdmin, search_fields=("folded",))
site.register(models.Enrollment, ReadOnlyAdmin, search_fields=("trainee__folded", "structure__folded"))
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
    search_fields=("enrollment__trainee__folded",),
)
site.register_rest("trainees")
