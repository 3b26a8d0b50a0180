#!/bin/sh
# kam-import: what comes out is the same whatever the number of threads.
. "${0%/*}/lib.sh"

# DELIMITER ROWS: an export with cells of many lines, stray and open quotes, bad dates, sums and clients, sums that are
# too large for a month, repeated lines of documents
export_of() {
	awk -v d="$1" -v rows="$2" 'function quoted(n,  s) {
		s = "\"Client \"\"" n % 97 "\"\""
		for (k = n % 23 ? n % 3 : 400; k > 0; k--)
			s = s "\r\nline " k d
		return s "\""
	}
	BEGIN {
		print "date" d "document" d "line" d "code" d "client" d "net"
		for (i = 0; i < rows; i++) {
			date = sprintf("2026-%02d-%02d", i % 12 + 1, i % 29 + 1)
			net = i % 50 - 10 "." i % 90 + 10
			client = i % 7 ? "Ж" i % 97 : quoted(i)
			if (i % 1009 == 0) client = "5\" pipe"
			if (i % 5003 == 0) client = "\"open"
			if (i % 401 == 0) net = "1O"
			if (i % 7919 < 2) net = "9999999999999999999999999999999999.50"
			print date d int(i / 3) d (i % 211 ? i : i - 1) d (i % 503 ? i % 97 : "") d \
			    (i % 503 ? client : "") d net
		}
	}'
}

# MAP FILE DESC: every number of threads gives the same
same_by_any() {
	kam-import -j1 -m "$1" --rejects r1 "$2" >want 2>want-err
	status=$?
	sed 's/^/#   /' want-err | tail -n 2
	for threads in 2 3 8 64; do
		kam-import -j$threads -m "$1" --rejects r1 "$2" >out 2>err
		[ $? -eq $status ]
		ok "$3: status of -j$threads"
		same_file out want "$3: accounts of -j$threads"
		same_file err want-err "$3: messages of -j$threads"
		[ $threads -gt 2 ] || cp r1 r2
		same_file r1 r2 "$3: rejects of -j$threads"
	done
	kam-import -j1 -m "$1" --rejects r1 "$2" >out 2>err
	same_file r1 r2 "$3: rejects of -j1"
	[ "$(grep -c '^  - {' want)" -gt 90 ] && [ "$(wc -l <r1)" -gt 100 ]
	ok "$3: many items and rejects"
}

cat >sales.yaml <<'END'
kind: sales
source: shop
account: {external: {shop: code}}
columns: {date: date, document: document, revenue: net}
END
cat >lines.yaml <<'END'
kind: sales
source: shop
csv: {delimiter: ";", encoding: windows-1251}
account: {external: {shop: code}}
columns: {date: date, document: document, line: line, revenue: net}
END
cat >complaints.yaml <<'END'
kind: complaints
csv: {delimiter: tab, encoding: utf-16}
account: {external: {shop: code}}
clean: [{column: client, match: '\s+', replace: ' '}]
columns: {id: line, opened: date, subject: client}
END

export_of , 60000 >sales.csv
[ "$(wc -c <sales.csv)" -gt 3000000 ]
ok "an export of several blocks"
same_by_any sales.yaml sales.csv "sales"
export_of ';' 30000 | iconv -f UTF-8 -t WINDOWS-1251 >lines.csv
same_by_any lines.yaml lines.csv "lines of documents in Windows-1251"
{ printf '\377\376'; export_of '	' 20000 | iconv -f UTF-8 -t UTF-16LE; printf '\n\000\000\330'; } >complaints.csv
same_by_any complaints.yaml complaints.csv "complaints in UTF-16"

# One quote that is never closed

sed -n -e 1p -e '/^2026[^"]*$/p' sales.csv >plain
{ sed -n '1,20000p' plain; echo '2026-01-02,1,1,7,"open,1'; sed -n '20001,$p' plain; } >open.csv
same_by_any sales.yaml open.csv "an open quote"
grep -q ',"a quote that opens here is not closed within 10000 lines"$' r1
ok "an open quote: is found"

# Bytes that are not of the encoding, in blocks that begin inside a record

{
	printf '\377\376'
	{ echo 'date,document,code,net'; awk 'BEGIN { for (i = 0; i < 9000; i++) printf "2026-01-02,\"%d\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\",7,1\n2026-01-03,@,7,1\n", i }'; } |
		iconv -f UTF-8 -t UTF-16LE | LC_ALL=C sed 's/@\x00/\x00\xd8/g'
} >half.csv
cat >half.yaml <<'END'
kind: sales
source: shop
csv: {encoding: utf-16}
account: {external: {shop: code}}
columns: {date: date, document: document, revenue: net}
END
runs 1 "half characters" kam-import -j2 -m half.yaml half.csv
like "$(cat err)" '18000 rows read, 9000 imported, 9000 rejected \(not readable: 9000\)' "cost their rows in any block"

done_testing
