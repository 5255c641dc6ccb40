# Docket's commands. The text after `##` is the help: `make help` prints it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
# uv is used when it is there, and put in an environment of its own when it is not.
UV := $(or $(shell uv --version >/dev/null 2>&1 && command -v uv),.build/tools/bin/uv)
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help
help: ## Say what can be done here
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | awk -F'\t' '{printf "  make %-18s %s\n", $$1, $$2}'

.build/tools/bin/uv:
	python3 -m venv .build/tools
	.build/tools/bin/python -m pip install --quiet uv

.venv/ready: requirements-dev.txt .python-version | $(filter .build/%,$(UV))
	$(UV) venv --quiet --clear --python "$$(cat .python-version)" .venv
	$(UV) pip sync --quiet --python $(PY) requirements-dev.txt
	@touch $@

.PHONY: lock
lock: | $(filter .build/%,$(UV)) ## Pin every dependency anew, with hashes and without hosts
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate requirements-dev.in -o requirements-dev.txt
	for layer in vendor analysis; do \
	  $(UV) pip compile --quiet --generate-hashes --no-header --no-annotate -c requirements-dev.txt layers/$$layer/requirements.in -o layers/$$layer/requirements.txt; \
	done
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate local/requirements.in -o local/requirements.txt

.PHONY: format
format: .venv/ready ## Put the code in its one format
	ruff format --quiet .
	ruff check --quiet --fix .

.PHONY: check
check: .venv/ready ## Format, lint, types and the fast tests
	ruff format --check .
	ruff check .
	mypy
	$(PY) -m pytest -n 2 tests/unit
