# `make` alone prints what there is. The work is done by the scripts in tools/ and by `clusterwerk`.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin
SERVE ?=

.DEFAULT_GOAL := help
.PHONY: help run test bench lock clean environment test-environment

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment ## Start everything with the demo; Ctrl-C stops it (SERVE="--port 9000" adds options)
	@exec $(VENV)/clusterwerk serve --demo $(SERVE)

test: test-environment ## Run every check and test, and print one table
	@exec $(VENV)/python tools/check.py

bench: test-environment ## Measure start, memory and pages, and print one table
	@exec $(VENV)/python -m bench

lock: test-environment ## Write requirements/*.txt anew from pyproject.toml
	@exec $(VENV)/python tools/lock.py

clean: ## Remove the environment and caches; the data in var/ stay
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf src/*.egg-info var/test
	@find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@$(PYTHON) tools/install.py run

test-environment:
	@$(PYTHON) tools/install.py test
