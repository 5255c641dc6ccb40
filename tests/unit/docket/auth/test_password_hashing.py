from argon2 import PasswordHasher, extract_parameters

from docket.auth import password_hashing

PASSWORD = "seven purple bicycles"


def test_a_hash_matches_its_password_exactly_as_typed():
    password_hash = password_hashing.hashed(" jos\u00e9's bicycles ")

    assert password_hashing.matches(password_hash, " jos\u00e9's bicycles ")
    for other in ("jos\u00e9's bicycles", " jose\u0301's bicycles ", " Jos\u00e9's bicycles "):
        assert not password_hashing.matches(password_hash, other)


def test_the_parameters_are_those_of_owasp():
    parameters = extract_parameters(password_hashing.hashed(PASSWORD))

    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19456, 2, 1)


def test_the_placeholder_hash_has_the_same_parameters():
    assert extract_parameters(password_hashing.DUMMY_HASH) == extract_parameters(
        password_hashing.hashed(PASSWORD)
    )


def test_a_missing_hash_is_verified_with_the_same_work(monkeypatch):
    hasher, verified = PasswordHasher(), []

    class RecordingHasher:
        def verify(self, password_hash, password):
            verified.append(password_hash)
            return hasher.verify(password_hash, password)

    monkeypatch.setattr(password_hashing, "_HASHER", RecordingHasher())

    assert not password_hashing.matches(None, PASSWORD)
    assert verified == [password_hashing.DUMMY_HASH]


def test_a_hash_of_other_parameters_is_outdated():
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)

    assert password_hashing.is_outdated(old)
    assert password_hashing.matches(old, PASSWORD)
    assert not password_hashing.is_outdated(password_hashing.hashed(PASSWORD))
