from docket.workflows.audit import audit_context


def test_events_of_one_context_share_actor_and_time_and_differ_in_id():
    audit = audit_context("worker")

    first, second = audit.event("opened"), audit.event("paid")

    assert first.actor == second.actor == "worker"
    assert first.at == second.at == audit.at
    assert first.id != second.id
