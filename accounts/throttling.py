from django.core.cache import cache

from accounts import clock


def allows(scope: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one try; False once `limit` tries were made by `key` in the current window of `seconds`."""
    window = int(clock.now().timestamp()) // seconds
    name = f"throttle:{scope}:{window}:{key}"
    cache.add(name, 0, timeout=seconds * 2)
    try:
        return cache.incr(name) <= limit
    except ValueError:
        return True


def address_of(request) -> str:
    """The address a request comes from, as told by the last proxy that we trust."""
    trusted = request.META.get("HTTP_X_FORWARDED_FOR", "")
    proxies = getattr(request, "trusted_proxies", 0)
    if proxies and trusted:
        return trusted.split(",")[-proxies].strip()
    return request.META.get("REMOTE_ADDR", "")
