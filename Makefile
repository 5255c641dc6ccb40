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

# What the machine lacks is said before anything is installed, all of it at once.
ANY_PYTHON := $(or $(wildcard $(PY)),$(shell command -v python3))
CHECK_MACHINE = $(if $(ANY_PYTHON),$(ANY_PYTHON) local/machine.py,$(if $(filter .build/%,$(UV)),\
  echo "Install Python 3 with venv, or uv: neither is on the path." >&2; false,true))

.PHONY: machine
machine:
	@$(CHECK_MACHINE)

.PHONY: machine-for-tests
machine-for-tests:
	@$(CHECK_MACHINE) $(if $(ANY_PYTHON),--tests)

.build/tools/bin/uv: | machine
	python3 -m venv .build/tools
	.build/tools/bin/python -m pip install --quiet uv

.venv/ready: requirements-dev.txt .python-version | machine $(filter .build/%,$(UV))
	$(UV) venv --quiet --allow-existing --python "$$(cat .python-version)" .venv
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

.build/emulator/ready: local/requirements.txt .python-version | machine $(filter .build/%,$(UV))
	$(UV) venv --quiet --allow-existing --python "$$(cat .python-version)" .build/emulator
	$(UV) pip sync --quiet --python .build/emulator/bin/python --require-hashes local/requirements.txt
	@touch $@

node_modules/.package-lock.json: package-lock.json | machine
	npm ci --no-audit --no-fund --silent

frontend/node_modules/.package-lock.json: frontend/package-lock.json | machine
	cd frontend && npm install --no-save --no-audit --no-fund --silent

frontend/dist/index.html: frontend/node_modules/.package-lock.json frontend/index.html frontend/vite.config.ts $(shell find frontend/src frontend/public -type f)
	cd frontend && npm run --silent build

READY := .venv/ready .build/emulator/ready node_modules/.package-lock.json frontend/dist/index.html

.PHONY: run
run: machine $(READY) ## The whole service on this machine, until Ctrl-C (IDENTITY=jwt|cognito)
	@$(PY) -m local.run $(if $(IDENTITY),--identity $(IDENTITY))

.PHONY: stop
stop: .venv/ready ## End the one that is running
	@$(PY) -m local.run --stop

.PHONY: reset
reset: .venv/ready ## End it and forget all its data
	@$(PY) -m local.run --reset

.PHONY: demo
demo: machine $(READY) ## A customer's whole journey over HTTP, on three documents
	@$(PY) -m local.demo

.PHONY: synth
synth: .venv/ready node_modules/.package-lock.json ## The CloudFormation template, checked by cdk-nag (STAGE=dev|prod)
	node_modules/.bin/cdk synth --no-notices --quiet -c stage=$(or $(STAGE),dev)

OURS := PYTHONPATH=layers/core/python:layers/analysis/python

.PHONY: openapi
openapi: .venv/ready ## Write the API's description anew from its handlers
	$(OURS) $(PY) -m infra.openapi

.PHONY: reader-digest
reader-digest: .venv/ready ## Record the reader's sources for its version, after a change of either
	$(PY) layers/analysis/reader_digest.py

.PHONY: openapi-is-fresh
openapi-is-fresh: .venv/ready
	$(OURS) $(PY) -m infra.openapi --check

.PHONY: browser
browser: .venv/ready ## Find a Chromium for the tests, or bring one
	@$(PY) -m local.chromium

.PHONY: check
check: machine .venv/ready node_modules/.package-lock.json frontend/node_modules/.package-lock.json ## Format, lint, types, advice, and the tests that need no stack
	ruff format --check .
	ruff check .
	mypy
	$(MAKE) --no-print-directory openapi-is-fresh
	cd frontend && npm run --silent check
	$(PY) -m pytest -n 2 tests/unit tests/infra local/stripe_double/tests

.PHONY: test
test: machine-for-tests .venv/ready browser check $(READY) ## All tests: also the deployed stack's own, and the site's in a browser
	cd frontend && npm test --silent
	$(PY) -m pytest -n 2 tests/e2e/test_site.py
	$(PY) -m pytest tests/e2e --ignore=tests/e2e/test_site.py

.PHONY: bench-cold-start
bench-cold-start: .venv/ready ## What each API function's start costs beside a bare boto3 client's
	$(PY) -m infra.layers.build >/dev/null
	$(PY) -m bench.cold_start

.PHONY: bench-reading
bench-reading: .venv/ready ## Measure the reader on the corpora: a table, then one line of JSON
	nice -n 10 env PYTHONPATH=.:layers/analysis/python $(PY) bench/reading.py

.PHONY: bench-long-scan
bench-long-scan: .venv/ready ## How much longer 300 scanned pages take than a dozen (some minutes)
	nice -n 5 env PYTHONPATH=.:layers/core/python:layers/analysis/python $(PY) bench/long_scan.py

.PHONY: site
site: frontend/dist/index.html ## Build the site

.PHONY: bench-site
bench-site: machine-for-tests .venv/ready site ## What the site weighs, and what Lighthouse says of it
	nice -n 10 $(PY) -m bench.site
