from docket.domain.task import Task, TaskKind
from tests.make import OID, THEN


def test_a_task_ends_with_its_first_work_unless_it_is_repeated():
    task = Task(kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject="d", created_at=THEN)

    assert task.ends_after is None
