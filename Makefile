# Two commands for everybody: `make compare` and `make test`. Both install what they need into .venv.
.PHONY: compare test notebooks material pages weights results clean

PYTHON ?= python3
SEGLAB := .venv/bin/seglab

compare: .venv/installed
	$(SEGLAB) compare

test: .venv/installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/python -m pytest -n 2 $(PYTEST)

# The students' notebooks, from their one source.
notebooks: .venv/installed
	$(SEGLAB) notebooks solutions --out notebooks

# Free fonts and pictures for the typesetter, into material/: 700 MB of Debian packages.
material: material/train/ingredients.csv
material/train/ingredients.csv: .venv/installed tools/collect_material.py tools/material.csv
	.venv/bin/python tools/collect_material.py material

# The bundled pages, as data/README.md says.
pages: .venv/installed material/train/ingredients.csv
	$(SEGLAB) pages --count 160 --seed 1 --material material/train --out data/train
	$(SEGLAB) pages --count 16 --seed 4 --material material/train --out data/validation
	$(SEGLAB) pages --count 40 --seed 5 --material material/test --out data/test

# The trained weights in data/weights, for `seglab predict unet`; interrupted, it goes on.
WEIGHTS := comparison/weights
MODELS := sliding_window fcn skip_fcn transposed_fcn unet
weights: $(MODELS:%=$(WEIGHTS)/%.keras)
	$(SEGLAB) pack $^ --out data/weights --about "Trained on seglab pages --count $(COUNT) --seed 11, validated on data/validation."
COUNT := 800
EPOCHS := 3
$(WEIGHTS)/unet.keras: EPOCHS := 8
$(WEIGHTS)/%.keras: | $(WEIGHTS)/pages/test
	$(SEGLAB) train $* --pages $(WEIGHTS)/pages --epochs $(EPOCHS) --out $@
$(WEIGHTS)/pages/test: .venv/installed material/train/ingredients.csv
	$(SEGLAB) pages --count $(COUNT) --seed 11 --material material/train --out $(WEIGHTS)/pages/train
	cp -r data/validation data/test $(WEIGHTS)/pages/

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
