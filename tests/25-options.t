#!/bin/sh
# kam-import: its options. What becomes of rows and files in general: 20-import.t, 21-rejects.t.
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

runs 0 "--help" kam-import --help
is "$(head -n 3 out)" 'usage: kam-import -m MAP [FILE …] [-m MAP FILE …] [-a DIR] [--rejects FILE]
       kam-import --duplicates [-a DIR] [-m MAP [FILE …]]
       kam-import --guess FILE …' "shows each way to call the program on a line"

# --since and --until

cat >a.csv <<END
$header
2025-12-31,1,007,Alpha,1
2026-01-01,2,007,Alpha,2
2026-01-31,3,007,Alpha,4
2026-02-28,4,8,Beta,8
2026-03-01,5,9,Gamma,16
END
runs 0 "months from one on, up to another" kam-import -m shop.yaml --since 2026-01 --until 2026-02 a.csv
is "$(grep -E '^id|month' out | sed 's/, returns.*//')" 'id: alpha
  - {month: 2026-01, source: shop, revenue: 6.00
id: beta
  - {month: 2026-02, source: shop, revenue: 8.00' "are imported, both included, and no accounts of other months"
is "$(cat err)" 'kam-import: 5 rows read, 3 imported, 0 rejected, 2 of other months, 0 left out; 2 accounts, 2 months' \
	"the summary counts the others"
runs 0 "one month" kam-import -qm shop.yaml --since 2025-12 --until 2025-12 a.csv
is "$(grep -c month out)" 1 "is imported alone"
for month in 2026-13 2026-00 2026-1 26-01 2026-01-01 2026 '' January; do
	runs 2 "the month \"$month\"" kam-import -m shop.yaml --until "$month" a.csv
	is "$(cat err)" "kam-import: --until: not a month, as 2026-01: \"$month\"; see 'kam-import --help'" "is none"
done
runs 2 "--since later than --until" kam-import -m shop.yaml --since 2026-03 --until 2026-02 a.csv
is "$(cat err)" "kam-import: --since is later than --until: no month is between them; see 'kam-import --help'" "is refused"
is "$(cat out)" '' "and nothing is written"
printf '%s\n2025-01-01,1,9,Gamma,x\n2026-01-01,1,9,Gamma,x\n' "$header" >b.csv
kam-import -m shop.yaml --since 2026-01 b.csv >out 2>err
like "$(cat err)" ' 2 rows read, 0 imported, 1 rejected .not a number: 1., 1 of other months,' "bad cells in rows of other months are nobody's worry"

# --known-only

mkdir accounts
printf 'id: alpha\nname: Alpha\nexternal: {shop: "007"}\n' >accounts/alpha.yaml
printf 'id: beta\nname: Beta\nexternal: {shop: "8"}\n' >accounts/beta.yaml
runs 2 "--known-only without accounts" kam-import -m shop.yaml --known-only a.csv
is "$(cat err)" "kam-import: --known-only: -a DIR must tell which accounts are known; see 'kam-import --help'" "is refused"
runs 1 "--known-only" kam-import -m shop.yaml --known-only -a accounts --rejects r.csv --since 2026-01 a.csv
is "$(sed -n 's/^id: //p' out | tr '\n' ' ')" 'alpha beta ' "imports what is of known accounts"
like "$(cat err)" '^kam-import: a\.csv:6: .*Gamma' "and says the other rows"
like "$(cat err)" '1 rejected \(unknown account: 1\), 1 of other months, 0 left out; 2 accounts, 0 of them new,' "and counts them"
like "$(cat r.csv)" '^2026-03-01,5,9,Gamma,16,6,' "they are kept"
is "$(advice)" 'kam-import -a accounts --known-only --since 2026-01 -m shop.yaml a.csv r.csv' "the command has the options"
advice >command
sed -i 's/,9,Gamma,16/,8,Beta,16/' r.csv
eval "$(cat command)" >out 2>err
is "$(grep -E '^id|month' out | sed 's/, returns.*//')" 'id: alpha
  - {month: 2026-01, source: shop, revenue: 6.00
id: beta
  - {month: 2026-02, source: shop, revenue: 8.00
  - {month: 2026-03, source: shop, revenue: 16.00' "and imports all with the mended row"
kam-import -m shop.yaml --known-only -a accounts --until 2026-03 --rejects r.csv a.csv >/dev/null 2>err
is "$(advice)" 'kam-import -a accounts --known-only --until 2026-03 -m shop.yaml a.csv r.csv' "the last month stands in it too"
grep -q gamma accounts/*
is "$? $(ls accounts | tr '\n' ' ')" '1 alpha.yaml beta.yaml ' "the dossiers are as before"

# --dry-run

cat >dry.yaml <<'END'
kind: sales
source: 1c
currency: RUB
csv: {delimiter: ";"}
number: {decimal: ",", group: " "}
date: "%d.%m.%Y"
account: {external: {1c: Код}, name: Клиент}
columns: {date: Дата, revenue: Сумма}
clean: [{column: Клиент, match: '\s+', replace: ' '}]
END
cat >dry.csv <<'END'
Дата;Код;Клиент;Сумма
01.10.2026;007;ООО   Ромашка;1 200,50
02.10.2026;8;Берег;x
03.11.2026;8;Берег;10
END
cp a.csv more.csv
runs 1 "--dry-run" kam-import -m dry.yaml dry.csv -m shop.yaml more.csv --dry-run -a accounts
cat >want <<'END'
Sample rows
file      line  field     column    as it stands   as it is read  why not
dry.csv      2  1c        Код       007            007
dry.csv      2  name      Клиент    ООО   Ромашка  ООО Ромашка
dry.csv      2  date      Дата      01.10.2026     2026-10-01
dry.csv      2  revenue   Сумма     1 200,50       1200.50
dry.csv      3  1c        Код       8              8
dry.csv      3  name      Клиент    Берег          Берег
dry.csv      3  date      Дата      02.10.2026     2026-10-02
dry.csv      3  revenue   Сумма     x                             not a number with decimal mark ',': "x"
dry.csv      4  1c        Код       8              8
dry.csv      4  name      Клиент    Берег          Берег
dry.csv      4  date      Дата      03.11.2026     2026-11-03
dry.csv      4  revenue   Сумма     10             10.00
more.csv     2  shop      code      007            007
more.csv     2  name      client    Alpha          Alpha
more.csv     2  date      date      2025-12-31     2025-12-31
more.csv     2  document  document  1              1
more.csv     2  revenue   net       1              1.00
more.csv     3  shop      code      007            007
more.csv     3  name      client    Alpha          Alpha
more.csv     3  date      date      2026-01-01     2026-01-01
more.csv     3  document  document  2              2
more.csv     3  revenue   net       2              2.00
more.csv     4  shop      code      007            007
more.csv     4  name      client    Alpha          Alpha
more.csv     4  date      date      2026-01-31     2026-01-31
more.csv     4  document  document  3              3
more.csv     4  revenue   net       4              4.00

Months of sales
source  month    accounts   revenue  returns  orders
1c      2026-10         1  1_200.50     0.00       1
1c      2026-11         1     10.00     0.00       1
shop    2025-12         1      1.00     0.00       1
shop    2026-01         1      6.00     0.00       2
shop    2026-02         1      8.00     0.00       1
shop    2026-03         1     16.00     0.00       1

New accounts
id            name         code  file      line
bereg         Берег        8     dry.csv      4
gamma         Gamma        9     more.csv     6
ooo-romashka  ООО Ромашка  007   dry.csv      2

Rejected rows
reason        rows  the first
not a number     1  dry.csv:3: Сумма: not a number with decimal mark ',': "x"

In all
counted               number
rows read                  8
rows imported              7
rows rejected              1
rows left out              0
rows of other months       0
rows repeated              0
accounts                   5
new accounts               3
months of accounts         6
END
sed -i "s/1_200/1$(printf '\302\240')200/" want
same_file out want "shows samples of each file, months, new accounts, rejects and counts, in columns"
! grep -q kam-stream out
ok "and writes no stream"
runs 1 "--dry-run as CSV" kam-import -qnf csv -m dry.yaml dry.csv
like "$(cat out)" '^dry.csv,2,name,Клиент,ООО   Ромашка,ООО Ромашка,$' "has the samples"
like "$(cat out)" '^1c,2026-10,1,1200\.50,0\.00,1$' "the months"
like "$(cat out)" '^ooo-romashka,ООО Ромашка,007,dry\.csv,2$' "the new accounts"
like "$(cat out)" '^not a number,1,"dry\.csv:3: ' "the rejects"
like "$(cat out)" '^rows read,3$' "and the counts"
runs 1 "--dry-run as JSON" kam-import -qnf json -m dry.yaml dry.csv
if command -v python3 >/dev/null; then
	is "$(python3 -c 'import json
d = json.load(open("out"))
print(*d)
print(d["samples"][1]["cell"], "|", d["samples"][1]["value"], d["months"][0]["revenue"], d["rejects"][0]["rows"])')" \
		'samples months new-accounts rejects counts
ООО   Ромашка | ООО Ромашка 1200.5 1' "has all five"
else
	skip "has all five" "there is no python3"
fi
cat dry.csv | kam-import -qn -m dry.yaml >out
is "$? $(grep -c '(standard input)' out)" '1 15' "a pipe has samples too"
runs 0 "--dry-run without rejects" kam-import -n -m shop.yaml a.csv
runs 2 "--dry-run with --rejects" kam-import -n -m shop.yaml --rejects none.csv a.csv
like "$(cat err)" 'no file, so that --rejects has no place' "is refused"
[ ! -e none.csv ]
ok "and writes no file"

# --duplicates

mkdir doubles
# ID NAME REST: a dossier among the doubles
dossier() {
	printf 'id: %s\nname: "%s"\n%s\n' "$1" "$2" "$3" >"doubles/$1.yaml"
}
dossier one 'Gulls' 'external: {inn: "7707083893", shop: "1"}'
dossier two 'Wharf' 'external: {inn: "7707083893", shop: "2"}'
dossier three 'ООО Ромашка' ''
dossier four 'АО «Ромашка»' ''
dossier five 'Alphabetical' ''
dossier six 'Alphabetcial' ''
dossier seven 'Timber' 'contacts:
  - {id: a, name: A, phone: "+7 (495) 123-45-67", email: a@one.example}'
dossier eight 'Glass' 'contacts:
  - {id: b, name: B, phone: "84951234567", email: b@other.example}'
dossier nine 'Paper' 'contacts:
  - {id: c, name: C, email: c@one.example}'
dossier head 'Harbour' 'contacts:
  - {id: d, name: D, phone: "84957654321"}'
dossier south 'Harbour South' 'parent: head
contacts:
  - {id: d, name: D, phone: "84957654321"}'
dossier north 'Harbour North' 'parent: head
contacts:
  - {id: d, name: D, phone: "84957654321"}'
cp -R doubles doubles.before
runs 0 "--duplicates with accounts alone" kam-import --duplicates -a doubles -f csv
cat >want <<'END'
similarity,account,name,other,other-name,reasons
95,one,Gulls,two,Wharf,same tax number
90,four,АО «Ромашка»,three,ООО Ромашка,same name
77,five,Alphabetical,six,Alphabetcial,near names
60,eight,Glass,seven,Timber,same phone
40,nine,Paper,seven,Timber,same e-mail domain
END
same_file out want "lists the pairs with reasons, but none of parents and their divisions"
is "$(cat err)" '' "and says nothing more"
runs 0 "--duplicates in a table" kam-import --duplicates -a doubles
like "$(cat out)" '^ +90  four     АО «Ромашка»  three  ООО Ромашка   same name$' "has its columns in line"
runs 0 "--duplicates as JSON" kam-import --duplicates -a doubles -f json
like "$(cat out)" '"similarity":95,"account":"one","name":"Gulls","other":"two","other-name":"Wharf","reasons":"same tax number"' \
	"has the same"
printf 'kind: accounts\naccount: {external: {shop: code}, name: client}\ncolumns: {manager: manager}\n' >clients.yaml
printf 'code,client,manager\n70,Glasss Windows,n\n71,Glass Windows,n\n72,"Timber, Ltd",n\n' >clients.csv
runs 0 "--duplicates of a run" kam-import --duplicates -f csv -m clients.yaml clients.csv
is "$(sed 1d out | cut -d, -f 2,4,6)" 'glass-windows,glasss-windows,near names' "compares its accounts"
runs 0 "--duplicates of a run and accounts" kam-import --duplicates -f csv -m clients.yaml clients.csv -a doubles -q
is "$(grep -c . out) $(cat err)" '7 ' "compares both"
diff -r doubles doubles.before >/dev/null
ok "nothing is merged"
runs 2 "--duplicates of nothing" kam-import --duplicates
runs 2 "--duplicates with exports and no map" kam-import --duplicates -a doubles clients.csv

# Lines of documents

cat >lines.yaml <<'END'
kind: sales
source: shop
currency: EUR
account: {external: {shop: code}, name: client}
columns: {date: date, document: document, line: line, revenue: net}
END
cat >lines.csv <<'END'
date,document,line,code,client,net
2026-01-01,1,1,007,Alpha,1
2026-01-01,1,2,007,Alpha,2
2026-01-01,1,1,007,Alpha,1
2026-01-01,2,1,007,Alpha,4
2026-01-01,2,1,007,Alpha,5
END
cat >want <<'END'
kam-import: lines.csv:4: this line of document 1 stands in lines.csv:2 too; it counts once
kam-import: lines.csv:6: this line of document 2 stands in lines.csv:5 too, and says otherwise
kam-import: 5 rows read, 3 imported, 1 rejected (contradiction: 1), 1 repeated, 0 left out; 1 account, 1 month
END
runs 1 "a line of a document that is repeated" kam-import -m lines.yaml lines.csv
same_file err want "is reported, and rejected when it says otherwise"
like "$(cat out)" 'revenue: 7\.00, returns: 0\.00, orders: 2,' "and counts once"
sed -n '1p;2p' lines.csv >first.csv
sed -n '1p;4p;5p' lines.csv >second.csv
runs 0 "one that another export repeats" kam-import -m lines.yaml first.csv second.csv
is "$(cat err)" 'kam-import: second.csv:2: this line of document 1 stands in first.csv:2 too; it counts once
kam-import: 3 rows read, 2 imported, 0 rejected, 1 repeated, 0 left out; 1 account, 1 month' "is reported with both places"
kam-import -qm shop.yaml first.csv >want
sed -n '1p;2p;2p' lines.csv >twice.csv
kam-import -qm shop.yaml twice.csv >out
like "$(cat out)" 'revenue: 2\.00,' "by a map without line, equal rows are two rows"

# Several maps in one run

printf '%s\n2026-01-05,1,007,Alpha,1\n2026-01-06,2,8,Beta,2\n' "$header" >jan.csv
printf '%s\n2026-02-05,3,8,Beta,4\n2026-02-06,4,9,Aaron,8\n' "$header" >feb.csv
printf 'kind: contacts\naccount: {external: {shop: code}}\ncolumns: {name: who, phone: phone}\n' >contacts.yaml
printf 'code,who,phone\n8,Buyer,+371 2000 0000\n007,Store,\n' >people.csv
runs 0 "sales of two months and contacts, with accounts" \
	kam-import -m shop.yaml jan.csv feb.csv -m contacts.yaml people.csv -a accounts/
cat >want <<'END'
# kam-stream 1
---
id: aaron
name: Aaron
external: {shop: "9"}
currency: EUR
sales:
  - {month: 2026-02, source: shop, revenue: 8.00, returns: 0.00, orders: 1, on: [6]}
---
id: alpha
name: Alpha
external: {shop: "007"}
currency: EUR
contacts:
  - {id: store, name: Store}
sales:
  - {month: 2026-01, source: shop, revenue: 1.00, returns: 0.00, orders: 1, on: [5]}
---
id: beta
name: Beta
external: {shop: "8"}
currency: EUR
contacts:
  - {id: buyer, name: Buyer, phone: "+371 2000 0000"}
sales:
  - {month: 2026-01, source: shop, revenue: 2.00, returns: 0.00, orders: 1, on: [6]}
  - {month: 2026-02, source: shop, revenue: 4.00, returns: 0.00, orders: 1, on: [5]}
...
END
same_file out want "are one document for each account, in the order of ids"
runs 0 "contacts before sales" kam-import -q -m contacts.yaml people.csv -m shop.yaml feb.csv jan.csv -a accounts
same_file out want "give the same"
sed 's/^columns: {/&product: client, /' shop.yaml >withproduct.yaml
sed 's/^kind: sales/kind: products/; s/document: document/product: client/' shop.yaml >products.yaml
runs 2 "products told by two maps of one source" kam-import -m withproduct.yaml jan.csv -m products.yaml feb.csv
is "$(cat err)" 'kam-import: withproduct.yaml and products.yaml both tell the products of the source shop, which would be counted twice; leave product: out of the columns of withproduct.yaml' \
	"are refused"
sed 's/^source: shop/source: till/' products.yaml >till.yaml
runs 0 "of two sources" kam-import -q -m withproduct.yaml jan.csv -m till.yaml feb.csv

# -j and -q

awk -v header="$header" 'BEGIN {
	print header
	for (i = 0; i < 30000; i++)
		printf "2026-%02d-%02d,%d,%d,\"Client\n%d\",%s\n", i % 12 + 1, i % 28 + 1, i / 3, i % 700, i % 700, i % 997 ? "1.10" : "x"
}' >big.csv
kam-import -j1 -m shop.yaml big.csv --rejects want.csv >want 2>want.err
for threads in 2 3 8 9999; do
	kam-import -j $threads -m shop.yaml big.csv --rejects want2.csv >out 2>err
	sed 's/want2\.csv/want.csv/g' err >err2
	cmp -s out want && cmp -s err2 want.err && cmp -s want2.csv want.csv
	ok "$threads threads give the same accounts, messages and rejects as one"
done
for threads in 0 -1 x 10000 ''; do
	runs 2 "\"$threads\" threads" kam-import -m shop.yaml -j "$threads" a.csv
done
runs 1 "-q" kam-import -qm shop.yaml big.csv
is "$(cat err)" '' "is silent about rejected rows and the summary"
runs 1 "-q with lines that are repeated" kam-import --quiet -m lines.yaml lines.csv
is "$(cat err)" '' "too"
runs 2 "-q and what cannot be done" kam-import -qm shop.yaml none.csv
like "$(cat err)" 'none\.csv: cannot be opened' "is not"

# --rejects

printf '%s\n2026-01-05,1,007,Alpha,x\n2026-01-05,1,007,Alpha,1\n' "$header" >bad.csv
printf '%s,kam-line,kam-reason\n2026-01-05,1,007,Alpha,x,2,"net: not a number with decimal mark '"'.'"': ""x"""\n' "$header" >want
echo old >r.csv
chmod 640 r.csv
ln r.csv before.csv
kam-import -qm shop.yaml bad.csv --rejects r.csv >/dev/null
same_file r.csv want "a file of rejects that is there is replaced"
is "$(cat before.csv)" old "in one step, by another"
is "$(stat -c %a r.csv)" 640 "and keeps its mode"
mkdir far
echo old >far/r.csv
ln -s far/r.csv link.csv
kam-import -qm shop.yaml bad.csv --rejects link.csv >/dev/null
[ -L link.csv ] && cmp -s far/r.csv want
ok "through a symbolic link the file that it leads to is replaced, not the link"
is "$(ls -A far)" r.csv "and nothing else is left in its folder"
runs 1 "rejects to standard error" kam-import -qm shop.yaml --rejects /dev/stderr bad.csv
same_file err want "stand there"
runs 1 "with messages" kam-import -m shop.yaml --rejects /dev/stderr bad.csv
is "$(grep -c '^kam-import: ' err) $(sed -n '2,3p' err)" "2 $(cat want)" "they stand between these, and no command to mend them"
echo before >err2
kam-import -qm shop.yaml --rejects /dev/stderr bad.csv 2>>err2 >out
is "$(cat err2)" "before
$(cat want)" "a file of messages is written on"
mkfifo fifo
cat fifo >through &
runs 1 "rejects to a pipe" kam-import -m shop.yaml --rejects fifo bad.csv
wait
same_file through want "come through it"
is "$(advice)" '' "and no command to mend them is given"
kam-import -m shop.yaml --rejects /dev/stdout bad.csv 2>err | cat >out
is "$(cat out err)" 'kam-import: /dev/stdout: is standard output and --rejects; write the rejects elsewhere' \
	"they do not get among the accounts"
mkfifo never
for rejects in none/r.csv far /dev/full/r.csv ''; do
	runs 2 "rejects to \"$rejects\"" timeout 5 kam-import -m shop.yaml --rejects "$rejects" never
	like "$(cat err)" '^kam-import: .*cannot be (written|opened)' "are refused before anything is read"
done
if [ "$(id -u)" -eq 0 ]; then
	skip "rejects in a folder that may not be written" "root may write everything"
else
	mkdir locked
	chmod a-w locked
	runs 2 "rejects in a folder that may not be written" timeout 5 kam-import -m shop.yaml --rejects locked/r.csv never
fi

# Broken off

# more than a block, with pauses that add up to more than a second
slowly() {
	echo "$header"
	for part in 1 2 3 4 5 6 7; do
		awk 'BEGIN { for (i = 0; i < 8000; i++) print "2026-01-05,1,007,Alpha with a long name,1" }'
		echo '2026-01-05,1,007,Alpha,x'
		sleep 0.25
	done
}
mkdir temp rejects
mkfifo slow
for signal in INT TERM; do
	echo old >rejects/r.csv
	slowly 2>/dev/null >slow &
	writer=$!
	TMPDIR=$PWD/temp timeout -s $signal 1 kam-import -m shop.yaml --rejects rejects/r.csv slow >out 2>err
	status=$?
	wait $writer
	is "$status" 124 "an import that $signal breaks off"
	! grep -qx '\.\.\.' out
	ok "closes no stream"
	is "$(ls -A rejects)$(cat rejects/r.csv)" r.csvold "leaves the file of rejects as it was"
	is "$(ls -A temp)" '' "and no temporary file"
done
rm rejects/r.csv
slowly 2>/dev/null >slow &
TMPDIR=$PWD/temp timeout -s INT 1 kam-import -m shop.yaml --rejects rejects/r.csv slow >out 2>err
wait
is "$(ls -A rejects temp)" 'rejects:

temp:' "nor a file of rejects that was not there"

# Progress

# OPTION…: a slow import at a terminal; its standard error is left in ./screen
at_terminal() {
	slowly >slow &
	script -qec "kam-import -m shop.yaml $* slow >out" screen >/dev/null
	wait
}
# there may be a script of another kind, or no terminal to be had
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	cr=$(printf '\r') esc=$(printf '\033')
	TERM=xterm at_terminal
	like "$(cat screen)" "$cr""kam-import: [0-9]+\.[0-9] MB, [0-9]+ rows/s$esc\[K" "bytes and rows a second are shown on a terminal"
	like "$(cat screen)" "rows/s$esc\[K$cr$esc\[Kkam-import: 56007 rows read" "and taken away before the summary"
	is "$(grep -c '^id: alpha-with-a-long-name$' out)" 1 "the accounts are as ever"
	TERM=xterm at_terminal -q
	! grep -aq rows/s screen
	ok "with -q nothing is shown"
	TERM=dumb at_terminal
	! grep -aq -e rows/s -e "$esc" screen
	ok "nor on a terminal that cannot redraw a line"
else
	skip "progress on a terminal" "there is no script of util-linux, or no terminal"
fi
slowly >slow &
TERM=xterm kam-import -m shop.yaml slow >out 2>err
wait
! LC_ALL=C grep -q -e rows/s -e '[[:cntrl:]]' err
ok "without a terminal no progress is shown"

done_testing
