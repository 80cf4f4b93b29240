"""The site as production runs it, but for what needs a certificate: a browser test speaks to it over plain HTTP."""

from cqp.config.settings import *

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
