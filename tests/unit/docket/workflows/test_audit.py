from docket.workflows.audit import occasion


def test_an_act_has_one_moment_and_its_events_have_ids_of_their_own():
    on = occasion("sweeper")

    first, second = on.event("a"), on.event("b")

    assert first.actor == second.actor == "sweeper"
    assert first.at == second.at == on.at
    assert first.id != second.id
