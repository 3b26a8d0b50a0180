#!/bin/sh
# A wholesaler's real year, the UCI Online Retail set, through all programs. The file is too large to ship:
# KAM_RETAIL names it, and KAM_RETAIL_CHECK a program that holds the stream in a file against the sums.
. "${0%/*}/lib.sh"
. "$tests/retail.sh"

retail_begin "a real year through all programs"

runs 1 "541,909 rows" kam-import -m retail.yaml "$KAM_RETAIL" --rejects rejects.csv
mv out stream
is "$(tail -n 2 err | head -n 1)" 'kam-import: 541909 rows read, 406829 imported, 135080 rejected (no account: 135080), 0 left out; 4372 accounts, 13675 months' \
	"are read, and those without a customer rejected"
is "$(grep -c '^---$' stream)" 4372 "make 4,372 accounts"
is "$(grep -c '^  - {month: ' stream)" 13675 "with 13,675 months"
is "$(wc -l <rejects.csv | tr -d ' ')" 135081 "135,080 rows and a header are kept"
is "$(grep -c ',"no account: CustomerID is empty"$' rejects.csv)" 135080 "each with its reason"
if [ -n "${KAM_RETAIL_CHECK-}" ]; then
	runs 0 "every sum" "$KAM_RETAIL_CHECK" stream
	is "$(cat out)" '13675 months read, 13675 expected, 0 differ, 0 missing' "is right to the cent"
else
	skip "every sum" "KAM_RETAIL_CHECK names no program"
fi
{ cat "$KAM_RETAIL"; sed 1d "$KAM_RETAIL"; sed 1d "$KAM_RETAIL"; } | kam-import -qm retail.yaml >out
is "$(grep -o 'orders: .*' out | cksum)" "$(grep -o 'orders: .*' stream | cksum)" "rows said three times are the same orders"

runs 0 "the score" kam-score stream
mv out scored
is "$(grep -c '^score:' scored)" 4372 "is in every account"
sed '/^score:/,/^[^ ]/{/^score:/d;/^ /d;}' scored | cmp - stream
ok "all else is as before"
runs 0 "the report of the stream" kam-report portfolio --format csv scored
mv out report

mkdir accounts
runs 0 "merge" kam-dossier merge accounts stream
is "$(ls accounts | wc -l | tr -d ' ')" 4372 "makes 4,372 dossiers"
state() {
	find accounts -type f -exec cksum {} + | sort -k 3
	find accounts -type f -exec stat -c '%n %i %y' {} + | sort
}
state >before
runs 0 "merge again" kam-dossier merge accounts stream
state >after
same_file after before "changes no byte and no time"
runs 0 "the dossiers" kam-dossier check accounts
kam-score accounts | kam-report portfolio --format csv >out
same_file out report "give the report of the stream"

done_testing
