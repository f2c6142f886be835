# Two commands for everybody: `make compare` and `make test`. Both install what they need into .venv.
.PHONY: compare test pages results clean

PYTHON ?= python3
SEGLAB := .venv/bin/seglab

compare: .venv/installed
	$(SEGLAB) compare

test: .venv/installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/python -m pytest $(PYTEST)

# The bundled pages, as data/README.md says.
pages: .venv/installed
	$(SEGLAB) pages --count 108 --seed 1 --out data/train
	$(SEGLAB) pages --count 12 --seed 4 --out data/validation
	$(SEGLAB) pages --count 20 --seed 5 --out data/test

# The figures that the README quotes.
results: .venv/installed
	$(SEGLAB) compare --out comparison/results
	mkdir -p results/bundled
	cp comparison/results/compare.* results/bundled/

.venv/installed: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "seglab needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --upgrade pip
	.venv/bin/python -m pip install --quiet --requirement requirements.txt
	touch $@

clean:
	rm -rf .venv comparison
