from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from core import clock
from core.throttling import address_of, allows

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def tries(count: int, *, key: str = "a", scope: str = "essai") -> list[bool]:
    return [allows(scope, key, limit=3, seconds=60) for _ in range(count)]


def test_tries_beyond_the_limit_are_refused_until_the_next_window():
    with clock.at(NOON):
        first = tries(5)
    with clock.at(NOON + timedelta(seconds=60)):
        next_window = tries(1)

    assert first == [True, True, True, False, False]
    assert next_window == [True]


def test_each_key_and_each_scope_has_its_own_count():
    with clock.at(NOON):
        tries(4)

        assert tries(1, key="b") == [True]
        assert tries(1, scope="autre") == [True]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.9"),
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.9"),
        (1, None, "10.0.0.9"),
        (1, " , ", "10.0.0.9"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxies_saw(proxies, forwarded, address, settings):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory(REMOTE_ADDR="10.0.0.9").get("/", headers=headers)

    assert address_of(request) == address


@pytest.mark.parametrize(
    ("one", "other", "are_the_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "unix:", False),
    ],
)
def test_tries_are_counted_by_address_and_with_ipv6_by_network(rf, one, other, are_the_same):
    assert (
        address_of(rf.get("/", REMOTE_ADDR=one)) == address_of(rf.get("/", REMOTE_ADDR=other))
    ) == are_the_same
