from accounts.admin import ReadOnlyAdmin, site
from evaluations.models import CurrentLevel, Dossier, DossierSignature, Evaluation, ExperienceSheet

site.register(
    [CurrentLevel, Dossier, DossierSignature, Evaluation, ExperienceSheet],
    ReadOnlyAdmin,
    also_selected=("enrollment__trainee", "enrollment__support"),
    search_fields=("enrollment__trainee__folded",),
)
site.register_rest("evaluations")
