"""Asks a Hub through the official client; prints what it was told, as JSON."""

import json
import sys

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

endpoint, token, bad, others = sys.argv[1:]
api = HfApi(endpoint=endpoint, token=token)


def by(name):
    return HfApi(endpoint=endpoint, token=json.loads(others)[name])



def failure(call):
    try:
        call()
    except HfHubHTTPError as error:
        return {"status": error.response.status_code, "requestId": bool(error.request_id), "message": error.server_message or ""}
    return None


def raw(item):
    return {key: getattr(item, key) for key in ["id", "sha", "tags", "likes", "private"]}


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
        "datasets": {
            "byLanguage": [it.id for it in api.list_datasets(language=["en"], task_ids="extractive-qa", sort="likes")],
            "bySize": [it.id for it in api.list_datasets(size_categories="n<1K", author="ada")],
            "benchmark": [it.id for it in api.list_datasets(benchmark="official", gated=False)],
            "info": raw(api.dataset_info("ada/old-data")),
        },
        "spaces": {
            "byModel": [it.id for it in api.list_spaces(models="ada/tiny", sort="created_at")],
            "linked": [it.id for it in api.list_spaces(linked=True, search="app")],
            "info": raw(api.space_info("ada/app-000", revision="main")),
        },
        "models": {
            "trained": [it.id for it in api.list_models(trained_dataset="rajpurkar/squad", num_parameters="min:1B,max:20B")],
            "served": [it.id for it in api.list_models(inference_provider=["together"], apps=["ollama"], author="globex")],
        },
        "exists": {
            f"{kind} {repo}": api.repo_exists(repo, repo_type=kind)
            for kind, repo in [
                ("model", "ada/tiny"), ("model", "gpt2"), ("model", "ada/nope"), ("model", "grace/gated-pending"),
                ("dataset", "ada/tiny"), ("dataset", "ada/private-data"), ("space", "ada/old-app"), ("space", "acme/nope"),
            ]
        },
        # Before the count of models, which ours is asked for later.
        "created": str(api.create_repo("ada/made-twice", private=True, exist_ok=True)),
        "accounts": {
            "user": {"name": (ada := api.get_user_overview("ada")).username, "models": ada.num_models, "orgs": [it.name for it in ada.orgs]},
            "org": {"name": (acme := api.get_organization_overview("acme")).name, "plan": acme.plan, "users": acme.num_users},
            "members": [it.username for it in api.list_organization_members("umbrella")],
        },
        "errors": {
            "missing": failure(lambda: api.model_info("ada/nope")),
            "revision": failure(lambda: api.model_info("ada/tiny", revision="nope")),
            "exists": failure(lambda: api.create_repo("ada/made-twice")),
            "notThere": failure(lambda: api.delete_repo("ada/nope", repo_type="dataset")),
            "notMine": failure(lambda: api.delete_repo("grace/model-000")),
            "badSort": failure(lambda: list(api.list_datasets(sort="beauty"))),
            "noSpace": failure(lambda: api.space_info("ada/nope")),
            "noUser": failure(lambda: api.get_user_overview("nobody")),
            "noOrg": failure(lambda: list(api.list_organization_members("nobody"))),
            "disabled": failure(lambda: api.repo_exists("globex/disabled")),
            "badToken": failure(lambda: api.whoami(token=bad)),
            "sso": failure(lambda: by("testsso").model_info("acme/secret")),
            "mfa": failure(lambda: by("testmfa").delete_repo("acme/m1")),
            "ip": failure(lambda: by("testip").repo_exists("acme/secret")),
            "classic": failure(lambda: by("testpolicyclassic").create_repo("acme/x")),
            "unapproved": failure(lambda: by("testpolicypending").model_info("acme/secret")),
            "revokedByOrg": failure(lambda: by("testorgrevoked").model_info("acme/secret")),
            "unpaid": failure(lambda: by("testspent").create_repo("ada/x", repo_type="space", space_sdk="docker")),
            "readOnly": failure(lambda: by("testread").create_repo("ada/x", repo_type="dataset")),
            "otherScope": failure(lambda: by("testfineorg").create_repo("ada/x")),
            "expired": failure(lambda: by("testoauthexpired").whoami()),
        },
        # Every principal that is told who it is.
        "people": {name: by(name).whoami() for name in json.loads(others) if failure(lambda: by(name).whoami()) is None},
    },
    sys.stdout,
)
