"""`make test` ends with what failed, however much its parts have printed."""

import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "local/failures.awk"


def last_lines(output: str) -> str:
    """What the script adds to the output."""
    awk = shutil.which("awk")
    assert awk
    completed = subprocess.run(  # noqa: S603 - the project's own script
        [awk, "-f", SCRIPT], input=output, capture_output=True, text=True, check=True
    )
    assert completed.stdout.startswith(output)
    return completed.stdout.removeprefix(output)


def test_failed_parts_and_tests_are_repeated_at_the_end():
    output = """\
tests/unit/test_alarms.py:195: error: Module has no attribute "CHECK"  [attr-defined]
types: 60 s, 50 s of processor time
make[1]: *** [Makefile:117: types] Error 1
 FAIL  src/features/orders/orders.test.tsx > an order is shown
FAILED tests/e2e/test_money.py::test_a_refund - AssertionError
make[1]: *** [Makefile:133: e2e] Error 1
make[1]: Target 'parts' not remade because of errors.
"""

    assert (
        last_lines(output)
        == """
Failed: types e2e
  tests/unit/test_alarms.py:195: error: Module has no attribute "CHECK"  [attr-defined]
   FAIL  src/features/orders/orders.test.tsx > an order is shown
  FAILED tests/e2e/test_money.py::test_a_refund - AssertionError
"""
    )


def test_nothing_is_added_to_a_run_that_passed():
    assert last_lines("FAILED is a word in a test's output\nunit: 60 s\n") == ""


def test_forty_failures_do_not_fill_the_screen():
    failures = "".join(f"FAILED tests/unit/test_{number}.py\n" for number in range(40))

    assert last_lines(failures + "make[1]: *** [Makefile:1: unit] Error 1\n").endswith(
        "test_29.py\n  and 10 more\n"
    )
