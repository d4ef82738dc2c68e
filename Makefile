# The commands of this project. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WEB := hatch_build.py web/.npmrc $(wildcard web/*.*)
BUNDLE := src/ssc_kg/explorer/static/built/graphiql.js
SERVE_FLAGS ?=

.DEFAULT_GOAL := help
.PHONY: help serve test test-long check format lint types contracts lock schema vocab web bench soak golden clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/.runtime ## Set up, build the first version if there is none, and serve
	@$(BIN)/ssc-kg serve $(SERVE_FLAGS)

test: $(VENV)/.dev ## Set up and run every test
	@sh tools/install-browser.sh
	@sh tools/install-rapper.sh
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(PYTEST_FLAGS)

test-long: $(VENV)/.dev ## Compare 2,000 random operations, send hostile texts to each place, run npm's clients
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal --operations 100 --places 0 --clients \
	  tests/integration/test_paths_agree.py tests/integration/test_hostile.py \
	  tests/integration/test_clients.py tests/integration/test_comunica.py

check: format lint types contracts ## Format, lint, types and import contracts

format: $(VENV)/.dev
	@$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	@$(BIN)/ruff check .

types: $(VENV)/.dev
	@$(BIN)/mypy

contracts: $(VENV)/.dev
	@$(BIN)/lint-imports

lock: $(VENV)/.dev ## Pin the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
	  --no-emit-index-url --python-version 3.11 pyproject.toml --output-file locks/runtime.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
	  --no-emit-index-url --python-version 3.11 pyproject.toml --group dev --output-file locks/dev.txt

vocab: $(VENV)/.dev ## Write src/ssc_kg/rdf/vocab.py from the ontology
	@$(BIN)/python -m ssc_kg.rdf.generate > src/ssc_kg/rdf/vocab.py.new
	@mv src/ssc_kg/rdf/vocab.py.new src/ssc_kg/rdf/vocab.py

schema: $(VENV)/.runtime ## Write schema.graphql from the types; read the diff
	@$(BIN)/ssc-kg schema > schema.graphql.new
	@mv schema.graphql.new schema.graphql

web: $(VENV)/.runtime ## Build the browser bundles, if web/ is newer or npm failed
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --editable . --verbose

bench: $(VENV)/.dev ## Measure what the documents claim
	@$(BIN)/python -m benchmarks.restrict_types
	@$(BIN)/python -m benchmarks.search
	@$(BIN)/python -m benchmarks.point_query
	@$(BIN)/python -m benchmarks.nested_page
	@$(BIN)/python -m benchmarks.collection_pages
	@$(BIN)/python -m benchmarks.rows
	@$(BIN)/python -m benchmarks.export
	@$(BIN)/python -m benchmarks.workers
	@$(BIN)/python -m benchmarks.hostile

soak: $(VENV)/.dev ## Hostile and normal requests, mixed, for MINUTES (10); nothing may be wrong, lost or left
	@$(BIN)/python -m benchmarks.soak --minutes $(or $(MINUTES),10)

golden: $(VENV)/.dev ## Rewrite the expected outputs of tests; read the diff
	@$(BIN)/python -m pytest --update-golden

clean: ## Remove the virtual environment and caches; data stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Each stamp is newer than its lock file once that lock file is installed.
$(VENV)/.runtime: locks/runtime.txt pyproject.toml $(WEB) | $(VENV)/bin/pip
	@echo "Installing ssc-kg into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/runtime.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@test -f $(BUNDLE) || echo 'npm could not be reached: /graphql shows a plain form, not GraphiQL; "make web" tries again'
	@touch $@

$(VENV)/.dev: locks/dev.txt $(VENV)/.runtime
	@echo "Installing the development tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	@touch $@

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "ssc-kg needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh tools/install-venv.sh
	@$(PYTHON) -m venv $(VENV)
