"""A long scan on the deployed stack: its parts go through the queue and are joined once."""

from local.demo import READING_SECONDS, until, upload
from local.stack import PATH_STYLE, owner
from tests.make import a_scan

PAGES = 14


def test_a_long_scan_is_read_in_parts_and_joined(stack, ada, tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(a_scan(*(f"Sheet number {number} of the scan" for number in range(PAGES))))
    order = ada.call("an order", "POST", "/orders", expect=201, body={"title": "Long"})
    path = f"/orders/{order['id']}"

    upload(ada, order["id"], scan)
    read = until(
        "reading the scan",
        lambda: ada.call("the order", "GET", path, expect=200),
        lambda current: current["documents"][0]["status"] in {"ready", "unreadable"},
        READING_SECONDS,
    )

    (document,) = read["documents"]
    assert (document["status"], document["page_count"]) == ("ready", PAGES)
    s3 = owner().client("s3", endpoint_url=stack.emulator, config=PATH_STYLE)
    listing = s3.list_objects_v2(Bucket=stack.documents, Prefix=f"parts/{document['id']}/")
    assert [item["Key"].rpartition("/")[2] for item in listing["Contents"]] == [
        "0-7.json",
        "7-14.json",
    ]
    events = ada.call("its history", "GET", f"{path}/events", expect=200)
    assert [event["what"] for event in events].count("document_read") == 1
