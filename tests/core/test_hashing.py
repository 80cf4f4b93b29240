import pytest

from core.hashing import canonical, fingerprint


def test_the_same_data_is_written_in_one_way():
    assert canonical({"b": [1, None, True], "a": "Été — 1"}) == '{"a":"Été — 1","b":[1,null,true]}'.encode()


def test_a_fingerprint_is_the_same_in_every_version_of_the_site():
    expected = "74984434c2e7f737dee0caef65f56979c527e55c133cc35beffe3badb6e08298"
    assert fingerprint(["", 1, "Été", {"é": [], "a": {}}]) == expected


@pytest.mark.parametrize("data", [float("nan"), [float("inf")], {"day": object()}])
def test_what_json_cannot_write_is_refused(data):
    with pytest.raises((ValueError, TypeError)):
        canonical(data)
