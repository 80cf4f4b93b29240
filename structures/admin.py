from accounts.admin import ReadOnlyAdmin, site
from structures.models import Structure

site.register(Structure, ReadOnlyAdmin, search_fields=("name", "siret", "city"))
site.register_rest("structures")
