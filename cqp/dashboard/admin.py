from accounts.admin import site

site.register_rest("dashboard")
