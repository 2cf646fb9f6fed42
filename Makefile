# `make demo` and `make test` need nothing but Python 3.11 or later; each sets up what it lacks.
.PHONY: help demo web test check lint types imports quality bench model lock clean setup screenshots
.DEFAULT_GOAL := help

ENV := .venv
RUN := $(ENV)/bin/python
PAGE := src/tadmor/views/page/static
PAGE_SOURCES := $(shell find web -path web/node_modules -prune -o -type f -print)
GAZETTEER := src/tadmor/dictionaries/gazetteer
GAZETTEER_SOURCES := $(wildcard $(GAZETTEER)/*.py $(GAZETTEER)/*.yaml $(GAZETTEER)/*.tsv $(GAZETTEER)/*.txt) \
	$(wildcard src/tadmor/dictionaries/sites/*.yaml src/tadmor/dictionaries/sites/*.py) \
	src/tadmor/dictionaries/names.py

help:
	@echo "make demo      set up, read the example case, print the brief of Palmyra"
	@echo "make web       build the record page (Node 20 or later)"
	@echo "make test      set up and run the tests"
	@echo "make check     lint, types, import rules, tests, quality floors: what CI runs"
	@echo "make quality   accuracy on marked texts beside a naive baseline, against pinned floors"
	@echo "make bench     speed and memory"
	@echo "make model     train the learned reader's network anew (an hour; needs ../shared)"
	@echo "make lock      renew the pinned requirements"
	@echo "make clean     remove what was made here (the environment, the demo case, caches)"

# What running needs and what compiling the gazetteer needs; the stamp makes a second call quick.
$(ENV)/.built: requirements/build.txt requirements/install pyproject.toml
	@[ -e $(ENV)/.developed ] || requirements/install build
	@touch $@

$(ENV)/.developed: requirements/dev.txt requirements/install pyproject.toml
	@requirements/install dev
	@touch $@ $(ENV)/.built

$(GAZETTEER)/places.bin: $(GAZETTEER_SOURCES) | $(ENV)/.built
	@echo "compiling the gazetteer"
	@$(RUN) -m tadmor.dictionaries.gazetteer.build
	@touch $@

# Without Node all pages are there but the map; the page says so.
$(PAGE)/record.js: $(PAGE_SOURCES)
	@if command -v npm >/dev/null 2>&1; then \
		echo "building the record page"; \
		cd web && npm ci --silent --no-audit --no-fund && npm run --silent build; \
	else \
		echo "no Node here (20 or later): the map is left out"; \
	fi

web: $(PAGE)/record.js

setup: $(ENV)/.developed $(GAZETTEER)/places.bin $(PAGE)/record.js

demo: $(ENV)/.built $(GAZETTEER)/places.bin $(PAGE)/record.js
	@rm -rf demo
	@$(ENV)/bin/tadmor read examples/palmyra/reports --sources examples/palmyra/sources.yaml --case demo
	@echo
	@$(ENV)/bin/tadmor brief Palmyra --case demo
	@echo
	@echo "The case lies in ./demo. Look at it in a browser, on this machine only:"
	@echo "  $(ENV)/bin/tadmor serve --case demo          (or: make demo SERVE=1)"
	@echo "Try next:"
	@echo "  $(ENV)/bin/tadmor timeline Palmyra --case demo"
	@echo "  $(ENV)/bin/tadmor contradictions --case demo"
	@echo "  $(ENV)/bin/tadmor brief Palmyra --as-of 2016-12-12 --case demo"
	@echo "  $(ENV)/bin/tadmor read YOUR_FILES --case my-case"
ifdef SERVE
	@$(ENV)/bin/tadmor serve --case demo --open
endif

test: setup
	@requirements/browser
	@$(RUN) -m pytest -n auto --ignore=tests/page
	@$(RUN) -m pytest tests/page

# The pictures in docs/screenshots, as the tests see the pages.
screenshots: setup
	@requirements/browser
	@TADMOR_SCREENSHOTS=1 $(RUN) -m pytest tests/page/test_screenshots.py

lint: setup
	@$(ENV)/bin/ruff check .
	@$(ENV)/bin/ruff format --check .

types: setup
	@$(ENV)/bin/mypy

imports: setup
	@$(ENV)/bin/lint-imports

quality: setup
	@$(RUN) -m quality.gate

check: setup
	@echo "== lint" && $(MAKE) --no-print-directory lint
	@echo "== types" && $(MAKE) --no-print-directory types
	@echo "== import rules" && $(MAKE) --no-print-directory imports
	@echo "== quality" && $(MAKE) --no-print-directory quality
	@echo "== tests" && $(MAKE) --no-print-directory test

bench: setup
	@$(RUN) -m bench
	@$(RUN) -m bench.record

# Training has an environment of its own: torch and what it brings take 3 GB. The encoder's package asks for far more than
# its files need, and is installed without that.
model: setup
	@requirements/install train .venv-train
	@requirements/install encoder .venv-train
	@PYTHONPATH=src .venv-train/bin/python -m training
	@PYTHONPATH=src .venv-train/bin/python -m training.tune

# The lists name no index: each is what uv finds in the one that is set up, with the hashes of every file.
LOCK := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
lock:
	@uv $(LOCK) pyproject.toml -o requirements/run.txt
	@uv $(LOCK) pyproject.toml requirements/build.in --group gazetteer -c requirements/run.txt -o requirements/build.txt
	@uv $(LOCK) pyproject.toml requirements/build.in --group dev -c requirements/build.txt -o requirements/dev.txt
	@uv $(LOCK) pyproject.toml requirements/build.in requirements/train.in -c requirements/build.txt -o requirements/train.txt
	@uv $(LOCK) --no-deps requirements/encoder.in -o requirements/encoder.txt

clean:
	@rm -rf $(ENV) .venv-train demo $(PAGE) web/node_modules dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@rm -f $(GAZETTEER)/*.bin $(GAZETTEER)/*.marisa
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
