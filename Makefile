# Quoin: `make` builds build/quoin. `make help` lists the targets.
#   DEBUG=1   no optimisation, assertions on      (build-debug/)
#   SAN=1     AddressSanitizer and UBSan           (build-san/)
#   TSAN=1    ThreadSanitizer                      (build-tsan/)
#   V=1       show whole commands;  CC, CFLAGS, PREFIX, DESTDIR as usual

PREFIX ?= /usr/local
CC ?= cc
PKG_CONFIG ?= pkg-config
WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
OPT = -O2 -DNDEBUG
BUILD = build
ifdef DEBUG
  OPT = -O0 -g
  BUILD = build-debug
endif
ifdef SAN
  OPT = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
  BUILD = build-san
endif
ifdef TSAN
  OPT = -O1 -g -fsanitize=thread
  BUILD = build-tsan
endif
ifdef WERROR
  WARN += -Werror
endif
Q = $(if $(V),,@)

LUA_PKG := $(firstword $(foreach p,lua5.4 lua-5.4 lua54,$(if $(shell $(PKG_CONFIG) --exists $(p) && echo y),$(p))))
PKGS = libcmark-gfm yaml-0.1 $(LUA_PKG)
DEP_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS))
DEP_LIBS := -lcmark-gfm-extensions $(shell $(PKG_CONFIG) --libs $(PKGS)) -lpthread -lm

VERSION := 0.1.0
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Icore $(WARN) $(OPT) -MMD -MP $(DEP_CFLAGS) \
             -DQUOIN_VERSION='"$(VERSION)"' -DQUOIN_SHARE='"$(PREFIX)/share/quoin"' $(CFLAGS)

SRC := $(sort $(wildcard core/*/*.c))
OBJ := $(SRC:%.c=$(BUILD)/%.o)
LIB_OBJ := $(filter-out $(BUILD)/core/app/main.o,$(OBJ))

all: $(BUILD)/quoin ## build the program (default)

$(BUILD)/quoin: $(OBJ)
	@echo "  LINK $@"
	$(Q)$(CC) $(OPT) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(DEP_LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

CHECK_FLAGS := $(shell $(PKG_CONFIG) --cflags --libs check 2>/dev/null)
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

$(BUILD)/unit/%: tests/unit/%.c $(LIB_OBJ)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(LIB_OBJ) $(CHECK_FLAGS) $(DEP_LIBS)

unit: $(UNIT) ## run the unit tests
	@for t in $(UNIT); do $$t || exit 1; done

clean: ## remove what was built
	rm -rf build build-*

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

.PHONY: all unit clean help
-include $(OBJ:.o=.d)
