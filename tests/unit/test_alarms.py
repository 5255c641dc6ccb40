"""Every alarm watches a metric that the code writes, and has a section that says what to do."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from docket.domain.errors import StorageUnreachable
from docket.domain.order import PAYMENT_CHECK, READING_CHECK
from docket.gateways import s3
from docket.gateways.s3 import Upload
from docket.runtime import config
from docket.runtime.clock import now
from docket.table import orders
from docket.workflows import debts, erasure, ingestion, malware_scan
from infra.alarms import alarm_rules, distribution_alarm_rules
from infra.metrics import NAMESPACE, DistributionMetrics, Metrics, service_name
from infra.settings import PROD
from infra.stacks.names import Names
from tests.fakes import signed
from tests.make import OID, a_document, a_read_document, an_audit_context, an_event, an_order
from tests.make_calls import call

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


def pay(stripe, method="pm_card_visa"):
    """Pay an order that was opened 20 minutes ago; no event of Stripe arrives."""
    at = now() - timedelta(minutes=20)
    order = an_order(documents=(a_read_document(),), created_at=at)
    orders.create_order(order, an_event("opened", at=at))
    intent = call("payments/create_intent", order_id=OID).json["payment_intent_id"]
    stripe.pay(intent, method)
    return intent


def sweep(after=timedelta(minutes=20)):
    debts.sweep(an_audit_context("sweeper", now() + after))


def find_a_payment(stripe, _monkeypatch):
    pay(stripe)
    sweep()


def fail_to_settle(stripe, _monkeypatch):
    pay(stripe)
    stripe.fail_calls()
    sweep()


def fail_to_refund(stripe, _monkeypatch):
    intent = pay(stripe, "pm_card_refundFail")
    call("orders/update_status", {"status": "cancelled"}, order_id=OID)
    sweep()
    stripe.complete_refunds(intent)
    sweep(timedelta(hours=1))


def fail_to_erase(_stripe, monkeypatch):
    document = a_read_document()
    orders.create_order(an_order(documents=(document,)), an_event("opened"))
    call("documents/delete", document_id=document.id)

    def refuse(*_):
        raise StorageUnreachable

    monkeypatch.setattr(s3, "erase", refuse)
    erasure.erase_due(now())


def refuse_a_signature(_stripe, _monkeypatch):
    call("payments/webhook", BODY, as_user=None, headers=signed(BODY, secret="whsec_rolled"))


def receive_an_unsigned_request(_stripe, _monkeypatch):
    call("payments/webhook", BODY, as_user=None)


def read_without_the_sandbox(_stripe, monkeypatch):
    document = a_document()
    orders.create_order(an_order(documents=(document,)), an_event("opened"))
    monkeypatch.setattr(ingestion, "sandbox_refused", lambda: True)
    ingestion.process(Upload("ada", document.id, "v1"), order_id=OID, at=now())


def read_without_the_seal(_stripe, monkeypatch):
    ingestion.seal.cache_clear()
    monkeypatch.setattr(ingestion, "seal_process", lambda: frozenset(["dumpable", "environment"]))
    ingestion.seal()


def scan(monkeypatch, verdict):
    """Process an upload whose scan has the verdict."""
    document = a_document()
    orders.create_order(an_order(documents=(document,)), an_event("opened"))
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "true")
    config._load.cache_clear()
    monkeypatch.setattr(s3, "tags", lambda _: {malware_scan.TAG: verdict})
    ingestion.process(Upload("ada", document.id, "v1"), order_id=OID, at=now())


def fail_to_scan(_stripe, monkeypatch):
    scan(monkeypatch, "FAILED")


def find_malware(_stripe, monkeypatch):
    scan(monkeypatch, "THREATS_FOUND")


WRITERS = {
    "ErasureFailures": fail_to_erase,
    "MalwareFound": find_malware,
    "MalwareScanFailed": fail_to_scan,
    "OldestDueMoney": find_a_payment,
    "OldestDueWork": find_a_payment,
    "OldestPaidOrder": find_a_payment,
    "ReaderEnvironmentReadable": read_without_the_seal,
    "ReaderStaysDumpable": read_without_the_seal,
    "RefundFailed": fail_to_refund,
    "SandboxUnavailable": read_without_the_sandbox,
    "SweepFailures": fail_to_settle,
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


def test_a_metric_that_nobody_writes_is_found_out(stripe, monkeypatch, capsys):
    find_a_payment(stripe, monkeypatch)

    written = {name for _, name, _ in metrics_in(capsys.readouterr().out)}
    assert "OldestDueMoney" in written
    assert not written & {"ErasureFailures", "RefundFailed", "SweepFailures", "WebhookRefused"}


def sections():
    """The sections about alarms of the page, by heading."""
    chapter = RUNBOOK.read_text().partition("\n## Alarms\n")[2].partition("\n## ")[0]
    _, *parts = re.split(r"^### (.+)$", chapter, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_alarm_has_a_section_and_every_section_an_alarm():
    titles = [rule.title for rule in RULES]

    assert len(set(titles)) == len(titles)
    assert sections().keys() == set(titles)


@pytest.mark.parametrize("title", [rule.title for rule in RULES])
def test_a_section_says_what_to_see_to_look_at_and_to_do(title):
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


def test_the_alarm_of_a_paid_order_lasts_from_one_check_to_the_next():
    (rule,) = [rule for rule in RULES if rule.name == "OldestPaidOrder"]

    window = timedelta(minutes=rule.minutes * (rule.periods - rule.datapoints + 1))

    assert window > max(PAYMENT_CHECK, READING_CHECK)
