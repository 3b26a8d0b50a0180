#!/bin/sh
# kam-import: exports as they arrive: huge cells, files that end early or grow, pipes, line ends and encodings of all kinds.
. "${0%/*}/lib.sh"

cat >shop.yaml <<'END'
kind: sales
source: shop
account: {external: {shop: code}, name: client}
columns: {date: date, document: document, revenue: net}
END
header='date,document,code,client,net'
printf '%s\n2026-01-02,1,7,Alpha,10\n2026-01-03,2,8,Beta,1\n' "$header" >a.csv

# A cell of 200 MB

# BEFORE AFTER: rows around a cell of 200 MB, which stands between the two
huge() {
	printf '%s\n2026-01-02,1,7,Alpha,10\n%s' "$header" "$1"
	head -c 200000000 /dev/zero | tr '\0' x
	printf '%s\n2026-01-03,2,8,Beta,1\n' "$2"
}
# COMMAND…: in 150 MB of memory; threads' stacks are 1 MB, for their address space counts
within_150_mb() {
	(ulimit -s 1024 && ulimit -v 153600 && exec "$@")
}
if grep -q __asan_init "$(command -v kam-import)"; then
	skip "a cell of 200 MB" "the sanitizer's own memory is too much"
else
	for j in 1 2; do
		huge '2026-01-02,"' '",1,1' | runs 1 "a cell of 200 MB, -j$j" within_150_mb kam-import -j$j -m shop.yaml --rejects r.csv
		is "$(sed -n 1,2p err)" "kam-import: (standard input):3: a line of more than 1048576 bytes, cut there
kam-import: 3 rows read, 2 imported, 1 rejected (not readable: 1), 0 left out; 2 accounts, 2 months" "costs its row"
		like "$(cat out)" '^name: Beta$' "and the next one is read"
		[ "$(wc -c <r.csv)" -lt 1050000 ]
		ok "the file of rejects has its beginning alone"
		huge '2026-01-02,1,' '' | runs 1 "a cell of 200 MB without quotes, -j$j" within_150_mb kam-import -j$j -m shop.yaml
		like "$(cat err)" '3 rows read, 2 imported, 1 rejected' "costs its row"
		huge '2026-01-02,1,"' '' | runs 1 "an open one, -j$j" within_150_mb kam-import -j$j -m shop.yaml
		like "$(cat err)" '3 rows read, 2 imported, 1 rejected' "costs its row"
	done
	# two of these bytes are a character
	wide() { printf %b "$1" | iconv -f UTF-8 -t UTF-16LE; }
	{
		printf '\377\376'
		wide "$header\n2026-01-02,\""
		head -c 200000000 /dev/zero | tr '\0' x
		wide '",1,1\n2026-01-03,2,8,Beta,1\n'
	} | runs 1 "a cell of 200 MB in UTF-16" within_150_mb kam-import -j2 -m shop.yaml
	like "$(cat err)" '2 rows read, 1 imported, 1 rejected' "costs its row"
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "\"\"\"%d\n,\"\"", i; }' >quotes
	{ printf '%s\n"' "$header"; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do cat quotes; done; } >quotes.csv
	runs 1 "millions of quotes" within_150_mb timeout 60 kam-import -j2 -m shop.yaml quotes.csv
fi

# A file that ends early

{ cat a.csv; printf '2026-01-04,3,9,"Gamma\n2026-01-05,4,7,Alpha,5\n2026-01-06,5,8'; } >early.csv
runs 1 "a file that ends inside quotes" kam-import -m shop.yaml --rejects r.csv early.csv
is "$(sed '$d' err)" "kam-import: early.csv:4: a quote that opens here is never closed
kam-import: early.csv:6: net: empty cell, a number is needed: \"\"
kam-import: 5 rows read, 3 imported, 2 rejected (not readable: 1, empty cell: 1), 0 left out; 2 accounts, 2 months" \
	"loses the line on which they open, and a row that is cut"
is "$(cat r.csv)" "$header,kam-line,kam-reason
2026-01-04,3,9,\"Gamma,4,\"a quote that opens here is never closed\"
2026-01-06,5,8,,,6,\"net: empty cell, a number is needed: \"\"\"\"\"" "and keeps both"
printf '%s' "$header" >bare.csv
runs 0 "a header without its line end" kam-import -qm shop.yaml bare.csv
printf '"date","document' >open.csv
runs 2 "a header that ends inside quotes" kam-import -m shop.yaml open.csv
is "$(cat err)" 'kam-import: open.csv:1: a quote that opens here is never closed' "is said"

# A pipe

awk -v header="$header" 'BEGIN {
	print header
	for (i = 0; i < 60000; i++)
		printf "2026-%02d-%02d,%d,%d,\"Client \"\"%d\"\"\n\",1.10\n", i % 12 + 1, i % 28 + 1, i, i % 50, i % 50
}' >big.csv
kam-import -m shop.yaml big.csv >want 2>want-err
cat big.csv | kam-import -m shop.yaml >out 2>err
same_file out want "a pipe gives what the file gives"
same_file err want-err "and the same summary"
# a line at a time, with a rest now and then
sed -n 1,300p big.csv >some.csv
kam-import -qm shop.yaml some.csv >want
while IFS= read -r line; do
	printf '%s' "$line"
	echo
done <some.csv | kam-import -qj2 -m shop.yaml >out
same_file out want "so does a slow one"

# A file that grows while it is read

cp big.csv grows.csv
{
	i=0
	until [ -e stop ] || [ $i -eq 2000000 ]; do
		echo '2026-01-02,x,7,Alpha,1'
		i=$((i + 1))
	done
} >>grows.csv &
runs 1 "a file that grows" timeout 120 kam-import -m shop.yaml grows.csv
: >stop
wait
rows=$(sed -n 's/^kam-import: \([0-9]*\) rows read, \([0-9]*\) imported, 0 rejected.*/\1/p' err)
[ "${rows:-0}" -ge 60000 ] && [ "$rows" -le $(($(wc -l <grows.csv) - 60001)) ]
ok "is read to an end that it had, row by row ($rows rows)"
like "$(cat err)" "grows\\.csv: grew while it was read" "and it is said that it grew"

# Line ends and encodings

cat >plain.csv <<'END'
date,document,code,client,net
2026-01-02,1,7,"NAME ""x""
y",10
2026-01-03,2,8,NAME,1O
2026-01-04,3,9,"NAME, z",-2
END
# ENCODING NAME: an export of clients with such names
in_encoding() {
	{ cat shop.yaml; echo "csv: {encoding: $1, delimiter: \";\"}"; } >map.yaml
	for eol in lf crlf cr; do
		sed -e 's/,/;/g' -e "s/NAME/$2/g" plain.csv | case $eol in
		lf) cat ;;
		crlf) sed 's/$/\r/' ;;
		cr) tr '\n' '\r' ;;
		esac >text
		iconv -f UTF-8 -t "$1" text >file.csv
		kam-import -qm map.yaml --rejects r.csv file.csv >out
		is "$?" 1 "$1, $eol: one row is rejected"
		is "$(grep -c "^name: .*$2" out)" 2 "$1, $eol: names are read"
		iconv -f "$1" -t UTF-8 r.csv >r
		like "$(tr '\r' '\n' <r)" "^2026-01-03;2;8;$2;1O;[45];\"net: not a number" "$1, $eol: rejects are in it too"
	done
}
in_encoding windows-1251 'Ромашка ё №'
in_encoding windows-1252 'Café Groß €'
in_encoding windows-1257 'Ķeguma žuvis'
in_encoding koi8-r 'Ромашка ё'
in_encoding cp866 'Ромашка ё №'
in_encoding iso-8859-15 'Œuvre €'
in_encoding cp932 'ポソ表'
in_encoding utf-8 'Ж株𐍈'

# ORDER: the same as UTF-16, which a byte order mark tells
in_utf16() {
	sed 's/NAME/株𐍈 ∢/' plain.csv | iconv -f UTF-8 -t "UTF-16$1" >body
	{ printf %b "$2"; cat body; } >wide.csv
	kam-import -qm shop.yaml --rejects r.csv wide.csv >out
	is "$(grep -c '^name: .*株𐍈 ∢' out)" 2 "UTF-16$1: names are read"
	is "$(sed -n 2p r.csv)" "2026-01-03,2,8,株𐍈 ∢,1O,4,\"net: not a number with decimal mark '.': \"\"1O\"\"\"" \
		"UTF-16$1: rejects are UTF-8"
	head -c $(($(wc -c <wide.csv) - 1)) wide.csv >odd.csv
	runs 1 "UTF-16$1 with half a unit at its end" kam-import -m shop.yaml odd.csv
	like "$(cat err)" "odd.csv:5:28: bytes that are not UTF-16$1" "is found out"
}
in_utf16 LE '\0377\0376'
in_utf16 BE '\0376\0377'

done_testing
