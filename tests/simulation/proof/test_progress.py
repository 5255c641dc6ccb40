"""A run of many lives that is interrupted goes on where it ended."""

from collections import Counter

import pytest

from tests.simulation.faults import Fault
from tests.simulation.proof.progress import ROOT, OtherSources, Progress, Total, digest_of_sources
from tests.simulation.proof.sources import sources

RAN = Total(
    lives=2,
    seconds=0.5,
    longest=0.3,
    loop_seconds=0.01,
    firings=Counter({Fault.THROTTLED: 3}),
    states=Counter({"completed": 2}),
    coverage=Counter({("completed", Fault.THROTTLED): 3}),
)


def test_chunks_that_ran_are_known_to_the_next_run(tmp_path):
    path = tmp_path / "new" / "progress"
    Progress(path, "sources").add(range(2), RAN)

    assert Progress(path, "sources").chunks == {range(2): RAN}


def test_a_chunk_with_a_violation_is_run_again(tmp_path):
    Progress(tmp_path / "progress", "sources").add(range(2), Total(lives=1, failing=[0]))

    assert Progress(tmp_path / "progress", "sources").chunks == {}


def test_a_line_that_was_cut_off_is_run_again(tmp_path):
    path = tmp_path / "progress"
    Progress(path, "sources").add(range(2), RAN)
    Progress(path, "sources").add(range(2, 4), RAN)
    path.write_text(path.read_text()[:-10])

    Progress(path, "sources").add(range(4, 6), RAN)

    assert list(Progress(path, "sources").chunks) == [range(2), range(4, 6)]


def test_results_of_other_sources_do_not_count(tmp_path):
    Progress(tmp_path / "progress", "sources").add(range(2), RAN)

    with pytest.raises(OtherSources):
        Progress(tmp_path / "progress", "others")


def test_the_digest_changes_with_a_source(tmp_path):
    (tmp_path / "requirements-dev.txt").write_text("")
    source = tmp_path / "functions" / "orders" / "get.py"
    source.parent.mkdir(parents=True)
    source.write_text("a = 1\n")
    before = digest_of_sources(tmp_path)

    source.write_text("a = 2\n")

    assert digest_of_sources(tmp_path) != before


def test_only_what_lives_run_is_a_source():
    names = {path.relative_to(ROOT).as_posix() for path in sources(ROOT)}

    assert names > {
        "functions/auth/login.py",
        "layers/core/python/docket/messages/en.json",
        "layers/core/python/docket/table/client.py",
        "local/stripe_double/__init__.py",
        "operations/accounts.py",
        "tests/simulation/accounts/people.py",
        "tests/simulation/table/store.py",
    }
    unrelated = ("frontend", "docs", "bench", "infra/constructs", "infra/stacks/site")
    reader = ("layers/analysis/python/analysis/formats", "layers/analysis/python/analysis/layout")
    assert not [name for name in names if name.startswith((*unrelated, *reader))]
