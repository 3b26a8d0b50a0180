#!/bin/sh
# A verb that is broken off anywhere loses nothing, and given again ends as if nothing had happened.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

shim=${KAM_BIN%/bin}/fault.so
if grep -q __asan_init "$(command -v kam-dossier)" || [ ! -e "$shim" ]; then
	skip "verbs broken off" "the sanitizer wants to be loaded first, or the library of faults was not built"
	done_testing
	exit
fi

# the folder before the verb
setup() {
	rm -rf accounts && mkdir accounts
	printf -- '---\nid: a # x\nname: A\nmanager: m\n' >accounts/a.yaml
	printf -- '---\nid: b\nname: B\nmanager: n # c\nsales:\n  - {month: 2026-01, source: s, revenue: 1}\n' >accounts/b.yaml
	printf -- '---\nid: c\nparent: b\n' >accounts/c.yaml
	case $1 in
	*--back*) kam-dossier archive -q b ;;
	esac
}

# FAULT VERB…: at every call in turn
strike() {
	fault=$1
	shift
	setup "$*"
	kam-dossier "$@" >out 2>err
	rm -rf want && cp -R accounts want
	at=0 lost= other=
	while :; do
		at=$((at + 1))
		setup "$*"
		rm -f struck
		LD_PRELOAD=$shim KAM_FAULT=$fault KAM_FAULT_AT=$at KAM_FAULT_LOG=struck kam-dossier "$@" >out 2>err
		[ -e struck ] || break
		grep -rqs 'month: 2026-01' accounts || lost="$lost $at:$(cat struck)"
		kam-dossier "$@" >out 2>err
		diff -r accounts want >out 2>&1 || other="$other $at:$(cat struck)"
	done
	[ "$at" -gt 10 ]
	tap_result $? "$*, $fault: struck at $((at - 1)) calls"
	is "$lost" "" "$*, $fault: nothing is lost"
	is "$other" "" "$*, $fault: given again, it comes to its end"
}

for fault in kill EIO ENOSPC; do
	strike $fault set b name X
	strike $fault rename b z
	strike $fault join a b
	strike $fault archive b
	strike $fault archive --back b
done

done_testing
