# Every target sets up .venv by itself: the exact versions of requirements.lock, then this project.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
SAID := $(addprefix -k ,Message counted:1,2 BgdataError NotationError UnknownName of DataError FigureError RunError WriteError said)
KEPT := --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

.DEFAULT_GOAL := help
.PHONY: help report test fuzz notebooks check lab bench messages lock sbom cluster

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

report: $(READY)  ## run all notebooks for the newest period and build the reviewers' site: figures/ and build/
	$(BIN)/bgdata run; status=$$?; $(BIN)/bgdata site || status=$$?; exit $$status

test: $(READY)  ## everything: style, tests, examples in docstrings, notebooks compared with their committed outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/frictionless validate data/datapackage.json
	$(BIN)/python -m pip check
	$(BIN)/python -m pytest -rs -n auto --dist loadfile; status=$$?; \
	    $(BIN)/python -m pytest -p no:cacheprovider -o addopts= --nbval notebooks --ignore notebooks/areas || status=$$?; exit $$status

fuzz: $(READY)  ## give every reader ten thousand texts and files that are nearly right
	FUZZ=10000 $(BIN)/python -m pytest -q tests/fuzz

notebooks: $(READY)  ## execute the notebooks, and the pages in docs/, in place; commit them with their outputs
	$(BIN)/bgdata run --in-place
	$(BIN)/python tests/howto.py

check: $(READY)  ## validate the data package and evaluate the rules
	$(BIN)/bgdata check

lab: $(READY)  ## open JupyterLab on the overview, in Vietnamese, without calls to the outside
	JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter" $(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/00-overview.ipynb

bench: $(READY)  ## time the ways of running the notebooks and drawing the figures, side by side
	$(BIN)/python benchmarks/run.py --write
	$(BIN)/python benchmarks/starts.py

messages: $(READY)  ## bring the catalogues of what is said up to date, and compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg $(SAID) --no-location --no-wrap --sort-output -o build/code.pot bgdata bgtools
	$(BIN)/pybabel -q update -i build/code.pot -d bgdata/locale -D bgdata -l vi $(KEPT)
	$(BIN)/pybabel -q extract -F babel.cfg --no-location --no-wrap -o build/notebooks.pot notebooks bgtools/templates data
	$(BIN)/pybabel -q update -i build/notebooks.pot -d bgdata/locale -D bgdata -l en $(KEPT)
	$(BIN)/pybabel -q compile -d bgdata/locale -D bgdata

lock: $(READY)  ## make requirements.lock again from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --upgrade \
	    --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.lock
	$(MAKE) --no-print-directory lock-cluster

lock-cluster: $(READY)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --extra test-cluster --universal --python-version 3.11 --upgrade \
	    --constraint requirements.lock --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet \
	    --output-file build/all.lock
	awk '/^[a-z]/ {known = $$0 in base; if (FILENAME == "requirements.lock") base[$$0]} \
	    FILENAME != "requirements.lock" && !known' requirements.lock build/all.lock > requirements-cluster.lock

cluster: $(READY)  ## add to .venv what many machines and object storage need (Dask, s3fs), and what tests them
	$(BIN)/pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock -r requirements-cluster.lock

sbom: $(READY)  ## list all that this is built from, with licences, in CycloneDX: build/sbom.json
	$(BIN)/python .ci/sbom.py

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("bgdata needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 report" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)
