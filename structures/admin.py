from accounts.admin import ReadOnlyAdmin, site
from structures.models import Structure

site.register(Structure, ReadOnlyAdmin, search_fields=("folded",))
site.register_rest("structures")
