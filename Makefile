# The commands a developer needs. CI runs the same targets.

export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := 3.11
UV := $(shell if uv --version >/dev/null 2>&1; then echo uv; else echo .tools/bin/uv; fi)
BIN := .venv/bin
# As many at a time as a small machine bears; the browser and the network tests are heavy.
WORKERS ?= 2
export SOAK_S ?= 600
FUZZ_S ?= 300
# A process that may not keep what Python compiled compiles all of it at each start: 1.5 s of 2.7 for `blo`.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-sqlite test-postgres check bench soak fuzz api-fuzz docs messages pictures pictures-accept tasks
.DEFAULT_GOAL := help

help:  ## Say what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | \
		while IFS="$$(printf '\t')" read -r name what; do printf '  make %-14s %s\n' "$$name" "$$what"; done

.tools/bin/uv:
	@echo "blo: uv is not here; installing it into .tools" >&2
	@python3.11 -m venv .tools 2>/dev/null || python3 -m venv .tools || \
		{ echo "blo: error: Python's venv module is missing; on Debian: apt install python3.11-venv" >&2; exit 1; }
	@.tools/bin/python -m pip install --quiet "uv>=0.9"

setup: $(filter .tools/bin/uv,$(UV))  ## Install what is missing into .venv and build the front end
	@$(UV) sync --frozen
	@$(BIN)/python -m tools.messages compile

demo: setup  ## Five offices on this machine play the first warning
	@$(BIN)/blo demo

test: test-sqlite test-postgres  ## All tests, on SQLite and then on PostgreSQL

test-sqlite: setup  ## All tests on SQLite
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

test-postgres: setup  ## All tests on PostgreSQL
	BLO_TEST_DB=postgres $(BIN)/pytest -n $(WORKERS) --dist loadfile

check: setup  ## Style, types, contracts, migrations, catalogues, front end
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tools.migrations
	$(BIN)/python -m tools.messages check
	$(BIN)/python -m tools.front_end

messages: setup  ## Add new sentences to the catalogues, then compile them
	$(BIN)/python -m tools.messages update
	$(BIN)/python -m tools.messages compile

bench: setup  ## Measure; prints tables, asserts nothing (`blo bench NAME --json`)
	$(BIN)/python -m benchmarks

soak: setup  ## Kill processes of two served offices at random, with restores, for SOAK_S seconds; SOAK_DB=postgres
	$(BIN)/python -m tests.faults.soak

fuzz: setup  ## Search for what a decoder does not bear, for FUZZ_S seconds in all
	@$(UV) run --frozen --with "atheris~=3.0.0" python -m tests.fuzz --seconds $(FUZZ_S)

api-fuzz: setup  ## Call the interface for programs with whatever its description allows, API_EXAMPLES times each
	API_EXAMPLES=$(or $(API_EXAMPLES),200) $(BIN)/pytest tests/api/test_described.py

docs: setup  ## Write the reference pages again from the code and check the links
	$(BIN)/python -m tools.docs

pictures: setup  ## Take pictures of every page in every mode to look at: OUT=folder, STAGE=folder to keep
	$(BIN)/python -m tools.pictures --out $(or $(OUT),/tmp/pictures) $(if $(STAGE),--dir $(STAGE))

pictures-accept: setup  ## Take the pictures that the pages are compared with anew; look at what the commit shows
	BLO_ACCEPT_PICTURES=1 $(BIN)/pytest tests/browser/test_likeness.py

tasks: setup  ## Count the clicks and keys of ten tasks of a day anew, into docs/explanation/ten-tasks.md
	BLO_WRITE_TASKS=1 $(BIN)/pytest tests/browser/test_ten_tasks.py
