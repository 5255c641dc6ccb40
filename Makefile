# Docket's commands. `make help` prints the text after `##`, in the groups that `##@` begins.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
# Uses the installed uv, otherwise installs one into a separate environment.
UV := $(or $(shell uv --version >/dev/null 2>&1 && command -v uv),.build/tools/bin/uv)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Otherwise each process compiles all that it imports: 4 s of processor time for a run of pytest.
unexport PYTHONDONTWRITEBYTECODE
# Without this, the CDK's runtime prints a banner about the version of Node.js.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := $(shell node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')

.PHONY: help
help: ## List the commands
	@awk -F':.*## ' '/^##@ / {printf "\n%s\n", substr($$0, 5)} /^[a-z][a-z0-9-]*:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Reports all missing prerequisites before anything is installed.
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

.build/emulator/ready: local/requirements.txt .python-version | machine $(filter .build/%,$(UV))
	$(UV) venv --quiet --allow-existing --python "$$(cat .python-version)" .build/emulator
	$(UV) pip sync --quiet --python .build/emulator/bin/python --require-hashes local/requirements.txt
	@touch $@

.build/linters/ready: tests/linters/requirements.txt .python-version | machine $(filter .build/%,$(UV))
	$(UV) venv --quiet --allow-existing --python "$$(cat .python-version)" .build/linters
	$(UV) pip sync --quiet --python .build/linters/bin/python --require-hashes tests/linters/requirements.txt
	@touch $@

node_modules/.package-lock.json: package-lock.json | machine
	npm ci --ignore-scripts --no-audit --no-fund --silent

frontend/node_modules/.package-lock.json: frontend/package-lock.json | machine
	cd frontend && npm ci --no-audit --no-fund --silent

frontend/dist/index.html: frontend/node_modules/.package-lock.json frontend/app.html $(wildcard frontend/vite.*.ts) $(shell find frontend/src frontend/public layers/core/python/docket/messages/*.json -type f)
	cd frontend && npm run --silent build

READY := .venv/ready .build/emulator/ready node_modules/.package-lock.json frontend/dist/index.html

##@ Run it

.PHONY: run
run: machine $(READY) ## Run the whole service here until Ctrl-C (IDENTITY=jwt|cognito)
	@$(PY) -m local.run $(if $(IDENTITY),--identity $(IDENTITY))

.PHONY: demo
demo: machine $(READY) ## Run a customer's whole journey over HTTP, with three documents
	@$(PY) -m local.demo

.PHONY: queues
queues: .venv/ready ## Show the messages in the running service's queues, and its last dispatch
	@$(PY) -m local.queues

.PHONY: demo-kills
demo-kills: machine $(READY) ## Repeat the demonstration while a function is killed after each of its AWS calls
	@$(PY) -m local.demo_kills $(FUNCTIONS)

.PHONY: stop
stop: .venv/ready ## Stop the running service
	@$(PY) -m local.run --stop

.PHONY: reset
reset: .venv/ready ## Stop it and delete all its data
	@$(PY) -m local.run --reset

##@ Test it

# T= has the form of pytest's arguments: T=tests/unit/docket/domain/orders/test_order.py, T="tests/unit -k refund".

# `make test` runs these side by side, the longest first; each prints its output when it has ended.
PARTS := e2e unit types site-test lint
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
TIMED = TIMEFORMAT='$@: %0R s, %0U s of processor time'; time

.PHONY: test
test: machine-for-tests ## Run everything, JOBS= parts at once (3)
	@$(MAKE) --no-print-directory --keep-going -j $(or $(JOBS),3) $(SYNC) parts 2>&1 | awk -f local/failures.awk

.PHONY: parts
parts: $(PARTS)

.PHONY: check
check: machine static unit lint-templates ## Run the checks that need no stack: static, unit, lint-templates

.PHONY: static
static: lint types ## Check format, lint, types and generated files

.PHONY: lint
lint: .venv/ready frontend/node_modules/.package-lock.json openapi-is-fresh openapi-is-sound
	ruff format --check .
	ruff check .
	$(PY) -m infra.readme --check
	cd frontend && npm run --silent check

# It costs 50 s of processor time, so it is a part of `check` and not of `test`.
.PHONY: lint-templates
lint-templates: .venv/ready .build/linters/ready ## Lint the templates for every commercial region (cfn-lint, checkov, SAM)
	$(TIMED) $(PY) -m pytest tests/linters

.PHONY: types
types: .venv/ready
	$(TIMED) mypy

UNIT_TESTS := -n 2 --dist loadgroup tests/unit tests/infra tests/simulation local/stripe_double/tests

.PHONY: unit
unit: .venv/ready .build/emulator/ready node_modules/.package-lock.json ## Run the unit and infrastructure tests (T=path::test for one)
	$(TIMED) $(PY) -m pytest $(or $(T),$(UNIT_TESTS) --cov --cov-report=term:skip-covered)

.PHONY: differential
differential: .venv/ready ## Hold the simulation's twins against moto and botocore for longer (FACTOR=20 SEED=)
	SIMULATION_FACTOR=$(or $(FACTOR),20) $(if $(SEED),SIMULATION_SEED=$(SEED)) $(PY) -m pytest \
	  tests/simulation -k "against_moto or test_sdk"

.PHONY: prove
prove: .venv/ready ## Live 100,000 seeded lives of each kind with faults (KIND=orders|accounts, LIVES=, SEED=, PROGRESS=file, BROKEN=n)
	PYTHONPATH=layers/core/python:layers/analysis/python:. $(PY) -m tests.simulation.proof.prove \
	  --lives $(or $(LIVES),$(if $(BROKEN),10000,100000)) $(if $(SEED),--seed $(SEED)) \
	  $(if $(KIND),--kind $(KIND)) $(if $(PROGRESS),--progress $(PROGRESS)) $(if $(BROKEN),--broken $(BROKEN))

.PHONY: site-test
site-test: .venv/ready browser frontend/dist/index.html ## Run the site's tests, in happy-dom and a browser (T=path for one)
ifeq ($(T),)
	cd frontend && $(TIMED) npm test --silent
	$(TIMED) $(PY) -m pytest -n 2 tests/e2e/test_site.py tests/e2e/test_front.py
else ifeq ($(filter tests/%,$(T)),)
	cd frontend && $(TIMED) npm test --silent -- $(patsubst frontend/%,%,$(T))
else
	$(TIMED) $(PY) -m pytest $(T)
endif

.PHONY: screenshots
screenshots: .venv/ready browser frontend/dist/index.html ## Draw every page of the built site in .build/screenshots (ONLY=part of a name)
	$(PY) -m tests.e2e.screenshots $(ONLY)

.PHONY: e2e
e2e: .venv/ready browser $(READY) ## Run the tests of the deployed stack (IDENTITY=jwt|cognito, T=path::test for one)
	$(TIMED) env IDENTITY=$(or $(IDENTITY),jwt) $(PY) -m pytest $(or $(T),tests/e2e --ignore=tests/e2e/test_site.py --ignore=tests/e2e/test_front.py)

.PHONY: browser
browser: .venv/ready ## Find a Chromium for the tests, or install one
	@$(PY) -m local.chromium

##@ Change it

.PHONY: format
format: .venv/ready ## Format the Python code, and apply the linter's fixes
	ruff format --quiet .
	ruff check --quiet --fix .

OURS := PYTHONPATH=layers/core/python:layers/analysis/python

.PHONY: openapi
openapi: .venv/ready ## Write the OpenAPI description from the handlers
	$(OURS) $(PY) -m infra.openapi
	$(OURS) $(PY) -m infra.fact_catalogue
	$(OURS) $(PY) -m infra.export_schema

DESCRIPTION := layers/core/python/docket/schemas/openapi.json

.PHONY: openapi-is-sound
openapi-is-sound: node_modules/.package-lock.json
	REDOCLY_SUPPRESS_UPDATE_NOTICE=true node_modules/.bin/redocly lint --format=stylish $(DESCRIPTION)
	node_modules/.bin/spectral lint --quiet --fail-severity warn $(DESCRIPTION)

.PHONY: openapi-is-fresh
openapi-is-fresh: .venv/ready
	$(OURS) $(PY) -m infra.openapi --check
	$(OURS) $(PY) -m infra.fact_catalogue --check
	$(OURS) $(PY) -m infra.export_schema --check

.PHONY: docs
docs: .venv/ready ## Write the generated parts of the README and of docs/
	$(PY) -m infra.readme

.PHONY: reader-digest
reader-digest: .venv/ready ## Record a digest of the reader's sources beside its version
	$(PY) layers/analysis/reader_digest.py

.PHONY: lock
lock: | $(filter .build/%,$(UV)) ## Pin all Python dependencies again, with hashes
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate requirements-dev.in -o requirements-dev.txt
	for layer in vendor analysis; do \
	  $(UV) pip compile --quiet --generate-hashes --no-header --no-annotate -c requirements-dev.txt layers/$$layer/requirements.in -o layers/$$layer/requirements.txt; \
	done
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate local/requirements.in -o local/requirements.txt
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate tests/linters/requirements.in -o tests/linters/requirements.txt
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate .github/audit/requirements.in -o .github/audit/requirements.txt

.PHONY: site
site: frontend/dist/index.html ## Build the site

.PHONY: site-sample
site-sample: .venv/ready ## Write what the reader finds in the sample document for the site's first page
	$(OURS):. $(PY) -m infra.website.sample

.PHONY: site-images
site-images: .venv/ready frontend/node_modules/.package-lock.json ## Draw the icons of the site and the preview of links to it
	$(PY) -m infra.website.images

.PHONY: synth
synth: .venv/ready node_modules/.package-lock.json ## Write the CloudFormation templates, checked by cdk-nag (as deploy)
	$(CDK) synth --quiet -c draft=true $(CONTEXT)

##@ Deploy it

# AWS_PROFILE names the account, AWS_REGION the region; without a region every command refuses.
CDK := node_modules/.bin/cdk --no-notices
CONTEXT = -c stage=$(or $(STAGE),dev) $(if $(IDENTITY),-c identity=$(IDENTITY)) \
  $(if $(ALARM_EMAIL),-c alarm_email=$(ALARM_EMAIL))

.PHONY: preflight
preflight: .venv/ready ## Ask the AWS account what it lacks for STAGE=dev|prod (with dev, IDENTITY=jwt|cognito; ALARM_EMAIL=)
	@$(PY) -m infra.preflight $(or $(STAGE),dev) $(if $(IDENTITY),--identity $(IDENTITY)) \
		$(if $(ALARM_EMAIL),--alarm-email $(ALARM_EMAIL))

.PHONY: bootstrap
bootstrap: .venv/ready node_modules/.package-lock.json ## Prepare the account for deployments, once a region
	@$(PY) -m infra.bootstrap

.PHONY: diff
diff: .venv/ready node_modules/.package-lock.json ## Show what a deployment would change (as deploy)
	$(CDK) diff $(CONTEXT)

.PHONY: deploy
deploy: .venv/ready node_modules/.package-lock.json ## Deploy STAGE=dev|prod (ALARM_EMAIL=, STACKS= for some; with dev, IDENTITY=jwt|cognito)
	@$(PY) -m infra.unfinished $(or $(STAGE),dev)
	$(CDK) deploy --require-approval=never $(or $(STACKS),--all) $(CONTEXT)

.PHONY: publish
publish: .venv/ready frontend/dist/index.html ## Build the site and upload it to the deployed STAGE=dev|prod
	@$(PY) -m infra.deployment.publish_site $(or $(STAGE),dev)

.PHONY: operator
operator: .venv/ready ## Ask or act on a deployed stage: DO="orders|show|refund|redrive|disable|reconcile --stage dev …"
	@PYTHONPATH=layers/core/python $(PY) -m operations $(or $(DO),--help)

.PHONY: destroy
destroy: .venv/ready ## Delete all of STAGE=dev, after its name is typed (CONFIRM=dev for scripts)
	@$(PY) -m infra.destroy $(or $(STAGE),dev) $(if $(CONFIRM),--confirm $(CONFIRM))

##@ Measure it

.PHONY: coverage
coverage: .venv/ready .build/emulator/ready node_modules/.package-lock.json ## Measure the coverage of the unit tests (T=path for some)
	$(PY) -m pytest $(or $(T),$(UNIT_TESTS)) --cov --cov-report=term-missing --cov-fail-under=0

.PHONY: bench-cold-start
bench-cold-start: .venv/ready ## Compare each API function's start with that of a boto3 client
	$(PY) -m infra.layers.build >/dev/null
	$(PY) -m bench.cold_start

.PHONY: bench-reading
bench-reading: .venv/ready ## Measure the reader on the corpora: a table, then one line of JSON
	nice -n 10 env PYTHONPATH=.:layers/analysis/python $(PY) -m bench.reader.reading

.PHONY: bench-cases
bench-cases: .venv/ready ## Read the documents of one difficulty each: what is missed, then one line of JSON
	nice -n 10 env PYTHONPATH=.:layers/analysis/python $(PY) -m bench.cases

.PHONY: bench-languages
bench-languages: .venv/ready ## Measure the reader on made invoices of 16 places: tables, then one line of JSON
	nice -n 10 env PYTHONPATH=.:layers/analysis/python $(PY) -m bench.reader.languages

.PHONY: bench-table
bench-table: .venv/ready ## Count the capacity units and calls of an order: tables, then one line of JSON
	nice -n 10 env PYTHONPATH=.:layers/core/python:layers/analysis/python $(PY) -m bench.database.table

.PHONY: bench-reports
bench-reports: .venv/ready ## Measure time and memory of the reports of 500 documents (some minutes)
	nice -n 10 env PYTHONPATH=.:layers/analysis/python $(PY) -m bench.reports

.PHONY: bench-logins
bench-logins: .venv/ready ## Compare logins with known and unknown addresses (some minutes): a table, then one line of JSON
	nice -n 10 env PYTHONPATH=.:layers/core/python:layers/analysis/python $(PY) -m bench.logins

.PHONY: bench-debts
bench-debts: .venv/ready ## Repair a lost webhook while 200,000 debts are due: lines of JSON
	nice -n 10 env PYTHONPATH=.:layers/core/python:layers/analysis/python $(PY) -m bench.database.debts

.PHONY: bench-long-scan
bench-long-scan: .venv/ready ## Compare 300 scanned pages with a dozen (some minutes)
	nice -n 5 env PYTHONPATH=.:layers/core/python:layers/analysis/python $(PY) bench/long_scan.py

bench/lighthouse/node_modules/.package-lock.json: bench/lighthouse/package-lock.json | machine
	cd bench/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --silent

.PHONY: bench-site
bench-site: machine-for-tests .venv/ready site bench/lighthouse/node_modules/.package-lock.json ## Measure the site's weight and its Lighthouse scores
	nice -n 10 $(PY) -m bench.site

