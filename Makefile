# Every verb sets up what it needs first, on a bare Debian or Ubuntu with git, make and Python 3.11 or newer.

PYTHON ?= python3

export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1

uv_install := .venv/bin/uv pip install --quiet --python .venv --compile-bytecode

app_packages := ca-certificates python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
test_packages := default-jdk-headless libatomic1 nginx pgbouncer postgresql poppler-utils redis-server  # the first for veraPDF, libatomic1 for Playwright

# Ubuntu has Chromium only as a snap, which does not start in containers: there Playwright fetches its own.
ifdef CHROMIUM
else ifeq ($(shell . /etc/os-release 2>/dev/null && echo $$ID),ubuntu)
playwright_chromium := .venv/bin/playwright install --with-deps chromium
else
test_packages += chromium
endif

# $(call system,PACKAGES) installs those that are missing, if it may; otherwise it says what to type.
# In “run level 1” Debian starts no server only because it was installed.
define system
	@missing=; command -v dpkg-query >/dev/null && for package in $(1); do \
	  dpkg-query -W -f '$${db:Status-Status}\n' $$package 2>/dev/null | grep -qx installed || missing="$$missing $$package"; \
	done; \
	test -n "$$missing" || exit 0; \
	if test "$$(id -u)" = 0; then as_root=env; elif sudo -n true 2>/dev/null; then as_root="sudo env"; else \
	  echo "Please type this, then make again:  sudo apt-get install --no-install-recommends$$missing" >&2; exit 1; \
	fi; \
	echo "apt-get install$$missing"; \
	$$as_root apt-get update -qq; \
	$$as_root DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -qq --no-install-recommends $$missing >/dev/null
endef

.PHONY: help setup serve test lint check prove gallery lighthouse lock audit bench clean

help: ## List these verbs
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 8

setup: .venv/dev ## Install everything that the app and its tests need

serve: .venv/bin/assessment ## Start the app on http://127.0.0.1:8000 (PORT=… for another)
	exec .venv/bin/python run.py

test: lint check prove ## Run lint, check, the proofs and all the tests
	.venv/bin/pytest --numprocesses $$(($$(nproc) * 3 / 2)) --dist loadfile  # some wait for browsers and servers

lint: .venv/dev ## Check style, types and who imports whom
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

check: .venv/bin/assessment ## Look for faults in the questionnaire
	.venv/bin/assessment check

prove: .venv/dev ## Prove the questionnaire's promises over every possible set of answers
	.venv/bin/assessment prove

gallery: .venv/dev ## Take every page and document as pictures, docs/gallery/index.html
	.venv/bin/python -m tests.browser.gallery

lighthouse: .venv/lighthouse ## Let Lighthouse mark pages of the production server, on a phone and on a desk
	.venv/bin/python -m bench.lighthouse

lock: .venv/bin/uv ## Take the newest version of every dependency
	for set in bootstrap runtime dev audit runners; do \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	    requirements/$$set.in --output-file requirements/$$set.txt || exit; \
	done

# pip-audit without --strict says that all is well when it could not ask.
audit: .venv/audit .venv/dev ## Ask the public databases for known faults of every dependency (needs the internet)
	@failed=; \
	for set in bootstrap runtime dev audit; do \
	  .venv/audit/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
	    --requirement requirements/$$set.txt || failed=1; \
	done; \
	for set in tests/node bench/judge bench/peers/engines; do \
	  .venv/bin/npm audit --prefix $$set --package-lock-only || failed=1; \
	done; \
	test -z "$$failed" || { echo "Something is known to be at fault, or could not be asked. Nothing is known to be well." >&2; exit 1; }

bench: .venv/peers .venv/runners ## Measure speed beside references, on a machine that does nothing else
	.venv/bin/python -m bench.results

clean: ## Remove what the verbs above made
	rm -rf .venv *.egg-info .*_cache .hypothesis
	find . -name __pycache__ -exec rm -rf {} +

.venv/bin/uv: requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Please install Python 3.11 or newer, then:  make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(call system,$(app_packages))
	$(PYTHON) -m venv --clear .venv
	.venv/bin/pip install --quiet --require-hashes --requirement requirements/bootstrap.txt
	touch $@

.venv/runtime: requirements/runtime.txt .venv/bin/uv
	$(uv_install) --require-hashes --requirement requirements/runtime.txt
	touch $@

.venv/bin/assessment: pyproject.toml .venv/runtime
	$(uv_install) --no-deps --no-build-isolation --editable .
	.venv/bin/python -m compileall -q assessment
	touch $@

.venv/audit: requirements/audit.txt .venv/bin/uv
	$(PYTHON) -m venv --clear $@
	.venv/bin/uv pip install --quiet --python $@ --require-hashes --requirement requirements/audit.txt
	touch $@

.venv/dev: requirements/dev.txt tests/node/package-lock.json .venv/bin/assessment
	$(call system,$(test_packages))
	$(uv_install) --require-hashes --requirement requirements/runtime.txt --requirement requirements/dev.txt
	rm -rf .venv/node && cp -R tests/node .venv/node && .venv/bin/npm ci --silent --prefix .venv/node
	$(playwright_chromium)
	touch $@

.venv/peers: $(wildcard bench/peers/engines/*) .venv/dev
	rm -rf $@ && cp -R bench/peers/engines $@ && .venv/bin/npm ci --silent --prefix $@
	touch $@

.venv/runners: requirements/runners.txt .venv/bin/uv
	$(PYTHON) -m venv --clear $@
	.venv/bin/uv pip install --quiet --python $@ --require-hashes --requirement requirements/runners.txt
	touch $@

.venv/lighthouse: bench/judge/package-lock.json bench/judge/judge.mjs .venv/dev
	rm -rf $@ && cp -R bench/judge $@ && .venv/bin/npm ci --silent --prefix $@
	touch $@
