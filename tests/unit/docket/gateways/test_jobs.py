from docket.gateways import jobs
from docket.gateways.files import Upload, upload_of


def test_what_is_to_be_read_again_is_said_as_s3_says_it(queue):
    upload = Upload("ada", "order-document", "v1")

    jobs.read_again(upload)

    (message,) = queue.take()
    (record,) = message["Records"]
    named = record["s3"]["object"]
    assert upload_of(named["key"], named["versionId"]) == upload
