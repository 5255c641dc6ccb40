import json

import pytest

from docket.runtime import metrics


@pytest.mark.usefixtures("service")
def test_what_happened_is_counted_in_the_log_as_cloudwatch_reads_it(capsys):
    metrics.count("OrderPaid", 2)

    (line,) = capsys.readouterr().out.splitlines()
    metric = json.loads(line)
    assert metric["OrderPaid"] == [2.0]
    (directive,) = metric["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Docket"
    assert directive["Metrics"] == [{"Name": "OrderPaid", "Unit": "Count"}]
