"""Asks a Hub, as every principal, whether it may read and write; prints what the official client was told."""

import json
import sys

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

endpoint, tokens, rows = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])


def asked(token, kind, repo, write):
    try:
        HfApi(endpoint=endpoint, token=token or False).auth_check(repo, repo_type=kind, write=write)
    except HfHubHTTPError as error:
        return [error.response.status_code, error.server_message]
    return True


json.dump({who: [asked(token, *row) for row in rows] for who, token in tokens.items()}, sys.stdout)
