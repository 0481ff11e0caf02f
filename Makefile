# make generate   install cimforge into .venv and build generated/ from input_models/
# make test       install the development extras and pass every test
# make check      what make test runs, plus the linters
# make fuzz       ten times longer than make test does: random input for every reader
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: generate test check lint fuzz bench clean

generate: $(VENV)/.runtime
	$(BIN)/cimforge build -c input_models/cimforge.toml

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/black --check --quiet generator tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test
	$(BIN)/cimforge check -c input_models/cimforge.toml -q

fuzz: $(VENV)/.dev
	CIMFORGE_FUZZ_SECONDS=600 $(BIN)/python -m pytest tests/fuzz

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache
