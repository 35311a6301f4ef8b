# Quoin: `make` builds build/quoin; `make help` lists the targets.
#   DEBUG=1  no optimisation, assertions on     (build-debug/)
#   SAN=1    AddressSanitizer and UBSan          (build-san/)
#   TSAN=1   ThreadSanitizer                     (build-tsan/)
#   SERVE=0  no `quoin serve`, no libevent;  WERROR=1 warnings fail;  V=1 whole commands; CC, CFLAGS, PREFIX as usual

PREFIX ?= /usr/local
CC ?= cc
PKG_CONFIG ?= pkg-config
VERSION := 0.1.0

BUILD := build
OPT := -O2 -DNDEBUG
ifdef DEBUG
  BUILD := build-debug
  OPT := -O0 -g
endif
ifdef SAN
  BUILD := build-san
  OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
endif
ifdef TSAN
  BUILD := build-tsan
  OPT := -O1 -g -fsanitize=thread
endif
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
  $(if $(WERROR),-Werror)
Q := $(if $(V),,@)

LUA := $(firstword $(foreach p,lua5.4 lua-5.4 lua54,$(if $(shell $(PKG_CONFIG) --exists $(p) && echo y),$(p))))
PKGS := libcmark-gfm yaml-0.1 $(or $(LUA),lua5.4) $(if $(filter 0,$(SERVE)),,libevent_core)
LIBS := -lcmark-gfm-extensions $(shell $(PKG_CONFIG) --libs $(PKGS)) -lpthread -lm
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Icore $(WARN) $(OPT) -MMD -MP \
  $(shell $(PKG_CONFIG) --cflags $(PKGS)) \
  $(if $(filter 0,$(SERVE)),,-DQUOIN_SERVE) -DQUOIN_VERSION='"$(VERSION)"' -DQUOIN_SHARE='"$(PREFIX)/share/quoin"' $(CFLAGS)

SRC := $(sort $(filter-out $(if $(filter 0,$(SERVE)),core/app/serve%),$(wildcard core/*/*.c)))
OBJ := $(SRC:%.c=$(BUILD)/%.o)
ROOMS := $(filter-out $(BUILD)/core/app/%,$(OBJ))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

all: $(BUILD)/quoin ## build the program (default)

$(BUILD)/quoin: $(OBJ)
	@echo "  LINK $@"
	$(Q)$(CC) $(OPT) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/libquoin.a: $(ROOMS)
	$(Q)rm -f $@ && ar rcs $@ $(ROOMS)

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libquoin.a
	@mkdir -p $(@D)
	@echo "  TEST $*"
	$(Q)$(CC) $(ALL_CFLAGS) $(shell $(PKG_CONFIG) --cflags check) -o $@ $< $(BUILD)/libquoin.a \
	  $(shell $(PKG_CONFIG) --libs check) $(LIBS)

$(BUILD)/%: tests/%.c $(BUILD)/libquoin.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/libquoin.a $(LIBS)

portal: all ## build the portal of site-example
	$(BUILD)/quoin build site-example

test: unit cases plugins-test diagrams corpora kinds search manual-check ## all tests but the browser's and the sanitizers'

unit: $(UNIT) ## unit tests (libcheck)
	$(Q)for t in $(UNIT); do $$t || exit 1; done

cases: all ## whole small sites: tests/cases and the plugins' own
	$(Q)$(BUILD)/quoin test tests/cases plugins site-example/plugins

accept: all ## rewrite what the cases expect; look at the diff
	$(Q)$(BUILD)/quoin test --accept tests/cases plugins site-example/plugins

plugins-test: ## tests of plugins that need only lua
	$(Q)lua5.4 plugins/diagrams/tests/run.lua

diagrams: all $(BUILD)/diagrams/layout ## diagrams of the reference set, hostile ones, random graphs
	$(Q)sh tests/diagrams/run.sh $(BUILD)/quoin

corpora: all ## real specs: links against an independent checker, the output crawled
	$(Q)sh tests/corpora/run.sh $(BUILD)/quoin && sh tests/highlight/run.sh $(BUILD)/quoin

kinds: all ## what is read from the founding documents and from real enhancements
	$(Q)lua5.4 tests/kinds/counts.lua $(BUILD)/quoin
	$(Q)lua5.4 tests/kinds/placeholders.lua $(BUILD)/quoin
	$(Q)lua5.4 tests/kinds/keps.lua $(BUILD)/quoin

search: all ## relevance of the portal's search (needs node)
	$(Q)sh tests/search/run.sh $(BUILD)/quoin

robust: all ## files, folders and interrupts that go wrong
	$(Q)sh tests/robust/run.sh $(BUILD)/quoin

browser: all ## the portal in headless Chromium (needs node and chromium)
	$(Q)sh tests/browser/run.sh $(BUILD)/quoin

screenshots: all ## pictures of the portal, and a sheet of them, in $(BUILD)/screenshots
	$(Q)sh tests/browser/run.sh $(BUILD)/quoin $(abspath $(BUILD))/screenshots

bench: all $(BUILD)/bench/floor $(BUILD)/bench/bench ## CPU time and memory against a bare cmark-gfm loop
	$(Q)sh tests/bench/run.sh $(BUILD)

lint: ## format, layers, doors, cppcheck, luacheck
	$(Q)sh tests/lint/run.sh

manual-check: all ## the tables in the manual are those of the program
	$(Q)sh tests/tools/manual.sh --check $(BUILD)/quoin

manual: all ## rewrite the tables in the manual that come from the program
	$(Q)sh tests/tools/manual.sh $(BUILD)/quoin

format: ## clang-format everything
	clang-format -i $(wildcard core/*/*.[ch] tests/*/*.c)

install: all ## install to PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/quoin
	install -m 755 $(BUILD)/quoin $(DESTDIR)$(PREFIX)/bin/quoin
	cp -R plugins themes templates $(DESTDIR)$(PREFIX)/share/quoin/

uninstall: ## remove what install put there
	rm -rf $(DESTDIR)$(PREFIX)/bin/quoin $(DESTDIR)$(PREFIX)/share/quoin

clean: ## remove everything that was built
	rm -rf build build-* site-example/_site

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: all portal test unit cases accept plugins-test diagrams corpora kinds search robust browser screenshots bench \
        lint manual manual-check format install uninstall clean help
.SECONDARY:
-include $(OBJ:.o=.d)
