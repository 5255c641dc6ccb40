from argon2 import PasswordHasher, extract_parameters

from docket.auth import password_hashing

PASSWORD = "seven purple bicycles"


def test_a_hash_matches_its_password_and_no_other_however_its_letters_are_written():
    known = password_hashing.hashed("jos\u00e9's bicycles")

    assert password_hashing.matches(known, "jose\u0301's bicycles")
    assert not password_hashing.matches(known, "Jos\u00e9's bicycles")


def test_parameters_are_owasps():
    parameters = extract_parameters(password_hashing.hashed(PASSWORD))

    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19456, 2, 1)


def test_nobodys_hash_costs_what_everybodys_does():
    assert extract_parameters(password_hashing.NOBODYS) == extract_parameters(
        password_hashing.hashed(PASSWORD)
    )


def test_nobody_has_a_password_and_finding_out_takes_as_much_work(monkeypatch):
    hasher, checked = PasswordHasher(), []

    class Watched:
        def verify(self, password_hash, password):
            checked.append(password_hash)
            return hasher.verify(password_hash, password)

    monkeypatch.setattr(password_hashing, "_HASHER", Watched())

    assert not password_hashing.matches(None, PASSWORD)
    assert checked == [password_hashing.NOBODYS]


def test_a_hash_of_other_parameters_is_outdated():
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)

    assert password_hashing.is_outdated(old)
    assert password_hashing.matches(old, PASSWORD)
    assert not password_hashing.is_outdated(password_hashing.hashed(PASSWORD))
