"""`make bench-table`: what an order costs in the table, for 3, 40 and 500 documents.

The handlers run on moto. Units are computed by AWS's rules from the items that each call reads and
writes (`bench.database.capacity`), because moto's own figures are not those of DynamoDB. An act is
what one step of the order costs, over all its documents. Prints tables, then one line of JSON.
"""

import io
import json
import os
import platform
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

from bench.database import table_listing
from bench.database.metering import Cost, metered
from bench.database.table_listing import Listed
from bench.database.table_order import Arrival, Step, steps
from bench.database.table_stage import stage
from docket.domain.debt import DebtClass
from docket.table.keys import BY_DUE, SHARDS

SIZES = (3, 40, 500)
"""Documents of an order."""
CASES = [
    (size, arrival)
    for size in SIZES
    for arrival in Arrival
    # One by one every document costs the same: 40 of them show it.
    if (size, arrival) != (SIZES[-1], Arrival.ALONE)
]
AIM_WRITES_A_DOCUMENT = 28
"""Write units a document that no order is to exceed."""
AIM_CALLS = 2
"""Calls of the table that no act is to exceed."""
PARTITION_WRITES_A_SECOND = 1000
"""What DynamoDB allows for one partition of a table or an index."""
BASELINE = {3: 107, 40: 4290}
"""The write units of an order when one item held all its documents."""
BASELINE_ORDERS_A_SECOND = 0.65
"""The orders of 40 documents, of all customers, that the hottest index partition then allowed."""
OF_DOCUMENTS = ("add", "accept", "record")
"""The acts that are done for each document."""


@dataclass(frozen=True)
class ActCost:
    """An act of an order: how often it was done, its whole cost, and the size of its last reply."""

    times: int
    cost: Cost
    reply_bytes: int
    most_calls: int
    first_writes: int
    last_writes: int
    """The write units of the first and of the last time: equal if the order's size is no factor."""


type ActCosts = dict[str, ActCost]


def main() -> None:
    """Measure all orders and the list, and print them."""
    orders: dict[tuple[int, Arrival], ActCosts] = {}
    listing: list[Listed] = []
    with stage() as (stripe, readings), metered() as meter:
        for size, arrival in CASES:
            acts = _measured(steps(size, arrival, stripe, readings), meter.taken)
            orders[size, arrival] = acts
            _print_order(size, arrival, acts)
        print("\nthe newest 25 orders of a customer with")
        print(f"{'orders':>10} {'status':10}{'calls':>6}{'reads':>8}{'bytes':>9}")
        for listed in table_listing.measure(meter):
            listing.append(listed)
            _print_listed(listed)
    print(json.dumps(_summary(orders, listing)))


def _measured(all_steps: Iterable[Step], taken: Callable[[], Cost]) -> ActCosts:
    acts: ActCosts = {}
    taken()
    for act, step in all_steps:
        with redirect_stdout(io.StringIO()):  # metrics
            size = step()
        cost = taken()
        before = acts.get(act)
        acts[act] = ActCost(
            times=before.times + 1 if before else 1,
            cost=before.cost + cost if before else cost,
            reply_bytes=size,
            most_calls=max(before.most_calls if before else 0, cost.calls.total()),
            first_writes=before.first_writes if before else cost.writes,
            last_writes=cost.writes,
        )
    return acts


def _print_order(size: int, arrival: Arrival, acts: ActCosts) -> None:
    print(f"\n{size} documents, {arrival}")
    print(
        f"{'act':22}{'times':>6}{'calls':>7}{'writes':>8}{'index':>7}"
        f"{'first':>7}{'last':>6}{'reads':>8}{'bytes read':>12}{'reply':>10}"
    )
    for act, measured in acts.items():
        print(
            f"{act:22}{measured.times:6}{measured.most_calls:7}{measured.cost.written.total():8}"
            f"{measured.cost.indexed.total():7}{measured.first_writes:7}{measured.last_writes:6}"
            f"{measured.cost.reads:8.1f}{measured.cost.bytes_read:12,}{measured.reply_bytes:10,}"
        )
    cost = _whole(acts)
    print(
        f"{'all':35}{cost.written.total():8}{cost.indexed.total():7}{cost.reads:21.1f}"
        f"   {_a_document(acts, size):.1f} write units a document"
    )
    for name, units in (("partition", cost.written), ("index partition", cost.indexed)):
        hottest, most = units.most_common(1)[0]
        print(f"  hottest {name}: {_anonymous(hottest)}, {most} units")
    print(
        f"  orders a second at the hottest class of debts: {_orders_a_second(cost):.0f}", flush=True
    )


def _print_listed(listed: Listed) -> None:
    count, status, cost, size = listed
    calls = cost.calls.total()
    print(f"{count:10,} {status:10}{calls:6}{cost.reads:8.1f}{size:9,}", flush=True)


def _whole(acts: ActCosts) -> Cost:
    return sum((measured.cost for measured in acts.values()), Cost())


def _a_document(acts: ActCosts, size: int) -> float:
    """The write units of a document: of the acts that are done for each."""
    return sum(measured.cost.writes for act, measured in acts.items() if act in OF_DOCUMENTS) / size


def _orders_a_second(cost: Cost) -> float:
    """How many such orders, of all customers together, an index allows.

    The orders of a class of debts are spread over its partitions, the shards.
    """
    return min(
        PARTITION_WRITES_A_SECOND
        * SHARDS
        / max(1, sum(n for name, n in cost.indexed.items() if f"{BY_DUE} {debt_class}#" in name))
        for debt_class in DebtClass
    )


def _anonymous(partition: str) -> str:
    """The partition's kind without the ids in it."""
    index, _, name = partition.rpartition(" ")
    return f"{index} {name.partition('#')[0]}".strip()


def _summary(orders: dict[tuple[int, Arrival], ActCosts], listing: list[Listed]) -> dict[str, Any]:
    most_calls = max(measured.most_calls for acts in orders.values() for measured in acts.values())
    return {
        "bench": "table",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "order_write_units": {
            f"{size} {arrival.name.lower()}": _whole(acts).writes
            for (size, arrival), acts in orders.items()
        },
        "write_units_a_document": {
            f"{size} {arrival.name.lower()}": round(_a_document(acts, size), 1)
            for (size, arrival), acts in orders.items()
        },
        "aim_write_units_a_document": AIM_WRITES_A_DOCUMENT,
        "times_fewer_than_before": {
            size: round(units / _whole(orders[size, Arrival.BATCHES]).writes, 1)
            for size, units in BASELINE.items()
        },
        "orders_of_40_a_second": round(_orders_a_second(_whole(orders[40, Arrival.BATCHES]))),
        "before": BASELINE_ORDERS_A_SECOND,
        "most_calls": most_calls,
        "acts_with_more_calls": sorted(
            {
                act
                for acts in orders.values()
                for act, measured in acts.items()
                if measured.most_calls > AIM_CALLS
            }
        ),
        "aim_calls": AIM_CALLS,
        "list_read_units": [cost.reads for _, _, cost, _ in listing],
    }


if __name__ == "__main__":
    main()
