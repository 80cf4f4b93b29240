from ipaddress import IPv6Address, IPv6Network, ip_address

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
    """The address a request comes from, as the outermost of our TRUSTED_PROXIES saw it, and as limits count it.

    Each proxy adds the address it saw at the right of X-Forwarded-For; what stands further left is only
    what the client claims. Without a proxy of ours the header is not read at all.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        return _network_of(hops[-settings.TRUSTED_PROXIES])
    return _network_of(request.META.get("REMOTE_ADDR", ""))


def _network_of(address: str) -> str:
    """What is limited: an IPv4 address, or with IPv6 the network of 64 bits in which a machine takes any address."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return address
    return str(read.ipv4_mapped or IPv6Network((int(read), 64), strict=False))
