from docket.schemas import version
from docket.schemas.version import entity_tag


def clear_release():
    version._release.cache_clear()


def test_a_tag_is_weak_and_follows_the_version():
    assert entity_tag(1).startswith('W/"1-')
    assert entity_tag(1) == entity_tag(1)
    assert entity_tag(1) != entity_tag(2)


def test_a_release_with_other_fields_or_sentences_has_other_tags(monkeypatch):
    first = entity_tag(1)
    for name, other in (("text", "{}"), ("catalogue", {})):
        clear_release()
        with monkeypatch.context() as patches:
            patches.setattr(version, name, lambda *_, other=other: other)
            assert entity_tag(1) != first
    clear_release()
    assert entity_tag(1) == first
