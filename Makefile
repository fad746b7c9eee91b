# Ont été priés: `make` sets up and turns corpus/ into outputs/; `make help` lists the rest.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:

ifdef CORPUS
  ifndef OUTPUTS
    $(error CORPUS=$(CORPUS) needs OUTPUTS=dir as well, because outputs/ belongs to corpus/)
  endif
endif
CORPUS ?= corpus
OUTPUTS ?= outputs

.PHONY: all test kills abuse growth patterns fuzz lint audit evaluate export agreement bench scaling notebooks docs clean help
all:

# --- environment ----------------------------------------------------------------------------------

READY := .venv/ready
READY_DEV := .venv/ready-dev
BROWSER := .venv/browser
PYTHON := .venv/bin/python
PRIES := .venv/bin/pries
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check
ANY_PYTHON = $$(command -v python3.11 || command -v python3)

$(READY): requirements.lock pyproject.toml
	@echo "setup       .venv from requirements.lock (a few minutes, most of it downloads)"
	@$(ANY_PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
	@$(ANY_PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_DEV): $(READY) requirements-dev.lock
	@echo "setup       .venv: what tests, notebooks and checks need"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Chromium for the tests of the reader: installed where we may (root on Debian); elsewhere those tests skip and say why.
$(BROWSER): $(READY_DEV)
	@if ! { command -v chromium && command -v chromedriver; } >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "setup       chromium, from Debian's packages, for the tests of the reader"; \
			{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends chromium chromium-driver; } >/dev/null 2>&1 || \
				echo "setup       chromium could not be installed; its tests will be skipped"; \
		else echo "setup       no chromium here, and no right to install it; its tests will be skipped"; fi; fi
	@touch $@

# --- the pipeline: `make`, and `make STAGE` for any stage that `pries --help` lists -----------------

# exit code 3: done, with documents that could not be read, which the last lines name
RUN = $(PRIES) $(1) --corpus '$(CORPUS)' --outputs '$(OUTPUTS)' $(if $(JOBS),--jobs $(JOBS)) \
	$(if $(filter 1,$(STRICT)),--strict) || { code=$$?; [ $$code = 3 ] || exit $$code; }

all: $(READY)
	@$(call RUN,)

.DEFAULT:
	@$(MAKE) --silent $(READY)
	@$(call RUN,$@)

Makefile requirements.lock requirements-dev.lock pyproject.toml: ;

# --- the rest -------------------------------------------------------------------------------------

test: $(READY_DEV) $(BROWSER) lint
	@echo "test        pytest, on all cores"
	@$(PYTHON) -m pytest -n auto --dist loadfile

lint: $(READY_DEV)
	@echo "lint        ruff check, ruff format, mypy, import-linter"
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --quiet --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo --no-cache

kills: $(READY_DEV)
	@$(PYTHON) tests/kills.py $(or $(N),50)
	@$(PYTHON) tests/worker_kills.py $(or $(N),30)

abuse: $(READY_DEV)
	@$(PYTHON) tests/abuse.py
	@$(PYTHON) tests/mixed.py
	@$(PYTHON) tests/situations.py

growth: $(READY_DEV)
	@$(PYTHON) bench/growth.py --part $(or $(PART),1/1)
	@$(PYTHON) tests/growing.py

patterns: $(READY_DEV)
	@$(PYTHON) bench/patterns.py $(IN)

fuzz: $(READY_DEV)
	@seed=$${SEED:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}; \
		echo "fuzz        $(or $(N),10000) examples a property; the same again: make fuzz N=$(or $(N),10000) SEED=$$seed"; \
		FUZZ=$(or $(N),10000) $(PYTHON) -m pytest --hypothesis-seed=$$seed -k test_properties

audit: $(READY_DEV)
	@echo "audit       known vulnerabilities of the locked packages"
	@$(PYTHON) -m pip_audit --strict --require-hashes --disable-pip -r requirements.lock

evaluate export agreement: all
	@$(PRIES) $@ --outputs '$(OUTPUTS)' $(if $(ERRORS),--errors) $(if $(filter evaluate,$@),--whole) $(A) $(B) $(C)

bench scaling: $(READY_DEV) $(BROWSER)
	@$(PYTHON) bench/$@.py

notebooks: $(READY_DEV) all
	@$(PYTHON) tools/run_notebooks.py notebooks/*.ipynb

docs: $(READY)
	@$(PYTHON) tools/write_tables_md.py --out docs/tables.md

clean:
	@echo "clean       $(OUTPUTS)/.work"
	@rm -rf '$(OUTPUTS)/.work'

help:
	@echo "make                        set up, then everything for corpus/ -> outputs/"
	@echo "make test                   set up, then every test"
	@echo "make CORPUS=dir OUTPUTS=dir any other folder of French reports (STRICT=1: fail on unreadable ones)"
	@echo "make obligations            up to a stage (pries --help lists them; JOBS=4: at most so many processes)"
	@echo "make evaluate               score outputs/ against tests/gold/ (ERRORS=1: list misses and false alarms)"
	@echo "make export                 outputs/export/: files for IRaMuTeQ, TXM, R, INCEpTION, doccano, Gephi"
	@echo "make agreement A=.. B=..    how far two reviewers' corrections agree"
	@echo "make notebooks | docs       run the notebooks; write docs/tables.md from the schema"
	@echo "make bench | scaling        time every stage against one plain parse; growth up to 10,000 documents"
	@echo "make lint | audit           ruff, mypy, import-linter; known vulnerabilities of the locked packages"
	@echo "make kills N=50             kill runs at random moments and compare what the next run makes"
	@echo "make abuse | growth         documents made to cost too much; how time grows with a text that repeats itself"
	@echo "make patterns IN=reading/   attack the regular expressions with texts made from their own parts"
	@echo "make fuzz N=10000           so many random examples for each property (hours)"
	@echo "make clean                  delete the intermediate files (outputs/ stays)"
