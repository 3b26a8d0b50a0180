# kam: build, test, install. GNU make.
#
#   make                    programs and man pages, in build/
#   make check              unit and shell tests
#   make SAN=1 check        the same with address and undefined-behaviour sanitizers, in build-san/
#   make CC=clang           in build-clang/
#   make lint               clang-format, cppcheck, mandoc; needs scripts/setup lint
#   make fuzz               libFuzzer programs, in build-fuzz/
#   make install PREFIX=/usr DESTDIR=/tmp/root
#   make V=1                shows the commands; BUILD=/tmp/x builds elsewhere

VERSION = 0.1.0
PREFIX = /usr/local
MANDIR = $(PREFIX)/share/man
DOCDIR = $(PREFIX)/share/doc/kam

ifeq ($(origin CC),default)
CC = gcc
endif
cc_name := $(notdir $(lastword $(CC)))
BUILD := build$(addprefix -,$(filter-out gcc cc,$(cc_name)))$(if $(filter 1,$(SAN)),-san)

ifeq ($(SAN),1)
CFLAGS = -O1 -g
sanitize = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(SAN),fuzz)
CFLAGS = -O1 -g
sanitize = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else
CFLAGS ?= -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
LDFLAGS ?= -Wl,--as-needed,-z,relro,-z,now
endif
WERROR = -Werror
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes $(WERROR)
DEFS = -D_POSIX_C_SOURCE=200809L -DKAM_VERSION='"$(VERSION)"'
compile = $(CC) -std=c11 $(DEFS) $(CPPFLAGS) $(CFLAGS) $(WARN) $(sanitize) -pthread -Ilib -Icmd -MMD -MP
link = $(CC) $(CFLAGS) $(sanitize) -pthread $(LDFLAGS)
PROVE = prove -j2 --failures --comments
LIBS = -lyaml -lcsv -lpcre2-8 -lutf8proc -lnlopt -lm

objs = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
lib := $(BUILD)/libkam.a
texts := $(patsubst lib/domain/%.yaml,$(BUILD)/gen/%_yaml.o,$(wildcard lib/domain/*.yaml))
lib_objs := $(call objs,$(wildcard lib/*/*.c)) $(texts)
shared := $(BUILD)/libcmd.a
names := $(sort $(patsubst cmd/%.c,%,$(wildcard cmd/kam-*.c)) $(patsubst cmd/%/,%,$(dir $(wildcard cmd/kam-*/*.c))))
programs := $(names:%=$(BUILD)/bin/%)
units := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
fuzzers := $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
pages := $(sort $(notdir $(wildcard man/*.[157]) $(basename $(wildcard man/*.[157].in))))
man := $(pages:%=$(BUILD)/man/%)
sources := $(wildcard lib/*/*.[ch] cmd/*.[ch] cmd/*/*.[ch] man/*.[ch] tests/*/*.[ch])
all_objs := $(texts) $(call objs,$(filter %.c,$(sources)))

# a short line for each step, or with V=1 the command itself
step = $(if $(filter 1,$(V)),,@printf '%-5s %s\n' $(1) $(@:$(BUILD)/%=%);) mkdir -p $(@D) &&

all: $(programs) $(man)

$(all_objs): Makefile

$(BUILD)/obj/%.o: %.c
	$(call step,CC) $(compile) -c -o $@ $<

# texts compiled in: lines of C string literals, longer together than ISO C lets a compiler refuse
$(BUILD)/gen/%_yaml.c: lib/domain/%.yaml Makefile
	$(call step,TEXT) { printf '#include "domain/builtin.h"\n\nconst char builtin_%s[] =\n""\n' $*; \
	    LC_ALL=C sed -e 's/[\\"?]/\\&/g' -e 's/.*/"&\\n"/' $<; echo ';'; } >$@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(call step,CC) $(compile) -Wno-overlength-strings -c -o $@ $<

$(lib): $(lib_objs)
$(shared): $(call objs,$(filter-out cmd/kam-%,$(wildcard cmd/*.c)))
$(lib) $(shared):
	$(call step,AR) rm -f $@ && $(AR) rcs $@ $^

$(foreach p,$(names),$(eval $(BUILD)/bin/$(p): $(call objs,$(wildcard cmd/$(p).c cmd/$(p)/*.c))))
$(programs): $(shared) $(lib)
	$(call step,LD) $(link) -o $@ $(filter %.o,$^) $(shared) $(lib) $(LIBS)

$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(lib)
	$(call step,LD) $(link) -o $@ $^ $(LIBS) -lcmocka

# what happens to programs in tests; position-independent, and for itself alone
$(BUILD)/fault.so: tests/fault/fault.c Makefile
	$(call step,LD) $(CC) -std=c11 $(CFLAGS) $(WARN) -fPIC -shared -o $@ $<

$(BUILD)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(lib)
	$(call step,LD) $(link) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(BUILD)/mantables: $(BUILD)/obj/man/mantables.o $(lib)
	$(call step,LD) $(link) -o $@ $^ $(LIBS)

$(BUILD)/man/%: man/%
	$(call step,MAN) cp $< $@

# a line `.\" @table NAME@` becomes the library's table of that name
$(BUILD)/man/%: man/%.in $(BUILD)/mantables
	$(call step,MAN) awk -v tables='$(abspath $(BUILD)/mantables)' '/^\.\\" @table [a-z-]+@$$/ { \
	    sub(/@$$/, "", $$3); fflush(); if (system("\"" tables "\" " $$3) != 0) exit 1; next } { print }' $< >$@

# prove runs everything at once, so that its summary comes last; 99 is no program's own exit status
check: all $(units) $(if $(sanitize),,$(BUILD)/fault.so)
	@KAM_BIN='$(abspath $(BUILD)/bin)' LC_ALL=C.UTF-8 LANGUAGE= \
	    ASAN_OPTIONS="$${ASAN_OPTIONS-detect_leaks=1}:exitcode=99" \
	    UBSAN_OPTIONS="$${UBSAN_OPTIONS-print_stacktrace=1:halt_on_error=1}:exitcode=99" \
	    $(PROVE) --exec 'sh tests/run' $(units) $(wildcard tests/*.t)

lint: $(man)
	clang-format --dry-run -Werror $(sources)
	cppcheck --quiet --std=c11 --enable=warning,style,performance,portability --inline-suppr --error-exitcode=1 \
	    $(CPPCHECK) $(DEFS) -Ilib -Icmd $(filter %.c,$(sources))
	$(if $(man),mandoc -Tlint -W warning $(man))
# declarations stand at the top of a function
CPPCHECK = --suppress=missingIncludeSystem --suppress=variableScope

fuzz:
	$(MAKE) CC=clang SAN=fuzz BUILD=build-fuzz fuzzers
fuzzers: $(fuzzers)

install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(DOCDIR)' $(patsubst %,'$(DESTDIR)$(MANDIR)/man%',1 5 7)
	install -m 755 $(programs) '$(DESTDIR)$(PREFIX)/bin'
	install -m 644 LICENSE README '$(DESTDIR)$(DOCDIR)'
	$(foreach p,$(pages),install -m 644 $(BUILD)/man/$(p) '$(DESTDIR)$(MANDIR)/man$(subst .,,$(suffix $(p)))' &&) :

uninstall:
	rm -f $(names:%='$(DESTDIR)$(PREFIX)/bin/%') '$(DESTDIR)$(DOCDIR)/LICENSE' '$(DESTDIR)$(DOCDIR)/README'
	rm -f $(foreach p,$(pages),'$(DESTDIR)$(MANDIR)/man$(subst .,,$(suffix $(p)))/$(p)')
	-rmdir '$(DESTDIR)$(DOCDIR)'

clean:
	rm -rf build build-*

.PHONY: all check lint fuzz fuzzers install uninstall clean
.SECONDARY: $(texts:.o=.c)
.DELETE_ON_ERROR:
-include $(all_objs:.o=.d)
