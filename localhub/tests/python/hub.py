"""The hub under test, and how to order something from it."""

import json
import os
import urllib.request

URL = os.environ["LOCALHUB_URL"].rstrip("/")


def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{URL}/_localhub/{path}", data=data, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def fault(fault, times=1, **match):
    control("POST", "faults", {"match": match, "times": times, "fault": fault})


def status(error):
    return error.value.response.status_code
