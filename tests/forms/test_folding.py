"""Words are compared across the scripts and spellings of the region."""

import json
import subprocess
from pathlib import Path

import pytest

from borderliaison.forms.folding import folded
from hatch_build import node_programs

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors/spelling/folding.json").read_text("utf-8")
)


@pytest.mark.parametrize("words", VECTORS["same"], ids=lambda words: words[0].strip())
def test_one_word_in_every_script_is_one(words):
    assert len({folded(word) for word in words}) == 1


@pytest.mark.parametrize("words", VECTORS["different"], ids=lambda words: words[0])
def test_other_words_stay_other_words(words):
    assert len({folded(word) for word in words}) == len(words)


def test_the_browser_folds_as_the_server_does():
    words = [word for group in (*VECTORS["same"], *VECTORS["different"]) for word in group]
    script = (
        "const { fold } = await import(process.argv[1]);"
        "const words = JSON.parse(process.argv[2]);"
        "console.log(JSON.stringify(words.map(fold)));"
    )
    module = Path(__file__).parents[2] / "frontend/src/fold.ts"
    node, _ = node_programs()
    ran = subprocess.run(
        [node, "--input-type=module", "-e", script, module.as_uri(), json.dumps(words)],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert json.loads(ran.stdout) == [folded(word) for word in words]
