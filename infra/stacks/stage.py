"""All stacks of a stage, and the order of their deployment.

data ─┬─► api ─┬─► auth, account, orders, analyses, payments
      │        │       └─► site (after edge) ─► edge-operations, mail
      │        └─► operations (also after debts)
      ├─► reader (before operations; after it in a stage that scans uploads for malware)
      └─► debts

The site comes after the functions, so that they accept a new edge key before the distribution sends
it. Mails have links to the site.
"""

from dataclasses import dataclass

from aws_cdk import Stack
from constructs import Construct

from infra.layers.build import Layer
from infra.settings import Settings
from infra.stacks.api import NOUNS, ApiStack, NounStack
from infra.stacks.data import DataStack
from infra.stacks.debts import DebtsStack
from infra.stacks.edge import EdgeStack
from infra.stacks.edge_operations import EdgeOperationsStack
from infra.stacks.mail import MailStack
from infra.stacks.operations import OperationsStack
from infra.stacks.reader import ReaderStack
from infra.stacks.site import SiteStack


@dataclass(frozen=True)
class StageStacks:
    """The stacks of a stage; those that it does not deploy are None."""

    data: DataStack
    api: ApiStack
    nouns: dict[str, NounStack]
    reader: ReaderStack
    debts: DebtsStack
    site: SiteStack
    mail: MailStack
    edge: EdgeStack | None
    edge_operations: EdgeOperationsStack | None
    operations: OperationsStack | None


def add_stacks(scope: Construct, *, settings: Settings, layers: dict[str, Layer]) -> StageStacks:
    """Add the stacks of the stage to the app, each after those whose resources it names."""
    data = DataStack(scope, settings=settings)
    api = ApiStack(scope, settings=settings, layers=layers)
    reader = ReaderStack(scope, settings=settings, layers=layers)
    debts = DebtsStack(scope, settings=settings, layers=layers)
    nouns = {noun: NounStack(scope, noun, settings=settings, layers=layers) for noun in NOUNS}
    edge = EdgeStack(scope, settings=settings) if settings.has_edge else None
    site = SiteStack(scope, settings=settings)
    mail = MailStack(scope, settings=settings, layers=layers)
    edge_operations = None if settings.emulator else EdgeOperationsStack(scope, settings=settings)
    operations = None if settings.emulator else OperationsStack(scope, settings=settings)
    _deploy_after(data, api, reader, debts)
    _deploy_after(api, *nouns.values(), operations)
    for functions in (api, *nouns.values()):
        _deploy_after(functions, site)
    _deploy_after(site, edge_operations, mail)
    _deploy_after(debts, operations)  # an alarm goes off while no run of dispatch is counted
    if operations:
        # Documents wait for scans only while GuardDuty makes them: on_upload starts to wait
        # after the scan is deployed, and stops before it is removed.
        _deploy_after(*((operations, reader) if settings.malware_scan else (reader, operations)))
    if edge:
        site.add_stack_dependency(edge)
    return StageStacks(
        data, api, nouns, reader, debts, site, mail, edge, edge_operations, operations
    )


def _deploy_after(first: Stack, *later: Stack | None) -> None:
    for stack in filter(None, later):
        stack.add_stack_dependency(first)
