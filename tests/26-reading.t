#!/bin/sh
# kam-import: how exports are read: header, cells, quotes, numbers, dates. Encodings and line ends: 20-import.t; dates by
# their languages: 22-dates.t too.
. "${0%/*}/lib.sh"

# LINE…: a map of sales, the lines in addition
map() {
	printf '%s\n' 'kind: sales' 'source: s' 'currency: EUR' 'account: {external: {s: code}, name: client}' "$@"
}
plain='columns: {date: date, document: document, revenue: net}'
header='date,document,code,client,net'

# months as "MONTH REVENUE on DAYS", by account
months() {
	sed -n 's/^id: //p; s/^  - {month: \([^,]*\), source: [^,]*, revenue: \([^,]*\),.* on: \(.*\)}$/\1 \2 \3/p' out | tr '\n' ' '
}

map "$plain" >plain.yaml

# The header

map 'csv: {skip: 3}' "$plain" >skip.yaml
printf 'Sales,of October\n\n"a quote, %s\n%s\n2026-10-01,1,007,Alpha,1\n' 'unclosed' "$header" >a.csv
runs 0 "title lines, blank and with a lone quote," kam-import -m skip.yaml a.csv
is "$(months)" 'alpha 2026-10 1.00 [1] ' "are passed over as they stand"
map 'csv: {skip: 9}' "$plain" >skip9.yaml
runs 2 "more title lines than there are lines" kam-import -m skip9.yaml a.csv
like "$(cat err)" 'there is no header: csv\.skip is 9' "are said"
printf ' date ,document, code,client,net\n2026-10-01,1,007,Alpha,1\n' >a.csv
runs 0 "blanks around names in the header" kam-import -qm plain.yaml a.csv

printf 'date,document,code,client,Sum,Sum\n2026-01-01,1,007,Alpha,1,2\n' >twice.csv
for column in 'Sum#1 1.00' 'Sum#2 2.00' '#5 1.00' '#6 2.00'; do
	map "columns: {date: date, document: document, revenue: \"${column% *}\"}" >m.yaml
	runs 0 "a repeated name, as ${column% *}" kam-import -qm m.yaml twice.csv
	is "$(months)" "alpha 2026-01 ${column#* } [1] " "is that column"
done
map 'columns: {date: date, document: document, revenue: Sum}' >m.yaml
runs 2 "a repeated name without a number" kam-import -m m.yaml twice.csv
is "$(cat err)" 'kam-import: twice.csv:1: m.yaml names "Sum", which is in the header twice; add #1, #2 … to the name, or call it by its place, as "#4"' \
	"is refused"
for column in 'Sum#3' 'Sum#0' '#7' '#0' 'net' 'sum#1'; do
	map "columns: {date: date, document: document, revenue: \"$column\"}" >m.yaml
	runs 2 "the column $column" kam-import -m m.yaml twice.csv
	is "$(cat err)" "kam-import: twice.csv:1: m.yaml names the column \"$column\", which is not in the header: \"date\", \"document\", \"code\", \"client\", \"Sum\", \"Sum\"" \
		"is not there: all that are there are named"
done
printf 'date,document,code,client,#7,x\n2026-01-01,1,007,Alpha,3,2\n' >b.csv
map 'columns: {date: date, document: document, revenue: "#7"}' >m.yaml
runs 0 "a title that reads like a number" kam-import -qm m.yaml b.csv
is "$(months)" 'alpha 2026-01 3.00 [1] ' "is a title"

# No header

cat >bare.yaml <<'END'
kind: sales
source: s
currency: EUR
csv: {header: no, delimiter: ";", skip: 1}
account: {external: {s: "#3"}, name: "#4"}
columns: {date: "#1", document: "#2", revenue: "#5"}
END
printf 'title\n2026-01-01;1;007;Alpha;1\n2026-01-02;2;007;Alpha;x\n2026-01-03;3;8;B";2\n2026-01-04;4;8;Beta\n' >bare.csv
runs 1 "an export without a header" kam-import -m bare.yaml bare.csv --rejects r.csv
is "$(sed -n 's/^kam-import: //; 1,3p' err)" "bare.csv:3: #5: not a number with decimal mark '.': \"x\"
bare.csv:4:17: stray quote: a cell that holds quotes stands in quotes, and each inside is doubled
bare.csv:5: #5: empty cell, a number is needed: \"\"" "is read from its first line on, by the numbers of columns"
is "$(cat r.csv)" "title
2026-01-02;2;007;Alpha;x;3;\"#5: not a number with decimal mark '.': \"\"x\"\"\"
2026-01-03;3;8;B\";2;4;\"stray quote: a cell that holds quotes stands in quotes, and each inside is doubled\"
2026-01-04;4;8;Beta;;5;\"#5: empty cell, a number is needed: \"\"\"\"\"" "its rejects have no header either"
sed -i 's/;x;/;4;/; s/B"/Beta/; s/Beta;;/Beta;8;/' r.csv
runs 1 "mended rows of it" kam-import -qm bare.yaml bare.csv r.csv
is "$(months)" 'alpha 2026-01 5.00 [1, 2] beta 2026-01 10.00 [3, 4] ' "are imported together with it"
sed -i 's/revenue: "#5"/revenue: "#6"/' bare.yaml
runs 1 "a number beyond its columns" kam-import -m bare.yaml bare.csv
like "$(cat err)" 'bare\.csv:2: #6: empty cell, a number is needed' "is an empty cell in each row"

# Rows

printf '%s\n' "$header,note" '2026-01-01,1,007,Alpha,1' '' '2026-01-02,2,007,Alpha,2,' '2026-01-03,3,007,Alpha,4,n,,' \
	'2026-01-04,4,007,Alpha,8,n,,x' '   ' ',,,,,' 'Total,,,,15' >a.csv
map 'skip-rows: {column: date, match: ^Total}' "$plain" >m.yaml
runs 1 "cells that lack or are too many" kam-import -m m.yaml a.csv
is "$(months)" 'alpha 2026-01 7.00 [1, 2, 3] ' "those that lack, and empty ones beyond the header, harm nothing"
is "$(sed -n '$!s/^kam-import: //p' err)" 'a.csv:6: 8 cells, the header has 6
a.csv:7: no account: code, client are empty
a.csv:8: no account: code, client are empty' "too many, and rows of nothing, are rejected"
like "$(cat err)" ' 1 left out;' "and totals are left out, and counted"

cat >q.csv <<END
$header
2026-01-01,1,1,5" pipe,1
2026-01-02,2,1,Gulls,2
2026-01-03,3,2,"ООО "Ромашка"",4
2026-01-04,4,2,"ООО ""Ромашка""",8
2026-01-05,5,3,"Two
lines, one ""cell""",16
2026-01-06,6,1,"Gulls"x,32
2026-01-07,7,1,"Gulls" ,64
2026-01-08,8,1,"",128
END
runs 1 "stray quotes" kam-import -m plain.yaml q.csv
is "$(grep -c 'stray quote' err) $(sed -n '1,3s/^kam-import: q.csv:\([0-9:]*\): stray.*/\1/p' err | tr '\n' ' ')" '4 2:17 4:22 8:23 ' \
	"reject their rows, with line and column"
is "$(grep -a '^name' out)" 'name: Gulls
name: "ООО \"Ромашка\""
name: "Two\nlines, one \"cell\""' "doubled ones and line breaks inside are kept"
is "$(months)" 'gulls 2026-01 130.00 [2, 8] ooo-romashka 2026-01 8.00 [4] two-lines-one-cell 2026-01 16.00 [5] ' "and the rows after them are read"

printf '%s\n2026-01-01,1,007,"Alpha; and\tBeta|Co",1\n' "$header" >a.csv
kam-import -qm plain.yaml a.csv >want
printf '%s\n2026-01-01;1;007;"Alpha; and\tBeta|Co";1\n' "$(echo $header | tr , ';')" >semicolon.csv
printf '%s\n2026-01-01\t1\t007\t"Alpha; and\tBeta|Co"\t1\n' "$(echo $header | tr , '\t')" >tab.csv
printf '%s\n2026-01-01|1|007|"Alpha; and\tBeta|Co"|1\n' "$(echo $header | tr , '|')" >bar.csv
for delimiter in ';semicolon' 'tabtab' '|bar'; do
	case $delimiter in
	tab*) map 'csv: {delimiter: tab}' "$plain" >m.yaml ;;
	*) map "csv: {delimiter: \"${delimiter%%[a-z]*}\"}" "$plain" >m.yaml ;;
	esac
	file=${delimiter#?}
	[ "$delimiter" = tabtab ] && file=tab
	kam-import -qm m.yaml "$file.csv" >out
	same_file out want "cells between $file give the same"
	sed 's/$/\r/' "$file.csv" >crlf.csv
	kam-import -qm m.yaml crlf.csv >out
	same_file out want "with CRLF too"
	tr '\n' '\r' <"$file.csv" >cr.csv
	kam-import -qm m.yaml cr.csv >out
	same_file out want "with bare CR too"
done

# Numbers

nbsp=$(printf '\302\240') thin=$(printf '\342\200\257') quote=$(printf '\342\200\231')
# MAP WANT CELL: the sum that is read, or the summary's reasons
number() {
	map "number: $1" 'csv: {delimiter: "|"}' "$plain" >m.yaml
	printf 'date|document|code|client|net\n2026-01-01|1|007|Alpha|%s\n' "$3" >n.csv
	kam-import -m m.yaml n.csv >out 2>err
	got=$(sed -n 's/.*revenue: \([^,]*\),.*/\1/p' out)
	[ "$got" ] || got=$(sed -n 's/.* rejected (\(.*\): 1), .*/\1/p' err)
	is "$got" "$2" "\"$3\" by $1 is $2"
}
point='{decimal: "."}' comma='{decimal: ","}'
number "$point" 1234.57 1234.567
number "$comma" 1234.57 1234,567
number "$point" 'not a number' 1234,56
number "$comma" 'not a number' 1234.56
number "$point" 'not a number' 1,234
number '{decimal: ",", group: " "}' 1234567.89 '1 234 567,89'
number '{decimal: ",", group: " "}' 1234567.89 "1${nbsp}234${nbsp}567,89"
number '{decimal: ",", group: " "}' 1234567.89 "1${thin}234${thin}567,89"
number '{decimal: ",", group: " "}' 1234567.89 "1 234${nbsp}567,89"
number '{decimal: ",", group: " "}' 'not a number' '12 34,5'
number '{decimal: ",", group: " "}' 'not a number' '1  234'
number "{decimal: \".\", group: \"'\"}" 1234567.89 "1'234'567.89"
number "{decimal: \".\", group: \"'\"}" 1234.00 "1${quote}234"
number '{decimal: ",", group: "."}' 1234567.89 '1.234.567,89'
number '{decimal: ",", group: "."}' 'not a number' '1.234.56,89'
number '{decimal: ".", group: ","}' 1234567.89 '1,234,567.89'
number '{decimal: ".", group: ","}' 'not a number' '1,2345'
number "$comma" -1200.50 '1200,50-'
number "$comma" -1200.50 '-1200,50'
number "$comma" -1200.50 '(1200,50)'
number "$comma" 'not a number' '-(1200,50)'
number "$comma" 'not a number' '-1200,50-'
number "$comma" 1200.50 '€1200,50'
number "$comma" 1200.50 '1200,50 EUR'
number "$comma" -1200.50 '-1200,50 €'
number "$comma" 'another currency' '1200,50 ₽'
number "$comma" 'not a number' '1200,50 €€'
number "$comma" 'not a number' '1e5'
number "$comma" 'not a number' '0x10'
number "$comma" 'not a number' '10 %'
number "$comma" 'not a number' 'NaN'
number "$comma" 'not a number' '1,2,3'
number "$comma" 'not a number' '-'
number "$comma" 'not a number' 'О'
number "$comma" 'empty cell' ''
number "$comma" 'empty cell' "$nbsp"
number "$comma" 0.00 0
map 'number: {decimal: ","}' 'columns: {date: date, document: document, revenue: net}' >m.yaml
printf '%s\n2026-01-01,1,007,Alpha,1O\n' "$header" >n.csv
kam-import -m m.yaml n.csv >out 2>err
is "$(head -n 1 err)" "kam-import: n.csv:2: net: not a number with decimal mark ',': \"1O\"" \
	"a misfit is said with line, column, value and what was expected"
is "$(cat out)" "$(printf '# kam-stream 1\n...')" "and is never a zero"

# Codes

printf '%s\n2026-01-01,1,007,,1\n2026-01-01,2,7,,2\n2026-01-01,3,1e5,,4\n2026-01-01,4,0x1F,,8\n2026-01-01,5,12.0,,16\n' "$header" >a.csv
kam-import -qm plain.yaml a.csv >out
is "$(sed -n 's/^external: //p' out)" '{s: "007"}
{s: "0x1F"}
{s: "12.0"}
{s: "1e5"}
{s: "7"}' "codes stay as they stand"

# Dates

# FORMAT CELL WANT [MORE]: the month and day that are read, or the summary's reason
date_is() {
	map "date: \"$1\"" "$4" 'csv: {delimiter: "|"}' "$plain" | sed '/^$/d' >m.yaml
	printf 'date|document|code|client|net\n%s|1|007|Alpha|1\n' "$2" >d.csv
	kam-import -m m.yaml d.csv >out 2>err
	got=$(sed -n 's/^  - {month: \([^,]*\),.* on: \[\(.*\)\]}$/\1 \2/p' out)
	[ "$got" ] || got=$(sed -n 's/.* rejected (\(.*\): 1), .*/\1/p' err)
	is "$got" "$3" "\"$2\" as $1${4:+ with $4} is $3"
}
date_is %d.%m.%Y 05.11.2026 '2026-11 5'
date_is %d.%m.%Y 5.11.2026 '2026-11 5'
date_is %d.%m.%Y 31.11.2026 'not a date'
date_is %d.%m.%Y 29.02.2024 '2024-02 29'
date_is %d.%m.%Y 29.02.2026 'not a date'
date_is %d.%m.%Y 05.11.26 'not a date'
date_is %d.%m.%Y '05.11.2026 10:00' 'not a date'
date_is '%d.%m.%Y %H:%M:%S' '05.11.2026 10:00:59' '2026-11 5'
date_is %d.%m.%Y 11/05/2026 'not a date'
date_is %m/%d/%Y 11/05/2026 '2026-11 5'
date_is %m/%d/%Y 25/05/2026 'not a date'
date_is %Y%m%d 20261105 '2026-11 5'
date_is %d.%m.%y 05.11.26 '2026-11 5'
date_is %d.%m.%y 05.11.68 '2068-11 5'
date_is %d.%m.%y 05.11.69 '1969-11 5'
date_is %d.%m.%y 05.11.30 '2030-11 5' 'pivot: 30'
date_is %d.%m.%y 05.11.31 '1931-11 5' 'pivot: 30'
date_is %d.%m.%y 05.11.99 '2099-11 5' 'pivot: 99'
date_is '%d %B %Y' '5 November 2026' '2026-11 5'
date_is '%d %B %Y' '5 ноября 2026' '2026-11 5'
date_is '%d %B %Y' '5 novembris 2026' '2026-11 5'
date_is '%d-%b-%y' '05-Nov-26' '2026-11 5'
date_is '%d %B %Y' '5 Novembruary 2026' 'not a date'
date_is excel 46331 '2026-11 5'
date_is excel 46331.75 '2026-11 5'
date_is excel 60 'not a date'
date_is excel 05.11.2026 'not a date'
date_is %d.%m.%Y '' 'empty cell'
map 'date: "%d.%m.%Y"' "$plain" >m.yaml
printf '%s\n2026-11-05,1,007,Alpha,1\n' "$header" >d.csv
kam-import -m m.yaml d.csv >out 2>err
is "$(head -n 1 err)" 'kam-import: d.csv:2: date: not a date as "%d.%m.%Y": "2026-11-05"' \
	"a misfit is said with line, column, value and format"

# What the map does

map 'clean: [{column: client, match: "^(a+)+$", replace: x}]' "$plain" >m.yaml
printf '%s\n2026-01-01,1,1,%s!,1\n2026-01-01,1,1,aaa,4\n' "$header" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >a.csv
runs 1 "a pattern that would run for ever" timeout 20 kam-import -m m.yaml a.csv
like "$(head -n 1 err)" '^kam-import: a\.csv:2: client: the pattern needs too many steps' "is stopped, and its row rejected"
like "$(cat err)" '2 rows read, 1 imported, 1 rejected \(pattern: 1\)' "for that reason"
for where in 'skip-rows: {column: client, match: "^(a+)+$"}' 'returns: {column: client, match: "^(a+)+$"}'; do
	map "$where" "$plain" >m.yaml
	runs 1 "in ${where%%:*} too" timeout 20 kam-import -m m.yaml a.csv
	like "$(cat err)" 'rejected \(pattern: 1' "it is"
done

# LINE PLACE KEY NEAREST: a map with the line is refused
unknown() {
	map "$1" "$plain" >m.yaml
	runs 2 "a map with ${1%%:*}" kam-import -m m.yaml a.csv
	like "$(cat err)" "^kam-import: m\\.yaml:$2: $3: not a known name; did you mean \"$4\"\\?" "is told its place and the nearest name"
}
unknown 'curency: EUR' 5:1 curency currency
unknown 'csv: {delimeter: ";"}' 5:7 csv.delimeter delimiter
unknown 'number: {decmal: ","}' 5:10 number.decmal decimal
unknown 'skip_rows: {column: date, match: x}' 5:1 skip_rows skip-rows
map 'columns: {date: date, revenu: net}' >m.yaml
runs 2 "a map with a field that there is not" kam-import -m m.yaml a.csv
like "$(cat err)" '^kam-import: m\.yaml:5:31: columns: kind sales has no field "revenu"; did you mean "revenue"\?' "is told the nearest"
runs 2 "a column that is not in the header" kam-import -m plain.yaml twice.csv
is "$(cat err)" 'kam-import: twice.csv:1: plain.yaml names the column "net", which is not in the header: "date", "document", "code", "client", "Sum", "Sum"' \
	"is told, with all that are"

# without a header the first row may lack cells, too
printf '%s\n' 'kind: sales' 'source: s' 'csv: {header: no}' 'account: {external: {s: "#2"}}' \
	'columns: {date: "#1", revenue: "#3", cost: "#4"}' >m.yaml
printf '%s\n' '2026-01-02,7,10' '2026-01-03,7,10,4' '2026-01-04,7,10,4,more' >a.csv
runs 0 "rows of several lengths without a header" kam-import -m m.yaml a.csv
like "$(cat out)" 'revenue: 30\.00, returns: 0\.00, orders: 3, on: \[2, 3, 4\]' "are all read, what lacks being empty"

done_testing
