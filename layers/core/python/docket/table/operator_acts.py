"""The acts of operators that belong to no order, one item for each, never updated."""

from docket.domain.event import AuditContext
from docket.table import client, keys
from docket.table.client import Put
from docket.table.items.times import to_iso


def record(name: str, facts: dict[str, str | int], audit: AuditContext) -> None:
    """Record an act. It is recorded before it is done, so that none is without a record.

    Each call is a record of its own.
    """
    act_id = audit.new_id()
    client.write(
        Put(
            item={
                **keys.operator_act(act_id),
                "id": act_id,
                "at": to_iso(audit.at),
                "operator": audit.operator,
                "what": name,
                "facts": facts,
            }
        )
    )
