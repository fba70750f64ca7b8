VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin
# Arguments of the name evaluation: EVAL=--all takes every sentence, not 1,000 of each corpus.
EVAL =
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help setup demo test lint golden eval clean

help: ## list the tasks
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(INSTALL) --editable '.[dev]'
	@touch $@

setup: $(VENV)/.installed ## install into .venv

demo: setup ## build the seed page into warehouse/data
	$(BIN)/baocang build seeds/pages --warehouse warehouse/data

lint: $(VENV)/.installed-dev ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Flow tests have a process of their own: Playwright leaves an event loop running in that of the browser tests.
test: $(VENV)/.installed-dev ## all tests
	$(BIN)/python -m pytest --ignore=tests/flow
	$(BIN)/python -m pytest tests/flow

golden: $(VENV)/.installed-dev ## rewrite the expected rows of tests/golden; review the diff
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/golden

eval: $(VENV)/.installed-dev ## measure recognition, dates, amounts and deals; needs the evaluation data (BAOCANG_EVAL_DATA)
	$(BIN)/python -m tests.benchmarks.eval_ner $(EVAL)
	$(BIN)/python -m tests.benchmarks.eval_recognizers
	$(BIN)/python -m tests.benchmarks.eval_events
	$(BIN)/python -m tests.benchmarks.eval_pages
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 $(BIN)/python -m tests.benchmarks.bench_extract

clean: ## remove the virtual environment and the warehouse of the demo
	rm -rf $(VENV) warehouse/data
