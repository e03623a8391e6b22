"""The official Python client signs in as a device, refreshes by itself, and publishes from CI. Each in a process with a home of its own."""

import configparser
import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest
from hub import URL, control

LOGIN = "import huggingface_hub as hf; hf.login(skip_if_logged_in=False)"
ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "ACTIONS_ID_TOKEN_REQUEST_URL": f"{URL}/_localhub/actions/token?api-version=2.0",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "FakeActionsRequestToken",
}


@pytest.fixture
def python(tmp_path):
    """Starts Python with the client; at the end of the test it is gone."""
    started = []

    def start(code, **env):
        known = {"PATH": os.environ["PATH"], "HF_HOME": str(tmp_path), "HF_ENDPOINT": URL, "HF_HUB_DISABLE_TELEMETRY": "1"}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        it = subprocess.Popen([sys.executable, "-u", "-c", code], env={**known, **env}, text=True, **pipes)
        started.append(it)
        return it

    yield start
    for it in started:
        it.kill()
        it.communicate()


@pytest.fixture
def told(python):
    """What such a process prints as JSON."""

    def run(code, **env):
        it = python(f"import json, huggingface_hub as hf\n{code}", **env)
        out, err = it.communicate()
        assert it.returncode == 0, err
        return json.loads(out)

    return run


def user_code(process):
    for line in process.stdout:
        if found := re.search(r"enter the code: (\S+)", line):
            return found[1]
    raise AssertionError(process.stderr.read())


def decide(code, decision):
    url = f"{URL}/oauth/device?" + urllib.parse.urlencode({"user_code": code})
    with urllib.request.urlopen(url) as answer:
        action = re.search(r'action="([^"]+)"', answer.read().decode())[1]
    data = urllib.parse.urlencode({"decision": decision}).encode()
    with urllib.request.urlopen(urllib.parse.urljoin(URL, action), data=data) as answer:
        assert answer.status == 200


def profiles(tmp_path):
    stored = configparser.RawConfigParser()
    stored.read(tmp_path / "stored_tokens", encoding="utf-8")
    return stored


def test_a_device_signs_in_and_stays_signed_in(python, told, tmp_path):
    control("POST", "oauth", {"interval": 1})
    process = python(LOGIN)
    decide(user_code(process), "allow")
    _, err = process.communicate()
    assert process.returncode == 0, err
    first = dict(profiles(tmp_path)["oauth-ada"])
    assert first["hf_token"].startswith("hf_oauth_ey") and first["refresh_token"].startswith("hf_oauth__refresh_")
    assert (tmp_path / "token").read_text() == first["hf_token"]
    assert control("GET", "oauth")["devices"][0]["standing"] == "spent"
    # Less than a day is left of eight hours, so that the next process refreshes before it asks.
    assert told("print(json.dumps(hf.whoami()['name']))") == "ada"
    second = dict(profiles(tmp_path)["oauth-ada"])
    assert second["hf_token"] != first["hf_token"] and second["refresh_token"] != first["refresh_token"]
    counts = control("GET", "oauth")["counts"]
    assert (counts["refreshes"], counts["familiesKilled"]) == (1, 0)


def test_a_refresh_token_that_came_back_signs_out(python, told, tmp_path):
    control("POST", "oauth", {"interval": 1, "autoApprove": True})
    process = python(LOGIN)
    assert process.communicate() and process.returncode == 0
    refresh = profiles(tmp_path)["oauth-ada"]["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": "26be6b09-91c5-47da-9861-d2d2bb7a7e36"}
    with urllib.request.urlopen(f"{URL}/oauth/token", data=urllib.parse.urlencode(form).encode()) as answer:
        assert json.load(answer)["refresh_token"] != refresh
    ask = "try: print(json.dumps(hf.whoami()))\nexcept Exception as error: print(json.dumps(type(error).__name__))"
    assert told(ask).endswith("Error")
    assert control("GET", "oauth")["counts"]["familiesKilled"] == 1


@pytest.mark.parametrize(
    "settings, decision, words",
    [({"interval": 1}, "deny", "Authorization was denied"), ({"interval": 1, "deviceSeconds": 1}, None, "Device code expired")],
)
def test_a_device_that_is_not_let_in(python, tmp_path, settings, decision, words):
    control("POST", "oauth", settings)
    process = python(LOGIN)
    code = user_code(process)
    if decision:
        decide(code, decision)
    _, err = process.communicate()
    assert process.returncode != 0 and "DeviceCodeError" in err and words in err
    assert not (tmp_path / "token").exists()


def test_a_job_publishes_without_a_stored_secret(told):
    code = """
token = hf.get_token()
hf.HfApi().auth_check("acme/m1", write=True)
print(json.dumps([token, hf.whoami()["auth"]["resource"]]))
"""
    token, resource = told(code, HF_OIDC_RESOURCE="acme/m1", **ACTIONS)
    assert token.startswith("hf_jwt_ey") and resource == {"sub": "acme/m1"}
    asked = [it["path"] for it in control("GET", "requests")]
    assert asked[:2] == ["/_localhub/actions/token", "/oauth/token"]


def test_a_job_that_is_not_trusted(told):
    control("POST", "oauth", {"ciClaims": {"repository": "evil/ci"}})
    code = "try: print(json.dumps(hf.get_token()))\nexcept Exception as error: print(json.dumps(str(error)))"
    assert "invalid_grant: Not found, or no matching trusted publisher" in told(code, HF_OIDC_RESOURCE="acme/m1", **ACTIONS)


def test_an_id_token_from_elsewhere_will_do(told):
    token = control("POST", "oauth/ci-token", {})["value"]
    given = told("print(json.dumps(hf.get_token()))", HF_OIDC_RESOURCE="ada", HF_OIDC_ID_TOKEN=token)
    assert given.startswith("hf_oauth_ey")
