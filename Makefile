# Everything starts here: make demo, make test.

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=
SWIFT ?= swift
# A target that imports a module which Package.swift does not name for it does not build.
BUILD = $(SWIFT) build --explicit-target-dependency-import-check error
# lld is quiet about what the static Foundation links, and quicker.
RELEASE = $(BUILD) -c release --static-swift-stdlib -Xswiftc -use-ld=lld
SOURCES = Package.swift Sources Plugins Tests Benchmarks/Package.swift Benchmarks/Sources Desk/Package.swift Desk/Sources Desk/Tests

.PHONY: help build linecaster-train linecaster-desk desk test-desk desk-tests sendtest exporttest desk-bench demo test systemd-test test-spark consumertest endurance soak crashtest workertest reloadtest plugintest powercut faults late fuzz mutations conformance lists lint format bench docs \
  model model-clean model-entities model-quotes install install-desk uninstall deb tarball image clean dependencies

help:
	@echo 'make demo            build, run the daemon on the samples, show the records'
	@echo 'make test            all tests'
	@echo 'make soak            100,000 crash points on the simulated disk (POINTS=, SEED=)'
	@echo 'make crashtest       kill -9 under load, 300 times (KILLS=, SEED=)'
	@echo 'make reloadtest      pipelines that are saved every 50 ms, good and bad, under load (SECONDS=, SEED=)'
	@echo 'make workertest      signals to workers and their parent, and kill -9, under load (ARTICLES=, SEED=)'
	@echo 'make plugintest       a plugin that does harm in each way that there is, and what comes of it (KINDS=)'
	@echo 'make powercut        cut the power under load, 30 times; needs root (CUTS=, SEED=)'
	@echo 'make faults          failing, full and odd disks, inboxes and producers (CASES=, MEGABYTES=)'
	@echo 'make systemd-test    installs the package under a real systemd, on a throw-away machine; needs root (SERVICE="--idle 75")'
	@echo 'make consumertest    runs the lines of docs/consumers.md on an outbox'
	@echo 'make test-spark      copies over many parts, in Spark and DuckDB, against one process (PYTHON=, SCALE="COUNT PARTITIONS ...")'
	@echo 'make endurance       2,000,000 articles: memory and descriptors must not grow (COUNT_OF_ARTICLES=)'
	@echo 'make late            writers of another user that pause in the middle (LATE="--pause 0.6 5")'
	@echo 'make fuzz            any bytes through clean and whole chains, under AddressSanitizer (SECONDS=, TARGETS=)'
	@echo 'make mutations       20,000 generated and mutated articles through the built command (COUNT=, SEED=)'
	@echo 'make conformance     every stage on large articles: its memory, and how soon it sees its deadline (MEBIBYTES=)'
	@echo 'make lint            check the format of the sources, the graph of modules, the stages for raw ranges'
	@echo 'make bench           how fast each stage and the whole chain are on this machine'
	@echo 'make lists            compile the word lists of the folder lists'
	@echo 'make docs            write docs/reference from what the program declares'
	@echo 'make desk            build the desk, run it on the samples, say where a browser finds it'
	@echo 'make test-desk       tests of what Desk/ builds, in a browser too (desk-tests: without one)'
	@echo 'make sendtest        kill -9 of send while lines are written, files sealed, compressed and deleted (KILLS=, SEED=)'
	@echo 'make exporttest      what export writes, read back, and the SQLite file in Datasette where that is installed'
	@echo 'make desk-bench      how fast send is, and questions to a file of generated articles (BENCHED=, SEED=)'
	@echo 'make linecaster-desk  the programs of Desk/: send, export, desk, metrics; not part of make install'
	@echo 'make linecaster-train  the program that fits models; not part of make install'
	@echo 'make model DATA=dir  make the models again from annotated articles (docs/models)'
	@echo 'make install         into PREFIX ($(PREFIX))'
	@echo 'make install-desk    what Desk/ builds, beside it'
	@echo 'make deb, tarball, image  packages, into .build/packages'

dependencies:
	@scripts/dependencies

build: dependencies
	$(RELEASE) --product linecaster

linecaster-train: dependencies
	$(RELEASE) --product linecaster-train

# The package Desk/ has programs of its own, which linecaster finds beside it.
DESK = $(RELEASE) --package-path Desk

linecaster-desk:
	@scripts/dependencies libsqlite3-dev
	$(DESK)
	@test ! -d .build/release || ln -sf $(foreach name,send export desk metrics,$(CURDIR)/Desk/.build/release/linecaster-$(name)) .build/release/

desk: build linecaster-desk
	@scripts/desk

desk-tests:
	@scripts/dependencies libsqlite3-dev
	$(BUILD) --package-path Desk --build-tests
	$(SWIFT) test --package-path Desk --skip-build

# The tests of the package, and the page in a browser.
test-desk: build linecaster-desk desk-tests
	scripts/test-desk

sendtest: linecaster-desk
	python3 Desk/Tests/Faults/send_kills.py Desk/.build/release/linecaster-send $(KILLS) $(SEED)

exporttest: build linecaster-desk linecaster-train
	.build/release/linecaster process pipelines/news.yaml samples/* > .build/samples.jsonl
	python3 Desk/Tests/Export/exports.py Desk/.build/release/linecaster-export .build/release/linecaster-train .build/samples.jsonl
	python3 Desk/Tests/Export/datasette_opens.py Desk/.build/release/linecaster-send .build/samples.jsonl || [ $$? = 77 ]

BENCHED ?= 200000

desk-bench: linecaster-desk
	rm -rf .build/desk-bench
	Desk/.build/release/desk-bench send .build/desk-bench
	Desk/.build/release/desk-bench fill .build/desk-bench/news.db --articles $(BENCHED)
	Desk/.build/release/desk-bench queries .build/desk-bench/news.db

demo: build
	@scripts/demo

test: dependencies
	$(BUILD) --build-tests
	@SWIFT="$(SWIFT)" scripts/run-tests
	scripts/test-plugins

# What docs/guarantees.md promises, put to the test. Seeds are printed; give one back to see the same again.
POINTS ?= 100000
KILLS ?= 300
CUTS ?= 30
ARTICLES ?= 200000
MEGABYTES ?= 100

soak: dependencies
	$(BUILD) --build-tests
	LINECASTER_SOAK_POINTS=$(POINTS) LINECASTER_SOAK_SEED=$(SEED) $(SWIFT) test --skip-build --filter SoakTests

crashtest: build
	python3 Tests/Faults/crashtest.py $(KILLS) $(SEED)

workertest: build
	python3 Tests/Faults/workers.py $(ARTICLES) $(SEED)

reloadtest: build
	python3 Tests/Faults/reload.py $(SECONDS) $(SEED)

plugintest: build
	python3 Tests/Faults/plugins.py $(KINDS)

# 2,000,000 articles by default.
endurance: build
	python3 Tests/Faults/endurance.py $(COUNT_OF_ARTICLES)

powercut: build
	python3 Tests/Faults/powercut.py $(CUTS) $(SEED)

faults: build
	MEGABYTES=$(MEGABYTES) python3 Tests/Faults/faults.py $(CASES)

image: build
	scripts/package-image
	@scripts/test-image || [ $$? = 77 ]

# Needs root and systemd-nspawn; says so where it cannot be tried.
systemd-test: deb
	python3 Tests/Service/systemd.py .build/packages/linecaster_*.deb $(SERVICE)

# Needs Python packages, and for Spark Java: says so where they are not there.
PYTHON ?= python3
test-spark: build
	@$(PYTHON) Tests/Scale/scale.py "$$($(RELEASE) --show-bin-path)/linecaster" $(SCALE) || [ $$? = 77 ]

# The blocks of docs/consumers.md, with what tools are installed.
consumertest: build
	python3 Tests/Docs/consumers.py .build/release/linecaster

late: build
	python3 Tests/Faults/late.py $(LATE)

SECONDS ?= 60

fuzz:
	scripts/fuzz $(SECONDS) $(TARGETS)

COUNT ?= 20000

# The compiled word lists are committed; a test holds them against the folder lists.
lists: dependencies
	$(SWIFT) run compile-lists lists Sources/CLexicon

mutations: build
	$(RELEASE) --product mutations
	"$$($(RELEASE) --show-bin-path)/mutations" "$$($(RELEASE) --show-bin-path)/linecaster" $(COUNT) $(SEED)

# A text as large as the longest line that is read.
MEBIBYTES ?= 16

conformance: dependencies
	$(RELEASE) --product conformance
	"$$($(RELEASE) --show-bin-path)/conformance" $(MEBIBYTES)

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	scripts/check-ranges Plugins Sources/Coreference
	scripts/check-modules

format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: dependencies build
	$(SWIFT) run -c release --package-path Benchmarks linecaster-bench

docs: build
	@scripts/docs

# Each writes its part of models/ anew.
model: model-clean model-entities model-quotes

TRAIN = "$$($(RELEASE) --show-bin-path)/linecaster-train"

CLEAN = $(wildcard $(foreach name,html_news html_world text_article text_news text_world,$(DATA)/clean/$(name).*))
model-clean: linecaster-train
	@test -n '$(DATA)' || { echo 'make model wants DATA=dir, with clean/text_news.*.jsonl.gz'; exit 64; }
	# The weights hang on the order of the files: from Z to A.
	$(TRAIN) clean --seed 2 --model models/clean.model --out models/clean.model --data $(shell ls -r $(CLEAN) 2>/dev/null)
	$(TRAIN) titles --model models/clean.model --out models/clean.model --data $(CLEAN)
	$(TRAIN) dates --model models/clean.model --out models/clean.model --data $(CLEAN)

ENTITIES = $(DATA)/entities/train
model-entities: linecaster-train
	@test -n '$(DATA)' || { echo 'make model wants DATA=dir, with entities/train/*.jsonl.gz'; exit 64; }
	scripts/word-lists .build/word-lists
	mkdir -p models
	for name in wikigold.all uner_ewt.dev gum_open.all; do \
	  scripts/vary-names .build/word-lists/wheels $(ENTITIES)/$$name.jsonl.gz .build/word-lists/varied_$$name.jsonl; done
	$(TRAIN) entities --lists .build/word-lists --out models/entities.model \
	  --data $(ENTITIES)/wikigold.all.jsonl.gz $(ENTITIES)/secfilings.train.jsonl.gz .build/word-lists/varied_wikigold.all.jsonl \
	  --partial $(ENTITIES)/uner_ewt.dev.jsonl.gz $(ENTITIES)/gum_open.all.jsonl.gz \
	    $(ENTITIES)/wnut17.train.jsonl.gz $(ENTITIES)/wnut17.dev.jsonl.gz $(ENTITIES)/btc.all.jsonl.gz \
	    .build/word-lists/varied_uner_ewt.dev.jsonl .build/word-lists/varied_gum_open.all.jsonl \
	  --silver $(ENTITIES)/silver_md_wikinews.jsonl.gz \
	  --measure $(wildcard $(DATA)/entities/dev/*.jsonl.gz)

model-quotes: linecaster-train
	@test -n '$(DATA)' || { echo 'make model wants DATA=dir, with quotes/*.jsonl.gz'; exit 64; }
	$(TRAIN) quotes --model models/quotes.model --out models/quotes.model --data $(wildcard $(DATA)/quotes/*.jsonl.gz)

.build/release/linecaster:
	$(MAKE) build

UNITDIR ?= $(PREFIX)/lib/systemd/system
SHARE = $(DESTDIR)$(PREFIX)/share/linecaster
# With the paths of this machine.
PLACED = sed 's|/usr/local|$(PREFIX)|g; s|/etc/linecaster|$(SYSCONFDIR)/linecaster|g'

# Configuration that is there already is left alone.
install: | .build/release/linecaster
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(SHARE)/pipelines' '$(SHARE)/python' '$(SHARE)/c' '$(SHARE)/templates/python' \
	  '$(SHARE)/templates/c' '$(DESTDIR)$(UNITDIR)' '$(DESTDIR)$(PREFIX)/lib/sysusers.d' '$(DESTDIR)$(PREFIX)/lib/tmpfiles.d' \
	  '$(DESTDIR)$(SYSCONFDIR)/linecaster/pipelines' '$(DESTDIR)$(PREFIX)/share/doc/linecaster/examples/plugins' \
	  '$(DESTDIR)$(PREFIX)/share/man/man1' '$(DESTDIR)$(PREFIX)/share/bash-completion/completions' \
	  '$(DESTDIR)$(PREFIX)/share/zsh/vendor-completions' '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d'
	install -m 755 .build/release/linecaster '$(DESTDIR)$(PREFIX)/bin/linecaster'
	install -m 644 pipelines/*.yaml '$(SHARE)/pipelines/'
	install -m 644 models/*.model '$(SHARE)/'
	install -m 644 Plugins/c/*.h Sources/CLinecasterStage/linecaster_stage.h Sources/CLinecasterStage/module.modulemap '$(SHARE)/c/'
	install -m 644 Plugins/templates/python/* '$(SHARE)/templates/python/'
	install -m 644 Plugins/templates/c/* '$(SHARE)/templates/c/'
	install -m 644 Plugins/python/linecaster_stage.py '$(SHARE)/python/'
	test -e '$(DESTDIR)$(SYSCONFDIR)/linecaster/pipelines/news.yaml' || \
	  install -m 644 pipelines/news.yaml '$(DESTDIR)$(SYSCONFDIR)/linecaster/pipelines/'
	$(PLACED) systemd/linecaster.service > '$(DESTDIR)$(UNITDIR)/linecaster.service'
	$(PLACED) systemd/linecaster.service | scripts/template-unit > '$(DESTDIR)$(UNITDIR)/linecaster@.service'
	install -m 644 systemd/*.socket '$(DESTDIR)$(UNITDIR)/'
	install -m 644 systemd/linecaster.sysusers '$(DESTDIR)$(PREFIX)/lib/sysusers.d/linecaster.conf'
	install -m 644 systemd/linecaster.tmpfiles '$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/linecaster.conf'
	cp -R docs/. '$(DESTDIR)$(PREFIX)/share/doc/linecaster/'
	cp -R Plugins/examples/. '$(DESTDIR)$(PREFIX)/share/doc/linecaster/examples/plugins/'
	# What the examples in C were built to.
	find '$(DESTDIR)$(PREFIX)/share/doc/linecaster/examples/plugins' \( -name '*.so' -o -name '*.o' -o -name echo \) -type f -delete
	install -m 644 systemd/examples/* '$(DESTDIR)$(PREFIX)/share/doc/linecaster/examples/'
	.build/release/linecaster manual '$(DESTDIR)$(PREFIX)/share/man/man1'
	.build/release/linecaster --generate-completion-script bash | sed '1{/^#!/d}' > '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/linecaster'
	.build/release/linecaster --generate-completion-script zsh > '$(DESTDIR)$(PREFIX)/share/zsh/vendor-completions/_linecaster'
	.build/release/linecaster --generate-completion-script fish > '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/linecaster.fish'

# What the package linecaster-desk has. linecaster finds the first three in libexec; metrics is a command of its own.
install-desk: | Desk/.build/release/linecaster-desk
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/libexec/linecaster' '$(DESTDIR)$(UNITDIR)' \
	  '$(DESTDIR)$(PREFIX)/share/doc/linecaster-desk/examples'
	install -m 755 $(foreach name,send export desk,Desk/.build/release/linecaster-$(name)) '$(DESTDIR)$(PREFIX)/libexec/linecaster/'
	install -m 755 Desk/.build/release/linecaster-metrics '$(DESTDIR)$(PREFIX)/bin/'
	$(PLACED) systemd/desk/linecaster-desk.service > '$(DESTDIR)$(UNITDIR)/linecaster-desk.service'
	$(PLACED) systemd/desk/linecaster-metrics-http.service > '$(DESTDIR)$(UNITDIR)/linecaster-metrics-http.service'
	$(PLACED) systemd/desk/actions.conf > '$(DESTDIR)$(PREFIX)/share/doc/linecaster-desk/examples/actions.conf'
	install -m 644 docs/desk.md docs/desk.png '$(DESTDIR)$(PREFIX)/share/doc/linecaster-desk/'

Desk/.build/release/linecaster-desk:
	$(MAKE) linecaster-desk

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/linecaster' '$(DESTDIR)$(UNITDIR)/linecaster.service' '$(DESTDIR)$(UNITDIR)/linecaster@.service' \
	  '$(DESTDIR)$(UNITDIR)/linecaster-control.socket' '$(DESTDIR)$(UNITDIR)/linecaster-read.socket' \
	  '$(DESTDIR)$(PREFIX)/lib/sysusers.d/linecaster.conf' '$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/linecaster.conf' \
	  '$(DESTDIR)$(PREFIX)/share/man/man1/linecaster'*.1 '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/linecaster' \
	  '$(DESTDIR)$(PREFIX)/share/zsh/vendor-completions/_linecaster' \
	  '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/linecaster.fish'
	rm -rf '$(SHARE)' '$(DESTDIR)$(PREFIX)/share/doc/linecaster/examples'

# Into .build/packages.
deb: build linecaster-desk
	scripts/package-deb

tarball: build
	scripts/package-tarball
	@scripts/test-tarball || [ $$? = 77 ]

clean:
	rm -rf .build Benchmarks/.build Desk/.build demo-spool
