"""The official Python client asks nobody for access, but decides who gets it; and it lists what repositories hold."""

import pytest
from hub import URL, control, status
from huggingface_hub.errors import BadRequestError, GatedRepoError, HfHubHTTPError, RemoteEntryNotFoundError
from huggingface_hub.utils import build_hf_headers, get_session

REPO = "grace/gated-not-asked"


def ask(api, name, repo):
    headers = build_hf_headers(token=api(name).token)
    return get_session().post(f"{URL}/{repo}/ask-access", headers=headers, follow_redirects=False)


def test_from_asking_to_being_let_in(api):
    owner, reader = api("testgrace"), api("testread")
    assert ask(api, "testread", REPO).status_code == 303
    (pending,) = owner.list_pending_access_requests(REPO)
    assert (pending.username, pending.status, pending.email) == ("ada", "pending", "ada@example.org")
    owner.accept_access_request(REPO, "ada")
    reader.auth_check(REPO)
    assert [it.username for it in owner.list_accepted_access_requests(REPO)] == ["ada"]
    owner.reject_access_request(REPO, "ada", rejection_reason="not now")
    assert [it.status for it in owner.list_rejected_access_requests(REPO)] == ["rejected"]
    with pytest.raises(GatedRepoError, match="has been rejected"):
        reader.auth_check(REPO)
    owner.cancel_access_request(REPO, "ada")
    with pytest.raises(GatedRepoError, match="awaiting a review"):
        reader.auth_check(REPO)
    owner.accept_access_request(REPO, request_id=pending.request_id)
    reader.auth_check(REPO)


def test_somebody_is_let_in_without_having_asked(api):
    owner = api("testgrace")
    owner.grant_access("grace/gated-data", "ada", repo_type="dataset")
    api("testread").auth_check("grace/gated-data", repo_type="dataset")
    with pytest.raises(BadRequestError, match="already has access"):
        owner.grant_access("grace/gated-data", "ada", repo_type="dataset")


@pytest.mark.parametrize(
    "name, call, code",
    [
        (None, lambda it: list(it.list_pending_access_requests(REPO)), 401),
        ("testwrite", lambda it: list(it.list_pending_access_requests(REPO)), 403),
        ("testwrite", lambda it: it.accept_access_request(REPO, "ada"), 403),
        ("testgrace", lambda it: it.accept_access_request(REPO, "nobody"), 404),
        ("testgrace", lambda it: it.accept_access_request(REPO, "ada"), 404),
        ("testgrace", lambda it: it.reject_access_request("grace/gated-rejected", "ada", rejection_reason=None), 404),
        ("testgrace", lambda it: it.grant_access(REPO, "nobody"), 404),
        ("testwrite", lambda it: list(it.list_pending_access_requests("ada/tiny")), 400),
    ],
)
def test_who_may_not_decide(api, name, call, code):
    with pytest.raises(HfHubHTTPError) as error:
        call(api(name))
    assert status(error) == code


def test_a_repository_is_gated_and_opened(api):
    owner = api("testwrite")
    owner.update_repo_settings("ada/tiny", gated="auto")
    assert owner.model_info("ada/tiny").gated == "auto"
    with pytest.raises(GatedRepoError):
        api("testgrace").auth_check("ada/tiny")
    assert ask(api, "testgrace", "ada/tiny").status_code == 303
    api("testgrace").auth_check("ada/tiny")
    owner.update_repo_settings("ada/tiny", gated=False, private=True)
    assert owner.model_info("ada/tiny").private
    assert not api("testgrace").repo_exists("ada/tiny")


def test_each_state_can_be_ordered(api):
    for state, allowed in [("pending", False), ("accepted", True), ("rejected", False), ("reset", False)]:
        control("POST", f"repos/models/{REPO}", {"requests": {"ada": state}})
        if allowed:
            api("testread").auth_check(REPO)
            continue
        with pytest.raises(GatedRepoError):
            api("testread").auth_check(REPO)


# What a repository holds


def test_files(api):
    hub = api()
    held = [it.rfilename for it in hub.model_info("ada/odd-files").siblings]
    assert sorted(hub.list_repo_files("ada/odd-files")) == sorted(held)
    weights = next(it for it in hub.list_repo_tree("ada/tiny") if it.path == "model.safetensors")
    assert weights.size == weights.lfs.size == 5000 and len(weights.lfs.sha256) == 64
    inner = list(hub.list_repo_tree("ada/odd-files", "dir/ünï çode", expand=True))
    assert [it.path for it in inner] == ["dir/ünï çode/日本.txt"] and inner[0].last_commit.title
    with pytest.raises(RemoteEntryNotFoundError):
        list(hub.list_repo_tree("ada/tiny", "none"))


def test_paths(api):
    found = api().get_paths_info("ada/odd-files", ["config.json", "dir", "none"], expand=True)
    assert [it.path for it in found] == ["config.json", "dir"] and found[0].security.safe


def test_refs(api):
    refs = api().list_repo_refs("ada/tiny", include_pull_requests=True)
    assert {it.name for it in refs.branches} == {"main", "dev", "feature/slash"}
    assert [it.ref for it in refs.tags] == ["refs/tags/v1.0"] and [it.ref for it in refs.pull_requests] == ["refs/pr/1"]
    assert refs.tags[0].target_commit == api().model_info("ada/tiny", revision="v1.0").sha
