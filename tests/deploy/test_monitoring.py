"""What a monitor on the same machine reads, past the proxy, of several web processes."""

import http.client
import json
import os
import signal

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from factories.supervised import processes, wait_until
from factories.visitors import Site
from factories.web_site import TOKEN

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("proxy")]


def ask(site: Site, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", site.application, timeout=20)
    connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


def answered(site: Site) -> float:
    status, text = ask(site, "/metrics")
    assert status == 200
    (found,) = [
        one
        for one in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        if one.name == "clusterwerk_requests"
    ]
    return float(sum(one.value for one in found.samples if one.name.endswith("_total")))


def test_a_monitor_reads_by_number_over_plain_http_with_its_token(site: Site) -> None:
    status, text = ask(site, "/readyz")
    assert status == 200
    assert json.loads(text) == {"ready": True, "reasons": [], "warnings": []}


def test_counts_outlive_a_web_process_that_is_killed(site: Site) -> None:
    ask(site, "/nothing-here/")
    before = answered(site)
    assert before >= 1
    found = processes(site.var)
    granian = sorted(number for number, words in found.items() if "granian" in words)
    os.kill(granian[-1], signal.SIGKILL)
    assert wait_until(lambda: granian[-1] not in processes(site.var), 20)
    assert wait_until(lambda: _counts_more(site, before), 40)


def _counts_more(site: Site, before: float) -> bool:
    """Whether one more question is counted; what waited at a process that died is cut off."""
    try:
        ask(site, "/nothing-here/")
        return answered(site) >= before + 1
    except (OSError, http.client.HTTPException):
        return False
