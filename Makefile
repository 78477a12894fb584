# Everything by one command each; `make` alone lists them. Works from anywhere with make -C.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

EDITION ?= editions/2025-12
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup setup-test letters test test-all bench soak check format hooks clean

help: ## list these commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## install what is missing: .venv, pinned packages, system libraries
	@bash setup/install.sh product

setup-test: # the same, and what only tests need
	@bash setup/install.sh test

letters: setup ## set up, then issue the sample edition (EDITION=editions/… for another)
	@$(BIN)/patra issue "$(EDITION)"

test: setup-test check ## set up, then every check and test
	$(PYTEST) -m "not slow" -n auto --dist loadfile

test-all: setup-test check ## the same, with the slow tests and branch coverage
	$(PYTEST) -n auto --dist loadfile --cov --cov-report=term

bench: setup-test ## measure beside LibreOffice and Typst (ONLY=help,one ROUNDS=3; ONLY=scale takes long)
	@$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(RECIPIENTS),--recipients $(RECIPIENTS)) $(if $(DAY),--day $(DAY)) $(if $(TRIAL),--trial)

soak: setup-test ## at length: property tests with many more examples, kills, full disks
	$(PYTEST) -m hypothesis --hypothesis-profile=soak
	$(PYTEST) -m slow -s tests/test_kills.py tests/test_faults.py

check: setup-test ## style, types and layers, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

format: setup-test ## put the code into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

hooks: setup-test ## run the quick checks before each commit
	$(BIN)/pre-commit install

clean: ## remove .venv and the tools' caches; never output/
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* dist
	find generator tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
