"""SES in a life, and the mailboxes to which it delivers."""

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.simulation.accounts.settings import FEEDBACK, MAX_SKEW_SECONDS, SITE
from tests.simulation.aws import SimulatedAws
from tests.simulation.clock import SECOND
from tests.simulation.faults import Fault
from tests.simulation.queues.queue import Sending
from tests.simulation.sdk import error

USUAL_SECONDS = (0.5, 20.0)
LATE_SECONDS = (600.0, 6000.0)
REPORT_SECONDS = (0.5, 30.0)

SOONEST_AGAIN_SECONDS = 15 * 60 - 2 * MAX_SKEW_SECONDS
"""A mail whose sending was not reported is sent again after 15 minutes, by any two clocks."""

_LINK = re.compile(rf"{re.escape(SITE)}(/[a-z-]+)#([\w-]+)")


@dataclass(frozen=True, kw_only=True)
class Received:
    """A mail in a mailbox. `page` and `token` are those of its link, if it has one."""

    mail_id: str
    subject: str
    page: str
    token: str
    sent_at: int


class Mailboxes:
    """SES's client, and what it has delivered. `problems`: mails that were sent twice."""

    def __init__(self, aws: SimulatedAws) -> None:
        self._aws, self._connection = aws, aws.connection("sesv2")
        self.inboxes: defaultdict[str, list[Received]] = defaultdict(list)
        self.sent: dict[str, int] = {}
        """When each mail was last sent."""
        self.mailed: dict[str, tuple[str, int]] = {}
        """The mailbox of each link's token, and when it was sent."""
        self.problems: list[str] = []
        aws.life.clients["sesv2"] = self

    def send_email(self, **request: Any) -> dict[str, Any]:
        """SES's call: one attempt, which the gateway never repeats."""
        (to,) = request["Destination"]["ToAddresses"]
        tags = {tag["Name"]: tag["Value"] for tag in request["EmailTags"]}
        simple = request["Content"]["Simple"]

        def send() -> dict[str, Any]:
            self._send(to, simple["Subject"]["Data"], simple["Body"]["Text"]["Data"], tags)
            return {"MessageId": tags["mail_id"]}

        refusals = [
            (
                Fault.SERVER_ERROR,
                lambda: error("SendEmail", "InternalServiceError", "failed", status=500),
            ),
            (
                Fault.THROTTLED,
                lambda: error("SendEmail", "TooManyRequestsException", "slow down", status=429),
            ),
        ]
        return self._connection.attempt("sesv2.SendEmail", send, refusals)

    def _send(self, to: str, subject: str, text: str, tags: dict[str, str]) -> None:
        now, mail_id = self._aws.clock.microseconds, tags["mail_id"]
        earlier = self.sent.get(mail_id)
        if earlier is not None and now - earlier < SOONEST_AGAIN_SECONDS * SECOND:
            self.problems.append(f"mail {mail_id} ({subject}) is sent twice")
        self.sent[mail_id] = now
        link = _LINK.search(text)
        page, token = link.groups() if link else ("", "")
        mail = Received(mail_id=mail_id, subject=subject, page=page, token=token, sent_at=now)
        if token:
            self.mailed[token] = mailbox_of(to), now
        fires, random = self._aws.faults.fires, self._aws.random
        late = fires(Fault.MAIL_LATE, "mailbox")
        self._aws.world.after(
            random.uniform(*(LATE_SECONDS if late else USUAL_SECONDS)),
            lambda: self.inboxes[mailbox_of(to)].append(mail),
        )
        report = {
            "eventType": "Send",
            "mail": {"tags": {name: [value] for name, value in tags.items()}},
        }
        self._aws.world.after(
            random.uniform(*REPORT_SECONDS),
            lambda: self._aws.queues[FEEDBACK].send(Sending(body=json.dumps(report))),
        )


def mailbox_of(email: str) -> str:
    """Where mail to an address arrives, whatever its form."""
    local, _, domain = unicodedata.normalize("NFC", email).lower().rpartition("@")
    if domain.startswith("xn--"):
        domain = domain.encode().decode("idna")
    return f"{local}@{domain}"
