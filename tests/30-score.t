#!/bin/sh
# kam-score: what each account is of the whole, put into its document and
# nothing else changed.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY
umask 022

# The figures, worked by hand: margins 400, 100, 20, −20, sum 500; revenues 1000, 800, 200, 0, sum 2000

mkdir accounts
cat >accounts/a.yaml <<'END'
---
id: a
name: ООО «Ромашка»
currency: EUR
tier: key
potential:
  - {year: 2026, product: p, amount: 4000.00}
contacts:
  - {id: x, function: purchasing}
  - {id: y, function: purchasing}
  - {id: z, function: finance}
  - {id: w, function: hr, left: 2026-10-31}
sales:
  - {month: 2025-10, source: s, revenue: 500.00, margin: 320.00}
  - {month: 2026-08, source: s, revenue: 300.00, margin: 100.00}
  - {month: 2026-09, source: s, revenue: 300.00, margin: 120.00}
  - {month: 2026-10, source: s, revenue: 400.00, margin: 180.00}
  - {month: 2026-11, source: s, revenue: 9999.00, margin: 9999.00}
END
cat >accounts/b.yaml <<'END'
---
id: b
currency: EUR
sales:
  - {month: 2026-08, source: s, revenue: 100.00, margin: 50.00}
  - {month: 2026-08, source: t, revenue: 100.00, margin: -20.00}
  - {month: 2026-09, source: s, revenue: 300.00, margin: 30.00}
  - {month: 2026-10, source: s, revenue: 300.00, margin: 40.00}
END
cat >accounts/c.yaml <<'END'
---
id: c
currency: EUR
sales:
  - {month: 2025-11, source: s, revenue: 200.00, margin: 20.00}
END
cat >accounts/d.yaml <<'END'
---
id: d
currency: EUR
sales:
  - {month: 2026-10, source: s, revenue: 0.00, margin: -20.00}
END
cat >accounts/e.yaml <<'END'
---
id: e
END

# the lines of an account's score in ./out: those that are measured from sales, potential and contacts, and what of
# them is missing
score_of() {
	awk -v id="id: $1" '
		BEGIN {
			n = split("as-of model basis share size volume abc growth trend potential penetration headroom contacts functions flags", names, " ")
			for (i = 1; i <= n; i++) mine_is[names[i]] = 1
		}
		/^---/ { mine = score = 0 }
		$0 == id { mine = 1 }
		/^[^ ]/ { score = mine && /^score:/ }
		!score || !/^ / { next }
		/^  missing: / {
			list = ""
			gsub(/[][,]/, "")
			for (i = 2; i <= NF; i++) if (mine_is[$i]) list = list (list ? ", " : "") $i
			if (list) print "  missing: [" list "]"
			next
		}
		{ name = $1; sub(/:.*/, "", name); if (mine_is[name]) print }' out
}

runs 0 'a folder is scored' kam-score accounts
is "$(cat err)" 'kam-score: warning: the oldest sales are of 2025-10, inside the window before, so that growth is not known' 'a base that is too short is told'
is "$(score_of a)" '  as-of: 2026-10-31
  model: built-in
  basis: margin
  share: 80.0
  size: monopoly
  volume: 50.0
  abc: A
  trend: 0.0
  potential: 4000.00
  penetration: 25.0
  headroom: 3000.00
  contacts: 3
  functions: 2
  flags: [few-contacts, decider-unknown, key-by-size, yielding]
  missing: [growth]' 'the figures of the largest'
is "$(score_of b)" '  as-of: 2026-10-31
  model: built-in
  basis: margin
  share: 20.0
  size: large
  volume: 40.0
  abc: B
  trend: 15.0
  contacts: 0
  functions: 0
  flags: [few-contacts, decider-unknown]
  missing: [growth, potential, penetration, headroom]' 'the figures of the second: 20 % are large, not yet a monopoly'
is "$(score_of c | grep -E 'share|size|abc|trend')" '  share: 4.0
  size: standard
  abc: C
  trend: 0.0' 'the figures of the third'
is "$(score_of d | grep -E 'share|volume|size|abc|missing')" '  share: -4.0
  size: standard
  volume: 0.0
  abc: C
  missing: [growth, trend, potential, penetration, headroom]' 'a loss is a negative share'
is "$(score_of e | grep -E 'share|abc')" '  share: 0.0
  abc: C' 'an account without sales brings nothing'
is "$(grep -c '^score:' out)" 5 'every account has one score'
is "$(grep '^id:' out | tr -d '\n')" 'id: aid: bid: cid: did: e' 'the order is that of the input'
cp out want
runs 0 'a stream is scored as the folder is' sh -c 'cat accounts/*.yaml | kam-score -q'
same_file out want 'with the same bytes'
runs 0 'files are scored as the folder is' kam-score -q accounts/a.yaml accounts/b.yaml - accounts/d.yaml accounts/e.yaml <accounts/c.yaml
same_file out want 'with the same bytes'
runs 0 'scores are scored' kam-score -q want
same_file out want 'twice is as once'
runs 0 'other accounts first' kam-score -q accounts/e.yaml accounts/c.yaml accounts/d.yaml accounts/b.yaml accounts/a.yaml
is "$(grep '^id:' out | tr -d '\n')" 'id: eid: cid: did: bid: a' 'come out first'
is "$(score_of a | md5sum)" "$(cp want out; score_of a | md5sum)" 'and change no score'

# Value: thirty accounts of known order days, twenty of which ordered again, ten of them up to the end

awk 'BEGIN {
	for (i = 1; i <= 30; i++) {
		printf "---\nid: v%02d\nsales:\n", i
		last = i <= 10 ? 10 : i <= 20 ? i % 4 + 2 : 1
		for (m = 1; m <= last; m++) printf "  - {month: 2026-%02d, source: s, revenue: 50.00, margin: 20.00, orders: 1, on: [%d%s]}\n", m, i % 9 + 1, m < last ? ", 15, 23" : ""
	}
}' >many
runs 0 'accounts of known order days are scored' kam-score -q -j 4 many
mv out want
is "$(grep -c '^  alive: ' want) $(grep -c '^  expected-orders: ' want)" '30 30' 'each has its chance to be alive'
is "$(grep '^  npv: ' want | sort | uniq -c | tr -s ' ')" "$(printf ' 2   npv: 132.50\n 2   npv: 176.66\n 3   npv: 220.83\n 10   npv: 44.17\n 10   npv: 441.66\n 3   npv: 88.33' | tr -s ' ')" 'and its value'
runs 0 'the same on one thread' kam-score -q -j 1 many
same_file out want 'is the same'
awk 'BEGIN { RS = "---\n" } NR > 1 { d[n++] = $0 } END { while (n--) printf "---\n%s", d[n] }' many >backwards
runs 0 'the same in another order' kam-score -q backwards
sort out >out.sorted
sort want >want.sorted
same_file out.sorted want.sorted 'gives each account the same'
sed '/^id: v30$/,$d' many | sed '$d' >few
runs 0 'one account less' kam-score -q few
is "$(grep -c 'missing: .*alive, expected-orders' out)" 29 'is too few for a fit, and the measure is missing'

# Nothing but the section

# FILE DESC: what is scored is the document and its section, byte for byte
only_section() {
	runs 0 "$2: is scored" kam-score -q "$1"
	sed -e '1,2d' -e '$d' out |
		awk '/^score:/ { score = 1; next } score && /^  / { next } { score = 0; print }' >without
	sed -e '1s/^\xef\xbb\xbf//' "$1" | awk '!/^(---|\.\.\.)[ \r]*$/' >want
	same_file without want "$2: nothing but the section was added"
	is "$(grep -c '^score:' out)" 1 "$2: there is one section"
	cp out once
	kam-score -q once >twice
	same_file twice once "$2: twice is as once"
}

cat >plain.yaml <<'END'
# The head of the file
---

# A comment over the id
id:   a      # and behind it
name:    ООО «Ромашка»


tier: key    # a person's word
profile:
    goals: "double, with \"quotes\" and \u00e9"
    tasks: 'single, with ''quotes'''
    strategy: plain over
      two lines
"odd key": {a: 1,
   b: [x, "y: z",
 'w']}
log: # empty so far
 # a comment in a section

# and one after it
sales:
- {month: 2026-10, source: s, revenue: 5.00}   # October

# The end
END
only_section plain.yaml 'comments, blank lines and odd quoting'
like "$(sed -n '/^score:/,$p' out | tr '\n' ' ')" '^score:   as-of: [^#]*$' 'the section stands behind the last comment'

sed 's/$/\r/' plain.yaml >crlf.yaml
only_section crlf.yaml 'CRLF'
is "$(sed -e '1,2d' -e '$d' out | grep -vc "$(printf '\r')\$")" 0 'CRLF: the section has it too'

{ printf '\357\273\277'; sed 1,3d plain.yaml; } >bom.yaml
only_section bom.yaml 'a BOM'

printf -- '---\nid: a\nname: no end' >unended.yaml
only_section unended.yaml 'no final newline'

printf -- '---\nid: a\nprofile:\n  goals: |\n    one\n\n      two\n' >block.yaml
only_section block.yaml 'a block scalar at the end'
printf -- '---\nid: a\nnotes: |+\n  one\n\n\n' >keep.yaml
only_section keep.yaml 'a block scalar that keeps its blank lines'
printf -- '---\nid: a\nnotes: |\n  one\n  two' >cut.yaml
runs 0 'a block scalar without final newline: is scored' kam-score -q cut.yaml
is "$(sed -n '/^notes/,$p' out)" 'notes: |
  one
  two
...' 'a block scalar without final newline: the section stands before it'

cat >middle.yaml <<'END'
---
id: a
# before
score:
  # an old remark
  share: 1.0
# after
name: x
END
runs 0 'an old section is replaced' kam-score -q middle.yaml
is "$(sed -n '3,5p;/^# after/,$p' out)" 'id: a
# before
score:
# after
name: x
...' 'where it stood'
is "$(grep -c 'share: 1.0\|remark' out)" 0 'and nothing of it is left'

cat >false.yaml <<'END'
---
id: a
profile: {goals: "a text that goes on
score: in the first column
---not a document"}
name: x
END
runs 0 'text in the first column is not a section' kam-score -q false.yaml
is "$(sed -n 3,7p out)" "$(sed 1d false.yaml)" 'text in the first column stays'
is "$(grep -c '^  model: built-in' out)" 1 'and the section is added'

printf -- '---\nid: a\n...\n# after the end\n' >ended.yaml
runs 0 'a document that closes itself' kam-score -q ended.yaml
like "$(cat out)" '^# after the end$' 'keeps what follows its end'
is "$(tail -n 1 out)" '...' 'and the stream closes once'
is "$(grep -c '^\.\.\.' out)" 1 'and only once'

# Threads

awk 'BEGIN { for (i = 0; i < 3000; i++)
	printf "---\nid: n%d\nname: Имя %d # %d\nsales:\n  - {month: 2026-%02d, source: s, revenue: %d.25, margin: %d.10}\n",
		i, i, i, i % 10 + 1, i * 7919 % 1000, i * 7919 % 500 }' >many.yaml
kam-score -q -j1 many.yaml >one
kam-score -q -j8 many.yaml >eight
kam-score -q -j999 many.yaml >most
same_file eight one 'eight threads write what one writes'
same_file most one 'more threads than there can be are no error'
is "$(grep '^id:' one | md5sum)" "$(grep '^id:' many.yaml | md5sum)" 'many accounts keep their order'
is "$(head -n 1 one; tail -n 1 one)" '# kam-stream 1
...' 'the stream is opened and closed'

# The window

as_of() {
	kam-score -q "$@" accounts/a.yaml | sed -n 's/^  as-of: //p'
}
is "$(as_of)" 2026-10-31 'the window ends with the last full month before today'
is "$(as_of --today 2026-11-01)" 2026-10-31 'on the first of a month too'
is "$(as_of --today 2026-10-31)" 2026-09-30 'on the last of a month too'
is "$(as_of --today 2024-03-15)" 2024-02-29 'in a leap year'
is "$(as_of --today 2026-01-01)" 2025-12-31 'over the turn of a year'
is "$(as_of --as-of 2026-09)" 2026-09-30 '--as-of takes a month'
is "$(as_of --as-of 2026-09-30)" 2026-09-30 '--as-of takes the last day of a month'
is "$(as_of --as-of=2026-09-29)" 2026-08-31 '--as-of takes a day: the last full month up to it'
is "$(as_of --as-of 2024-02-29)" 2024-02-29 '--as-of knows leap years'
is "$(as_of --as-of 2026-11 --today 2020-01-01)" 2026-11-30 '--as-of may lie in the future'
for wrong in 2026-13 2026-02-29 26-10 '' 2026-10-31x; do
	runs 2 "--as-of '$wrong' is refused" kam-score --as-of "$wrong" accounts
	like "$(cat err)" '^kam-score: --as-of: not a month as 2026-10 or a date as 2026-10-31: "' "--as-of '$wrong': the message"
done
runs 2 'a window before the year 1' kam-score --as-of 0001-01 accounts
runs 0 'a window without sales' kam-score --as-of 2030-06 accounts
like "$(cat err)" 'a month that is not over: 2030-06 is not over on ' 'a month that is not over is told'
like "$(cat err)" 'no sales from 2029-07 to 2030-06; the newest are of 2026-11: try --as-of 2026-11$' 'a window without sales is told, with what to do'

# The basis

runs 0 '--basis revenue' kam-score -q --basis revenue accounts
is "$(score_of a | grep -E 'basis|share')" '  basis: revenue
  share: 50.0' '--basis revenue counts revenue'
printf -- '---\nid: f\ncurrency: EUR\nsales:\n  - {month: 2026-10, source: s, revenue: 1.00}\n' >f.yaml
runs 0 'no margin at all' kam-score -q f.yaml
is "$(score_of f | grep -E 'basis')" '  basis: revenue' 'no margin at all: revenue stands in, and it is said'
runs 2 'a margin here and none there' kam-score accounts f.yaml
is "$(cat out)" '' 'a margin here and none there: nothing is written'
is "$(cat err)" 'kam-score: some months of sales have a margin and some have none: f in 2026-10; import their costs, or choose --basis revenue' 'a margin here and none there: who and what to do'
runs 0 'a margin here and none there, chosen' kam-score -q --basis=revenue accounts f.yaml
runs 2 'another basis' kam-score --basis turnover accounts
like "$(cat err)" 'the basis is margin or revenue, not "turnover"' 'another basis: the message'
sed -e 's/EUR/RUB/' -e 's/id: f/id: g/' f.yaml >g.yaml
runs 2 'two currencies' kam-score f.yaml g.yaml
is "$(cat err)" 'kam-score: accounts of different currencies cannot be summed: f is in EUR, g in RUB; read those of one currency, or choose --currency and --rates' 'two currencies are named'
is "$(cat out)" '' 'two currencies: nothing is written'

# Models

runs 0 '--print-model' kam-score --print-model
cp out model.yaml
kam-score -q accounts | sed 's/^  model: built-in$/  model: model.yaml/' >want
runs 0 'the built-in model as a file' kam-score -q -m model.yaml accounts
same_file out want 'gives the same bytes but for its name'
cat >own.yaml <<'END'
window: 3
share: {large: 50, monopoly: 90}
abc: {a: 10, b: 99}
volume: {dependence: 55}
contacts: {least: 1}
END
runs 0 'a model of our own' kam-score -q -m own.yaml accounts
is "$(score_of a)" '  as-of: 2026-10-31
  model: own.yaml
  basis: margin
  share: 83.3
  size: large
  volume: 55.6
  abc: A
  trend: 30.0
  potential: 1000.00
  penetration: 100.0
  headroom: 0.00
  contacts: 3
  functions: 2
  flags: [dependence, decider-unknown, key-by-size]
  missing: [growth]' 'a model of our own changes the marks and the window'
is "$(score_of b | grep -E 'share|size|abc')" '  share: 20.8
  size: standard
  abc: B' 'for the others too'
printf 'share: {large: 5, monopoly: 4}\n' >wrong.yaml
runs 2 'a wrong model' kam-score -m wrong.yaml accounts
like "$(cat err)" '^kam-score: wrong\.yaml:1:[0-9]+: share\.large: ' 'a wrong model: the place'
is "$(cat out)" '' 'a wrong model: nothing is written'
printf 'widow: 3\n' >wrong.yaml
runs 2 'a name that the model does not know' kam-score -m wrong.yaml accounts
like "$(cat err)" '^kam-score: wrong\.yaml:1:1: widow: .*window' 'a name that the model does not know: which is meant'
runs 2 'no model' kam-score -m nowhere.yaml accounts
like "$(cat err)" '^kam-score: nowhere\.yaml: cannot be opened: ' 'no model: the message'

# What cannot be used: exit 2, the place, nothing on standard output

# DESC PLACE-AND-TEXT COMMAND…
refuses() {
	desc=$1 text=$2
	shift 2
	runs 2 "$desc" "$@"
	is "$(cat out)" '' "$desc: nothing is written"
	like "$(cat err)" "^kam-score: $text" "$desc: the place"
}

printf -- '---\nid: x\nsales:\n  - {month: 2026-10, source: s, revenue: 12.5O}\n' >x.yaml
refuses 'a number with a letter' 'x\.yaml:4:42: sales\[0\]\.revenue: not a number: "12\.5O"' kam-score accounts x.yaml
is "$(tail -n 1 err)" 'kam-score: without these accounts every share would be wrong: nothing was written' 'a number with a letter: what follows from it'
refuses 'a number with a letter, on standard input' '\(standard input\):4:42: sales' sh -c 'kam-score <x.yaml'
printf -- '---\nid: x\nsales:\n  - {month: 2026-10, source: s, revenue: 12,5}\n' >x.yaml
refuses 'a decimal comma' 'x\.yaml:4:45: ' kam-score x.yaml
printf -- '---\nid: x\nname: [unclosed\n' >x.yaml
refuses 'broken YAML' 'x\.yaml:[0-9]+:[0-9]+: ' kam-score accounts x.yaml
printf -- '---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nid: *c\n' >x.yaml
refuses 'an alias bomb' 'x\.yaml:2:4: an anchor' kam-score x.yaml
{ printf -- '---\nid: x\ny: '; awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }'; echo; } >x.yaml
refuses 'a hundred thousand brackets' 'x\.yaml:3:[0-9]+: nested more than' kam-score x.yaml
{ printf -- '---\nid: x\ny: '; head -c 10000000 /dev/zero | tr '\0' y; echo; } >x.yaml
refuses 'a text of ten megabytes' 'x\.yaml:3:4: a text of 10000000 bytes' kam-score x.yaml
printf -- '---\nid: x\nname: \303\050\n' >x.yaml
refuses 'what is not UTF-8' 'x\.yaml:3:7: not UTF-8: byte 0xc3' kam-score x.yaml
printf -- '---\nid: x\nname: a\000b\n' >x.yaml
refuses 'a NUL' 'x\.yaml:3:8: a NUL' kam-score x.yaml
printf -- '---\nid: ../../etc/passwd\n' >x.yaml
refuses 'an id that leaves the folder' 'x\.yaml:2:5: id: ' kam-score x.yaml
printf 'id: x\nname: x\n' >x.yaml
printf 'id: y\nname: y\n' >y.yaml
refuses 'two files joined without ---' '\(standard input\):3:1: a second "id"' sh -c 'cat x.yaml y.yaml | kam-score'
cp accounts/b.yaml again.yaml
refuses 'an account that comes twice' 'again\.yaml:2:5: account b stands in accounts/b\.yaml:1 already; merge the two first' kam-score accounts again.yaml
kam-score -q accounts | sed '$d' >cut.stream
refuses 'a stream that was cut' 'cut\.stream:[0-9]+: the stream was cut' kam-score cut.stream
refuses 'a stream that was cut, among others' '\(standard input\):[0-9]+: the stream was cut' sh -c 'kam-score accounts/a.yaml - <cut.stream'
refuses 'a file that is not there' 'nowhere: cannot be opened: ' kam-score accounts nowhere
printf 'month,revenue\n2026-10,5\n' >sales.csv
refuses 'a CSV file' 'sales\.csv:1:1: ' kam-score sales.csv
mkdir links
ln -s ../x.yaml links/x.yaml
refuses 'a link in a folder' 'links/x\.yaml: is a symbolic link' kam-score links
awk 'BEGIN { for (i = 0; i < 30; i++) printf "---\nid: n%d\ntier: x\n", i }' >x.yaml
refuses 'many mistakes' 'x\.yaml:3:7: tier: ' kam-score x.yaml
is "$(wc -l <err | tr -d ' ')" 22 'many mistakes: twenty are shown'
like "$(cat err)" '^kam-score: 10 more errors$' 'many mistakes: the others are counted'

# Nothing to score

printf '# kam-stream 1\n...\n' >empty
refuses 'no input at all' '\(standard input\): nothing came in' kam-score
mkdir none
runs 1 'an empty folder' kam-score none
same_file out empty 'an empty folder gives an empty stream'
is "$(cat err)" 'kam-score: warning: there are no accounts in the input' 'an empty folder is told'
runs 1 'an empty stream' kam-score -q empty
same_file out empty 'an empty stream gives an empty stream'

# The temporary file

TMPDIR=$PWD/nowhere
export TMPDIR
refuses 'no folder for the temporary file' 'no temporary file can be made as .*/nowhere/kam\.[^:]*: No such file or directory; set TMPDIR' kam-score accounts
TMPDIR=$PWD/tmp
mkdir tmp
runs 0 'a folder of our own for it' kam-score -q accounts
is "$(ls -A tmp)" '' 'is left empty'
refuses 'no room for it' 'the temporary file cannot be written: ' sh -c "ulimit -f 64; exec kam-score many.yaml"
is "$(ls -A tmp)" '' 'nothing is left behind'

# How steadily, at which prices, how much more

cat >steady.yaml <<'END'
---
id: a
tier: key
division: paper
potential:
  - {year: 2026, product: "a, b", division: paper, amount: 1200.00}
  - {year: 2027, amount: 500.00}
  - {year: 2029, amount: 50.00}
contracts:
  - {id: K-1, end: 2025-12-31, discount: 5}
  - {id: K-2, start: 2026-01-01, discount: 7.5}
sales:
  - {month: 2026-08, source: s, revenue: 100.00, margin: 30.00, orders: 2, on: [4, 24], products: {"a, b": 100.00}}
  - {month: 2026-09, source: s, revenue: 110.00, margin: 30.00, products: {"a, b": 60.00, film: 50.00}}
  - {month: 2026-10, source: s, revenue: 120.00, margin: 39.00, orders: 1, on: [13], products: {film: 120.00}}
END
runs 0 'steadiness, prices, room' kam-score -q steady.yaml
is "$(sed -n '/^score:/,$p' out | grep -E '^  (variation|xyz|rfm|last|gap|rhythm|margin|discount|headroom-|potential-|breadth|health|flags)')" '  variation: 7.4
  xyz: X
  rfm: 111
  last-order: 2026-10-13
  gap: 23.3
  rhythm: 0.8
  margin-rate: 30.0
  discount: 7.5
  discount-change: 2.5
  headroom-by: {"a, b": 1040.00}
  headroom-division: {paper: 870.00}
  potential-next: 500.00
  potential-3y: 550.00
  potential-by-year: {2026: 1200.00, 2027: 500.00, 2029: 50.00}
  breadth: 2
  health-known: 32
  health: 100
  flags: [dependence, key-by-size, yielding]' 'are as worked by hand'
cp out once
runs 0 'again' kam-score -q once
same_file out once 'maps in the score change nothing'

# Payment and service

cat >paying.yaml <<'END'
---
id: paying
currency: EUR
reliability: [{date: 2026-01-10, reputation: good, finances: weak, limit: 500.00}]
complaints: [{id: r1, opened: 2026-10-02, closed: 2026-10-05, cause: late}]
promises: [{id: o1, due: 2026-10-15, kept: 2026-10-16}]
deliveries:
  - {id: d1, promised: 2026-10-12, delivered: 2026-10-12, in-full: yes}
  - {id: d2, promised: 2026-10-20, delivered: 2026-11-02, in-full: yes}
invoices:
  - {id: i1, date: 2026-08-01, due: 2026-09-01, amount: 300.00, paid: 300.00, settled: 2026-11-05}
  - {id: i2, date: 2026-10-01, due: 2026-11-15, amount: 700.00, paid: 400.00}
sales: [{month: 2026-10, source: s, revenue: 950.00, margin: 90.00, returns: 50.00, orders: 4}]
END
runs 0 'payment and service are scored' kam-score -q paying.yaml
is "$(sed -n '/^  dso:/,/^  promises-kept:/p;/^  flags:/p' out)" '  dso: 230.5
  dso-countback: 19.6
  days-late: 60.0
  days-late-worst: 60
  overdue: 300.00
  overdue-share: 50.0
  not-due: 300.00
  overdue-30: 0.00
  overdue-60: 300.00
  overdue-90: 0.00
  overdue-older: 0.00
  exposure: 600.00
  exposure-share: 120.0
  risk: high
  on-time-in-full: 50.0
  late-deliveries: 1
  refused-deliveries: 0
  return-rate: 5.0
  complaint-rate: 25.0
  days-to-settle: 3.0
  open-complaints: 0
  repeated-causes: 0
  promises-kept: 0.0
  flags: [dependence, overdue-high, pays-late, over-limit, weak-finances, many-returns, promise-broken]' 'as they were on the last day of the window'
runs 0 'the same a month later' kam-score -q --as-of 2026-11 paying.yaml
is "$(grep -E '^  (overdue|exposure|late-deliveries):' out)" '  overdue: 300.00
  exposure: 300.00
  late-deliveries: 1' 'when one invoice is settled and another past due'

# People, satisfaction and plan, worked by hand: of the parts of relations contacts 50, functions 25, levels 33.3, decider
# 100, main contact 100, recency 100 and one-person 0

mkdir people
cat >people/a.yaml <<'END'
---
id: a
contacts:
  - {id: x, function: purchasing, level: 4, role: decider, stance: supporter, primary: yes}
  - {id: y}
needs: [{what: carton, asked: 2026-02-10, state: met}, {what: film}]
competitors:
  - name: k
    criteria: [{criterion: price, weight: 5, us: 3, them: 2}, {criterion: time, weight: 1, us: 5, them: 1}, {criterion: care, weight: 1, us: 2, them: 1}]
surveys: [{date: 2026-06-20, kind: nps, contact: x, sent: 2026-06-15, score: 9}, {date: 2026-10-01, kind: nps, contact: y, sent: 2026-10-01, score: }]
plan: {year: 2026, revenue: 1200.00, forecast: {2026-10: 900.00, 2026-11: 5.00}}
log:
  - {date: 2025-02-01, kind: call, by: p}
  - {date: 2026-08-02, kind: call, by: q, with: [x]}
  - {date: 2026-09-01, kind: call, by: q, with: [x]}
  - {date: 2026-10-11, kind: call, by: q, with: [x]}
  - {date: 2026-11-11, kind: call, by: p, with: [y]}
sales: [{month: 2026-10, source: s, revenue: 750.00, margin: 75.00}]
END
printf -- '---\nid: b\nsales: [{month: 2026-10, source: s, revenue: 50.00, margin: 5.00}]\n' >people/b.yaml
runs 0 'people, satisfaction and plan are scored' kam-score -q people
is "$(sed -n '1,/^  forecast/{/^  contacts/,/^  forecast/p;}' out)" '  contacts: 2
  functions: 1
  levels: 1
  last-contact: 2026-10-11
  contact-age: 20
  one-person: 100.0
  manager-changes: 1
  needs-known: 50.0
  needs-met: 50.0
  competitive: 1.4
  relations: 57
  nps: 9
  nps-age: 133
  nps-response: 50.0
  plan-fact: 75.0
  run-rate: 2250.00
  run-rate-share: 187.5
  forecast-error: 20.0' 'by what is known at the end of the window'
is "$(grep '^  flags' out)" '  flags: [dependence, few-contacts, one-person, comparison-one-sided]
  flags: [few-contacts, decider-unknown, neglected]' 'and flagged'
runs 0 'as of a day in the past' kam-score -q --as-of 2025-03-15 people
is "$(sed -n '/^id: a/,/^id: b/p' out | grep -E '^  (last-contact|contact-age|nps|plan-fact|relations):')" '  last-contact: 2025-02-01
  contact-age: 27
  relations: 68' 'what came after is not known'

# What is measured

runs 0 '--list-measures' kam-score --list-measures
for measure in share size volume abc variation xyz rfm growth trend last-order gap rhythm margin-rate discount penetration headroom potential-next breadth group-share contacts functions levels last-contact contact-age one-person manager-changes \
	needs-known needs-met competitive relations nps nps-age nps-response plan-fact run-rate run-rate-share forecast-error; do
	like "$(cat out)" "^$measure(,| \(|\$)" "--list-measures tells of $measure"
done

# What makes figures another than they seem

printf -- '---\nid: %s\nsales: [{month: 2026-08, source: s, revenue: %s}]\n' a 30 b 70 >august
runs 0 'sales that end inside the window' kam-score august
is "$(cat err)" 'kam-score: warning: the newest sales are of 2026-08, so that what follows up to 2026-10 counts as sold nothing: try --as-of 2026-08' 'are told'
runs 0 'up to their end' kam-score --as-of 2026-08 august
is "$(cat err)" '' 'there is nothing to tell'
kam-score -q --as-of 2026-08 -s id=a august >part
runs 0 'accounts selected from a portfolio' kam-score --as-of 2026-08 part
is "$(cat err)" 'kam-score: warning: by the scores that they came with, these accounts are 30.0 % of a larger portfolio; here they are judged as all of it: give this program all of them, and select with its -s' 'are a part of it'
kam-score -q --as-of 2026-08 august >whole
runs 0 'all accounts of it' kam-score --as-of 2026-08 whole
is "$(cat err)" '' 'are the whole'
runs 0 'for a report' kam-report portfolio --as-of 2026-08 part
like "$(cat err)" 'these accounts are 30\.0 % of a larger portfolio' 'a part is told as well'
kam-score -q --as-of 2026-08 -s id=a august | sed 's/share: 30.0/share: 99999999999999999999999999999999999.9/' >odd
runs 0 'a share beyond sense' kam-score -q --as-of 2026-08 odd

# At a terminal

if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	printf '\004' | script -qec 'kam-score >out' screen >/dev/null
	like "$(cat screen)" 'kam-score: accounts are read from the terminal, up to Ctrl-D; a folder of them can be named, as accounts' 'who waits for a program that waits for them is told'
else
	skip 'no input at a terminal' 'there is no script of util-linux, or no terminal'
fi

done_testing
