"""How the official Python client names, keeps, lists, switches and forgets tokens. Each in a process with a home of its own."""

import configparser
import json
import os
import subprocess
import sys

import pytest
from hub import URL

RUN = """
import json, sys
import huggingface_hub as hf
from huggingface_hub.utils import get_stored_tokens
def failed(call):
    try: call()
    except Exception as error: return [type(error).__name__, str(error)]
out = {}
"""


@pytest.fixture
def python(tmp_path):
    def run(lines, **env):
        known = {"PATH": os.environ["PATH"], "HF_HOME": str(tmp_path), "HF_ENDPOINT": URL, "HF_HUB_DISABLE_TELEMETRY": "1"}
        code = RUN + lines + "\njson.dump(out, sys.stderr)"
        ended = subprocess.run([sys.executable, "-c", code], env={**known, **env}, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        run.printed = ended.stdout
        return json.loads(ended.stderr.splitlines()[-1])

    return run


def test_a_profile_has_the_name_of_its_token(python, tokens, tmp_path):
    told = python(
        "import os\nfor token in json.loads(os.environ['TOKENS']): hf.login(token)\n"
        "out['names'] = sorted(get_stored_tokens()); out['me'] = hf.whoami()['auth']",
        TOKENS=json.dumps([tokens["testread"], tokens["testwrite"], tokens["testoauth"]]),
    )
    # The one without a display name is named after its account.
    assert told["names"] == ["laptop", "oauth-ada", "reader"]
    assert told["me"]["type"] == "oauth", "the last one is active"
    stored = configparser.RawConfigParser()
    stored.read(tmp_path / "stored_tokens", encoding="utf-8")
    assert stored["laptop"]["hf_token"] == tokens["testwrite"]
    assert (tmp_path / "token").read_text() == tokens["testoauth"]
    assert (tmp_path / "stored_tokens").stat().st_mode & 0o777 == 0o600


def test_switch_list_and_logout(python, tokens):
    keep = {"A": tokens["testread"], "B": tokens["testwrite"]}
    told = python(
        "import os\nhf.login(os.environ['A']); hf.login(os.environ['B']); hf.auth_switch('reader')\n"
        "out['role'] = hf.whoami()['auth']['accessToken']['role']; hf.auth_list()\n"
        "out['none'] = failed(lambda: hf.auth_switch('nobody'))\n"
        "hf.logout('laptop'); out['left'] = list(get_stored_tokens()); hf.logout('reader')\n"
        "out['token'] = hf.get_token(); out['out'] = failed(hf.whoami)",
        **keep,
    )
    assert told["role"] == "read" and told["left"] == ["reader"] and told["token"] is None
    assert told["none"][0] == "ValueError" and told["out"][0] == "LocalTokenNotFoundError"
    assert "hf_****0000" in python.printed and keep["A"] not in python.printed and keep["B"] not in python.printed


def test_the_environment_comes_first(python, tokens):
    told = python(
        "import os\nhf.login(os.environ['A']); out['name'] = hf.whoami()['name']\n"
        "out['logout'] = failed(hf.logout); out['still'] = hf.whoami()['name']",
        A=tokens["testread"],
        HF_TOKEN=tokens["testgrace"],
    )
    assert told["name"] == told["still"] == "grace"
    assert told["logout"][0] == "OSError" and "still logged in" in told["logout"][1]


@pytest.mark.parametrize("name", ["testexpired", "testrevoked", "testoauthexpired"])
def test_a_bad_token_is_not_kept(python, tokens, name, tmp_path):
    told = python("import os\nout['error'] = failed(lambda: hf.login(os.environ['A']))", A=tokens[name])
    assert told["error"][0] == "HfHubHTTPError" and "Invalid user token" in told["error"][1]
    assert not (tmp_path / "token").exists() and not (tmp_path / "stored_tokens").exists()


def test_a_bad_token_is_told_by_where_it_came_from(python, tokens):
    told = python("out['error'] = failed(hf.whoami)", HF_TOKEN=tokens["testrevoked"])
    assert "HF_TOKEN environment variable is invalid" in told["error"][1]


def test_tokens_are_trimmed_where_they_are_found(python, tokens):
    told = python("out['name'] = hf.whoami()['name']", HF_TOKEN=f" {tokens['testread']}\r\n")
    assert told["name"] == "ada"
    told = python("out['name'] = hf.whoami()['name']", HF_TOKEN="", HUGGING_FACE_HUB_TOKEN=tokens["testgrace"])
    assert told["name"] == "grace"


def test_offline_sends_nothing(python, tokens):
    told = python("out['error'] = failed(hf.whoami)", HF_TOKEN=tokens["testread"], HF_HUB_OFFLINE="1")
    assert told["error"][0] == "OfflineModeIsEnabled"
