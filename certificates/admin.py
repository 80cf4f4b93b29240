from accounts.admin import ReadOnlyAdmin, site
from certificates.models import Certificate

site.register(
    Certificate,
    ReadOnlyAdmin,
    list_select_related=("enrollment__trainee", "enrollment__support"),
    search_fields=("number", "birth_name", "first_names"),
)
site.register_rest("certificates")
