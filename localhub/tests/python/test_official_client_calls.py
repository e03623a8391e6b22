"""The official Python client's calls for datasets, Spaces, existence, deletion and accounts; each error that they raise."""

import re
from typing import get_args

import pytest
from hub import control, fault, status
from huggingface_hub import hf_api
from huggingface_hub.errors import (
    BadRequestError,
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import _http


@pytest.fixture
def as_over_https(monkeypatch):
    """The client takes a 401 for a missing repo only where the address begins with https."""
    pattern = _http.REPO_API_REGEX.pattern.replace("^https://", "^https?://")
    monkeypatch.setattr(_http, "REPO_API_REGEX", re.compile(pattern, re.VERBOSE))


def ids(found):
    found = [it.id for it in found]
    assert found and len(found) == len(set(found))
    return found


# Lists


@pytest.mark.parametrize(
    "option, value, tag",
    [
        ("language", "en", "language:en"),
        ("language_creators", "found", "language_creators:found"),
        ("multilinguality", "translation", "multilinguality:translation"),
        ("size_categories", "n<1K", "size_categories:n<1K"),
        ("task_categories", "fill-mask", "task_categories:fill-mask"),
        ("task_ids", "language-modeling", "task_ids:language-modeling"),
        ("benchmark", True, "benchmark:official"),
        ("filter", "license:mit", "license:mit"),
    ],
)
def test_datasets_by_tag(api, option, value, tag):
    everything = list(api().list_datasets())
    found = list(api().list_datasets(**{option: value}))
    assert ids(found) == [it.id for it in everything if tag in it.tags]
    assert len(found) < len(everything)


def test_datasets_by_the_rest(api):
    assert ids(api("testread").list_datasets(author="ada")) and len(ids(api().list_datasets(author="ada", search="data-00"))) == 9
    assert ids(api().list_datasets(author="ada", dataset_name="data", search="003")) == ["ada/data-003"]
    assert all(it.gated for it in api().list_datasets(gated=True, expand=["gated"]))
    full = next(iter(api().list_datasets(author="ada", full=True)))
    assert full.siblings and full.citation
    with pytest.raises(BadRequestError):
        list(api().list_datasets(sort="beauty"))


def test_models_by_who_runs_them(api):
    some = lambda **how: set(ids(api().list_models(**how)))  # noqa: E731
    assert some(apps="ollama") | some(apps="vllm") == some(apps=["ollama", "vllm"])
    assert some(inference_provider=["together", "fireworks-ai"]) == some(inference_provider="together") | some(inference_provider="fireworks-ai")
    assert some(inference_provider="all") == some(inference="warm") < some()
    assert some(trained_dataset="rajpurkar/squad") == some(filter="dataset:rajpurkar/squad")
    sized = list(api().list_models(num_parameters="min:6B,max:20B", expand=["safetensors"]))
    assert sized and all(6e9 <= it.safetensors.total <= 20e9 for it in sized)


def test_spaces_by_what_they_use(api):
    everything = ids(api().list_spaces())
    uses = list(api().list_spaces(models="ada/tiny", expand=["models"]))
    assert uses and all("ada/tiny" in it.models for it in uses)
    uses = list(api().list_spaces(datasets=["rajpurkar/squad"], expand=["datasets"]))
    assert uses and all("rajpurkar/squad" in it.datasets for it in uses)
    assert set(ids(api().list_spaces(linked=True))) < set(everything)
    assert ids(api().list_spaces(filter="static", author="ada", search="app-00"))
    assert next(iter(api().list_spaces(full=True))).siblings


@pytest.mark.parametrize("kind", ["model", "dataset", "space"])
def test_every_property_and_order_that_the_client_knows(api, kind):
    hub = api("testgod")
    name = kind.capitalize()
    listed = getattr(hub, f"list_{kind}s")
    for property in get_args(getattr(hf_api, f"Expand{name}Property_T")):
        assert list(listed(expand=[property], limit=3)), property
        getattr(hub, f"{kind}_info")(next(iter(listed(limit=1))).id, expand=[property])
    for sort in get_args(getattr(hf_api, f"{name}Sort_T")):
        key = {"trending_score": "trendingScore", "created_at": "createdAt", "last_modified": "lastModified"}.get(sort, sort)
        values = [getattr(it, sort) for it in listed(sort=sort, expand=[key])]
        assert values == sorted(values, reverse=True) and len(set(values)) > 1, sort


def test_what_python_makes_of_the_richer_properties(api):
    rich = next(iter(api().list_models(inference_provider="together", trained_dataset="rajpurkar/squad", expand=["inferenceProviderMapping"])))
    assert "together" in {it.provider for it in rich.inference_provider_mapping}
    one = api().model_info(rich.id, expand=["inferenceProviderMapping", "baseModels", "evalResults"])
    assert {it.provider for it in one.inference_provider_mapping} == {it.provider for it in rich.inference_provider_mapping}
    assert one.base_models["models"][0]["id"] == "openai-community/gpt2"
    assert one.eval_results[0].dataset_id == "rajpurkar/squad"


def test_private_ones_are_listed_to_those_who_may_see_them(api):
    for kind in ["datasets", "spaces"]:
        listed = lambda hub: set(ids(getattr(hub, f"list_{kind}")(author="ada")))  # noqa: E731
        assert listed(api()) == listed(api("testgrace")) < listed(api("testread"))


# Info


@pytest.mark.parametrize("kind, repo", [("dataset", "ada/data-000"), ("space", "ada/app-000")])
def test_info(api, kind, repo):
    info = getattr(api(), f"{kind}_info")
    assert info(repo, files_metadata=True).siblings[0].blob_id
    assert info(repo, revision="main").sha == info(repo).sha
    with pytest.raises(RevisionNotFoundError):
        info(repo, revision="nope")
    with pytest.raises(BadRequestError):
        info(repo, expand=["beauty"])
    with pytest.raises(RepositoryNotFoundError) as error:
        getattr(api("testgrace"), f"{kind}_info")("ada/nope")
    assert status(error) == 404


def test_info_of_a_missing_repo_without_a_token(api, as_over_https):
    for call in [api().dataset_info, api().space_info, api().model_info]:
        with pytest.raises(RepositoryNotFoundError) as error:
            call("ada/nope")
        assert status(error) == 401


def test_an_old_name_leads_on(api):
    assert api().dataset_info("ada/old-data").id == "ada/new-data"
    assert api().space_info("ada/old-app").id == "ada/new-app"


# Existence


def test_repo_exists(api, as_over_https):
    assert api().repo_exists("ada/tiny") and api().repo_exists("gpt2")
    assert api().repo_exists("ada/data-000", repo_type="dataset") and api().repo_exists("ada/app-000", repo_type="space")
    assert api().repo_exists("grace/gated-not-asked")
    assert not api().repo_exists("ada/data-000") and not api().repo_exists("ada/nope")
    assert not api().repo_exists("ada/private-notes") and not api("testgrace").repo_exists("ada/private-notes")
    assert api("testread").repo_exists("ada/private-notes")


def test_repo_exists_when_the_content_is_gated(api, as_over_https):
    fault({"type": "body", "status": 403, "headers": {"x-error-code": "GatedRepo"}, "body": '{"error":"restricted"}'}, path="/api/models/ada/tiny")
    assert api().repo_exists("ada/tiny")


def test_repo_exists_cannot_tell(api, as_over_https):
    with pytest.raises(DisabledRepoError):
        api().repo_exists("globex/disabled")
    with pytest.raises(HfHubHTTPError) as error:
        api("testrevoked").repo_exists("ada/nope")
    assert status(error) == 401 and not isinstance(error.value, RepositoryNotFoundError)


def test_repo_exists_takes_a_bad_token_for_a_missing_repo(api, as_over_https):
    """With the Hub's newer words. Ours asks whoami instead."""
    control("POST", "settings", {"badTokenWords": "Invalid username or password."})
    assert not api("testrevoked").repo_exists("ada/nope")


# Deletion


def test_delete_each_type(api):
    hub = api("testwrite")
    for repo, kind in [("ada/data-001", "dataset"), ("ada/app-001", "space"), ("ada/a", "model"), ("acme/m1", None)]:
        hub.delete_repo(repo, repo_type=kind)
        assert not hub.repo_exists(repo, repo_type=kind)
        with pytest.raises(RepositoryNotFoundError):
            hub.delete_repo(repo, repo_type=kind)
        hub.delete_repo(repo, repo_type=kind, missing_ok=True)


@pytest.mark.parametrize(
    "name, repo, expected",
    [
        (None, "ada/tiny", 401),
        ("testrevoked", "ada/tiny", 401),
        ("testread", "ada/tiny", 403),
        ("testgrace", "ada/tiny", 403),
        ("testfine", "acme/after", 403),
        ("testoauth", "acme/m1", 403),
        ("testrestricted", "acme/m1", 403),
        ("testgrace", "ada/private-notes", 404),
    ],
)
def test_who_may_not_delete(api, name, repo, expected):
    for missing_ok in [False, expected != 404]:
        with pytest.raises(HfHubHTTPError) as error:
            api(name).delete_repo(repo, missing_ok=missing_ok)
        assert status(error) == expected
        assert isinstance(error.value, RepositoryNotFoundError) == (expected == 404)
        assert not isinstance(error.value, GatedRepoError)
    assert api("testgod").repo_exists(repo)


# Accounts


def test_overviews(api):
    ada = api().get_user_overview("ada")
    assert (ada.username, ada.fullname, ada.is_pro) == ("ada", "Ada L.", False)
    assert {org.name for org in ada.orgs} == {"acme", "research-lab"}
    assert api("testread").get_user_overview("ada").num_models == 60 > ada.num_models
    acme = api().get_organization_overview("acme")
    assert (acme.name, acme.plan, acme.num_users) == ("acme", "enterprise", 25)
    for call in [api().get_user_overview, api().get_organization_overview]:
        with pytest.raises(HfHubHTTPError) as error:
            call("nobody")
        assert status(error) == 404


def test_members(api):
    members = list(api().list_organization_members("umbrella"))
    assert len(members) == len({it.username for it in members}) == 1200
    pages = [it for it in control("GET", "requests") if it["path"].endswith("/members")]
    assert len(pages) == 3
    assert "ada" in {it.username for it in api().list_organization_members("acme")}
    with pytest.raises(HfHubHTTPError) as error:
        list(api().list_organization_members("ada"))
    assert status(error) == 404
