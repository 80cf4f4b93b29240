"""The jury that the rules would choose."""

from collections import Counter
from collections.abc import Iterable

from juries.models import CertificationSettings, Juror
from juries.services.sessions.composer.ranking import JurorOption


def wanted_size(rules: CertificationSettings) -> int:
    """As many jurors as the rules ask, and a pair of them for each panel that works in parallel."""
    return max(rules.least_jurors, rules.quorum, 2 * rules.parallel_panels)


def propose(
    options: Iterable[JurorOption], rules: CertificationSettings, seated: Iterable[Juror] = ()
) -> list[JurorOption]:
    """The best free jurors to complete those seated, the colleges in turn, insiders within their share.

    Options come best first. Fewer than wanted are given when the pool holds no more.
    """
    size, seated = wanted_size(rules), list(seated)
    free = [option for option in options if option.is_free]
    picked: list[JurorOption] = []
    while len(seated) < size:
        option = next_in(free, rules, seated, size)
        if option is None:
            break
        free.remove(option)
        picked.append(option)
        seated.append(option.juror)
    return picked


def next_in(
    free: list[JurorOption], rules: CertificationSettings, seated: list[Juror], size: int
) -> JurorOption | None:
    """The best option of the college that has fewest seats, or of the other when it has nobody."""
    outsiders_wanted = -(-size * rules.outside_share // 100)
    insiders = sum(juror.of_certifier for juror in seated)
    if insiders >= size - outsiders_wanted:
        free = [option for option in free if not option.juror.of_certifier]
    seats = Counter(juror.college for juror in seated)
    return min(free, key=lambda option: seats[option.juror.college], default=None)


def president_among(options: Iterable[JurorOption]) -> JurorOption | None:
    """Trained to the role first, then who has sat most, then the first of the list."""
    return max(
        options,
        key=lambda option: (option.juror.trained_on is not None, option.juror.sessions_sat),
        default=None,
    )
