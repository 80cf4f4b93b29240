from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from core import clock


def allows(scope: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one try; False once `limit` tries were made by `key` in the current window of `seconds`."""
    window = int(clock.now().timestamp()) // seconds
    name = f"throttle:{scope}:{window}:{key}"
    cache.add(name, 0, timeout=seconds * 2)
    try:
        return cache.incr(name) <= limit
    except ValueError:  # the counter was deleted between the two lines
        return True


def address_of(request: HttpRequest) -> str:
    """The address a request comes from, as the outermost of our TRUSTED_PROXIES saw it.

    Each proxy adds the address it saw at the right of X-Forwarded-For; what stands further left is only
    what the client claims. Without a proxy of ours the header is not read at all.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        return hops[-settings.TRUSTED_PROXIES]
    return request.META.get("REMOTE_ADDR", "")
