from accounts.admin import ReadOnlyAdmin, site
from certificates.models import Certificate

site.register(
    Certificate,
    ReadOnlyAdmin,
    also_selected=("enrollment__trainee", "enrollment__support"),
    search_fields=("folded",),
)
site.register_rest("certificates")
