# make run   set everything up and start the platform on this machine
# make test  everything that must hold before a change lands (about twelve minutes on two cores)
# make bench print the figures of the documentation, each beside its floor
# make night the long ones: properties, crash points, looks, branches, mutants, payments (see CONTRIBUTING.md)

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8400
DATA ?= var
# The product is started hundreds of times in a run of the tests: each start finds what the first one has compiled.
export PYTHONDONTWRITEBYTECODE :=
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: run test check style types pytest bench night setup lock

run: setup
	exec $(BIN)/lindung run --port $(PORT) --data $(DATA)

# Types are checked beside the tests, which often wait for something; what takes seconds comes first.
test: style
	@$(MAKE) --no-print-directory --jobs 2 types pytest

check: style types

style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/lindung translations check

types: setup
	$(BIN)/mypy

pytest: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal

bench: setup
	$(BIN)/python -m bench

night: setup
	$(BIN)/python -m tests.night

setup: .stamp/programs .stamp/packages .stamp/translations

# A bare Debian lacks the module that makes virtual environments, and a browser for the journeys.
.stamp/programs:
	@mkdir -p .stamp
	@missing=""; \
	$(PYTHON) -c 'import ensurepip, sys; assert sys.version_info >= (3, 11)' 2>/dev/null || missing="$$missing python3-venv"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else echo "Please install:$$missing   (needs Python 3.11 or later)"; exit 1; fi; \
	fi
	@touch $@

.stamp/packages: requirements/app.txt requirements/dev.txt pyproject.toml
	@mkdir -p .stamp
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements/app.txt -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.stamp/translations: .stamp/packages $(wildcard lindung/locale/*/LC_MESSAGES/*.po)
	$(BIN)/lindung translations compile
	@touch $@

# The pinned versions with their hashes, and nothing else: no address of where they came from.
lock:
	for part in app dev; do uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements/$$part.in -o requirements/$$part.txt; done
