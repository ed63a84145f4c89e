"""Several ``blo`` commands in one process, read as JSON.

Each command is what an administrator types. One process saves the start of Python for each of them,
which is most of what making five nodes costs. Standard input: a list of ``{"arguments", "stdin"}``;
standard output: a list of what each printed. It stops at the first that fails.
"""

import io
import json
import sys
from contextlib import redirect_stdout

from borderliaison.cli import run


def main() -> None:
    """Run the commands and print what they printed."""
    printed = []
    for command in json.load(sys.stdin):
        sys.stdin = io.StringIO(command.get("stdin", ""))
        with redirect_stdout(io.StringIO()) as output:
            code = run(command["arguments"])
        if code:
            sys.exit(code)
        printed.append(output.getvalue())
    json.dump(printed, sys.stdout)


if __name__ == "__main__":
    main()
