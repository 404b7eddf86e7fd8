# What developers do often. `make help` lists the targets.
PYTHON ?= python
CC ?= cc
STRICT = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -pedantic -Werror
CORE_FLAGS = -std=c11 -ffp-contract=off -pthread $(STRICT) -Icsrc/core -Itests/core
CFLAGS ?= -O2 -g
SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
BUILD = build/core
BUILD_SANITIZE = build/sanitize

CORE = $(wildcard csrc/core/*.c)
CORE_HEADERS = $(wildcard csrc/core/*.h tests/core/*.h)
TESTS = $(patsubst tests/core/%.c,$(BUILD)/%,$(wildcard tests/core/test_*.c))
FLAGS = $(CC) $(CORE_FLAGS) $(CFLAGS) $(LDFLAGS)
CORE_OBJECTS = $(patsubst csrc/core/%.c,$(BUILD)/core_%.o,$(CORE))

.SECONDARY:
.PHONY: help build test core-test budget-test sanitize lint format doctest examples notebooks notebooks-write bench docs tables readme valgrind coverage address newer full clean FORCE

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

build: ## build and install in place, warnings as errors
	CFLAGS="$(STRICT)" $(PYTHON) -m pip install -e '.[dev,docs,notebooks]'

test: ## the whole Python test suite
	$(PYTHON) -m pytest

# What was built with other flags is built anew.
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@
FORCE:

$(BUILD)/core_%.o: csrc/core/%.c $(CORE_HEADERS) $(BUILD)/flags
	@mkdir -p $(BUILD)
	$(CC) $(CORE_FLAGS) $(CFLAGS) -c $< -o $@

$(BUILD)/check.o: tests/core/check.c $(CORE_HEADERS) $(BUILD)/flags
	@mkdir -p $(BUILD)
	$(CC) $(CORE_FLAGS) $(CFLAGS) -c $< -o $@

$(BUILD)/test_%: tests/core/test_%.c $(BUILD)/check.o $(CORE_OBJECTS) $(CORE_HEADERS) $(BUILD)/flags
	$(CC) $(CORE_FLAGS) $(CFLAGS) $< $(BUILD)/check.o $(CORE_OBJECTS) $(LDFLAGS) -lm -o $@

core-test: $(TESTS) ## the C core alone, without Python; honours CC, CFLAGS, LDFLAGS
	@set -e; for t in $(TESTS); do echo "$$t"; $$t tests/vectors; done
	@$(MAKE) --no-print-directory budget-test BUILD=$(BUILD)/budget CFLAGS="$(CFLAGS) -DSST_EXACT_BUDGET=8 -DSST_NO_AVX2"

budget-test: $(BUILD)/test_change $(BUILD)/test_comoment $(BUILD)/test_compound $(BUILD)/test_concentration $(BUILD)/test_cut $(BUILD)/test_disclosure $(BUILD)/test_exact $(BUILD)/test_group $(BUILD)/test_growth $(BUILD)/test_onrows $(BUILD)/test_order $(BUILD)/test_pass $(BUILD)/test_place $(BUILD)/test_top $(BUILD)/test_variance # exact sums that carry after 8 additions; portable code
	@set -e; for t in $^; do echo "$$t"; $$t tests/vectors; done

sanitize: ## the core tests under the address and undefined-behaviour sanitizers
	$(MAKE) core-test BUILD=$(BUILD_SANITIZE) CFLAGS="$(SANITIZE)" LDFLAGS="-fsanitize=address,undefined"

lint: ## formatting, ruff, mypy, cppcheck
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	clang-format --dry-run --Werror csrc/*/*.[ch] tests/core/*.[ch]
	cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr -Icsrc/core \
	  --enable=warning,performance,portability csrc/core tests/core

format: ## format C and Python
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
	clang-format -i csrc/*/*.[ch] tests/core/*.[ch]

doctest: ## the examples in docstrings and README
	$(PYTHON) -m pytest --doctest-modules --pyargs sndstats
	$(PYTHON) -m pytest --doctest-glob='*.md' README.md docs

examples: ## run every script in examples/
	@set -e; for e in examples/*.py; do echo "$$e"; $(PYTHON) -W error $$e >/dev/null; done

notebooks: ## run every notebook in examples/ (pip install -e '.[notebooks]')
	$(PYTHON) docs/notebooks.py

notebooks-write: ## the same, and put the outputs into them
	$(PYTHON) docs/notebooks.py --write

bench: ## measure against the peers (pip install -e '.[bench]')
	for b in benchmarks/*.py; do $(PYTHON) $$b; done

docs: ## build the site into build/docs (pip install -e '.[docs]')
	$(PYTHON) -m sphinx -q -W --keep-going -b html docs build/docs

tables: ## put the tables of methods and statistics into docs/targets.md and docs/clusters.md
	$(PYTHON) docs/method_tables.py
	$(PYTHON) docs/cluster_tables.py

readme: ## put the scorecard's present output into README.md
	$(PYTHON) docs/readme.py

valgrind: core-test ## the core tests under valgrind
	@set -e; for t in $(TESTS); do echo "$$t"; \
	  valgrind --quiet --leak-check=full --error-exitcode=1 $$t tests/vectors; done

coverage: ## line coverage of the core by its own tests
	$(MAKE) core-test BUILD=build/coverage CFLAGS="-O0 --coverage" LDFLAGS="--coverage"
	gcov -n -o build/coverage build/coverage/core_*.gcda | \
	  grep -A1 "^File 'csrc/core/[^']*\.[ch]'" | grep -v '^--'

address: ## the Python tests with the extension under the address and undefined-behaviour sanitizers
	rm -rf build/address && $(PYTHON) -m venv build/address
	CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" LDFLAGS="-fsanitize=address,undefined" \
	  build/address/bin/pip install -q '.[test]'
	ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 PYTHONMALLOC=malloc \
	  LD_PRELOAD="$$($(CC) -print-file-name=libasan.so) $$($(CC) -print-file-name=libubsan.so)" \
	  build/address/bin/python -m pytest -q -p no:cacheprovider

newer: ## one wheel, tested on each of PYTHONS, e.g. make newer PYTHONS="python3.12 python3.13"
	rm -rf build/newer && $(PYTHON) -m pip wheel -q --no-deps -w build/newer .
	@set -e; for p in $(PYTHONS); do echo "$$p"; $$p -m venv --clear build/newer/venv; \
	  build/newer/venv/bin/pip install -q "$$(echo build/newer/*.whl)[test]"; \
	  build/newer/venv/bin/python -m pytest -q -p no:cacheprovider; done

full: core-test sanitize lint doctest examples notebooks valgrind coverage address docs test ## everything

clean: ## remove what was built
	rm -rf build dist docs/generated python/*.egg-info python/sndstats/*.so
