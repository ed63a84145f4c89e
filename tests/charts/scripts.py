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
    command = [node_programs()[0], "--input-type=module", "-e", whole]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, input=json.dumps(said)
    )
    return json.loads(done.stdout)
