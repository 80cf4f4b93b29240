"""From an empty site to a certificate that anybody verifies, by the pages alone, with the real worker."""

import pytest

from tests.browser.chain.jury import (
    compose_a_jury,
    download_the_certificate,
    examine,
    hold_the_jury,
    read_the_country,
    verify,
)
from tests.browser.chain.opening import enrol_two_people, open_the_certification, open_the_structure
from tests.browser.chain.training import evaluate, sign_and_seal, tell_experiences, train
from tests.browser.walker import Walker, link_mailed_to
from tests.site import running_site


@pytest.fixture
def walk(chromium, transactional_db, tmp_path):
    """The site on an empty database, and a browser for each person who comes."""
    with running_site(tmp_path) as site:
        people: dict[str, Walker] = {}

        def come(name: str, link: str | None = None, first: str = "", last: str = "") -> Walker:
            if name not in people:
                address = f"{name}@essai.example"
                people[name] = Walker(chromium, site.url, address)
                people[name].accept(link or link_mailed_to(tmp_path, address), first, last)
            return people[name]

        come.site, come.folder, come.chromium = site, tmp_path, chromium
        yield come
        for person in people.values():
            person.context.close()


@pytest.mark.slow
@pytest.mark.real_time
def test_a_trainee_goes_from_enrolment_to_a_certificate_that_anybody_verifies(walk):
    certifier = open_the_certification(walk)
    director, trainer = open_the_structure(walk, certifier)
    paths = enrol_two_people(director)
    train(director, trainer, paths)
    evaluate(trainer, paths)
    for path in paths:
        tell_experiences(trainer, path)
        sign_and_seal(director, trainer, path)
    examine(certifier)
    president, juror, session = compose_a_jury(walk, certifier)
    hold_the_jury(president, juror, session)
    code = download_the_certificate(director, certifier, paths[0], session)
    verify(walk, code)
    read_the_country(certifier)
