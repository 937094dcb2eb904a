.PHONY: help setup run test lint format types train eval bench vectors pictures lock

VENV := .venv/bin

help: ## what each target does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

setup: ## make .venv from the hashed lock
	@bash scripts/setup.sh

run: setup ## start Mầm and print where to open it
	@exec $(VENV)/mam run

test: setup ## every test, browser tests too
	@MAM_TEST_CHROMIUM="$$(bash scripts/browser.sh)" && export MAM_TEST_CHROMIUM && $(VENV)/mam train && \
	if [ -n "$(ARGS)" ]; then $(VENV)/python -m pytest $(ARGS); else \
	  $(VENV)/python -m pytest -m "not alone" -n 2 --dist loadgroup --durations 30 && $(VENV)/python -m pytest -m alone; fi

lint: setup types ## linters, types, migrations, training data
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/djlint --quiet --lint bot
	@MAM_DATA_DIR=$$(mktemp -d) $(VENV)/python manage.py makemigrations --check --dry-run
	@RASA_TELEMETRY_ENABLED=false $(VENV)/rasa data validate --fail-on-warnings --domain domain.yml --data data/nlu data/rules data/stories

types: setup
	@MAM_DATA_DIR=$$(mktemp -d) $(VENV)/mypy bot actions

format: setup ## format the code
	@$(VENV)/ruff format .
	@$(VENV)/ruff check --fix --quiet . || true

train: setup ## train the model
	@$(VENV)/mam train

eval: setup ## the evaluation report
	@$(VENV)/mam evaluate

bench: setup ## benchmarks with baselines
	@$(VENV)/python -m tests.bench

vectors: setup ## encode library and training data for fresh clones (before a release)
	@MAM_DATA_DIR=$$(mktemp -d) $(VENV)/python scripts/build_vectors.py

pictures: setup ## the pictures of docs/, taken anew by the browser tests
	@MAM_TEST_CHROMIUM="$$(bash scripts/browser.sh)" && export MAM_TEST_CHROMIUM && $(VENV)/python scripts/docs_pictures.py

lock: setup ## resolve requirements anew
	@for name in base dev; do \
	  groups=""; [ $$name = base ] || groups="--group test --group dev -c requirements/base.lock"; \
	  uv pip compile --universal --generate-hashes --python-version 3.10 --quiet --no-annotate --no-header \
	    $$groups pyproject.toml -o requirements/$$name.lock || exit 1; \
	done
