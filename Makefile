# Two commands for a new user: `make nightly` and `make test`. Each builds .venv when it is missing or older than the lock.
# uv is used where it is installed; the standard library's venv and pip do as well.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Where a checkout was moved or an install was cut short, the stamp is missing and the install runs again.
STAMP := $(VENV)/.installed
export DO_NOT_TRACK = 1

.PHONY: nightly test test-cluster check lint types lock clean help

help:  ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh .ci/install $(VENV)
	@touch $@

nightly: $(STAMP)  ## one night against the built-in practice server: crawl, label, store, report (no network, no configuration)
	@$(BIN)/rolecall nightly --practice

test: $(STAMP) check  ## style, types and every test (offline, loopback only)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-cluster: $(STAMP)  ## nights and replays on servers and worker processes, some of them killed (a quarter of an hour; needs PostgreSQL)
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m cluster tests/cluster

check: lint types

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

lock:  ## resolve the dependencies again (needs uv): every Python and platform in one file, with hashes, no index address
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -o requirements.lock

clean:  ## remove the environment and the caches; data/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build *.egg-info
