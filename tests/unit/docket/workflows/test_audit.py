from docket.workflows.audit import audit_context


def test_an_act_has_one_moment_and_its_events_have_ids_of_their_own():
    audit = audit_context("sweeper")

    first, second = audit.event("opened"), audit.event("paid")

    assert first.actor == second.actor == "sweeper"
    assert first.at == second.at == audit.at
    assert first.id != second.id
