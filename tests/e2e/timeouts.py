"""How long the browser tests wait for what must appear, and the contract's for a reply.

No test measures time: `bench/` does. On a busy machine a page takes seconds, the first call of a
function in the emulator some more, and an ingestion longer than both.
"""

TIMEOUT_MS = 60_000

MANY_DOCUMENTS_MS = 5 * TIMEOUT_MS
"""For the ingestion of some dozens of documents, of which two are read at a time."""
