"""Each test starts from the seeds, with a client that knows nothing of this machine's own account.

LOCALHUB_URL is the address of a running localhub.
"""

import atexit
import os
import shutil
import tempfile

# Read by huggingface_hub when it is imported.
os.environ["HF_HOME"] = tempfile.mkdtemp(prefix="localhub-test-")
atexit.register(shutil.rmtree, os.environ["HF_HOME"], ignore_errors=True)
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_ENDPOINT", "HF_HUB_OFFLINE"):
    os.environ.pop(name, None)

import pytest  # noqa: E402
from hub import URL, control  # noqa: E402
from huggingface_hub import HfApi  # noqa: E402


@pytest.fixture(autouse=True)
def fresh():
    control("POST", "reset")


@pytest.fixture(scope="session")
def tokens():
    return {it["name"]: it["token"] for it in control("GET", "principals")}


@pytest.fixture
def api(tokens):
    """A client for a principal, or for nobody."""

    def make(name=None):
        return HfApi(endpoint=URL, token=tokens[name] if name else False)

    return make
