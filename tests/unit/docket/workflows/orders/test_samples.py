from pathlib import Path

from docket.schemas.documents import CreateDocumentRequest
from docket.workflows.orders import samples

FOLDER = Path(samples.__file__).parents[2] / "samples"


def test_every_stored_sample_is_a_file_that_customers_may_upload():
    for file in samples.sample_files():
        CreateDocumentRequest(
            filename=file.filename,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
        )

    assert {path.name for path in FOLDER.iterdir()} == {
        file.filename for file in samples.sample_files()
    }
