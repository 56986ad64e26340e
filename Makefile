# Everything a fresh Debian machine with Python 3.11 needs is set up in .venv by the targets themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo test test-long lint sample bench clean help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

install: $(STAMP) ## the program and its packages in .venv

$(STAMP): pyproject.toml
	@PYTHON="$(PYTHON)" scripts/setup "$(VENV)"
	@touch $@

demo: install ## the main job on the sample batch: ingest, then the questions, then the pages
	@scripts/demo "$(BIN)"

test: install ## every test but the long ones
	@scripts/need-system tesseract
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not long"

test-long: install ## the tests that take a minute or more each: whole ontology, whole deliveries, killed servers
	@$(BIN)/python -m pytest -n auto --dist load -m long

lint: install ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

sample: install ## make the sample batch again (needs tesseract and fonts-texgyre)
	@scripts/need-system tesseract texgyre
	@$(BIN)/python -m tests.generator tests/sample

bench: install ## the speed of this machine
	@$(BIN)/hoso bench

clean: ## remove what was made here
	rm -rf $(VENV) demo build dist *.egg-info
