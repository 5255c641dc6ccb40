import pytest

from docket.runtime import config


@pytest.fixture(autouse=True)
def clear_cache():
    config._load.cache_clear()
    yield
    config._load.cache_clear()


def test_a_group_is_read_from_the_variables_of_its_fields(monkeypatch):
    monkeypatch.setenv("DOCKET_TABLE", "orders")

    assert config.read(config.Table).table == "orders"


@pytest.mark.parametrize(("value", "keys"), [("a,b", ("a,b",)), ("a b", ("a", "b"))])
def test_edge_keys_are_separated_by_spaces(monkeypatch, value, keys):
    monkeypatch.setenv("DOCKET_EDGE_KEYS", value)

    assert config.read(config.Edge).edge_keys == keys


@pytest.mark.parametrize("value", ["", "a ", " a", "a  b"])
def test_an_empty_edge_key_is_refused(monkeypatch, value):
    monkeypatch.setenv("DOCKET_EDGE_KEYS", value)

    with pytest.raises(config.Misconfigured, match="DOCKET_EDGE_KEYS"):
        config.read(config.Edge)


def test_all_invalid_variables_are_named_at_once(monkeypatch):
    monkeypatch.delenv("DOCKET_PRICE_BASE", raising=False)
    monkeypatch.delenv("DOCKET_PRICE_CURRENCY", raising=False)
    monkeypatch.setenv("DOCKET_PRICE_PER_PAGE", "many")

    with pytest.raises(config.Misconfigured) as raised:
        config.read(config.Prices)

    for name in ("DOCKET_PRICE_BASE", "DOCKET_PRICE_PER_PAGE", "DOCKET_PRICE_CURRENCY"):
        assert name in str(raised.value)
