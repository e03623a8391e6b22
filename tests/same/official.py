"""Asks a Hub through the official client; prints what it was told, as JSON."""

import json
import sys

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

endpoint, token, bad = sys.argv[1:]
api = HfApi(endpoint=endpoint, token=token)


def failure(call):
    try:
        call()
    except HfHubHTTPError as error:
        return {"status": error.response.status_code, "requestId": bool(error.request_id), "message": error.server_message or ""}
    return None


me = api.whoami()
info = api.model_info("ada/tiny", revision="refs/pr/1")
json.dump(
    {
        "whoami": me,
        "list": [it.id for it in api.list_models(author="ada", sort="downloads", limit=37)],
        "filtered": [it.id for it in api.list_models(filter=["safetensors"], pipeline_tag="text-generation", search="model", limit=20)],
        "info": {
            "id": info.id, "sha": info.sha, "tags": info.tags, "downloads": info.downloads, "private": info.private,
            "files": [it.rfilename for it in info.siblings],
        },
        "expanded": [it.likes for it in api.list_models(author="acme", expand=["likes"], limit=5)],
        "created": str(api.create_repo("ada/made-twice", private=True, exist_ok=True)),
        "errors": {
            "missing": failure(lambda: api.model_info("ada/nope")),
            "revision": failure(lambda: api.model_info("ada/tiny", revision="nope")),
            "exists": failure(lambda: api.create_repo("ada/made-twice")),
            "badToken": failure(lambda: api.whoami(token=bad)),
        },
    },
    sys.stdout,
)
