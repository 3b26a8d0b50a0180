#!/bin/sh
# Whatever happens in the middle of a merge, each dossier is whole: as it was, or as it is to be.
. "${0%/*}/lib.sh"

shim=${KAM_BIN%/bin}/fault.so
if grep -q __asan_init "$(command -v kam-dossier)" || [ ! -e "$shim" ]; then
	skip "faults" "the sanitizer wants to be loaded first, or the library of faults was not built"
	done_testing
	exit
fi

mkdir before
for id in alpha beta gamma; do
	cat >before/$id.yaml <<-END
	---
	# $id, by hand
	id: $id
	name: $id SIA      # as they write it
	external: {shop: "$id-1"}
	currency: EUR
	sales:   # from the shop
	  - {month: 2026-01, source: shop, revenue: 10.00, returns: 0.00, orders: 1, on: [2]}
	END
done
cat >in.yaml <<'END'
# kam-stream 1
---
id: alpha
external: {shop: "alpha-1"}
currency: EUR
sales:
  - {month: 2026-02, source: shop, revenue: 11.00, returns: 0.00, orders: 1, on: [3]}
---
id: beta
external: {shop: "beta-1"}
currency: EUR
sales:
  - {month: 2026-01, source: shop, revenue: 12.00, returns: 0.00, orders: 1, on: [4]}
---
id: delta
name: Delta
currency: EUR
...
END
cp -R before after
runs 0 "nothing happens: the merge" kam-dossier merge -q after in.yaml
is "$(ls after | tr '\n' ' ')" "alpha.yaml beta.yaml delta.yaml gamma.yaml " "there is a new dossier"

# FOLDER: the names of dossiers that are neither as before nor as after
broken() {
	for file in "$1"/*.yaml; do
		name=${file##*/}
		cmp -s "$file" "before/$name" || cmp -s "$file" "after/$name" || printf '%s ' "$name"
	done
	for name in alpha beta gamma; do
		[ -e "$1/$name.yaml" ] || printf '%s is gone ' "$name"
	done
}

# FAULT: at every call in turn
strike() {
	at=0 bad= unsaid= calls=
	while :; do
		at=$((at + 1))
		rm -rf folder struck
		cp -R before folder
		LD_PRELOAD=$shim KAM_FAULT=$1 KAM_FAULT_AT=$at KAM_FAULT_LOG=struck \
			kam-dossier merge -j1 folder in.yaml >out 2>err
		status=$?
		[ -e struck ] || break
		calls="$calls $(cat struck)"
		found=$(broken folder)
		[ -z "$found" ] || bad="$bad$at ($(cat struck)): $found; "
		# what could not be written is said, by its name
		if [ "$1" != kill ] && [ $status -eq 0 ] && [ -n "$(diff -rqx '.*' folder after)" ]; then
			unsaid="$unsaid$at ($(cat struck)) "
		fi
		# the next merge finds nothing in its way
		kam-dossier merge -q folder in.yaml >/dev/null 2>&1 || bad="$bad$at: no merge afterwards; "
		diff -r folder after >/dev/null || bad="$bad$at: the next merge differs; "
	done
	untouched=
	for call in read write fstatat readdir flock fcntl fsync renameat2 linkat; do
		case "$calls " in *" $call "*) ;; *) untouched="$untouched $call" ;; esac
	done
	is "$untouched" "" "$1: every kind of call is struck at ($((at - 1)) of them)"
	is "$bad" "" "$1 at any call: each dossier is whole, and the next merge sets all right"
	is "$unsaid" "" "$1 at any call: no merge that failed ends as if it had not"
}

strike kill
strike ENOSPC
strike EIO
strike EACCES
strike EINTR
strike short

# somebody saves a dossier between our look and our writing
at=0 lost= untold=
while :; do
	at=$((at + 1))
	rm -rf folder struck
	cp -R before folder
	LD_PRELOAD=$shim KAM_FAULT=save KAM_FAULT_AT=$at KAM_FAULT_LOG=struck KAM_FAULT_FILE=folder/alpha.yaml \
		kam-dossier merge -j1 folder in.yaml >out 2>err
	status=$?
	[ -e struck ] || break
	grep -q 'saved meanwhile' folder/alpha.yaml || lost="$lost$at ($(cat struck)) "
	# merged as well, or said to be not
	grep -q 'revenue: 11.00' folder/alpha.yaml || [ $status -ne 0 ] || untold="$untold$at ($(cat struck)) "
done
is "$lost" "" "what a person saves during a merge is never overwritten, whenever it is"
is "$untold" "" "and the dossier is merged all the same, or it is said that it is not"

done_testing
