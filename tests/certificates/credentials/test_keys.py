"""The two keys of the certifier: made once where they may be, read once, missed with a reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.management import CommandError, call_command

from certificates.checks import check_keys
from certificates.documents.credentials import keys
from core import clock


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "keys"


@pytest.fixture
def no_keys(settings):
    settings.DEMONSTRATION_KEYS = False


@pytest.fixture
def installed(settings, tmp_path, capsys):
    """Keys of an installation, as the command makes them."""
    call_command("create_keys", tmp_path / "own")
    for line in capsys.readouterr().out.splitlines():
        name, _, value = line.partition("=")
        setattr(settings, name, value)
    settings.DEMONSTRATION_KEYS = False
    return tmp_path / "own"


def test_the_demonstration_makes_its_own_keys_and_says_what_they_are_worth(own_folder):
    key = keys.certificate_key()

    assert isinstance(key.private_key, rsa.RSAPrivateKey)
    assert key.private_key.key_size == 3072
    assert "CHANTIER école (démonstration)" in key.certificate.subject.rfc4514_string()
    assert isinstance(keys.proof_key().curve, ec.SECP256R1)
    assert keys.is_demonstration_key()
    assert sorted(path.name for path in own_folder.iterdir()) == ["certificate.p12", "proof.pem"]
    assert {path.stat().st_mode & 0o777 for path in own_folder.iterdir()} == {0o600}


def test_a_key_is_read_once_in_a_process(own_folder):
    assert keys.certificate_key() is keys.certificate_key()
    assert keys.proof_key() is keys.proof_key()


def test_programs_that_start_together_agree_on_one_key(own_folder):
    path = own_folder / "proof.pem"
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda _: keys._write_once(path, keys.new_proof_key), range(16)))

    assert [found.name for found in own_folder.iterdir()] == ["proof.pem"]
    assert serialization.load_pem_private_key(path.read_bytes(), None)


def test_the_keys_of_an_installation_are_those_that_are_given(installed):
    assert "CHANTIER école" in keys.certificate_key().certificate.subject.rfc4514_string()
    assert "démonstration" not in keys.certificate_key().certificate.subject.rfc4514_string()
    assert (
        keys.proof_key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        == (installed / "proof.pem").read_bytes()
    )
    assert not keys.is_demonstration_key()
    assert check_keys(None) == []


def test_the_command_never_replaces_a_key(installed):
    before = (installed / "certificate.p12").read_bytes()

    with pytest.raises(CommandError, match="existe déjà"):
        call_command("create_keys", installed)

    assert (installed / "certificate.p12").read_bytes() == before


def test_a_missing_key_says_which_one_and_where_to_read_how(no_keys):
    with pytest.raises(keys.KeyUnavailable, match=r"CERTIFICATE_KEY .*production\.md"):
        keys.certificate_key()
    with pytest.raises(keys.KeyUnavailable, match="PROOF_KEY"):
        keys.proof_key()
    assert [warning.id for warning in check_keys(None)] == ["certificates.W001", "certificates.W002"]


def test_a_wrong_secret_a_wrong_file_and_a_wrong_curve_are_told_apart(installed, settings, tmp_path):
    settings.CERTIFICATE_KEY_SECRET = "autre"
    settings.PROOF_KEY = str(tmp_path / "p384.pem")
    Path(settings.PROOF_KEY).write_bytes(
        ec.generate_private_key(ec.SECP384R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    settings.RETIRED_PROOF_KEYS = [str(tmp_path / "absent.pem")]

    with pytest.raises(keys.KeyUnavailable, match="CERTIFICATE_KEY_SECRET"):
        keys.certificate_key()
    with pytest.raises(keys.KeyUnavailable, match="P-256"):
        keys.proof_key()
    with pytest.raises(keys.KeyUnavailable, match=r"RETIRED_PROOF_KEYS"):
        keys.retired_proof_keys()


def test_the_public_half_of_a_retired_key_is_still_known(own_folder, settings, tmp_path):
    public = keys.proof_key().public_key()
    path = tmp_path / "proof-2026.pem"
    path.write_bytes(
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    settings.RETIRED_PROOF_KEYS = [str(path)]

    assert keys.retired_proof_keys() == [public]


def test_the_check_warns_before_the_certificate_expires(installed):
    end = keys.certificate_key().certificate.not_valid_after_utc
    with clock.at(end - timedelta(days=30)):
        found = check_keys(None)

    assert [warning.id for warning in found] == ["certificates.W004"]
