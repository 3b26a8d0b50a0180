#!/bin/sh
# kam-import: rows that cannot be used, the file that keeps them, and input that means harm.
. "${0%/*}/lib.sh"

cat >shop.yaml <<'END'
kind: sales
source: shop
currency: EUR
account: {external: {shop: code}, name: client}
columns: {date: date, document: document, revenue: net}
END
header='date,document,code,client,net'

# the command that the summary gives
advice() {
	sed -n 's/^kam-import: mend .*, then import it together with the original: //p' err
}

# A row is said with its place, column and cell; the others are imported

cat >a.csv <<END
$header
2026-01-02,1,007,Alpha,10.00
2026-01-32,2,007,Alpha,1
2026-01-03,3,,,2
2026-01-04,4,007,Alpha,3O
2026-01-05,5" x,007,Alpha,4
2026-01-06,6,007,Alpha,5
2026-01-07,7
2026-01-07,8,007,Alpha,1,2,3
END
runs 1 "an export with bad rows" kam-import -m shop.yaml --rejects r.csv a.csv
is "$(cat err)" "kam-import: a.csv:3: date: not a date as \"%Y-%m-%d\": \"2026-01-32\"
kam-import: a.csv:4: no account: code, client are empty
kam-import: a.csv:5: net: not a number with decimal mark '.': \"3O\"
kam-import: a.csv:6:13: stray quote: a cell that holds quotes stands in quotes, and each inside is doubled
kam-import: a.csv:8: no account: code, client are empty
kam-import: a.csv:9: 7 cells, the header has 5
kam-import: 8 rows read, 2 imported, 6 rejected (not a date: 1, no account: 2, not a number: 1, not readable: 1, too many cells: 1), 0 left out; 1 account, 1 month
kam-import: mend r.csv, then import it together with the original: kam-import -m shop.yaml a.csv r.csv" \
	"says which and why"
like "$(cat out)" 'revenue: 15.00, returns: 0.00, orders: 2, on: \[2, 6\]' "imports the others"
cat >want <<END
$header,kam-line,kam-reason
2026-01-32,2,007,Alpha,1,3,"date: not a date as ""%Y-%m-%d"": ""2026-01-32"""
2026-01-03,3,,,2,4,"no account: code, client are empty"
2026-01-04,4,007,Alpha,3O,5,"net: not a number with decimal mark '.': ""3O"""
2026-01-05,5" x,007,Alpha,4,6,"stray quote: a cell that holds quotes stands in quotes, and each inside is doubled"
2026-01-07,7,,,,8,"no account: code, client are empty"
2026-01-07,8,007,Alpha,1,2,3,9,"7 cells, the header has 5"
END
same_file r.csv want "and keeps the rows as they stood"
kam-import -m shop.yaml a.csv >/dev/null 2>err
is "$(advice)" '' "without a file of rejects no command is given"
runs 1 "quietly" kam-import -qm shop.yaml a.csv
is "$(cat err)" '' "it says nothing"
awk -v header="$header" 'BEGIN { print header; for (i = 0; i < 25; i++) print "x,1,1,A,1" }' >b.csv
runs 1 "many bad rows" kam-import -m shop.yaml b.csv
is "$(sed 1,9d err)" 'kam-import: b.csv:11: date: not a date as "%Y-%m-%d": "x"
kam-import: 15 more rejected rows; --rejects FILE keeps them all
kam-import: 25 rows read, 0 imported, 25 rejected (not a date: 25), 0 left out; 0 accounts, 0 months' \
	"are counted after the tenth"

# Money of another currency is not summed

cat >b.csv <<END
$header
2026-01-02,1,007,Alpha,100 USD
2026-01-02,2,007,Alpha,\$100
2026-01-02,3,007,Alpha,100 EUR
2026-01-02,4,007,Alpha,€ 10
2026-01-02,5,007,Alpha,1
END
runs 1 "cells with a currency" kam-import -m shop.yaml b.csv
is "$(cat err)" "kam-import: b.csv:2: net: another currency than the map's EUR: \"100 USD\"
kam-import: b.csv:3: net: another currency than the map's EUR: \"\$100\"
kam-import: 5 rows read, 3 imported, 2 rejected (another currency: 2), 0 left out; 1 account, 1 month" \
	"are rejected when it is not the map's"
like "$(cat out)" 'revenue: 111.00,' "and used when it is"
sed /currency/d shop.yaml >none.yaml
runs 1 "by a map that states none" kam-import -m none.yaml b.csv
like "$(cat err)" ': net: currency not stated in the map; add currency: to it: "100 EUR"$' "all are rejected"
like "$(cat out)" 'revenue: 1.00,' "but plain numbers are not"

# Mended rows and the original give what a faultless export gives

cat >1c.yaml <<'END'
kind: sales
source: 1c
csv: {encoding: windows-1251, delimiter: ";", skip: 1}
number: {decimal: ",", group: " "}
date: "%d.%m.%Y"
account: {external: {1c: "Код"}, name: "Контрагент"}
columns: {date: "Дата", document: "Документ", revenue: "Сумма"}
END
{
	printf 'Продажи\r\nДата;Документ;Код;Контрагент;Сумма\r\n'
	printf '01.10.2026;1;07;"Алмаз\r\nПлюс";1 000,00\r\n02.10.2026;;07;;5,00\r\n'
	printf '02.10.2026;2;08;Берег;2,50\r\n03.10.2026;1;07;;-4,005\r\n'
} >good
sed -e 's/1 000,00/1 ООО,00/' -e 's/5,00\r/5,О0\r/' -e 's/;08;Берег/;;/' good | iconv -f UTF-8 -t WINDOWS-1251 >bad.csv
iconv -f UTF-8 -t WINDOWS-1251 good >good.csv
runs 1 "an export in Windows-1251 with bad rows" kam-import -m 1c.yaml bad.csv --rejects r.csv
cr=$(printf '\r')
iconv -f WINDOWS-1251 -t UTF-8 r.csv >r
cat >want <<END
Продажи$cr
Дата;Документ;Код;Контрагент;Сумма;kam-line;kam-reason$cr
01.10.2026;1;07;"Алмаз$cr
Плюс";1 ООО,00;3;"Сумма: not a number with decimal mark ',': ""1 ООО,00"""$cr
02.10.2026;;07;;5,О0;5;"Сумма: not a number with decimal mark ',': ""5,О0"""$cr
02.10.2026;2;;;2,50;6;"no account: Код, Контрагент are empty"$cr
END
same_file r want "the rejects have its encoding, titles, line ends and bytes"
advice >command
sed -e 's/;1 ООО,00/;1 000,00/' -e 's/;5,О0/;5,00/' -e 's/;2;;;/;2;08;Берег;/' r | iconv -f UTF-8 -t WINDOWS-1251 >r.csv
kam-import -qm 1c.yaml good.csv >want
runs 1 "the command of the summary" sh command
same_file out want "with the mended rows gives what a faultless export gives"
{ printf '\377\376'; printf '%s\n2026-01-02,1,7,Žagars,x\n' "$header" | iconv -f UTF-8 -t UTF-16LE; } >16.csv
{ cat shop.yaml; echo 'csv: {encoding: utf-16}'; } >16.yaml
kam-import -qm 16.yaml 16.csv --rejects r.csv >out
is "$(cat r.csv)" "$(printf '\357\273\277')$header,kam-line,kam-reason
2026-01-02,1,7,Žagars,x,2,\"net: not a number with decimal mark '.': \"\"x\"\"\"" "rejects of UTF-16 are marked UTF-8"
sed -i 's/,x,/,5.00,/' r.csv
kam-import -qm 16.yaml 16.csv r.csv >out
like "$(cat out)" 'revenue: 5.00' "and read back by the same map"

# The command of the summary can be run as it stands

# NAME…: exports of these names, with one bad row each
runs_as_given() {
	for name in "$@"; do
		printf '%s\n2026-01-02,1,007,Alpha,10.00\n2026-01-02,1,007,Alpha,x\n' "$header" >"./$name"
	done
	shown=$(printf '%s ' "$@" | LC_ALL=C tr -c 'A-Za-z0-9. -' '?')
	kam-import -m shop.yaml -a accounts --rejects "$rejects" -- "$@" >/dev/null 2>err
	advice >command
	kam-import -qm shop.yaml -a accounts "./$1" ${2+"./$2"} "./$rejects" >want
	runs 1 "the command for $shown" sh -c '. ./command'
	same_file out want "reads what it names"
	is "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <err)" '' "and no control character is shown"
}
mkdir accounts
printf 'id: alpha\nname: Alpha\n' >accounts/alpha.yaml
rejects='re jects.csv'
runs_as_given plain.csv
runs_as_given 'a b.csv' "it's;\$(touch harm)\`touch harm\`.csv"
runs_as_given -q.csv '*.csv'
rejects=-r.csv
runs_as_given "$(printf 'new\nline%%d\\n.csv')" "$(printf 'esc\033[31m\302\233.csv')"
runs_as_given '~' 'Продажи за год.csv'
[ ! -e harm ]
ok "and nothing else is run"
awk 'BEGIN { for (i = 0; i < 60; i++) printf "x" }' >long
long=$(cat long)
mkdir "$long" "$long/$long"
set --
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	printf '%s\n2026-01-02,1,007,Alpha,x\n' "$header" >"$long/$long/$i.csv"
	set -- "$@" "$long/$long/$i.csv"
done
kam-import -m shop.yaml --rejects r.csv "$@" >/dev/null 2>err
is "$(advice)" "kam-import -m shop.yaml $* r.csv" "a long command is not cut"
kam-import -m shop.yaml --rejects r.csv <a.csv >/dev/null 2>err
is "$(advice)" 'kam-import -m shop.yaml - r.csv' "standard input is in the command"
kam-import -m shop.yaml plain.csv -m 1c.yaml bad.csv --rejects r.csv >/dev/null 2>err
like "$(cat err)" 'rows of two maps, shop.yaml and 1c.yaml, are rejected' "rows of two maps do not stand in one file"
kam-import -m shop.yaml plain.csv -m 1c.yaml good.csv --rejects r.csv >/dev/null 2>err
is "$(advice)" 'kam-import -m shop.yaml plain.csv r.csv -m 1c.yaml good.csv' "mended rows go by their own map"

# The file of rejects

cp a.csv b.csv
runs 2 "rejects into the export" kam-import -m shop.yaml plain.csv b.csv --rejects ./b.csv
is "$(cat err)" 'kam-import: b.csv: is read and, as --rejects, written; write the rejects elsewhere' "are refused"
same_file b.csv a.csv "and the export is as before"
ln -s b.csv link.csv
runs 2 "by a link too" kam-import -m shop.yaml b.csv --rejects link.csv
runs 2 "from standard input too" sh -c 'kam-import -m shop.yaml --rejects b.csv <b.csv'
same_file b.csv a.csv "and the export is as before"
printf 'id: beta\nname: Beta\n' >beta.yaml
cp beta.yaml accounts
runs 2 "rejects into a dossier" kam-import -m shop.yaml -a accounts --rejects accounts/beta.yaml plain.csv
is "$(cat err)" 'kam-import: accounts/beta.yaml: is read and, as --rejects, written; write the rejects elsewhere' "are refused"
same_file accounts/beta.yaml beta.yaml "and the dossier is as before"
ln accounts/beta.yaml hard.csv
ln -s accounts/beta.yaml soft.csv
runs 2 "by a hard link too" kam-import -m shop.yaml -a accounts --rejects hard.csv plain.csv
runs 2 "by a symbolic link too" kam-import -m shop.yaml -a accounts/ --rejects soft.csv plain.csv
runs 2 "into accounts that are one file too" kam-import -m shop.yaml -a accounts/beta.yaml --rejects soft.csv plain.csv
same_file accounts/beta.yaml beta.yaml "and the dossier is as before"
runs 2 "rejects that would be a dossier" kam-import -m shop.yaml -a accounts --rejects accounts/new.yaml plain.csv
[ ! -e accounts/new.yaml ]
ok "are not left among the dossiers"
rm accounts/beta.yaml
cp shop.yaml map.yaml
runs 2 "rejects into the map" kam-import -m map.yaml --rejects map.yaml a.csv
same_file map.yaml shop.yaml "are refused, and the map is as before"
runs 2 "rejects and accounts into one file" sh -c 'kam-import -m shop.yaml --rejects both a.csv >both'
runs 2 "rejects to standard output" kam-import -m shop.yaml --rejects - a.csv
printf 'precious\n' >r.csv
runs 2 "an export that lacks columns" kam-import -m 1c.yaml --rejects r.csv a.csv
is "$(cat r.csv)" precious "leaves the rejects of another day"
kam-import -m shop.yaml --rejects r.csv a.csv >/dev/null 2>&1
runs 2 "a file of rejects as an export, with --rejects" kam-import -m shop.yaml --rejects r2.csv a.csv r.csv
like "$(cat err)" '^kam-import: r.csv: is a file of rejects itself: mend it where it is' "is refused"
runs 2 "a folder that is not there" kam-import -m shop.yaml --rejects none/r.csv a.csv
is "$(cat err)" 'kam-import: none/r.csv: cannot be written: No such file or directory' "is said"
runs 2 "a folder for rejects" kam-import -m shop.yaml --rejects accounts a.csv
is "$(cat err)" 'kam-import: accounts: cannot be written: Is a directory' "is said"
runs 2 "a full disk" kam-import -qm shop.yaml --rejects /dev/full a.csv
is "$(cat err)" 'kam-import: /dev/full: cannot be written: No space left on device' "is said"
! grep -q '^\.\.\.$' out
ok "and the stream lacks its end, so that nobody acts on it"
printf '%s\n' "$header" '2026-01-01,1,1,A B,1' '2026-01-01,2,2,A-B,1' '2026-01-01,3,3,C,x' >clash.csv
echo mine >kept.csv
runs 2 "an import that cannot be done" kam-import -qm shop.yaml --rejects kept.csv clash.csv
is "$(cat kept.csv)" mine "leaves the file of rejects as it was"
runs 2 "nor one whose accounts cannot be written" sh -c 'kam-import -qm shop.yaml --rejects kept.csv a.csv >/dev/full'
is "$(cat kept.csv)" mine "changes it"
if [ "$(id -u)" -eq 0 ]; then
	skip "rejects that may not be written" "root may write everything"
else
	: >locked.csv
	chmod a-w locked.csv
	runs 2 "rejects that may not be written" kam-import -m shop.yaml --rejects locked.csv a.csv
fi
printf '%s\n2026-01-02,1,007,Alpha,10.00\n' "$header" >good.csv
runs 0 "without bad rows" kam-import -qm shop.yaml --rejects r.csv good.csv
is "$(cat r.csv)" "$header,kam-line,kam-reason" "the file of rejects has a header alone"

# Rows that were left out or rejected lend nothing to those that follow

{ cat shop.yaml; echo "skip-rows: {column: document, match: ^skip}"; } >skip.yaml
cat >b.csv <<END
$header
2026-01-01,1,1,Alpha,1
2026-02-02,skip,2,Beta,50
2026-02-02,2,2,Beta,2
2026-01-01,3,1,Alpha,4
2026-13-01,4,3,Gamma,8
2026-01-01,5,3,Gamma,16
2026-01-01,6,,,32
2026-01-01,7,1,Alpha,64
END
kam-import -qm skip.yaml b.csv >out
is "$(grep -E '^id|revenue' out | sed 's/, returns.*//')" 'id: alpha
  - {month: 2026-01, source: shop, revenue: 69.00
id: beta
  - {month: 2026-02, source: shop, revenue: 2.00
id: gamma
  - {month: 2026-01, source: shop, revenue: 16.00' "each row has its own account and date"

# Input that means harm

printf '%s\n2026-01-01,1,1,A\0B,1\n2026-01-01,2,1,\377\376,2\n2026-01-01,3,1,A,4\n' "$header" >b.csv
runs 1 "NULs and bytes that are no UTF-8" kam-import -m shop.yaml b.csv --rejects r.csv
is "$(head -n 2 err)" 'kam-import: b.csv:2: a NUL byte
kam-import: b.csv:3:16: bytes that are not utf-8' "are said with their lines"
like "$(cat out)" 'revenue: 4.00' "the other rows are imported"
sed -n '2s/,2,"a NUL byte"$//p; 3s/,3,"bytes that are not utf-8"$//p' r.csv >rows
sed -n '2,3p' b.csv >want
same_file rows want "the bytes are kept"

awk -v header="$header" 'BEGIN {
	print header
	printf "2026-01-01,1,1,"
	for (i = 0; i < 160000; i++)
		printf "0123456789012345678901234567890123456789012345678901234567890123"
	print ",1"
	printf "2026-01-01,2,1,\"\n"
	for (i = 0; i < 160000; i++)
		print "0123456789012345678901234567890123456789012345678901234567890123"
	print "\",1"
	print "2026-01-01,3,1,A,4"
}' >b.csv
runs 1 "cells of 10 MB" kam-import -m shop.yaml b.csv
like "$(cat err)" '^kam-import: b.csv:2: a line of more than 1048576 bytes' "are said"
like "$(cat out)" 'revenue: 4.00' "the other rows are imported"
awk -v header="$header" 'BEGIN {
	print header
	printf "2026-01-01,1,1,A,1"
	for (i = 0; i < 100000; i++)
		printf ",x"
	print "\n2026-01-01,3,1,A,4"
}' >b.csv
runs 1 "100,000 cells in a row" kam-import -m shop.yaml b.csv
is "$(head -n 1 err)" 'kam-import: b.csv:2: more than 4096 cells' "are said"
like "$(cat out)" 'revenue: 4.00' "the other rows are imported"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "c%d,", i; print "x" }' >b.csv
runs 2 "100,000 columns" kam-import -m shop.yaml b.csv
is "$(cat err)" 'kam-import: b.csv:1: more than 4096 cells' "are refused"

esc=$(printf '\033') bell=$(printf '\007') c1=$(printf '\302\233') turn=$(printf '\342\200\256')
sed 's/net}/"net\\e[1m"}/' shop.yaml >esc.yaml
{
	printf '%s\n' "${header}$esc[1m" "2026-01-01,1,1,A,$esc]0;owned$bell" "$esc[2J,1,1,A,1" "2026-01-01,1,$c1$turn,,1" \
		"2026-01-01,1,2,$esc[31mRed$c1,1" "2026-01-01,1,3,Red,1"
} >"esc$esc[7m.csv"
runs 1 "escape sequences in names, titles and cells" kam-import -m esc.yaml --rejects "r$esc.csv" "esc$esc[7m.csv"
kam-import -m esc.yaml "esc$esc[7m.csv" --rejects "r$esc.csv" >>out 2>>err
cat out err | LC_ALL=C tr -d '\n\040-\176\200-\377' >controls
is "$(cat controls)" '' "do not reach the terminal"
! cat out err | LC_ALL=C grep -e "$c1" -e "$turn"
ok "nor do those beyond ASCII"
like "$(cat err)" 'esc\\x1B\[7m\.csv:2: net\\x1B\[1m: not a number' "they are shown as what they are"

{ cat shop.yaml; echo "clean: [{column: client, match: '^(a+)+\$', replace: x}]"; } >slow.yaml
printf '%s\n2026-01-01,1,1,%s!,1\n2026-01-01,1,1,aaa,4\n' "$header" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >b.csv
runs 1 "a pattern that would run for ever" kam-import -m slow.yaml b.csv
is "$(head -n 1 err)" 'kam-import: b.csv:2: client: the pattern needs too many steps on this text: match limit exceeded' \
	"is stopped, and the row rejected"
like "$(cat out)" '^name: x$' "the other rows are imported"

# a mended row takes the place of one that was rejected, and of no other
printf '%s\n' "$header" '2026-01-01,1,1,Alpha,1' '2026-01-01,2,1,Alpha,1O' >o.csv
runs 1 "a row to be mended" kam-import -qm shop.yaml --rejects m.csv o.csv
sed -i 's/1O/10/' m.csv
runs 1 "the mended row, with the original" kam-import -qm shop.yaml o.csv m.csv
like "$(cat out)" 'revenue: 11.00' "counts once"
sed -i 's/1O/10/' o.csv
runs 1 "the mended row, when the original was mended too" kam-import -m shop.yaml o.csv m.csv
like "$(cat out)" 'revenue: 11.00' "is not counted twice"
like "$(cat err)" '^kam-import: m\.csv:2: the row that this one is mended from was imported in this run' "and it is said"

done_testing
