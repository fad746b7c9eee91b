# Ont été priés: `make` sets up and turns corpus/ into outputs/; `make help` lists the rest.
# corpus -> segment -> parse -> actors -> obligations -> themes -> clusters -> tables -> figures

MAKEFLAGS += --no-builtin-rules --no-print-directory
# Two cores, unless told otherwise: French and English figures are drawn side by side.
ifeq (,$(filter -j%,$(MAKEFLAGS)))
  MAKEFLAGS += -j2
endif
.DELETE_ON_ERROR:
.SUFFIXES:

ifdef CORPUS
  ifndef OUTPUTS
    $(error CORPUS=$(CORPUS) needs OUTPUTS=dir as well, because outputs/ belongs to corpus/)
  endif
endif
CORPUS ?= corpus
OUTPUTS ?= outputs
WORK := $(OUTPUTS)/.work
TABLES := $(OUTPUTS)/tables

.PHONY: all test kills fuzz lint audit evaluate export agreement bench scaling notebooks docs clean help
all:

# --- environment ----------------------------------------------------------------------------------

READY := .venv/ready
READY_DEV := .venv/ready-dev
PYTHON := .venv/bin/python
# One thread, one hash seed, no dates: the same bytes on every run.
export PYTHONHASHSEED := 0
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export SOURCE_DATE_EPOCH := 0
export PIPELINE_JOBS := $(JOBS)

$(READY): requirements.lock
	@echo "setup       .venv from requirements.lock (a few minutes, most of it downloads)"
	@$$(command -v python3.11 || command -v python3) -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
	@$$(command -v python3.11 || command -v python3) -m venv .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(READY_DEV): $(READY) requirements-dev.lock
	@echo "setup       .venv: what tests, notebooks and checks need"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Chromium for the tests of the reader: installed where we may (root on Debian); elsewhere those tests skip and say why.
BROWSER := .venv/browser
$(BROWSER): $(READY_DEV)
	@if ! { command -v chromium && command -v chromedriver; } >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "setup       chromium, from Debian's packages, for the tests of the reader"; \
			{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends chromium chromium-driver; } >/dev/null 2>&1 || \
				echo "setup       chromium could not be installed; its tests will be skipped"; \
		else echo "setup       no chromium here, and no right to install it; its tests will be skipped"; fi; fi
	@touch $@

# --- the corpus, looked at while make reads this file -----------------------------------------------

MANIFEST := $(WORK)/manifest.csv
ifneq (,$(if $(MAKECMDGOALS),$(filter all evaluate export agreement notebooks $(OUTPUTS)/%,$(MAKECMDGOALS)),all))
  ANY_PYTHON := $(firstword $(wildcard $(PYTHON)) $(shell command -v python3.11 || command -v python3))
  # This make takes the lock of OUTPUTS, but for `make -n` (and -q), which writes nothing that counts.
  DRY := $(foreach flag,n q,$(findstring $(flag),$(filter-out x-%,$(firstword x$(MAKEFLAGS)))))
  REFUSED := $(shell $(ANY_PYTHON) -S pipeline/corpus.py --corpus '$(CORPUS)' --manifest '$(MANIFEST)' \
    $(if $(strip $(DRY)),,--owner $$PPID))
  ifneq (,$(REFUSED))
    $(error $(REFUSED))
  endif
  ifneq (0,$(.SHELLSTATUS))
    $(error pipeline/corpus.py could not run; Python 3.11 or later is needed)
  endif
endif
$(MANIFEST) $(WORK)/corrections.csv: ;

# --- stages -----------------------------------------------------------------------------------------

SHARED := $(foreach name,command console places cells citation cues content_words schema columns columns_text columns_requests columns_statistics files atomic parted partitions rowwise,pipeline/$(name).py)
# A table lies in WORK/TABLE.parquet, or, made shard by shard, in the files that WORK/STAGE.done lists: PLACE_table.
work = $(sort $(foreach table,$(1),$(or $(PLACE_$(table)),$(WORK)/$(table).parquet)))
options = $(foreach table,$(1),--$(table) $(WORK)/$(table).parquet)
lexicons = $(foreach name,$(1),pipeline/lexicons/$(name).csv)
settings = $(foreach name,$(1),pipeline/settings/$(name).toml)
code = $(foreach name,$(1),pipeline/$(name).py)

# What a table is made from, from the corpus on. Stages depend on it beside the tables that they read, because
# `make -n` (4.3) does not take the targets of a group that it would make for newer than what is made from them.
# $(call made-from,TABLES,files) notes it, $(call sources,TABLES) gives it.
made-from = $(foreach table,$(1),$(eval SOURCES_$(table) := $(2)))
sources = $(sort $(foreach table,$(1),$(SOURCES_$(table))))

BOOKS := $(wildcard pipeline/lexicons/themes*.csv)

# $(call stages,NAMES,tables in,tables out,other files that they read): several stages in one process
define stages
$(call made-from,$(3),$(call sources,$(2)) $(4) $(call code,$(1) together))
$(call work,$(3)) &: $(call work,$(2)) $(call sources,$(3)) $(SHARED) $(READY) | $(WORK)/checked
	@$(PYTHON) -m pipeline.together $(1:%=pipeline.%) --work $(WORK)
endef

# $(call map,NAME,tables in,tables out,other files that it reads): shard by shard, in JOBS processes (default: the cores).
# Which shards are up to date is known by content (pipeline/sharding.py); make asks whether any may not be. A command
# takes its shards on through the stages after its own, whose rules then find their .done newer than all it is made of:
# a .done is as old as the beginning of its making, so that what was edited since is newer.
AFTER_segment := parse actors obligations
AFTER_parse := actors obligations
AFTER_actors := obligations
define map
$(call made-from,$(3),$(call sources,$(2)) $(4) $(call code,$(1) shards making processes sharding))
$(foreach table,$(3),$(eval PLACE_$(table) := $(WORK)/$(1).done))
$(WORK)/$(1).done: $(call work,$(2)) $(call sources,$(3)) $(SHARED) $(READY) | $(WORK)/checked
	@test -f $$@ && test -z "$$$$(find $$^ -newer $$@)" || \
		$(PYTHON) -m pipeline.shards pipeline.$(1) --work $(WORK) $(if $(AFTER_$(1)),--then $(AFTER_$(1))) $(if $(JOBS),--jobs $(JOBS)) $(5)
endef

# Lexicons and settings are checked before long work starts.
$(WORK)/checked: $(wildcard pipeline/lexicons/*.csv pipeline/settings/*.toml) pipeline/check.py $(READY)
	@$(PYTHON) -m pipeline.check
	@mkdir -p $(@D) && touch $@

READERS := $(patsubst pipeline/%.py,%,$(wildcard pipeline/formats_*.py pipeline/pdf_*.py))
SEGMENTED := documents metadata paragraphs sentences footnotes dropped problems
$(eval $(call map,segment,,$(SEGMENTED),$(MANIFEST) $(call lexicons,abbreviations section_roles) $(call settings,segment reading shards) \
	$(call code,corpus csv_fields decoding enumeration extracted formats lock reading sandbox segmentation $(READERS) footnotes furniture ids joining layout lexicon sections sentences settings titles),\
	--corpus '$(CORPUS)'))
$(eval $(call map,parse,sentences,tokens vectors,$(call settings,parse) $(call code,settings)))
$(eval $(call map,actors,paragraphs sentences tokens,actors,\
	$(call lexicons,actors actor_groups organisations countries cues) \
	$(call code,anaphora ids lexicon morphology names naming phrases syntax vocabulary wording)))
# Requests as they are found stand in WORK/found; corrections.csv makes of them what everything else counts.
REVIEWED := obligations actions checks set_labels unapplied
FOUND_REQUESTS := $(WORK)/found/obligations.parquet
$(eval $(call map,obligations,paragraphs sentences tokens actors,found,\
	$(call lexicons,triggers irregular_verbs cues exclusions speech action_nouns support_verbs) \
	$(call code,addressees anaphora cast clauses complements conjugation constructions coordination engine exclusions \
		frames ids issuers lexicon morphology nominals phrases setphrases speech subjects syntax triggers verbs vocabulary wording)))

$(call made-from,$(REVIEWED),$(call sources,found) $(WORK)/corrections.csv $(call code,corrections csv_fields decisions decoding ids))
$(call work,$(REVIEWED)) &: $(call work,found paragraphs sentences actors) $(call sources,$(REVIEWED)) $(SHARED) $(READY)
	@$(PYTHON) -m pipeline.corrections --corrections $(WORK)/corrections.csv --work $(WORK) --found $(WORK)/found

# What is studied of the requests, and what is counted of the words: each in one process, because starting one
# takes longer than most of these stages do.
GROUPED := clusters clusters_by_k k_selection cluster_members cluster_tree
STUDIED := themes restatements $(GROUPED) specificities specificity_tests
$(eval $(call stages,themes restatements clusters specificities,\
	documents metadata paragraphs sentences tokens vectors actors obligations actions,$(STUDIED),\
	$(BOOKS) $(call lexicons,stopwords) $(call settings,themes restatements clusters statistics) \
	$(call code,codebook contrast families forks grouping lexicon microclusters parts selection settings similarity study)))
COUNTED := lexicon repeated_segments afc afc_axes text_segments reinert_classes reinert_terms reinert_tree
$(eval $(call stages,frequencies correspondence reinert,documents paragraphs sentences tokens actors,$(COUNTED),\
	$(call lexicons,stopwords) $(call settings,reinert statistics) \
	$(call code,active_forms bipartition descending ids lexicon parts settings specificities study text_segments)))

PUBLISHED := documents metadata problems dropped footnotes paragraphs sentences actors obligations actions \
	$(filter-out restatements,$(STUDIED)) $(COUNTED) addressee_by_modality theme_by_modality
LATEX := documents obligations clusters k_selection addressee_by_modality theme_by_modality specificities
JOINED := $(SEGMENTED) actors $(REVIEWED) $(STUDIED) $(COUNTED)
MADE := $(PUBLISHED:%=$(TABLES)/%.csv) $(LATEX:%=$(TABLES)/%.tex) $(OUTPUTS)/run.json \
	$(OUTPUTS)/datapackage.json
# run.json holds the version and the hashes of all lexicons and settings.
$(call made-from,published,$(call sources,$(JOINED)) $(wildcard pipeline/lexicons/*.csv pipeline/settings/*.toml) \
	$(call code,tables corrections decisions datapackage latex codebook families lexicon settings __init__))
$(MADE) &: $(call work,$(JOINED)) $(call sources,published) $(SHARED) $(READY)
	@$(PYTHON) -m pipeline.tables $(call options,$(JOINED)) --out $(TABLES) --run $(OUTPUTS)/run.json

FIGURES := requests_by_addressee themes_by_section issuer_addressee clusters requests_through_text k_selection \
	group_tree specificities correspondence reinert
drawn = $(foreach name,$(FIGURES),$(foreach form,svg pdf png csv txt,$(OUTPUTS)/figures/$(1)/$(name).$(form)))
define figures
$(call drawn,$(1)) &: $(MADE) $(call sources,published) \
		$(call code,figures charts charts_classes charts_statistics codebook counts drawing heatmap labels lexicon page settings style) $(SHARED) $(READY)
	@$(PYTHON) -m pipeline.figures --tables $(TABLES) --out $(OUTPUTS)/figures --lang $(1)
endef
$(eval $(call figures,fr))
$(eval $(call figures,en))

$(OUTPUTS)/reader.html: $(MADE) $(call sources,published) $(call code,reader codebook labels lexicon settings) \
		$(wildcard pipeline/web/*) $(SHARED) $(READY)
	@$(PYTHON) -m pipeline.reader --tables $(TABLES) --out $@

OFFICE := $(OUTPUTS)/requests.docx $(OUTPUTS)/tables.xlsx
$(OFFICE) &: $(MADE) $(call sources,published) $(call code,office workbook labels lexicon tables latex codebook) $(SHARED) $(READY)
	@$(PYTHON) -m pipeline.office --tables $(TABLES) --docx $(OUTPUTS)/requests.docx --xlsx $(OUTPUTS)/tables.xlsx

$(OUTPUTS)/methods.txt: $(MADE) $(call sources,published) $(call code,methods labels lexicon) \
		$(wildcard pipeline/templates/*) $(SHARED) $(READY)
	@$(PYTHON) -m pipeline.methods --tables $(TABLES) --run $(OUTPUTS)/run.json --out $@

PAGES := $(OUTPUTS)/reader.html $(OFFICE) $(OUTPUTS)/methods.txt $(call drawn,fr) $(call drawn,en)
$(WORK)/told: $(MADE) $(PAGES) $(call code,summary csv_fields)
	@$(PYTHON) -m pipeline.summary --outputs $(OUTPUTS)
	@touch $@

all: $(MADE) $(PAGES) $(WORK)/told
ifeq ($(STRICT),1)
	@$(PYTHON) -m pipeline.summary --outputs $(OUTPUTS) --strict
endif

# --- the rest -----------------------------------------------------------------------------------------

test: $(READY_DEV) $(BROWSER) lint
	@echo "test        pytest, on all cores"
	@$(PYTHON) -m pytest -n auto --dist loadfile

kills: $(READY_DEV)
	@$(PYTHON) tests/kills.py $(or $(N),50)

fuzz: $(READY_DEV)
	@seed=$${SEED:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}; \
		echo "fuzz        $(or $(N),10000) examples a property, other ones each time; these again: make fuzz N=$(or $(N),10000) SEED=$$seed"; \
		FUZZ=$(or $(N),10000) $(PYTHON) -m pytest --hypothesis-seed=$$seed tests/test_properties*.py

lint: $(READY_DEV)
	@echo "lint        ruff check, ruff format, mypy"
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --quiet --check .
	@$(PYTHON) -m mypy

audit: $(READY_DEV)
	@echo "audit       known vulnerabilities of the locked packages"
	@$(PYTHON) -m pip_audit --strict --require-hashes --disable-pip -r requirements.lock

evaluate: all
	@$(PYTHON) -m pipeline.evaluate --tables $(TABLES) --gold tests/gold --found $(FOUND_REQUESTS) \
		$(if $(ERRORS),--errors)

export: all
	@$(PYTHON) -m pipeline.export --tables $(TABLES) --work $(WORK) --run $(OUTPUTS)/run.json --out $(OUTPUTS)/export

agreement: all
	@$(PYTHON) -m pipeline.agreement '$(A)' '$(B)' --work $(WORK)

bench: $(READY_DEV) $(BROWSER)
	@$(PYTHON) -m pipeline.bench
	@$(PYTHON) -m pipeline.bench_reader

scaling: $(READY_DEV)
	@$(PYTHON) -m pipeline.scaling

notebooks: $(READY_DEV) all
	@$(PYTHON) -m pipeline.notebooks notebooks/*.ipynb

docs: $(READY)
	@$(PYTHON) -m pipeline.dictionary --out docs/tables.md

clean:
	@echo "clean       $(WORK)"
	@rm -rf $(WORK)

help:
	@echo "make                        set up, then everything for corpus/ -> outputs/"
	@echo "make test                   set up, then every test"
	@echo "make CORPUS=dir OUTPUTS=dir any other folder of French reports (STRICT=1: fail on unreadable ones)"
	@echo "make fuzz                   10,000 random examples for each property (N=..: so many; hours)"
	@echo "make evaluate               score outputs/ against tests/gold/ (ERRORS=1: list misses and false alarms)"
	@echo "make JOBS=4                 at most so many processes for one stage (as many as there are cores, if nothing is said)"
	@echo "make export                 outputs/export/: files for IRaMuTeQ, TXM, R, INCEpTION, doccano, Gephi"
	@echo "make agreement A=.. B=..    how far two reviewers' corrections agree"
	@echo "make bench                  time every stage against the floor of one plain parse"
	@echo "make scaling                how time and memory grow, up to 10,000 documents (twenty minutes)"
	@echo "make notebooks              run the notebooks"
	@echo "make docs                   write docs/tables.md from the schema"
	@echo "make audit                  look up the locked packages among known vulnerabilities"
	@echo "make lint                   ruff and mypy"
	@echo "make kills N=50             kill runs at random moments and compare what the next run makes"
	@echo "make clean                  delete the intermediate files (outputs/ stays)"
