# Everything a newcomer or a developer runs. Each target sets up what it needs first; a second run starts in seconds.

PORT ?= 8000
PY := .venv/bin/python
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench dev lock format
MAKEFLAGS += --no-print-directory

help: ## what can be made
	@echo "yichuang (一窗): make TARGET"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "  %-8s %s\n", $$1, $$2}'

setup: ## .venv, packages, fonts, page assets, translations, static files
	@bin/setup static

demo: ## fill the demonstration province, write bulletins to out/, serve (PORT=8000, SERVE=0, RESET=1)
	@bin/setup static
	@bin/demo

test: ## the whole suite on SQLite, then on a throw-away PostgreSQL (ARGS="-k ledger")
	@bin/setup tests
	@$(PY) bin/test $(ARGS)

check: ## style, types, floors, migrations, system checks, architecture: no browser, no server
	@bin/setup
	@bin/check

bench: ## measurements, printed as one table (ARGS="...")
	@bin/setup static tests
	@$(PY) -m bench $(ARGS)

dev: ## serve with reloading and debug pages, on the demonstration's database
	@bin/setup
	@exec env DJANGO_SETTINGS_MODULE=yichuang.config.settings.dev $(PY) -m django runserver 127.0.0.1:$(PORT)

format: ## let ruff put the code in order
	@$(PY) -m ruff check --fix-only --quiet . bin/test bin/with-postgres bin/check-django
	@$(PY) -m ruff format --quiet . bin/test bin/with-postgres bin/check-django

lock: ## write requirements.lock and package-lock.json anew, after a change of pyproject.toml or package.json
	@bin/setup
	@bin/lock
