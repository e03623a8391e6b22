"""Every error that the official Python client raises for the calls that ours has a counterpart of."""

import hashlib
import logging

import pytest
from hub import URL, control, fault, status
from huggingface_hub import HfApi, constants, get_hf_file_metadata, hf_hub_url
from huggingface_hub.errors import (
    BadRequestError,
    DisabledRepoError,
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    LocalTokenNotFoundError,
    OfflineModeIsEnabled,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

# Who am I


def test_whoami_without_a_token(api):
    with pytest.raises(LocalTokenNotFoundError):
        HfApi(endpoint=URL).whoami()
    with pytest.raises(LocalTokenNotFoundError):
        HfApi(endpoint=URL).whoami(token=True)
    with pytest.raises(ValueError, match="token=False"):
        api().whoami()
    assert control("GET", "requests") == []


def test_whoami_has_a_strict_limit(api):
    control("POST", "limits", {"whoami": 1})
    api("testread").whoami()
    with pytest.raises(HfHubHTTPError, match="intentionally strict") as error:
        api("testread").whoami()
    assert status(error) == 429
    assert len(control("GET", "requests")) == 2, "it is not tried again"


def test_whoami_is_remembered_when_asked_to(api):
    hub = api("testread")
    assert hub.whoami(cache=True) == hub.whoami(cache=True)
    assert len(control("GET", "requests")) == 1
    hub.whoami()
    assert len(control("GET", "requests")) == 2


def test_a_principal_that_is_none_of_the_known(api):
    assert api("testunknown").whoami()["type"] == "service"
    assert api("testappwrite").whoami()["scope"]["role"] == "write"
    bare = api("testoauthbare").whoami()
    assert "email" not in bare and bare["orgs"] == [] and "accessToken" not in bare["auth"]


# Nothing to send


@pytest.mark.parametrize(
    "call",
    [
        lambda it: it.whoami(), lambda it: it.model_info("ada/tiny"), lambda it: list(it.list_models()),
        lambda it: it.repo_exists("ada/tiny"), lambda it: it.create_repo("x"), lambda it: it.delete_repo("ada/tiny"),
        lambda it: it.auth_check("ada/tiny"), lambda it: it.get_user_overview("ada"),
        lambda it: list(it.list_organization_members("acme")), lambda it: it.file_exists("ada/tiny", "config.json"),
    ],
)  # fmt: skip
def test_offline(api, monkeypatch, call):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(OfflineModeIsEnabled):
        call(api("testwrite"))
    assert control("GET", "requests") == []


def test_a_download_without_a_way_to_the_hub(api, tmp_path, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(LocalEntryNotFoundError):
        api().hf_hub_download("ada/tiny", "config.json", cache_dir=tmp_path)


# Which error it is


def raised(call):
    with pytest.raises(HfHubHTTPError) as error:
        call()
    assert error.value.request_id.startswith("Root=1-")
    return type(error.value), error.value.response.status_code, error.value.server_message


GATED = "Access to model grace/gated-not-asked is restricted"


@pytest.mark.parametrize(
    "name, call, kind, code, words",
    [
        ("testgrace", lambda it: it.model_info("ada/none"), RepositoryNotFoundError, 404, "Repository not found"),
        ("testgrace", lambda it: it.auth_check("ada/private-notes"), RepositoryNotFoundError, 404, "Repository not found"),
        ("testread", lambda it: it.model_info("ada/tiny", revision="x"), RevisionNotFoundError, 404, "Invalid rev id: x"),
        ("testread", lambda it: it.auth_check("grace/gated-not-asked"), GatedRepoError, 403, GATED),
        (None, lambda it: it.auth_check("grace/gated-not-asked"), GatedRepoError, 401, GATED),
        (None, lambda it: it.auth_check("grace/gated-data", repo_type="dataset"), GatedRepoError, 401, "Access to dataset"),
        ("testread", lambda it: it.auth_check("globex/disabled"), DisabledRepoError, 403, "Access to this resource is disabled."),
        ("testread", lambda it: it.auth_check("ada/tiny", write=True), HfHubHTTPError, 403, "You have read access but not"),
        ("testread", lambda it: it.auth_check("ada/app-000", repo_type="space", write=True), HfHubHTTPError, 403, "You have read"),
        ("testfineunsaid", lambda it: it.auth_check("grace/gated-accepted"), HfHubHTTPError, 403, "Please enable access to public"),
        ("testread", lambda it: it.create_repo("grace/x"), HfHubHTTPError, 403, "You don't have the rights to create a model"),
        ("testwrite", lambda it: it.create_repo("ada/tiny"), HfHubHTTPError, 409, "You already created this model repo"),
        ("testwrite", lambda it: it.create_repo("ada/x", repo_type="space", space_sdk="streamlit"), BadRequestError, 400, "* Invalid option"),
        ("testspent", lambda it: it.create_repo("ada/x", repo_type="space", space_sdk="docker"), HfHubHTTPError, 402, "A payment method"),
        ("testsso", lambda it: it.model_info("acme/secret"), HfHubHTTPError, 403, "Your access to the resources of organization acme"),
        ("testmfa", lambda it: it.auth_check("acme/m1", write=True), HfHubHTTPError, 403, "Your access to the resources"),
        ("testip", lambda it: it.delete_repo("acme/m1"), HfHubHTTPError, 403, "Your access to the resources"),
        ("testpolicyclassic", lambda it: it.create_repo("acme/x"), HfHubHTTPError, 403, "Due to the organization token policy, only"),
        ("testpolicypending", lambda it: it.model_info("acme/secret"), HfHubHTTPError, 403, "Due to the organization token policy, your"),
        ("testorgrevoked", lambda it: it.model_info("acme/secret"), HfHubHTTPError, 403, "Your token has been revoked by the organization"),
        (None, lambda it: it.get_user_overview("nobody"), HfHubHTTPError, 404, "Sorry, we can't find the page"),
        (None, lambda it: it.get_organization_overview("ada"), HfHubHTTPError, 404, "Sorry, we can't find the page"),
        (None, lambda it: it.model_info("ada/tiny", expand=["beauty"]), BadRequestError, 400, "* Invalid option"),
        (None, lambda it: list(it.list_models(num_parameters="many")), BadRequestError, 400, "* Invalid input"),
        ("testrevoked", lambda it: it.auth_check("ada/private-notes"), HfHubHTTPError, 401, "Invalid credentials in Authorization header"),
    ],
)  # fmt: skip
def test_each_refusal(api, name, call, kind, code, words):
    found, told, message = raised(lambda: call(api(name)))
    assert (found, told) == (kind, code)
    assert message.startswith(words)


def test_files_that_are_not_there(api, tmp_path):
    get = lambda *at, **how: api("testread").hf_hub_download(*at, cache_dir=tmp_path, **how)  # noqa: E731
    with pytest.raises(RemoteEntryNotFoundError) as error:
        get("ada/tiny", "none.txt")
    assert isinstance(error.value, EntryNotFoundError) and status(error) == 404
    assert error.value.response.headers["x-repo-commit"] == api().model_info("ada/tiny").sha
    with pytest.raises(RevisionNotFoundError):
        get("ada/tiny", "config.json", revision="nope")
    with pytest.raises(RepositoryNotFoundError):
        get("ada/none", "config.json")
    with pytest.raises(LocalEntryNotFoundError) as error:
        get("globex/disabled", "config.json")
    assert isinstance(error.value.__cause__, DisabledRepoError)
    # The gate comes first.
    with pytest.raises(GatedRepoError):
        get("grace/gated-pending", "none.txt")


def test_a_range_outside_is_416(api):
    url = hf_hub_url("ada/private-notes", "config.json", endpoint=URL)
    headers = build_hf_headers(token=api("testread").token)
    answer = get_session().get(url, headers={**headers, "Range": "bytes=99999-"})
    with pytest.raises(HfHubHTTPError, match=r"Requested range: bytes=99999-. Content-Range: bytes \*/\d+") as error:
        hf_raise_for_status(answer)
    assert status(error) == 416


def test_a_used_up_quota_tells_its_name_and_its_end(api):
    control("POST", "limits", {"resolvers": 0, "retryAfter": "seconds"})
    url = hf_hub_url("ada/tiny", "config.json", endpoint=URL)
    with pytest.raises(HfHubHTTPError, match=r"'resolvers' rate limit(.|\n)*Retry after 300 seconds") as error:
        hf_raise_for_status(get_session().head(url))
    assert status(error) == 429


def test_a_429_that_is_not_the_quota(api):
    fault({"type": "status", "status": 429, "headers": {"ratelimit": '"api";r=5;t=55'}}, path="/api/models/ada/tiny")
    with pytest.raises(HfHubHTTPError) as error:
        api().model_info("ada/tiny")
    assert status(error) == 429 and "rate limit" not in str(error.value)


@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_a_broken_hub(api, code):
    body = "<html><body>Bad Gateway</body></html>"
    fault({"type": "body", "status": code, "headers": {"content-type": "text/html"}, "body": body}, times=0)
    kind, told, message = raised(lambda: api().model_info("ada/tiny"))
    assert (kind, told) == (HfHubHTTPError, code) and "html" not in (message or "")


# Creation


def test_an_existing_repo_is_as_good_as_a_new_one(api, monkeypatch):
    # The client forgets here which Hub it was made for.
    monkeypatch.setattr(constants, "ENDPOINT", URL)
    assert api("testwrite").create_repo("ada/tiny", exist_ok=True).repo_id == "ada/tiny"
    # Who may not create is told where it is all the same.
    for name, repo, how in [
        ("testread", "ada/tiny", {}),
        ("testread", "grace/model-000", {}),
        ("testspent", "ada/app-000", {"repo_type": "space", "space_sdk": "docker"}),
    ]:
        assert api(name).create_repo(repo, exist_ok=True, **how).repo_id == repo
        with pytest.raises(HfHubHTTPError):
            api(name).create_repo(repo, **how)
    with pytest.raises(HfHubHTTPError) as error:
        api("testread").create_repo("grace/none", exist_ok=True)
    assert status(error) == 403


def test_a_creation_waits_for_another(api):
    busy = '{"error":"Cannot create repo: another conflicting operation is in progress"}'
    fault({"type": "body", "status": 409, "body": busy}, times=2, path="/api/repos/create")
    assert api("testwrite").create_repo("ada/late").repo_id == "ada/late"
    assert [it["status"] for it in control("GET", "requests")] == [409, 409, 200]


def test_what_is_created(api):
    hub = api("testwrite")
    hub.create_repo("ada/p", private=True)
    hub.create_repo("ada/v", visibility="private", repo_type="dataset")
    hub.create_repo("ada/s", visibility="protected", repo_type="space", space_sdk="gradio")
    hub.create_repo("acme/g", resource_group_id="64b0c0ffee0123456789abcf", region="eu")
    assert hub.model_info("ada/p").private and hub.dataset_info("ada/v").private
    assert hub.space_info("ada/s").sdk == "gradio"
    assert hub.model_info("acme/g", expand=["resourceGroup"]).resource_group["id"] == "64b0c0ffee0123456789abcf"
    assert not hub.model_info("acme/g").private


# Existence


def test_revisions_and_files_exist_or_not(api):
    hub = api("testread")
    for revision, there in [("main", True), ("v1.0", True), ("refs/pr/1", True), ("feature/slash", True), ("nope", False)]:
        assert hub.revision_exists("ada/tiny", revision) is there, revision
    assert not hub.revision_exists("ada/none", "main")
    assert hub.file_exists("ada/tiny", "config.json") and hub.file_exists("ada/tiny", "model.safetensors", revision="dev")
    assert hub.file_exists("ada/data-000", "data/train.csv", repo_type="dataset")
    assert not hub.file_exists("ada/tiny", "none.txt")
    assert not hub.file_exists("ada/tiny", "config.json", revision="nope")
    assert not hub.file_exists("ada/none", "config.json")
    with pytest.raises(GatedRepoError):
        hub.file_exists("grace/gated-rejected", "config.json")
    assert hub.file_exists("grace/gated-rejected", "README.md")


# Files


@pytest.mark.parametrize("repo, name", [("ada/tiny", "config.json"), ("ada/tiny", "model.safetensors"), ("ada/private-notes", "config.json")])
def test_what_is_known_of_a_file_before_it_comes(api, repo, name):
    hub = api("testread")
    known = get_hf_file_metadata(hf_hub_url(repo, name, endpoint=URL), token=hub.token)
    info = hub.model_info(repo, files_metadata=True)
    file = next(it for it in info.siblings if it.rfilename == name)
    assert (known.commit_hash, known.size) == (info.sha, file.size)
    assert known.etag == (file.lfs.sha256 if file.lfs else file.blob_id)


def test_a_download_that_is_cut_is_taken_up_where_it_ended(api, tmp_path, monkeypatch):
    # What came of an unfinished part is thrown away.
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 500)
    fault({"type": "cut", "bytes": 1234}, path="/xet-bridge-us/*", origin="cdn", method="GET")
    path = api("testread").hf_hub_download("ada/tiny", "model.safetensors", cache_dir=tmp_path)
    ranges = [it["headers"].get("range") for it in control("GET", "requests") if it["origin"] == "cdn" and it["method"] == "GET"]
    assert ranges == [None, "bytes=1000-"]
    known = next(it for it in api().model_info("ada/tiny", files_metadata=True).siblings if it.rfilename == "model.safetensors")
    assert hashlib.sha256(open(path, "rb").read()).hexdigest() == known.lfs.sha256


def test_strangers_are_warned_once(api, tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        api().hf_hub_download("ada/tiny", "config.json", cache_dir=tmp_path)
    assert sum("unauthenticated requests" in it.message for it in caplog.records) <= 1
