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

form=$PWD/form.yaml
publish="redact --audience finance -o public accounts"

# the workspace before the verb
setup() {
	rm -rf ws && mkdir -p ws/accounts ws/public
	printf 'accounts: accounts\naccess: access.yaml\n' >ws/kam.yaml
	printf 'finance: [currency, sales]\n' >ws/access.yaml
	printf -- '---\nid: a # x\nname: A\nmanager: m\n' >ws/accounts/a.yaml
	printf -- '---\nid: b\nname: B\nmanager: n # c\nsales:\n  - {month: 2026-01, source: s, revenue: 1}\n' >ws/accounts/b.yaml
	printf -- '---\nid: c\nparent: b\n' >ws/accounts/c.yaml
	(
		cd ws || exit
		case $1 in
		*--back*) kam-dossier archive -q b ;;
		redact*)
			kam-dossier $publish >/dev/null 2>&1
			kam-dossier set -q b name Z
			kam-dossier new -q d D
			;;
		esac
	)
}

# Files that are neither as they were nor as they are to be. Verbs that move a dossier have steps in between.
torn() {
	case $1 in
	rename | archive) return ;;
	esac
	(cd ws && find . -name '*.yaml') | while read -r name; do
		cmp -s "ws/$name" "was/$name" || cmp -s "ws/$name" "want/$name" || echo "$name"
	done
}

# FAULT VERB…: at every call in turn
strike() {
	fault=$1
	shift
	setup "$*"
	rm -rf want was && cp -R ws was
	(cd ws && kam-dossier "$@") >out 2>err
	cp -R ws want
	at=0 lost= other= torn=
	while :; do
		at=$((at + 1))
		setup "$*"
		rm -f struck
		(cd ws && LD_PRELOAD=$shim KAM_FAULT=$fault KAM_FAULT_AT=$at KAM_FAULT_LOG=../struck kam-dossier "$@"; :) >out 2>err
		[ -e struck ] || break
		grep -rqs 'month: 2026-01' ws/accounts || lost="$lost $at:$(cat struck)"
		[ -z "$(torn "$1")" ] || torn="$torn $at:$(cat struck)"
		(cd ws && kam-dossier "$@") >out 2>err
		diff -r ws want >out 2>&1 || other="$other $at:$(cat struck)"
	done
	[ "$at" -gt 10 ]
	tap_result $? "$*, $fault: struck at $((at - 1)) calls"
	is "$lost" "" "$*, $fault: nothing is lost"
	is "$torn" "" "$*, $fault: each file is whole, old or new"
	is "$other" "" "$*, $fault: given again, it comes to its end"
}

setup
(cd ws && kam-dossier audit --form b) | sed 's/^  \([a-z]*\.[a-z-]*\):$/  \1: partly/' >"$form"
like "$(cat "$form")" ': partly' "there is a form to apply"

for fault in kill EIO; do
	strike $fault set b name X
	strike $fault rename b z
	strike $fault join a b
	strike $fault archive b
	strike $fault archive --back b
	strike $fault audit --apply "$form"
	# shellcheck disable=SC2086
	strike $fault $publish
done
strike ENOSPC set b name X
strike ENOSPC join a b

done_testing
