"""The files of vectors beside the script that writes them."""

import subprocess
import sys
from pathlib import Path


def test_the_files_are_what_the_script_writes() -> None:
    script = Path(__file__).with_name("generate.py")
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
