"""The cache in Redis, which the site can do without: it holds the counters of throttling and nothing else."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PAUSE = 10
"""Seconds for which Redis is left alone after a failure, so that not every page waits for it."""

logger = logging.getLogger(__name__)


_asked_again_at: dict[str, float] = {}
"""When each server may be asked again; of the process, as each thread has its own cache object."""


class RedisOrLocalCache(RedisCache):
    """Redis, or the memory of this process while Redis does not answer: the limits then count there."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.server = server
        self.local = LocMemCache(f"instead of {server}", {})


def _or_locally(name: str) -> Callable[..., Any]:
    in_redis = getattr(RedisCache, name)

    def method(self: RedisOrLocalCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _asked_again_at.get(self.server, 0.0):
            try:
                return in_redis(self, *args, **kwargs)
            except RedisError as error:
                _asked_again_at[self.server] = time.monotonic() + PAUSE
                logger.warning("Redis does not answer, limits are counted in this process: %s", error)
        return getattr(self.local, name)(*args, **kwargs)

    return method


for _name in (
    *("add", "get", "set", "touch", "delete", "get_many", "has_key"),
    *("incr", "set_many", "delete_many", "clear"),
):
    setattr(RedisOrLocalCache, _name, _or_locally(_name))
