# Everything a checkout can do. Each target installs what it needs into the checkout first.
PYTHON ?= python3
VENV := .venv/bin
STAGE ?= dev

.DEFAULT_GOAL := help
.PHONY: help run test lint fmt bench openapi package tools web clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: ## The whole product on this machine, at http://localhost:8480
	@$(PYTHON) dev/bootstrap.py run
	@$(VENV)/python -m dev

test: ## Every suite, the browser's too
	@$(PYTHON) dev/bootstrap.py test
	@$(VENV)/python -m pytest

lint: ## Style, types, architecture, templates, and that generated files are true
	@$(PYTHON) dev/bootstrap.py tools web
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy
	@$(VENV)/lint-imports
	@$(VENV)/cfn-lint infra/*.yaml
	@$(VENV)/python -m dev.openapi --check
	@$(VENV)/python -m dev.web lint

fmt: ## Put every file into house style
	@$(PYTHON) dev/bootstrap.py tools web
	@$(VENV)/ruff check --fix-only .
	@$(VENV)/ruff format .
	@$(VENV)/python -m dev.web fmt

bench: ## Measure against the named baselines; writes bench/results.json
	@$(PYTHON) dev/bootstrap.py test
	@$(VENV)/python -m bench

openapi: ## Write docs/api/openapi.json and the web app's types from the code
	@$(PYTHON) dev/bootstrap.py tools web
	@$(VENV)/python -m dev.openapi
	@$(VENV)/python -m dev.web api

package: ## The Lambdas as a zip and a template, in build/ (needs Python 3.13)
	@$(PYTHON) dev/bootstrap.py tools
	@$(VENV)/python -m dev.package --stage $(STAGE)

tools: ## Only install
	@$(PYTHON) dev/bootstrap.py tools

clean: ## Remove what the local product keeps, after Ctrl-C; packages stay
	@rm -rf .local build
