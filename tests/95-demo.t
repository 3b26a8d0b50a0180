#!/bin/sh
# The demonstration of the README, from exports to an agenda.
. "${0%/*}/lib.sh"

KAM_BIN=${KAM_BIN:-${tests%/*}/build/bin}
export KAM_BIN
demo=${tests%/*}/scripts/demo

runs 0 'the demonstration runs to its end' sh "$demo" one
mv out first
grep -q 'kam-dossier: 8 created, 0 changed, 0 same' first
ok 'the exports of three systems become eight dossiers'
grep -q 'kam-dossier: 0 created, 0 changed, 8 same' first
ok 'a second merge changes nothing'
grep -q 'Сумма без НДС: not a number with decimal mark .,.: "1 25О,00"' first
ok 'a letter in a number is named with its place'
grep -q 'Collect 15100.00 EUR on invoice И-5512, 21 days late' first
ok 'the agenda asks for the overdue debt'
grep -q 'Call .*did the proposal «Carton for the third line» arrive' first
ok 'the agenda asks after the proposal'
grep -q 'key accounts together .* 46[.]3 .* normal' first
ok 'the report judges concentration'
runs 0 'the demonstration runs again' sh "$demo" two
sed 's/two$/one/' out >second
same_file second first 'twice gives the same bytes'
(cd one && find . -type f ! -name '*.stream' | sort | xargs cat | cksum) >a
(cd two && find . -type f ! -name '*.stream' | sort | xargs cat | cksum) >b
same_file a b 'and the same files'
runs 2 'a folder that is in use is refused' sh "$demo" one
like "$(cat err)" 'not empty' 'and the message says why'

done_testing
