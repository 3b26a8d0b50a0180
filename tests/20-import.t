#!/bin/sh
# kam-import: exports as systems write them become accounts. Rows that cannot be used: 21-rejects.t.
. "${0%/*}/lib.sh"

cat >shop.yaml <<'END'
kind: sales
source: shop
currency: EUR
account: {external: {shop: code}, name: client}
columns: {date: date, document: document, revenue: net}
END
header='date,document,code,client,net'

# An export of an accounting system in Windows-1251

cat >1c.yaml <<'END'
kind: sales
source: 1c
currency: RUB
csv: {encoding: windows-1251, delimiter: ";", skip: 3}
number: {decimal: ",", group: " "}
date: "%d.%m.%Y"
account: {external: {1c: "Код"}, name: "Контрагент"}
columns: {date: "Дата", document: "Документ", revenue: "Сумма", cost: "Себестоимость"}
clean:
  - {column: "Контрагент", match: '\s+', replace: ' '}
  - {column: "Контрагент", match: '^(ООО|АО) (.+)$', replace: '$2'}
skip-rows: {column: "Дата", match: '^(Итого|Всего)'}
returns: {column: "Документ", match: '^Возврат'}
END
nbsp=$(printf '\302\240')
{
	printf 'Продажи\r\n"за; октябрь"\r\n\r\n'
	printf 'Дата;Документ;Код;Контрагент;Сумма;Себестоимость\r\n'
	printf '01.10.2026;РН-1;007;"ООО  ""Ромашка""";1%s234%s567,89;1 000 000,00\r\n' "$nbsp" "$nbsp"
	printf '2.10.2026;РН-1;007;ООО "Ромашка;-0,001;0\r\n' | sed 's/ООО "Ромашка/Ромашка/'
	printf '03.10.2026;Возврат 5;007;;-0,50-;0\r\n' | sed 's/0,50-/0,50/'
	printf '03.10.2026;РН-2;008;"АО\r\nКоробка";10;(5,005)\r\n'
	printf '\r\nИтого;;;;1 234 577,38;\r\nВсего за год;;;;;\r\n'
} | iconv -f UTF-8 -t WINDOWS-1251 >1c.csv
cat >want <<'END'
# kam-stream 1
---
id: korobka
name: Коробка
external: {1c: "008"}
currency: RUB
sales:
  - {month: 2026-10, source: "1c", revenue: 10.00, margin: 15.01, returns: 0.00, orders: 1, on: [3]}
---
id: romashka
name: "\"Ромашка\""
external: {1c: "007"}
currency: RUB
sales:
  - {month: 2026-10, source: "1c", revenue: 1234567.39, margin: 234567.39, returns: 0.50, orders: 1, on: [1, 2]}
...
END
runs 0 "an export of an accounting system" kam-import -m 1c.yaml 1c.csv
same_file out want "encoding, titles, groups, decimal commas, totals, quoted line breaks and returns are understood"
is "$(cat err)" 'kam-import: 6 rows read, 4 imported, 0 rejected, 2 left out; 2 accounts, 2 months' "the summary counts"

# The same export in other dress

printf '%s\n2026-01-02,1,007,Alpha,10.005\n2026-01-03,2,8,"Beta, Ltd",1\n' "$header" >a.csv
kam-import -qm shop.yaml a.csv >want
sed 's/$/\r/' a.csv >crlf.csv
kam-import -qm shop.yaml crlf.csv >out
same_file out want "CRLF line ends change nothing"
{ printf '\357\273\277'; cat a.csv; } >bom.csv
kam-import -qm shop.yaml bom.csv >out
same_file out want "a byte order mark changes nothing"
{ printf '\377\376'; iconv -f UTF-8 -t UTF-16LE a.csv; } >utf16.csv
kam-import -qm shop.yaml utf16.csv >out
same_file out want "a byte order mark tells UTF-16"
printf %s "$(cat a.csv)" >bare.csv
kam-import -qm shop.yaml bare.csv >out
same_file out want "the last line needs no end"
tr '\n' '\r' <a.csv >mac.csv
kam-import -qm shop.yaml mac.csv >out
same_file out want "line ends of old are understood"
sed 's/"Beta, Ltd"/Beta, Ltd/; s/,/\t/g; s/Beta\t Ltd/Beta, Ltd/' a.csv >tab.csv
{ cat shop.yaml; echo 'csv: {delimiter: tab}'; } >tab.yaml
kam-import -qm tab.yaml tab.csv >out
same_file out want "tabs between cells"
like "$(cat want)" 'shop: "007"' "codes keep their leading zeros"

# Input

kam-import -qm shop.yaml <a.csv >out
same_file out want "standard input is read without a file"
kam-import -qm shop.yaml - <a.csv >out
same_file out want "and for a hyphen"
kam-import -q -m - a.csv <shop.yaml >out
same_file out want "a map is read from standard input too"
mkfifo pipe
cat a.csv >pipe &
kam-import -qm shop.yaml pipe >out
same_file out want "a pipe is read"
wait

# NAME: an export of this name is read
reads() {
	cp a.csv "./$1"
	kam-import -qm shop.yaml -- "$1" >out
	same_file out want "a file named $(printf %s "$1" | LC_ALL=C tr -c 'A-Za-z0-9. -' '?')"
}
reads '-q'
reads 'a b;$(c).csv'
reads "it's"
reads "$(printf 'new\nline.csv')"
reads "$(printf '\033[31m.csv')"

runs 2 "a file that is not there" kam-import -m shop.yaml none.csv
is "$(cat err)" 'kam-import: none.csv: cannot be opened: No such file or directory' "is named"
mkdir folder
runs 2 "a folder for a file" kam-import -m shop.yaml folder
is "$(cat err)" 'kam-import: folder: cannot read: Is a directory' "is named"
is "$(cat out)" '' "and nothing is written"
: >empty.csv
runs 2 "an empty file" kam-import -m shop.yaml empty.csv
is "$(cat err)" 'kam-import: empty.csv: the file is empty: there is no header' "has no header"
printf '%s\n' "$header" >none.csv
runs 0 "an export without rows" kam-import -m shop.yaml none.csv
is "$(cat out)" "$(printf '# kam-stream 1\n...')" "is a stream without accounts"

# What is wrong with the command line

runs 2 "no map" kam-import a.csv
is "$(cat err)" "kam-import: -m MAP is needed: it tells how the files are read; --guess FILE writes one; see 'kam-import --help'" "is asked for"
runs 2 "a map behind its files" kam-import a.csv -m shop.yaml
is "$(cat err)" "kam-import: -m MAP must stand before the files that it is for; see 'kam-import --help'" "is refused"
runs 2 "a map without files among several" kam-import -m shop.yaml -m tab.yaml tab.csv
is "$(cat err)" "kam-import: --map shop.yaml: no file follows it; see 'kam-import --help'" "is refused"
is "$(cat out)" '' "before anything is written"
runs 2 "an unknown option" kam-import --maps shop.yaml a.csv
is "$(cat err)" "kam-import: unknown option \"--maps\", did you mean --map?; see 'kam-import --help'" "names the nearest"
runs 2 "a map that is not there" kam-import -m none.yaml a.csv
is "$(cat err)" 'kam-import: none.yaml: cannot be opened: No such file or directory' "is named"
runs 2 "a folder for a map" kam-import -m folder a.csv
is "$(cat err)" 'kam-import: folder: cannot be read: Is a directory' "is named"
printf 'kind: sales\nsuorce: x\naccount: {}\ncolumns: {date: D, revenue: R}\n' >bad.yaml
runs 2 "a wrong map" kam-import -m bad.yaml a.csv
is "$(cat err)" 'kam-import: bad.yaml:2:1: suorce: not a known name; did you mean "source"?
kam-import: bad.yaml:1:1: source: needed for sales; name the system they come from
kam-import: bad.yaml:3:10: account: no column finds the account; give external: {system: column}, or name: column' \
	"all that is wrong with it is said"
{ cat shop.yaml; echo 'csv: {encoding: latin-99}'; } >bad.yaml
runs 2 "an unknown encoding" kam-import -m bad.yaml a.csv
is "$(cat err)" 'kam-import: a.csv: unknown encoding "latin-99"; iconv -l lists them' "is named"
printf 'day,document,code,client,sum\n' >b.csv
runs 2 "columns that lack" kam-import -m shop.yaml b.csv
is "$(cat err)" 'kam-import: b.csv:1: shop.yaml names the columns "date", "net", which are not in the header: "day", "document", "code", "client", "sum"' \
	"are named with all that there are"

# Accounts that there are

mkdir accounts
printf 'id: alpha-group\nname: Alpha Holding\naliases: [Alpha]\ncurrency: EUR\nmanager: north\n' >accounts/alpha-group.yaml
printf 'id: beta\nname: Beta Ltd\nexternal: {shop: "8", tax: LV1}\n' >accounts/beta.yaml
printf 'id: gamma\nname: Gamma\nexternal: {shop: "9"}\n' >accounts/gamma.yaml
cat >b.csv <<END
$header
2026-01-02,1,007,ALPHA,10
2026-01-03,2,8,Whatever,1
2026-01-03,3,,beta  ltd,2
2026-01-04,4,10,Gamma Two,5
END
runs 0 "accounts of a folder" kam-import -qm shop.yaml -a accounts b.csv
cat >want <<'END'
# kam-stream 1
---
id: alpha-group
name: Alpha Holding
external: {shop: "007"}
currency: EUR
sales:
  - {month: 2026-01, source: shop, revenue: 10.00, returns: 0.00, orders: 1, on: [2]}
---
id: beta
name: Beta Ltd
external: {shop: "8", tax: LV1}
currency: EUR
sales:
  - {month: 2026-01, source: shop, revenue: 3.00, returns: 0.00, orders: 2, on: [3]}
---
id: gamma-two
name: Gamma Two
external: {shop: "10"}
currency: EUR
sales:
  - {month: 2026-01, source: shop, revenue: 5.00, returns: 0.00, orders: 1, on: [4]}
...
END
sed 's/tax: LV1/tax: "LV1"/' want >want2
same_file out want2 "are found by code, by alias and by name, and only those that rows are about are written"
printf '%s\n2026-01-02,1,11,Gamma,10\n' "$header" >c.csv
runs 2 "a client of a known name with another code" kam-import -m shop.yaml -a accounts c.csv
is "$(cat err)" 'kam-import: c.csv:2: "Gamma" (code "11") would get the id gamma, which is that of "Gamma" (code "9") (accounts/gamma.yaml:1); give one of them a dossier of its own with its code in external:, and import with -a' \
	"is not taken for it: both are named"
is "$(cat out)" '' "and nothing is written"
printf 'id: gamma-2\nexternal: {shop: "11"}\n' >accounts/gamma-2.yaml
runs 0 "with a dossier of its own" kam-import -qm shop.yaml -a accounts c.csv
like "$(cat out)" '^id: gamma-2$' "it is found"
sed 's/EUR/RUB/' shop.yaml >rub.yaml
runs 2 "money of another currency than the dossier's" kam-import -m rub.yaml -a accounts b.csv
is "$(cat err)" "kam-import: b.csv:2: the account alpha-group is in EUR, this map's money is in RUB" "is refused"
runs 2 "two maps of two currencies" kam-import -m shop.yaml a.csv -m rub.yaml a.csv
is "$(cat err)" "kam-import: a.csv:2: the account \"Alpha\" (code \"007\") is in EUR, this map's money is in RUB" "for one account are refused"
printf 'id: beta2\nexternal: {shop: "8"}\n' >accounts/beta2.yaml
runs 2 "dossiers with one code" kam-import -m shop.yaml -a accounts b.csv
is "$(cat err)" 'kam-import: accounts/beta2.yaml: the code 8 of shop is that of accounts/beta.yaml too
kam-import: the dossiers of accounts must be read whole, or rows could miss their accounts' "are refused"
rm accounts/beta2.yaml
runs 2 "a folder of accounts that is not there" kam-import -m shop.yaml -a none b.csv
like "$(cat err)" '^kam-import: none: .*No such file or directory$' "is named"
printf '%s\n2026-01-02,1,1,../../etc/passwd,10\n2026-01-02,2,2,.,1\n' "$header" >c.csv
kam-import -qm shop.yaml c.csv >out
is "$(sed -n 's/^id: //p' out | tr '\n' ' ')" '"2" etc-passwd ' "no name leads out of the folder"

# Other kinds, several exports in one run

cat >clients.yaml <<'END'
kind: accounts
account: {external: {shop: code}}
columns: {manager: manager, tier: tier, aliases: also, profile.region: region}
END
printf 'code,manager,tier,also,region\n007,north,KEY,Alfa; no,Riga\n8,south,,,\n' >clients.csv
cat >contacts.yaml <<'END'
kind: contacts
csv: {delimiter: ";"}
date: "%d.%m.%Y"
account: {external: {shop: code}}
columns: {name: who, function: area, level: level, primary: main, birthday: born, phone: phone}
END
printf 'code;who;area;level;main;born;phone\n007;Отдел закупок;Purchasing;3;да;17.04.1980;+371 2000 0000\n007;"Head ""Office""";;;;;\n' >contacts.csv
cat >invoices.yaml <<'END'
kind: invoices
currency: EUR
account: {external: {shop: code}}
columns: {id: number, due: due, amount: sum, paid: paid}
END
printf 'code,number,due,sum,paid\n007,I-1,2026-03-01,10.005,\n007,I-2,2026-04-01,1,0.5\n007,I-1,2026-03-01,10.005,\n' >invoices.csv
runs 0 "four exports in one run" kam-import -m clients.yaml clients.csv -m contacts.yaml contacts.csv \
	-m invoices.yaml invoices.csv -m shop.yaml a.csv
cat >want <<'END'
# kam-stream 1
---
id: alpha
name: Alpha
aliases: [Alfa, "no"]
external: {shop: "007"}
manager: north
currency: EUR
tier: key
profile:
  region: Riga
contacts:
  - {id: otdel-zakupok, name: Отдел закупок, function: purchasing, level: 3, primary: yes, birthday: 1980-04-17, phone: "+371 2000 0000"}
  - {id: head-office, name: "Head \"Office\""}
sales:
  - {month: 2026-01, source: shop, revenue: 10.01, returns: 0.00, orders: 1, on: [2]}
invoices:
  - {id: I-1, due: 2026-03-01, amount: 10.01}
  - {id: I-2, due: 2026-04-01, amount: 1.00, paid: 0.50}
---
id: beta-ltd
name: "Beta, Ltd"
external: {shop: "8"}
manager: south
currency: EUR
sales:
  - {month: 2026-01, source: shop, revenue: 1.00, returns: 0.00, orders: 1, on: [3]}
...
END
same_file out want "make one account of each client, its id from the name that comes last"
is "$(cat err)" 'kam-import: 9 rows read, 9 imported, 0 rejected, 0 left out; 2 accounts, 2 months' "and are counted together"
cp out stream
runs 0 "what was imported" kam-dossier check stream
sed 's/^2026-01-03,3/2026-01-03,4/' a.csv >c.csv
runs 0 "two maps of one source" kam-import -qm shop.yaml a.csv -m shop.yaml c.csv
kam-import -qm shop.yaml a.csv c.csv >want
same_file out want "sum into the same months"

# One export counts once

ln -s a.csv link.csv
ln a.csv hard.csv
for again in a.csv ./a.csv link.csv hard.csv; do
	runs 2 "an export named again, as $again" kam-import -m shop.yaml a.csv c.csv "$again"
	like "$(cat err)" "^kam-import: .* are the same file: its rows would be counted twice\$" "is refused"
	like "$(cat err)" "[ :]a\.csv and $again are|: $again and a\.csv are" "and both names are said"
done
is "$(cat out)" '' "and nothing is written"
runs 2 "by the same map given again too" kam-import -m shop.yaml a.csv -m ./shop.yaml a.csv
runs 2 "from standard input too" sh -c 'kam-import -m shop.yaml a.csv - <a.csv'
sed 's/shop/other/' shop.yaml >other.yaml
runs 0 "an export read by two maps" kam-import -qm shop.yaml a.csv -m other.yaml a.csv

# Numbers can be read again

cat >large.csv <<END
$header
2026-01-02,1,1,A,9999999999999999999999999999999999.99
2026-02-02,2,1,A,10000000000000000000000000000000000
2026-01-02,3,1,A,0.01
2026-03-02,4,1,A,-999999999999999999999999999999999999
END
runs 1 "sums of too many digits" kam-import -m shop.yaml large.csv
is "$(sed -n '1,3s/.*large/large/p' err)" 'large.csv:3: the amount has more than 34 digits before the point
large.csv:4: the sum of the month has more than 34 digits before the point
large.csv:5: the amount has more than 34 digits before the point' "are rejected"
is "$(grep -c month: out)" 1 "and make no month"
cp out stream
runs 0 "the largest" kam-dossier check stream
like "$(cat stream)" 'revenue: 9999999999999999999999999999999999.99,' "can be read again"

# The summary

printf '%s\n2026-01-02,1,007,Alpha,10\n2026-01-02,2,,Delta,10\n2026-01-02,3,,Epsilon,10\n' "$header" >new.csv
kam-import -m shop.yaml -a accounts new.csv 2>err >out
like "$(cat err)" '; 3 accounts, 2 of them new, 3 months$' "with a folder of accounts the summary tells those that are new"
sed -n '1,2p' new.csv >one.csv
kam-import -m shop.yaml -a accounts one.csv 2>err >out
is "$(cat err)" 'kam-import: 1 row read, 1 imported, 0 rejected, 0 left out; 1 account, 0 new, 1 month' "and of one thing in the singular"

# Output

runs 2 "a full disk" sh -c 'kam-import -m shop.yaml a.csv >/dev/full'
is "$(cat err)" 'kam-import: standard output cannot be written: No space left on device' "is reported"
awk -v header="$header" 'BEGIN {
	print header
	for (i = 0; i < 20000; i++)
		printf "2026-%02d-%02d,%d,%d,Client %d,1.10\n", i % 12 + 1, i % 28 + 1, i, i, i
}' >big.csv
kam-import -m shop.yaml big.csv 2>err | head -n 1 >out
is "$(cat out err)" '# kam-stream 1' "a reader that goes away is left in peace"

# Memory grows with accounts, months and documents, not with rows

if grep -q __asan_init "$(command -v kam-import)"; then
	skip "memory" "the sanitizer's own is too much"
else
	# LIMIT FILE: is it imported in so many MB?
	imports_in() {
		(ulimit -v "$(($1 * 1024))" && kam-import -qj1 -m shop.yaml "$2") >out 2>err
	}
	{ cat big.csv; sed 1d big.csv; sed 1d big.csv; } >thrice.csv
	{ cat big.csv; sed -e 1d -e 's/,/,x/' big.csv; sed -e 1d -e 's/,/,y/' big.csv; } >more.csv
	limit=8
	until imports_in $limit big.csv || [ $limit -eq 100 ]; do
		limit=$((limit + 1))
	done
	imports_in $((limit + 1)) thrice.csv
	ok "rows that are said three times take no more memory than once ($limit MB)"
	! imports_in $((limit + 1)) more.csv
	ok "three times the documents do"
fi

done_testing
