"""Every alarm watches a metric that the code writes, and has a section with what to do."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from docket.domain.accounts.mail import SuppressionReason
from docket.domain.debt import HOUSEKEEPING_BACK_OFF, DebtClass
from docket.domain.errors import StorageUnreachable
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import IntentStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import BACK_OFF, Refund, RefundReason
from docket.gateways import mail as ses
from docket.gateways import s3
from docket.gateways.queues import ReadingMessage
from docket.runtime import config
from docket.runtime.clock import now
from docket.table import client, debts
from docket.table.accounts import mails
from docket.table.documents import documents
from docket.table.orders import orders
from docket.workflows.accounts import mails as mail_workflow
from docket.workflows.audit import audit_context
from docket.workflows.debts import event_list
from docket.workflows.debts.dispatch import OLDEST
from docket.workflows.documents import malware_scan, reading, uploads
from docket.workflows.orders import payment as payment_workflow
from functions.events import dispatch
from infra.alarms import alarm_rules, distribution_alarm_rules
from infra.constructs.alarms.dashboard import DEBT_METRICS
from infra.metrics import NAMESPACE, DistributionMetrics, Metrics, service_name
from infra.names import Names
from infra.settings import PROD
from tests.due_debts import settle_due
from tests.fakes import signed
from tests.make import (
    OID,
    a_document,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_order,
)
from tests.make_calls import call
from tests.make_people import a_mail
from tests.table_state import save

RUNBOOK = Path(__file__).parents[2] / "docs/operations.md"
BODY = '{"id": "evt_1", "type": "charge.refunded"}'
PARTS = ("What customers notice", "How to look", "What to do", "How to know it is over")
RULES = (
    *alarm_rules(Metrics(names=Names("prod"), api_id="api"), malware_scan=True),
    *distribution_alarm_rules(
        DistributionMetrics(names=Names("prod"), region="eu-central-1", distribution_id="E1"),
        firewall=True,
    ),
)
DOCKET_METRICS = [
    metric for rule in RULES for metric in rule.metrics if metric.namespace == NAMESPACE
]


pytestmark = pytest.mark.usefixtures("service")


READ = a_read_document()


def pay(stripe):
    """Pay an order; no event of Stripe arrives. Returns the id of the intent."""
    save(an_order(READ), READ)
    intent = payment_workflow.current_intent(orders.get("ada", OID), audit_context("customer"))
    stripe.pay(intent.id)
    return intent.id


def find_a_payment(stripe, _monkeypatch):
    pay(stripe)
    event_list.handle_missed(an_audit_context("stripe", now() + timedelta(minutes=2)))


def dispatch_what_is_due(_stripe, _monkeypatch):
    dispatch.handler({}, None)


def fail_to_settle(_stripe, monkeypatch, times=1):
    save(an_order(READ), READ)
    documents.remove("ada", READ.id, audit_context("customer"))

    def refuse(*_):
        raise StorageUnreachable

    monkeypatch.setattr(s3, "erase", refuse)
    for number in range(times):
        settle_due(now() + timedelta(seconds=1) + number * BACK_OFF[-1])


def fail_to_settle_for_days(stripe, monkeypatch):
    fail_to_settle(stripe, monkeypatch, times=len(HOUSEKEEPING_BACK_OFF) + 1)


def pay_another_amount(_stripe, _monkeypatch):
    save(an_order(READ), READ)
    intent = payment_workflow.current_intent(orders.get("ada", OID), audit_context("customer"))
    paid = replace(intent, status=IntentStatus.SUCCEEDED, paid_at=now())
    payment_workflow.reconcile(replace(paid, money=Money(1, "eur")), audit_context("stripe"))


def miss_the_promised_time(stripe, _monkeypatch):
    pay(stripe)
    event_list.handle_missed(an_audit_context("stripe", now()))
    paid = orders.get("ada", OID)
    later = now() + timedelta(hours=2)  # its own debt is not due yet
    again = a_reading_document(reading_since=later, attempt=2, page_count=1)
    waiting = an_order(again, charged_pages=1, payment=paid.payment, status=OrderStatus.PROCESSING)
    save(waiting, again)
    settle_due(later + timedelta(seconds=1))


def fail_to_refund(stripe, _monkeypatch):
    intent = pay(stripe)
    event_list.handle_missed(an_audit_context("stripe", now()))
    refund = Refund(
        id=intent,
        payment_intent_id=intent,
        order_id=OID,
        user_id="ada",
        money=Money(250, "eur"),
        reason=RefundReason.QUOTE_CHANGED,
        status=RefundStatus.FAILED,
        since=now(),
        attempts=len(BACK_OFF) + 1,
    )
    save(orders.get("ada", OID), READ, refunds_=(refund,))
    settle_due(now() + timedelta(days=2))


def refuse_a_signature(_stripe, _monkeypatch):
    call("payments/webhook", BODY, as_user=None, headers=signed(BODY, secret="whsec_rolled"))


def receive_an_unsigned_request(_stripe, _monkeypatch):
    call("payments/webhook", BODY, as_user=None)


def read_without_the_sandbox(_stripe, monkeypatch):
    monkeypatch.setattr(reading, "sandbox_refused", lambda: True)
    reading.process(ReadingMessage.of(a_reading_document()))


def read_without_the_seal(_stripe, monkeypatch):
    reading.seal.cache_clear()
    monkeypatch.setattr(reading, "seal_process", lambda: frozenset(["dumpable", "environment"]))
    reading.seal()


def scan(monkeypatch, scan_status):
    """Accept an upload whose scan ends with the status."""
    document = a_document()
    save(an_order(document), document)
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "true")
    config._load.cache_clear()
    monkeypatch.setattr(s3, "tags", lambda _: {malware_scan.TAG: scan_status})
    upload = s3.Upload(user_id="ada", document_id=document.id, upload_number=1, version="v1")
    uploads.accept([upload], audit_context("reader"))


def fail_to_scan(_stripe, monkeypatch):
    scan(monkeypatch, "FAILED")


def find_malware(_stripe, monkeypatch):
    scan(monkeypatch, "THREATS_FOUND")


def drop_a_mail(_stripe, monkeypatch):
    """The stage has no sender."""
    monkeypatch.setenv("DOCKET_SITE_URL", "https://docket.example.com")
    mail_workflow.settle(a_claim_of_a_mail(), audit_context("worker"))


def refuse_a_mail(_stripe, monkeypatch):
    def refuse(_message):
        raise ses.MailRefused

    monkeypatch.setenv("DOCKET_SITE_URL", "https://docket.example.com")
    monkeypatch.setenv("DOCKET_MAIL_SENDER", "docket@example.com")
    monkeypatch.setattr(ses, "send", refuse)
    mail_workflow.settle(a_claim_of_a_mail(), audit_context("worker"))


def suppress_an_address(_stripe, _monkeypatch):
    bounce = SuppressionReason.BOUNCE
    report = ses.Report(mail_id="M1", mailbox="a1", is_sent=False, suppression=bounce)
    mail_workflow.follow(report, audit_context("worker"))


def a_claim_of_a_mail():
    mail = a_mail(created_at=now(), to="ada@example.com")
    client.write(mails.put(mail))
    seen = mails.due_key(mail)
    claim = debts.reserve(seen, until=now() + timedelta(minutes=5))
    assert claim
    return claim


WRITERS = {
    "DebtFailures": fail_to_settle,
    "DebtNeedsPerson": fail_to_settle_for_days,
    "MailNotSent": drop_a_mail,
    "MailRefused": refuse_a_mail,
    "MailSuppressed": suppress_an_address,
    "MalwareFound": find_malware,
    "MalwareScanFailed": fail_to_scan,
    "OldestHousekeepingDebt": dispatch_what_is_due,
    "OldestMailDebt": dispatch_what_is_due,
    "OldestMoneyDebt": dispatch_what_is_due,
    "OldestWorkDebt": dispatch_what_is_due,
    "OrderNotCompletedInTime": miss_the_promised_time,
    "PaymentMismatch": pay_another_amount,
    "ReaderEnvironmentReadable": read_without_the_seal,
    "ReaderStaysDumpable": read_without_the_seal,
    "RefundFailed": fail_to_refund,
    "SandboxUnavailable": read_without_the_sandbox,
    "WebhookMissed": find_a_payment,
    "WebhookRefused": refuse_a_signature,
    "WebhookUnsigned": receive_an_unsigned_request,
}
"""What makes the code write each metric."""


def metrics_in(output):
    """The namespace, name and dimensions of each metric in lines of the embedded metric format."""
    for line in output.splitlines():
        written = json.loads(line)
        for directive in written.get("_aws", {}).get("CloudWatchMetrics", []):
            for names in directive["Dimensions"]:
                dimensions = {name: written[name] for name in names}
                for metric in directive["Metrics"]:
                    yield directive["Namespace"], metric["Name"], dimensions


@pytest.mark.parametrize("metric", DOCKET_METRICS, ids=lambda metric: metric.name)
def test_docket_writes_the_metric_of_every_alarm(metric, stripe, monkeypatch, capsys):
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", NAMESPACE)
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", service_name("prod"))

    WRITERS[metric.name](stripe, monkeypatch)

    written = list(metrics_in(capsys.readouterr().out))
    assert (metric.namespace, metric.name, metric.dimensions) in written


def test_a_metric_that_nothing_writes_is_detected(stripe, monkeypatch, capsys):
    find_a_payment(stripe, monkeypatch)

    written = {name for _, name, _ in metrics_in(capsys.readouterr().out)}
    assert "WebhookMissed" in written
    assert not written & {"DebtFailures", "RefundFailed", "OldestMoneyDebt", "WebhookRefused"}


def test_the_dashboard_shows_the_oldest_debt_of_each_class():
    assert {*DEBT_METRICS} == {OLDEST[debt_class] for debt_class in DebtClass}


def sections():
    """The sections about alarms of the page, by heading."""
    chapter = RUNBOOK.read_text().partition("\n## Alarms\n")[2].partition("\n## ")[0]
    _, *parts = re.split(r"^### (.+)$", chapter, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_alarm_has_a_section_and_every_section_an_alarm():
    headlines = [rule.headline for rule in RULES]

    assert len(set(headlines)) == len(headlines)
    assert sections().keys() == {rule.title for rule in RULES}


@pytest.mark.parametrize("title", sorted({rule.title for rule in RULES}))
def test_a_section_has_what_to_see_to_look_at_and_to_do(title):
    paragraphs = re.findall(r"^\*\*(.+?)\.\*\* \S", sections()[title], re.MULTILINE)

    assert tuple(paragraphs) == PARTS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_description_leads_to_the_section(rule):
    description = rule.description(PROD.runbook)

    page, _, anchor = description.rpartition(" ")[2].partition("#")
    assert (Path(__file__).parents[2] / page) == RUNBOOK
    assert anchor in {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in sections()
    }
    assert len(description) <= 1024


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_description_has_a_url_that_ends_with_the_section_if_one_is_set(rule):
    description = rule.description("https://docs.example/operations")

    (url,) = re.findall(r"https://\S+", description)
    assert description.endswith(f" {url}")
    assert url == f"https://docs.example/operations#{rule.anchor}"


def test_the_costs_count_every_metric_of_an_alarm():
    costs = (RUNBOOK.parent / "costs.md").read_text()

    (counted,) = re.findall(r"(\d+) metrics of alarms", costs)
    usual = [rule for rule in RULES if not rule.name.startswith("Malware")]  # off by default
    assert int(counted) == sum(len(rule.metrics) for rule in usual)


def test_an_anchor_is_made_from_its_heading_as_markdown_pages_do():
    refused = next(rule for rule in RULES if rule.name == "WebhookRefused")

    assert refused.title == "The webhook refuses Stripe's signature"
    assert refused.anchor == "the-webhook-refuses-stripes-signature"
