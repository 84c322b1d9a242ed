# Everything runs from a clone with Python 3.11+, git and make (and Go, where no Pulumi is installed).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFICIAL := .venv-official
OLDER := .venv-official-old
POLICY := .venv-policy
DOCS := .venv-docs
AUDIT := .venv-audit
PIP := -m pip --disable-pip-version-check --quiet install
CONSTRAINTS := tests/constraints.txt

.PHONY: help demo test engine isolation desktop browser lint types generate sdks docs audit bench clean
.DEFAULT_GOAL := help

help: ## Say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

$(VENV)/.ready: sdk/pyproject.toml provider/pyproject.toml tests/requirements.txt $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: Python 3.11 or newer is needed, $(PYTHON) is older; run make PYTHON=python3.12"; exit 1; }
	@echo "Installing the packages into $(VENV) (about half a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(PIP) --constraint $(CONSTRAINTS) -e 'sdk[local]' -e provider -r tests/requirements.txt
	@touch $@

$(OFFICIAL)/.ready: tests/official/requirements.txt
	@echo "Installing the official daytona package into $(OFFICIAL), an environment of its own (about half a minute)"
	@$(PYTHON) -m venv $(OFFICIAL)
	@$(OFFICIAL)/bin/python $(PIP) -r tests/official/requirements.txt
	@touch $@

$(OLDER)/.ready: tests/official/requirements-old.txt
	@echo "Installing the daytona package that pip picks beside pulumi into $(OLDER) (about half a minute)"
	@$(PYTHON) -m venv $(OLDER)
	@$(OLDER)/bin/python $(PIP) -r tests/official/requirements-old.txt
	@touch $@

$(POLICY)/.ready: tests/engine/requirements-policy.txt
	@echo "Installing pulumi-policy, which wants an older protobuf, into $(POLICY) (about half a minute)"
	@$(PYTHON) -m venv $(POLICY)
	@$(POLICY)/bin/python $(PIP) -r tests/engine/requirements-policy.txt
	@touch $@

$(DOCS)/.ready: provider/requirements-docs.txt
	@echo "Installing what builds the documentation into $(DOCS) (about half a minute)"
	@$(PYTHON) -m venv $(DOCS)
	@$(DOCS)/bin/python $(PIP) -r provider/requirements-docs.txt
	@touch $@

$(AUDIT)/.ready: tests/toolchain/requirements-audit.txt
	@echo "Installing pip-audit into $(AUDIT) (about half a minute)"
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python $(PIP) -r tests/toolchain/requirements-audit.txt
	@touch $@

engine: $(VENV)/.ready ## Put a Pulumi engine in place: PATH, cache, official installer, or a build from Go modules
	@$(BIN)/python tests/toolchain/engine.py

isolation: $(VENV)/.ready ## Install bubblewrap where it is missing and this is root on a machine with apt
	@$(BIN)/python tests/toolchain/isolation.py

desktop: $(VENV)/.ready ## Install what computer use is tested with, likewise
	@$(BIN)/python tests/toolchain/desktop.py

browser: $(VENV)/.ready ## Install Chromium, which the dashboard is tested in, likewise
	@$(BIN)/python tests/toolchain/browser.py

demo: engine isolation ## From nothing to a running sandbox: the real pulumi up against a local server
	@$(BIN)/python examples/quickstart/demo.py

test: engine isolation desktop browser $(OFFICIAL)/.ready $(OLDER)/.ready $(POLICY)/.ready lint types ## Run all tests
	@failed=0; \
	  $(BIN)/python -m pytest -n 2 --dist loadfile --durations=15 tests/unit tests/contract tests/rpc || failed=1; \
	  $(BIN)/python -m pytest -n 2 --dist loadfile --durations=15 tests/toolchain tests/engine tests/official tests/browser tests/endurance || failed=1; \
	  exit $$failed

lint: $(VENV)/.ready ## Check the style
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && echo "ruff: clean"

types: $(VENV)/.ready ## Check the types
	@$(BIN)/mypy sdk/daytona_httpx sdk/daytona_local provider tests examples/quickstart

generate: $(VENV)/.ready ## Write the generated code anew
	@$(BIN)/python sdk/generate_sync.py
	@$(BIN)/python sdk/generate_coverage.py
	@$(BIN)/python provider/generate_resources.py
	@$(BIN)/python provider/generate_functions.py
	@$(BIN)/python provider/generate_schema.py
	@$(BIN)/python provider/generate_native.py
	@$(BIN)/python provider/generate_docs.py
	@$(BIN)/python provider/generate_support.py

sdks: $(VENV)/.ready ## Generate the SDKs for TypeScript, Go and Python into provider/build/sdks
	@$(BIN)/python tests/toolchain/sdks.py provider/build/sdks

docs: $(VENV)/.ready $(DOCS)/.ready ## Build the site of guides, reference and API into provider/build/docs
	@$(BIN)/python provider/build_docs.py
	@NO_MKDOCS_2_WARNING=1 $(DOCS)/bin/mkdocs build --config-file provider/mkdocs.yml && echo "provider/build/docs/index.html"

audit: $(VENV)/.ready $(AUDIT)/.ready ## Ask for known holes of the dependencies, and list these in provider/docs
	@$(BIN)/python tests/toolchain/audit.py $(AUDIT)/bin/pip-audit

bench: engine isolation $(OFFICIAL)/.ready ## Print the figures, ours and the other side by side
	@DAYTONA_OFFICIAL_PYTHON=$(OFFICIAL)/bin/python $(BIN)/python tests/bench/bench_import.py
	@DAYTONA_OFFICIAL_PYTHON=$(OFFICIAL)/bin/python $(BIN)/python tests/bench/bench_client.py
	@$(BIN)/python tests/bench/bench_workers.py
	@$(BIN)/python tests/bench/bench_provider.py
	@$(BIN)/python tests/bench/bench_load.py

clean: ## Remove the environments and caches of this folder
	@rm -rf $(VENV) $(OFFICIAL) $(OLDER) $(POLICY) $(DOCS) $(AUDIT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
