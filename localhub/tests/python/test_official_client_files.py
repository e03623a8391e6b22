"""The official Python client reads files, meets gates, limits and faults."""

import json
import os

import pytest
from hub import control, fault, status
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)


def test_download_small_and_large(api, tmp_path):
    hub = api("testread")
    config = hub.hf_hub_download("ada/tiny", "config.json", cache_dir=tmp_path)
    assert json.load(open(config))["model_type"] == "local"
    weights = hub.hf_hub_download("ada/tiny", "model.safetensors", cache_dir=tmp_path)
    assert os.path.getsize(weights) == 5000
    seen = control("GET", "requests")
    cdn = [it for it in seen if it["origin"] == "cdn"]
    assert cdn and not any("authorization" in it["headers"] for it in cdn)
    # A second time nothing is fetched again.
    control("DELETE", "requests")
    hub.hf_hub_download("ada/tiny", "model.safetensors", cache_dir=tmp_path)
    assert {it["method"] for it in control("GET", "requests")} <= {"HEAD"}


@pytest.mark.parametrize(
    "name", ["100%.txt", "a b?c#d%20e&f=g+h.txt", "dir/sub/deep.txt", "dir/ünï çode/日本.txt", "empty.txt"]
)
def test_odd_file_names(api, tmp_path, name):
    path = api().hf_hub_download("ada/odd-files", name, cache_dir=tmp_path)
    expected = "" if name == "empty.txt" else f"I am {name}\n"
    assert open(path, encoding="utf-8").read() == expected


def test_private_files(api, tmp_path):
    api("testread").hf_hub_download("ada/private-notes", "config.json", cache_dir=tmp_path)
    api("testread").hf_hub_download("ada/private-notes", "model.safetensors", cache_dir=tmp_path)
    with pytest.raises(RepositoryNotFoundError):
        api("testgrace").hf_hub_download("ada/private-notes", "README.md", cache_dir=tmp_path)


def test_missing_file_and_revision(api, tmp_path):
    with pytest.raises(EntryNotFoundError):
        api().hf_hub_download("ada/tiny", "no-such-file", cache_dir=tmp_path)
    with pytest.raises(RevisionNotFoundError):
        api().hf_hub_download("ada/tiny", "config.json", revision="nope", cache_dir=tmp_path)


def test_a_renamed_repository_downloads(api, tmp_path):
    api().hf_hub_download("ada/old-name", "config.json", cache_dir=tmp_path)
    api().hf_hub_download("gpt2", "model.safetensors", cache_dir=tmp_path)


# Access


def test_auth_check(api):
    api("testread").auth_check("ada/private-notes")
    api("testwrite").auth_check("ada/tiny", write=True)
    with pytest.raises(HfHubHTTPError) as error:
        api("testread").auth_check("ada/tiny", write=True)
    assert status(error) == 403
    with pytest.raises(RepositoryNotFoundError):
        api("testgrace").auth_check("ada/private-notes")


@pytest.mark.parametrize(
    "repo, words",
    [
        ("grace/gated-not-asked", "not in the authorized list"),
        ("grace/gated-pending", "awaiting a review"),
        ("grace/gated-rejected", "has been rejected"),
        ("grace/gated-reset", "has been reset"),
    ],
)
def test_gated(api, tmp_path, repo, words):
    with pytest.raises(GatedRepoError) as error:
        api("testread").auth_check(repo)
    assert status(error) == 403 and words in str(error.value)
    with pytest.raises(GatedRepoError):
        api("testread").hf_hub_download(repo, "config.json", cache_dir=tmp_path)
    with pytest.raises(GatedRepoError) as error:
        api().auth_check(repo)
    assert status(error) == 401
    # The facts are public, and so is the card.
    assert api().model_info(repo).gated == "manual"
    api().hf_hub_download(repo, "README.md", cache_dir=tmp_path)


def test_gated_and_accepted(api, tmp_path):
    api("testread").hf_hub_download("grace/gated-accepted", "config.json", cache_dir=tmp_path)
    api("testgrace").auth_check("grace/gated-not-asked")


def test_a_fine_grained_token_needs_the_box_ticked(api):
    with pytest.raises(HfHubHTTPError) as error:
        api("testfineungated").auth_check("grace/gated-accepted")
    assert status(error) == 403 and not isinstance(error.value, GatedRepoError)
    assert "enable access to public gated repositories" in str(error.value)


# Limits and faults, as this client meets them


def test_a_used_up_quota_is_429(api):
    control("POST", "limits", {"api": 2})
    hub = api("testread")
    hub.model_info("ada/tiny")
    hub.model_info("ada/tiny")
    with pytest.raises(HfHubHTTPError) as error:
        hub.model_info("ada/tiny")
    assert status(error) == 429 and "'api' rate limit" in str(error.value)


def test_a_503_in_a_list_is_tried_again(api):
    fault({"type": "status", "status": 503}, path="/api/models")
    assert len(list(api().list_models(author="acme", limit=3))) == 3
    assert [it["status"] for it in control("GET", "requests")] == [503, 200]


def test_a_cut_download_is_made_whole(api, tmp_path):
    fault({"type": "cut", "bytes": 2000}, path="/xet-bridge-us/*", origin="cdn", method="GET")
    path = api().hf_hub_download("ada/tiny", "model.safetensors", cache_dir=tmp_path)
    assert os.path.getsize(path) == 5000


def test_texts_may_come_compressed(api, tmp_path):
    control("POST", "settings", {"compress": True})
    hub = api("testread")
    assert hub.whoami()["name"] == "ada" and len(list(hub.list_models(author="acme", limit=5))) == 5
    info = hub.model_info("ada/tiny", files_metadata=True)
    path = hub.hf_hub_download("ada/tiny", "config.json", cache_dir=tmp_path)
    assert os.path.getsize(path) == next(it.size for it in info.siblings if it.rfilename == "config.json")
    with pytest.raises(GatedRepoError, match="awaiting a review"):
        hub.auth_check("grace/gated-pending")
