# Everything here runs from a fresh clone: each target makes .venv and installs what it needs.
PYTHON ?= python3
comma := ,
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
WORKERS ?= 2
# PySpark is a large download of use only beside Java.
SPARK := $(if $(shell command -v java),$(comma)spark)

.PHONY: demo serve test check bench soak docs docs-serve wheels constraints clean

# The whole job on the shipped example.
demo: .venv/.demo
	$(BIN)/liandong demo

# The office on http://127.0.0.1:8000 with the example (`make serve WORKSPACE=…` for another one).
WORKSPACE ?= liandong-demo
serve: .venv/.office
	@test -f $(WORKSPACE)/liandong.toml || $(BIN)/liandong demo $(WORKSPACE)
	$(BIN)/liandong serve --workspace $(WORKSPACE)

# The whole suite; what needs LibreOffice, PostgreSQL or Java is skipped with a reason where absent.
test: .venv/.dev
	$(BIN)/python -m pytest -n $(WORKERS)

# Lint, types, layers.
check: .venv/.dev
	$(BIN)/ruff check src tests benchmarks scripts
	$(BIN)/ruff format --check src tests benchmarks scripts
	$(BIN)/lint-imports
	$(BIN)/mypy --strict src

# Speed and accuracy beside the peers; each prints its table.
bench: .venv/.dev
	$(BIN)/python -m benchmarks

# The large checks that do not fit into the suite: 707,214 real firms where the data packs are present.
soak: .venv/.dev
	$(BIN)/python -m pytest -n 0 -m soak --run-soak

docs: .venv/.docs
	$(BIN)/mkdocs build --strict

docs-serve: .venv/.docs
	$(BIN)/mkdocs serve

# A folder from which a closed network installs: pip install --no-index --find-links wheels liandong
wheels: .venv/.demo
	$(BIN)/python -m pip wheel --quiet --constraint constraints.txt --wheel-dir wheels ".[office]"

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.demo: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	touch $@

.venv/.office: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable ".[office]"
	touch $@ .venv/.demo

.venv/.dev: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable ".[dev,office$(SPARK)]"
	touch $@ .venv/.demo .venv/.office

.venv/.docs: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable ".[docs]"
	touch $@

clean:
	rm -rf .venv build dist site wheels liandong-demo
