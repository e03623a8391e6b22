"""The official Python client signs in, lists, looks and manages."""

import pytest
from hub import URL, control, status
from huggingface_hub.errors import (
    BadRequestError,
    DisabledRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)


# Who am I


def test_whoami_of_every_kind_of_token(api):
    me = api("testwrite").whoami()
    assert me["type"] == "user" and me["name"] == "ada"
    assert me["auth"]["accessToken"]["displayName"] == "laptop"
    assert {org["name"] for org in me["orgs"]} == {"acme", "research-lab"}
    fine = api("testfine").whoami()["auth"]["accessToken"]
    assert fine["role"] == "fineGrained"
    assert "fineGrained" in fine
    assert "fineGrained" not in api("testfinebare").whoami()["auth"]["accessToken"]
    assert "accessToken" not in api("testoauth").whoami()["auth"]
    assert api("testapp").whoami()["type"] == "app"
    assert api("testorg").whoami()["type"] == "org"
    assert "email" not in api("testnomail").whoami()


@pytest.mark.parametrize("name", ["testexpired", "testrevoked"])
def test_a_bad_token_is_401(api, name):
    with pytest.raises(HfHubHTTPError) as error:
        api(name).whoami()
    assert status(error) == 401
    assert "Invalid user token" in str(error.value)


def test_a_token_can_be_revoked_and_restored(api):
    api("testread").whoami()
    control("POST", "tokens/testread", {"revoked": True})
    with pytest.raises(HfHubHTTPError):
        api("testread").whoami()
    control("POST", "tokens/testread", {"revoked": False})
    assert api("testread").whoami()["name"] == "ada"


# Lists


def test_lists_page_to_the_end(api):
    ids = [model.id for model in api("testwrite").list_models(author="ada")]
    assert len(ids) == len(set(ids)) == 60
    public = [model.id for model in api().list_models(author="ada")]
    assert set(public) < set(ids)


def test_ten_thousand_models_take_ten_pages(api):
    count = sum(1 for _ in api().list_models(author="many"))
    assert count == 10_000
    pages = [it for it in control("GET", "requests") if it["path"] == "/api/models"]
    assert len(pages) == 10


def test_lists_are_sorted_and_filtered(api):
    hub = api()
    by_downloads = [model.downloads for model in hub.list_models(sort="downloads", limit=20)]
    assert by_downloads == sorted(by_downloads, reverse=True) and len(by_downloads) == 20
    found = list(hub.list_models(pipeline_tag="fill-mask", filter="transformers"))
    assert found and all(it.pipeline_tag == "fill-mask" and "transformers" in it.tags for it in found)
    assert all(it.gated for it in hub.list_models(gated=True, expand=["gated"]))
    assert [it.id for it in hub.list_models(search="ODD-files")] == ["ada/odd-files"]
    full = next(iter(hub.list_models(author="ada", full=True, cardData=True)))
    assert full.siblings and full.card_data and full.last_modified
    assert list(hub.list_datasets(author="ada")) and list(hub.list_spaces(author="ada"))


def test_an_unknown_sort_is_a_bad_request(api):
    with pytest.raises(BadRequestError):
        list(api().list_models(sort="beauty"))


# Info


def test_info_of_each_kind(api):
    model = api().model_info("ada/tiny", files_metadata=True, securityStatus=True)
    assert model.id == "ada/tiny" and model.author == "ada" and len(model.sha) == 40
    weights = next(file for file in model.siblings if file.rfilename == "model.safetensors")
    assert weights.size == weights.lfs.size == 5000
    assert model.security_repo_status == {"scansDone": True, "filesWithIssues": []}
    assert api().dataset_info("ada/data-000").id == "ada/data-000"
    assert api().space_info("ada/app-000").runtime.stage == "RUNNING"
    expanded = api().model_info("ada/tiny", expand=["likes", "gated"])
    assert expanded.likes is not None and expanded.sha is None


def test_revisions(api):
    main = api().model_info("ada/tiny")
    assert api().model_info("ada/tiny", revision=main.sha).sha == main.sha
    assert api().model_info("ada/tiny", revision="refs/pr/1").sha != main.sha
    with pytest.raises(RevisionNotFoundError):
        api().model_info("ada/tiny", revision="no-such-revision")


def test_old_and_short_names_lead_on(api):
    assert api().model_info("gpt2").id == "openai-community/gpt2"
    assert api().dataset_info("squad").id == "rajpurkar/squad"
    assert api().model_info("ada/old-name", revision="main").id == "ada/new-name"


@pytest.mark.parametrize("repo", ["ada/no-such", "ada/private-notes", "acme/old-secret"])
def test_what_one_may_not_see_does_not_exist(api, repo):
    # 401 for a stranger and 404 for somebody else: neither tells whether it is there.
    with pytest.raises(HfHubHTTPError) as error:
        api().model_info(repo)
    assert status(error) == 401
    with pytest.raises(RepositoryNotFoundError) as error:
        api("testgrace").model_info(repo)
    assert status(error) == 404


def test_a_public_model_ignores_a_bad_token(api):
    assert api("testrevoked").model_info("ada/tiny").id == "ada/tiny"


def test_disabled(api):
    with pytest.raises(DisabledRepoError):
        api().model_info("globex/disabled")


# Create, delete, move


def test_create_find_delete(api):
    hub = api("testwrite")
    url = hub.create_repo("made-here", private=True)
    assert url.repo_id == "ada/made-here" and str(url) == f"{URL}/ada/made-here"
    assert hub.model_info("ada/made-here").private
    with pytest.raises(HfHubHTTPError) as error:
        hub.create_repo("made-here")
    assert status(error) == 409
    assert hub.create_repo("made-here", exist_ok=True).repo_id == "ada/made-here"
    hub.delete_repo("ada/made-here")
    with pytest.raises(RepositoryNotFoundError):
        hub.delete_repo("ada/made-here")
    hub.delete_repo("ada/made-here", missing_ok=True)


def test_create_other_kinds(api):
    hub = api("testwrite")
    assert hub.create_repo("acme/rows", repo_type="dataset").repo_type == "dataset"
    assert hub.create_repo("ada/page", repo_type="space", space_sdk="static").repo_type == "space"
    assert hub.space_info("ada/page").sdk == "static"
    with pytest.raises(BadRequestError):
        hub.create_repo("ada/odd", repo_type="space", space_sdk="streamlit")


@pytest.mark.parametrize(
    "name, repo, allowed",
    [
        ("testread", "ada/x", False),
        ("testwrite", "ada/x", True),
        ("testwrite", "acme/x", True),
        ("testwrite", "research-lab/x", False),
        ("testwrite", "grace/x", False),
        ("testnomail", "acme/x", True),
        ("testgod", "acme/x", True),
        ("testfine", "ada/x", True),
        ("testfine", "acme/x", False),
        ("testfinebare", "ada/x", False),
        ("testrestricted", "ada/x", True),
        ("testrestricted", "acme/x", False),
        ("testunknown", "ada/x", False),
        ("testoauth", "ada/x", False),
    ],
)
def test_who_may_create_where(api, name, repo, allowed):
    if allowed:
        assert api(name).create_repo(repo).repo_id == repo
        return
    with pytest.raises(HfHubHTTPError) as error:
        api(name).create_repo(repo)
    assert status(error) == 403
    if name == "testread":
        assert "You don't have the rights to create a model under this namespace" in str(error.value)


@pytest.mark.parametrize("name", [None, "testrevoked"])
def test_creating_without_a_good_token_is_401(api, name):
    with pytest.raises(HfHubHTTPError) as error:
        api(name).create_repo("ada/x")
    assert status(error) == 401


def test_a_contributor_writes_to_her_own_only(api):
    hub = api("testnomail")
    hub.create_repo("acme/mine")
    hub.delete_repo("acme/mine")
    with pytest.raises(HfHubHTTPError) as error:
        hub.delete_repo("acme/m1")
    assert status(error) == 403


def test_move(api):
    hub = api("testwrite")
    hub.move_repo("ada/tiny", "ada/small")
    assert hub.model_info("ada/tiny").id == "ada/small"
    with pytest.raises(HfHubHTTPError):
        hub.move_repo("ada/small", "ada/a")
