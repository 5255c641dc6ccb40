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


def test_a_part_that_names_no_failure_is_shown_by_its_last_lines():
    unit = "".join(f"line {number}\n" for number in range(3)) + "unit: 60 s\n"
    e2e = "".join(f"test {number}\n" for number in range(30)) + "Killed\n"

    ending = last_lines(f"{unit}{e2e}make[1]: *** [Makefile:133: e2e] Error 137\n")

    assert ending.startswith("\nFailed: e2e\n  test 11\n")
    assert ending.endswith("  test 29\n  Killed\n")


def test_the_last_lines_of_a_part_that_names_a_failure_are_not_repeated():
    output = "FAILED tests/unit/test_1.py\n1 failed\nmake[1]: *** [Makefile:1: unit] Error 1\n"

    assert last_lines(output) == "\nFailed: unit\n  FAILED tests/unit/test_1.py\n"


def test_colors_do_not_hide_a_failure():
    output = "\033[31mFAILED\033[0m tests/unit/test_1.py\nmake[1]: *** [Makefile:1: unit] Error 1\n"

    assert last_lines(output) == "\nFailed: unit\n  FAILED tests/unit/test_1.py\n"
