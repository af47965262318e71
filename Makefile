# Everything a checkout can do. Each target installs what it needs into the checkout first.
PYTHON ?= python3
STAGE ?= prod
MINUTES ?= 30
BOOTSTRAP := $(PYTHON) dev/bootstrap.py
VENV := .venv/bin
KILLED := tests/browser/test_two_workers.py tests/browser/test_worker_killed.py
BENCH_PACKAGES := $(BOOTSTRAP) npm --prefix ../bench install --ignore-scripts --no-audit --no-fund --silent

.DEFAULT_GOAL := help
.PHONY: help run test soak lint lint-python lint-web fmt bench openapi package tools clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*##/ {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## The whole product on this machine, at http://localhost:8480
	@$(BOOTSTRAP) run

test: ## Every suite, the browser's too
	@$(BOOTSTRAP) npm run --silent test
	@$(BENCH_PACKAGES)
	@$(BOOTSTRAP) test --ignore=tests/browser --reruns 1 -n 3 --dist loadfile --no-loadscope-reorder
# Files begin in the order tests/conftest.py gives them, not with those of most tests.
# A loaded machine may miss a time-out once: what fails is tried once more, and said ("rerun").
# Playwright keeps an event loop running in its thread, which no other suite can share.
	@$(BOOTSTRAP) test tests/browser --reruns 1 -n auto --maxprocesses 2 --dist loadfile --no-loadscope-reorder $(KILLED:%=--ignore=%)

soak: ## Faults and traffic at full size: MINUTES=30 of traffic, what was counted, and workers killed under browsers
	@SOAK_MINUTES=$(MINUTES) $(BOOTSTRAP) test tests/soak -p no:randomly
	@$(BOOTSTRAP) test $(KILLED)

lint: ## Style, types, architecture, templates, and that generated files are true
	@$(MAKE) --no-print-directory -j2 lint-python lint-web

lint-python:
	@$(BOOTSTRAP) tools
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy
	@$(VENV)/lint-imports --no-cache
	@$(VENV)/cfn-lint infra/*.yaml
	@$(VENV)/python -m dev.generate --check

lint-web:
	@$(BOOTSTRAP) npm run --silent lint
	@$(BOOTSTRAP) npm run --silent check

fmt: ## Put every file into house style
	@$(BOOTSTRAP) tools
	@$(VENV)/ruff check --fix-only .
	@$(VENV)/ruff format .
	@$(BOOTSTRAP) npm run --silent fmt

bench: ## Measure against the named baselines; writes bench/results.json
	@$(BOOTSTRAP) tools
	@$(BENCH_PACKAGES)
	@$(VENV)/python -m bench

openapi: ## Write the OpenAPI document, the problem pages and the web app's types from the code
	@$(BOOTSTRAP) tools
	@$(VENV)/python -m dev.generate
	@$(BOOTSTRAP) npm run --silent api

package: ## The Lambdas as a zip and a template, in build/ (Python 3.13)
	@$(BOOTSTRAP) tools
	@$(VENV)/python -m infra.package --stage $(STAGE)

tools: ## Only install
	@$(BOOTSTRAP) tools

clean: ## Forget what the local product keeps; packages stay
	@rm -rf .local build
