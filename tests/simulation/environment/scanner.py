"""The malware scan in a life: each new version of an upload is tagged with a scan status."""

from docket.gateways.object_keys import UPLOADS
from docket.workflows.documents.malware_scan import TAG, ScanStatus
from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.bucket import Version
from tests.simulation.faults import Fault

USUAL_SECONDS = (1.0, 20.0)
LATE_SECONDS = (60.0, 4000.0)
AGAIN_SECONDS = (0.0, 600.0)

FAILURES = ("FAILED", "ACCESS_DENIED", ScanStatus.UNSUPPORTED)
STATUSES = (ScanStatus.CLEAN, ScanStatus.INFECTED, *FAILURES)


class Scanner:
    """Scans uploads from `start` on. `clean` has the versions that were found clean so far."""

    def __init__(self, aws: SimulatedAws) -> None:
        self._aws, self._is_on = aws, False
        self.clean: set[str] = set()

        aws.bucket.listeners.append(self._stored)

    def start(self) -> None:
        """Scan what is uploaded from now on."""
        self._is_on = True

    def stop(self) -> None:
        """Scan nothing more. What is being scanned still gets its status."""
        self._is_on = False

    def _stored(self, version: Version, event: str) -> None:
        if not self._is_on:
            return
        if not (version.key.startswith(UPLOADS) and event.startswith("ObjectCreated:")):
            return
        uniform = self._aws.random.uniform
        older = [other for other in self._aws.bucket.versions(version.key) if other is not version]
        if older and self._fires(Fault.SCAN_OF_OLDER):
            status = self._aws.random.choice(STATUSES)
            self._after(uniform(*USUAL_SECONDS), older[0], status)
        if self._fires(Fault.SCAN_LOST):
            return
        status = self._scan_status()
        late = self._fires(Fault.SCAN_LATE)
        self._after(uniform(*(LATE_SECONDS if late else USUAL_SECONDS)), version, status)
        if self._fires(Fault.SCAN_DOUBLED):
            self._after(uniform(*AGAIN_SECONDS), version, status)

    def _scan_status(self) -> str:
        if self._fires(Fault.MALWARE_FOUND):
            return ScanStatus.INFECTED
        if self._fires(Fault.SCAN_FAILED):
            return self._aws.random.choice(FAILURES)
        return ScanStatus.CLEAN

    def _after(self, seconds: float, version: Version, status: str) -> None:
        def tag() -> None:
            if self._aws.bucket.version(version.key, version.id) is None:
                return
            if status == ScanStatus.CLEAN:
                self.clean.add(version.id)
            self._aws.world.note(f"malware scan: {status}")
            self._aws.bucket.tag(version, {TAG: status})

        self._aws.world.after(seconds, tag)

    def _fires(self, fault: Fault) -> bool:
        return self._aws.faults.fires(fault, "malware scan")
