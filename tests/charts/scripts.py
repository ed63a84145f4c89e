"""Runs a part of the chart's script as it is, by the Node that builds it."""

import json
import subprocess
from typing import Any

from hatch_build import FRONTEND, node_programs

_READ = 'const said = JSON.parse(readFileSync(0, "utf8"));\n'
CHART = FRONTEND / "src" / "chart"


def told(script: str, said: Any) -> Any:
    """Return what a module prints that reads ``said``; CHART in it is the folder of the chart's parts."""
    whole = f'import {{ readFileSync }} from "node:fs";\n{_READ}{script}'.replace(
        "CHART", str(CHART)
    )
    # Fields that a constructor declares are more than types: Node strips those alone without it.
    options = ("--experimental-transform-types", "--no-warnings", "--input-type=module")
    command = [node_programs()[0], *options, "-e", whole]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, input=json.dumps(said)
    )
    return json.loads(done.stdout)
