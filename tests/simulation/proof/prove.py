"""Run many lives on all cores, and print what happened: `make prove`."""

import argparse
import os
import sys
import time
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack, nullcontext
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.breaks import Break, broken
from tests.simulation.environment.lives import Lives
from tests.simulation.faults import Fault
from tests.simulation.proof.coverage import table
from tests.simulation.proof.fixed_loop import round_seconds
from tests.simulation.proof.kinds import BROKEN, FAULTS, KINDS, Kind
from tests.simulation.proof.progress import OtherSources, Progress, Total, digest_of_sources
from tests.simulation.proof.shrinking import smallest, story

CHUNK = 100
"""The lives of one task of a worker."""

TASKS = 50
"""After so many tasks a worker is started again, so that its memory stays small."""

FEWEST = 1000
"""How often each kind of fault must fire in a whole run."""

WHOLE_RUN = 100_000
MOST_ROUNDS = 220
"""What a life may cost on average, in rounds of the fixed loop; lives cost 170 and 195 now.

The aim was 50 milliseconds. A round takes half a millisecond on the slowest machine that has run
lives, so there it is twice as much, and where a round takes .23 milliseconds it is the aim.
"""


class _Worker:
    """The lives of this process."""

    stack = ExitStack()
    lives: Lives


def _start_worker(kind: Kind, number: int | None) -> None:
    _Worker.lives = _Worker.stack.enter_context(KINDS[kind]())
    if number:
        _, wrong = BROKEN[number - 1]
        _Worker.stack.enter_context(broken(wrong))


def live_all(lives: Lives, seeds: range) -> Total:
    """Run the lives of these seeds, up to the first that fails."""
    total, round_takes = Total(), round_seconds()
    for seed in seeds:
        begin = time.process_time()
        try:
            ended = lives.live(seed)
        except Exception as error:
            error.add_note(f"in the life of seed {seed}")
            raise
        took = time.process_time() - begin
        total.lives += 1
        total.seconds += took
        total.loop_seconds += round_takes
        total.longest = max(total.longest, took)
        total.firings.update(firing.fault for firing in ended.firings)
        total.states += ended.states
        total.coverage += ended.coverage
        if ended.violations:
            total.failing.append(seed)
            break
    return total


def _live(seeds: range) -> tuple[range, Total]:
    return seeds, live_all(_Worker.lives, seeds)


def prove(kind: Kind, options: argparse.Namespace, progress: Progress | None = None) -> Total:
    """Run that many lives, up to the first that fails. Those in `progress` are not run again."""
    count, first, workers = options.lives, options.seed, options.workers
    total, reported_at = Total(), time.monotonic()
    progress = progress or Progress()
    chunks = []
    for at in range(first, first + count, CHUNK):
        chunk = range(at, min(at + CHUNK, first + count))
        if chunk in progress.chunks:
            total.add(progress.chunks[chunk])
        else:
            chunks.append(chunk)
    with ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_start_worker,
        initargs=(kind, options.broken),
        max_tasks_per_child=TASKS,
    ) as pool:
        for seeds, part in _results(pool, iter(chunks), ahead=2 * workers):
            progress.add(seeds, part)
            total.add(part)
            if time.monotonic() - reported_at > 30:
                reported_at = time.monotonic()
                print(f"{total.lives} lives", file=sys.stderr, flush=True)
            if total.failing:
                pool.shutdown(cancel_futures=True)
                break
    return total


def _results(
    pool: ProcessPoolExecutor, chunks: Iterator[range], ahead: int
) -> Iterator[tuple[range, Total]]:
    """The results of all chunks, of which only a few wait at any time."""
    pending: set[Future[tuple[range, Total]]] = set()
    for chunk in chunks:
        pending.add(pool.submit(_live, chunk))
        if len(pending) >= ahead:
            done = next(as_completed(pending))
            pending.remove(done)
            yield done.result()
    for done in as_completed(pending):
        yield done.result()


def report(total: Total) -> str:
    """The counts of a run."""
    mean = 1000 * total.seconds / max(1, total.lives)
    cost = (
        f"{total.lives} lives, {mean:.1f} ms each, as {total.cost:.0f} rounds of the fixed loop "
        f"(at most {MOST_ROUNDS} are wanted), the longest {1000 * total.longest:.0f} ms"
    )
    lines = [
        cost,
        "faults that fired:",
        *(f"{total.firings[fault]:>10}  {fault}" for fault in Fault),
        "states at the end:",
        *(f"{count:>10}  {state}" for state, count in total.states.most_common()),
        "faults by the states of orders and accounts when they fired:",
        table(total.coverage),
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lives", type=int, default=WHOLE_RUN)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kind", choices=KINDS, help="else all kinds, one after the other")
    parser.add_argument("--broken", type=int, choices=range(1, len(BROKEN) + 1), help=_numbered())
    parser.add_argument(
        "--progress",
        type=Path,
        help="a file from which the next run goes on if this one ends early",
    )
    options = parser.parse_args()
    if options.progress and options.broken:
        parser.error("--progress is for lives of the sources as they are, not of a broken version")
    if options.broken:
        kind, wrong = BROKEN[options.broken - 1]
        return _find(kind, wrong, options)
    total = Total()
    kinds: list[Kind] = [options.kind] if options.kind else [*KINDS]
    for kind in kinds:
        try:
            progress = Progress(_progress_file(options.progress, kind), digest_of_sources())
        except OtherSources:
            parser.error(
                f"{options.progress} belongs to other sources: remove it, or name another file"
            )
        print(f"lives of {kind}:")
        part = prove(kind, options, progress)
        total.add(part)
        print(report(part))
        if part.failing:
            _tell(kind, min(part.failing))
            break
    problems = list(problems_of(total, kinds))
    print("\n".join(problems or ["no violation"]))
    return 1 if problems else 0


def _find(kind: Kind, wrong: Break, options: argparse.Namespace) -> int:
    """Let lives find a broken version."""
    total = prove(kind, options)
    print(report(total))
    if total.failing:
        _tell(kind, min(total.failing), wrong)
    found = f"found within {total.lives} lives" if total.failing else "NOT FOUND"
    print(f"\nbroken on purpose ({wrong.name}): {found}")
    return 0 if total.failing else 1


def _tell(kind: Kind, seed: int, wrong: Break | None = None) -> None:
    """Print the smallest life of a seed that fails."""
    print(f"\nthe life of seed {seed} fails:\n")
    with KINDS[kind]() as lives, broken(wrong) if wrong else nullcontext():
        print(story(smallest(lives, seed)))


def _progress_file(path: Path | None, kind: Kind) -> Path | None:
    """A file for each kind."""
    return path.with_name(f"{path.name}.{kind}") if path else None


def problems_of(total: Total, kinds: Collection[Kind]) -> Iterator[str]:
    """What a run of lives of these kinds does not prove; a whole run has all of their faults."""
    if total.failing:
        yield f"{len(total.failing)} lives fail"
    if total.lives < WHOLE_RUN:
        return
    if total.cost > MOST_ROUNDS:
        yield f"a life costs as much as {total.cost:.0f} rounds of the fixed loop"
    for fault in Fault:
        is_had = any(fault in FAULTS[kind] for kind in kinds)
        if is_had and total.firings[fault] < FEWEST:
            yield f"{fault} fired {total.firings[fault]} times only"


def _numbered() -> str:
    return "; ".join(f"{number}: {wrong.name}" for number, (_, wrong) in enumerate(BROKEN, 1))


if __name__ == "__main__":
    sys.exit(main())
