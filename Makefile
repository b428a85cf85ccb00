# Each target works on a fresh clone: it installs, builds and fetches the servers it needs.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo up test bench chaos lint fmt build

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' $(MAKEFILE_LIST)

build: ## install the packages and build, if needed
	@scripts/bootstrap.sh

demo: build ## one migration from start to end on real servers, then stop everything
	@exec node dist/scripts/demo.js

up: build ## the same processes, staying up; data survives a restart
	@exec node dist/scripts/up.js

test: ## all checks and all tests
	@scripts/bootstrap.sh || { echo '0 passed, 1 failed'; exit 1; }
	@exec node scripts/test.mjs

bench: build ## figures: one migration, and many, against bare Temporal
	@exec node dist/bench/main.js

chaos: build ## kills, outages and faults from one seed (ARGS="--seed 7 --only kills")
	@exec node dist/chaos/main.js $(ARGS)

lint: build ## lint, dependency direction, types
	@npx --no-install eslint . && npx --no-install tsc --noEmit

fmt: build ## format in place
	@npx --no-install prettier --write --log-level warn . && npx --no-install eslint --fix .
