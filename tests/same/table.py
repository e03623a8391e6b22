"""Asks a Hub for each list and meets each body of an error in table.json; prints what the official client makes of it."""

import json
import pathlib
import sys
import urllib.request

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

endpoint, token = sys.argv[1:]
api = HfApi(endpoint=endpoint, token=token)
table = json.loads((pathlib.Path(__file__).parent / "table.json").read_text())


def met(kind, body):
    fault = {"type": "body", "status": 418, "headers": {"content-type": kind}, "body": body}
    order = json.dumps({"match": {"path": "/api/models/ada/tiny"}, "fault": fault}).encode()
    urllib.request.urlopen(f"{endpoint}/_localhub/faults", order).close()
    try:
        api.model_info("ada/tiny")
    except HfHubHTTPError as error:
        return [error.response.status_code, error.server_message]
    return None


json.dump(
    {
        "lists": [[it.id for it in getattr(api, call)(**options)] for call, options in table["lists"]],
        "bodies": [met(kind, body) for kind, body, _ in table["bodies"]],
    },
    sys.stdout,
)
