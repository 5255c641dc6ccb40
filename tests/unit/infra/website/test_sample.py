from infra.website.sample import sample_files


def test_the_sample_of_the_site_is_what_the_reader_finds():
    sources = sample_files()

    stored = {path.name: path.read_bytes() for path in sources}

    assert stored == {path.name: content for path, content in sources.items()}
