# Two commands matter: `make run` and `make test`. Everything they need is set up on the way.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KB := $(BIN)/kb
PORT ?= 8000
# One thread a computation: spinning threads on a busy machine are many times slower.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

QUESTIONS := "电话响几声之内要接" "客人投訴之後幾天內要答覆" "How long do we keep call recordings?"

.PHONY: run test check bench peers fuzz lock clean browser
.DEFAULT_GOAL := run

# Torch comes first and pinned: whatever asks for it later is then satisfied.
$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip==26.3
	$(BIN)/python -m pip install --quiet "$$(grep '^torch==' requirements.lock)"
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.lock
	touch $@

run: $(VENV)/.run ## serve the sample handbooks, or those of MANUALS=path
ifdef MANUALS
	$(KB) --library manuals ingest --replace "$(MANUALS)" || test $$? -eq 3
	$(KB) --library manuals search $(QUESTIONS)
	$(KB) --library manuals serve --port $(PORT)
else
	test -e indexes/samples/CURRENT || $(KB) --library samples ingest eval/handbooks
	$(KB) --library samples search $(QUESTIONS)
	$(KB) --library samples serve --port $(PORT)
endif

# Two at a time, the tests of a file together: each of the two loads the encoder once.
test: check ## format, lint, types and all tests
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: $(VENV)/.test browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The browser tests need Debian's Chromium. CI installs it; elsewhere they say that they are skipped.
browser:
	@if [ "$$CI" = true ] && ! command -v chromium >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; fi

# The real manuals where they lie beside the project, the sample handbooks elsewhere.
SHARED := $(wildcard ../shared/manuals)
bench: $(VENV)/.run ## ratios of speed, memory and disk
	$(KB) bench $(or $(SHARED),eval/handbooks) \
		--questions $(if $(SHARED),../shared/questions,eval)/questions.jsonl

peers: $(VENV)/.run ## other libraries at the same tasks, each in an environment of its own
	nice $(BIN)/python -m eval.peers

fuzz: $(VENV)/.test ## many more damaged files and texts than `make test` tries
	$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/ingest/test_fuzz.py

lock: ## work out both lock files anew, in an environment of their own
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --upgrade pip==26.3
	build/lock/bin/python -m pip install --quiet torch==2.13.0
	build/lock/bin/python -m pip install --quiet --editable .
	build/lock/bin/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements.lock
	build/lock/bin/python -m pip install --quiet --editable ".[dev]"
	build/lock/bin/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements-dev.lock
	rm -rf build/lock

clean: ## remove what was set up; libraries in indexes/ stay
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
