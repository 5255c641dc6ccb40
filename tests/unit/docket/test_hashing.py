from argon2 import PasswordHasher, extract_parameters

from docket import hashing

PASSWORD = "seven purple bicycles"


def test_a_hash_matches_its_password_and_no_other_however_its_letters_are_written():
    known = hashing.hashed("jos\u00e9's bicycles")

    assert hashing.matches(known, "jose\u0301's bicycles")
    assert not hashing.matches(known, "Jos\u00e9's bicycles")


def test_parameters_are_owasps():
    parameters = extract_parameters(hashing.hashed(PASSWORD))

    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19456, 2, 1)


def test_nobodys_hash_costs_what_everybodys_does():
    assert extract_parameters(hashing.NOBODYS) == extract_parameters(hashing.hashed(PASSWORD))


def test_nobody_has_a_password_and_finding_out_takes_as_much_work(monkeypatch):
    hasher, checked = PasswordHasher(), []

    class Watched:
        def verify(self, password_hash, password):
            checked.append(password_hash)
            return hasher.verify(password_hash, password)

    monkeypatch.setattr(hashing, "_HASHER", Watched())

    assert not hashing.matches(None, PASSWORD)
    assert checked == [hashing.NOBODYS]


def test_a_hash_of_other_parameters_is_outdated():
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)

    assert hashing.is_outdated(old)
    assert hashing.matches(old, PASSWORD)
    assert not hashing.is_outdated(hashing.hashed(PASSWORD))
