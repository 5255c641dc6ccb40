import json

import pytest

from docket.runtime import metrics


@pytest.mark.usefixtures("service")
def test_a_metric_is_logged_in_the_embedded_metric_format(capsys):
    metrics.count("OrderPaid", 2)

    (line,) = capsys.readouterr().out.splitlines()
    metric = json.loads(line)
    assert metric["OrderPaid"] == [2.0]
    (directive,) = metric["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Docket"
    assert directive["Metrics"] == [{"Name": "OrderPaid", "Unit": "Count"}]
