"""Check the types of the front end's TypeScript: ``python -m tools.front_end``."""

import os
import subprocess
import sys

from hatch_build import FRONTEND, node_programs


def main() -> None:
    """Run the TypeScript compiler without output, with Node from the wheel."""
    node, npm = node_programs()
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path}
    tsc = FRONTEND / "node_modules" / "typescript" / "bin" / "tsc"
    if not tsc.exists():
        install = [str(node), str(npm), "ci", "--include=dev", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=FRONTEND, env=environment, check=True)
    done = subprocess.run([str(node), str(tsc), "--noEmit"], cwd=FRONTEND, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
