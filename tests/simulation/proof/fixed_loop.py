"""A fixed loop of this process: the cost of a life is counted in its rounds, on any machine.

It does what lives do most: build, write and read small maps.
"""

import json
import time

ITEMS = 200
ROUNDS = 20


def round_seconds() -> float:
    """The processor time of one round, now: other processes slow it down as they do lives."""
    begin = time.process_time()
    for _ in range(ROUNDS):
        _round()
    return (time.process_time() - begin) / ROUNDS


def _round() -> int:
    items = {f"ORDER#{n}": {"PK": {"S": f"{n:026}"}, "N": {"N": f"{n}"}} for n in range(ITEMS)}
    return sum(int(item["N"]["N"]) for item in json.loads(json.dumps(items)).values())
