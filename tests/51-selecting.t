#!/bin/sh
# kam-followup --select: follow-ups of the accounts for which an expression holds, by the scores that they carry.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY
tab=$(printf '\t')

mkdir accounts
cat >accounts/beta.yaml <<'END'
---
id: beta
name: ООО «Бета»
manager: north
currency: EUR
tier: key
categories: [partner, renowned]
parent: delta
division: paper
contacts:
  - {id: buyer, name: The Buyer, function: purchasing, level: 4, role: decider, stance: champion, primary: yes}
  - {id: chief, name: The Chief, function: management, level: 5, role: approver}
potential:
  - {year: 2026, product: carton, amount: 4000.00}
  - {year: 2026, product: now, amount: 500.00}
  - {year: 2026, product: "a: b, \"c\" {1.5}", amount: 77.70}
  - {year: 2027, amount: 9000.00}
surveys: [{date: 2026-06-20, kind: nps, contact: buyer, sent: 2026-06-15, score: 9}]
plan: {year: 2026, revenue: 3000.00}
log:
  - {date: 2026-11-17, kind: call, by: north, with: [buyer]}
sales:
  - {month: 2025-09, source: s, revenue: 700.10, margin: 210.00, orders: 2, on: [3, 20], products: {carton: 700.10}}
  - {month: 2026-08, source: s, revenue: 1000.00, margin: 300.00, orders: 1, on: [9], products: {carton: 1000.00}}
  - {month: 2026-10, source: s, revenue: 1200.50, margin: 500.25, orders: 2, on: [1, 31], products: {carton: 1100.50, now: 100.00}}
invoices:
  - {id: B-1, date: 2026-08-31, due: 2026-09-30, amount: 1000.00, paid: 1000.00, settled: 2026-10-06}
  - {id: B-2, date: 2026-09-30, due: 2026-10-10, amount: 1200.50, paid: 200.50}
deliveries:
  - {id: D-1, ordered: 2026-10-08, promised: 2026-10-12, delivered: 2026-10-14, in-full: yes}
complaints:
  - {id: R-1, opened: 2026-10-02, closed: 2026-10-05, cause: late}
score:
  as-of: 2026-09-30
  band: {now: good, since: 2026-06-30}
END
cat >accounts/gamma.yaml <<'END'
---
id: gamma
name: Gamma Inc
manager: south
currency: USD
tier: large
potential: [{year: 2026, amount: 4000.00}]
sales:
  - {month: 2024-11, source: s, revenue: 0, margin: 0}
  - {month: 2025-03, source: s, revenue: 100.00, margin: 50.05}
  - {month: 2026-10, source: s, revenue: 300.00, margin: 100.05, orders: 1, on: [31]}
invoices:
  - {id: G-1, due: 2026-07-01, amount: 33.33}
END
cat >accounts/delta.yaml <<'END'
---
id: delta
manager: north
currency: EUR
categories: [mentor]
potential: [{year: 2026, division: paper, amount: 800.00}]
sales:
  - {month: 2026-02, source: s, revenue: 50.00, margin: -10.00, returns: 20.00, orders: 1, on: [14]}
END
printf -- '---\nid: empty\n' >accounts/empty.yaml
printf -- '---\nid: word\nname: "health<70"\nmanager: "no"\ncurrency: EUR\ntier: prospect\n' >accounts/word.yaml
printf 'currency: EUR\nrates: {USD: 0.9}\n' >rates.yaml
# something for every account, whatever is known of it
printf 'rules:\n  - {id: every, on: last-contact, after: 1d, do: Call}\n' >every.yaml

score() {
	kam-score -q --currency EUR --rates rates.yaml "$@" accounts 2>/dev/null
}
# the ids of the accounts that the follow-ups in TSV on standard input are of
followed() {
	tail -n +2 | cut -f 4 | sort -u | tr '\n' ' '
}
score >scored

# The same accounts as kam-score

# EXPR IDS: both programs select these
selects() {
	is "$(score -s "$1" | sed -n 's/^id: //p' | sort | tr '\n' ' ')" "$2" "kam-score: $1"
	is "$(kam-followup -q -p every.yaml --days 9 -f tsv -s "$1" scored 2>err | followed)" "$2" "kam-followup: $1"
}
selects 'share>10 and tier=key' 'beta '
selects 'share>=0' 'beta empty gamma word '
selects 'share<0' 'delta '
selects 'overdue=1000' 'beta '
selects 'overdue=33.33 or overdue=30.00' 'gamma '
selects 'headroom>3000' 'gamma '
selects 'last-order>=2026-10-31' 'beta gamma '
selects 'last-order<2026-10-31' 'delta '
selects 'not last-order' 'empty word '
selects 'growth and not growth<100' 'beta '
selects 'band' 'beta gamma '
selects 'band!=good' 'gamma '
selects 'key=yes' 'beta '
selects 'key!=yes' 'delta empty gamma word '
selects 'abc=A,B' 'beta gamma '
selects 'flags=few-contacts and not flags=decider-unknown' 'beta '
selects 'flags!=decider-unknown' 'beta '
selects 'categories=partner,mentor' 'beta delta '
selects 'categories!=partner' 'delta '
selects 'not categories' 'empty gamma word '
selects 'manager=north and not tier=key' 'delta '
selects 'manager="no"' 'word '
selects 'name~"БЕТА" or id=gamma' 'beta gamma '
selects 'name="health<70"' 'word '
selects 'currency=USD' 'gamma '
selects 'not currency' 'empty '
selects 'nps>8' 'beta '
selects 'nps!=9' ''
selects 'headroom-by~CARTON' 'beta '
selects 'headroom-division' 'delta '
selects '(tier=large or tier=prospect) and not (overdue>0 and risk)' 'word '

# every measure, whether there is one, and by each value that any account has
kam-score --list-measures | sed -n 's/^\([a-z0-9-]\{1,\}\).*/\1/p' >measures
while read -r name; do
	echo "$name"
	sed -n "s/^  $name: //p" scored | sed -e "s/^{now: \([a-z-]*\).*/\1/" -e "s/.*/$name='&'/" | sort -u
done <measures >expressions
while read -r expression; do
	echo "$expression: $(score -s "$expression" | sed -n 's/^id: //p' | sort | tr '\n' ' ')"
done <expressions >by-score
while read -r expression; do
	echo "$expression: $(kam-followup -q -p every.yaml --days 9 -f tsv -s "$expression" scored 2>/dev/null | followed)"
done <expressions >by-followup
same_file by-followup by-score 'kam-followup selects by every value of every measure what kam-score does'
[ "$(grep -c "='.*: [a-z]" by-score)" -gt 100 ]
ok 'which are more than a hundred values'

# What is written of them

runs 0 'the accounts selected' sh -c 'kam-followup -f tsv --rule debt -s "overdue>500" <scored'
is "$(cut -f 4 out | tail -n +2 | sort -u)" beta 'have their follow-ups on the agenda'
is "$(cat err)" '' 'and nothing is said beside'
runs 0 'the accounts selected that a manager has' kam-followup -f tsv -s overdue --manager south scored
is "$(followed <out)" 'gamma ' 'are that one alone'
runs 0 'the accounts selected of one rule and account' kam-followup -f tsv -s overdue --rule debt --account beta scored
is "$(cut -f 4,8 out | tail -n +2 | sort -u)" "beta${tab}debt" 'are there'
runs 0 'a manager of an account that is not selected' kam-followup --manager south -s tier=key scored
is "$(cat out)" 'Nothing is due by 2026-11-22.' 'is known, and has nothing to do'

runs 1 'no account selected' kam-followup -q -s 'share>99' scored
is "$(cat err)" '' 'is not said to who wants errors only'
is "$(cat out)" '' 'and nothing is said to be due or not'
runs 1 'the same for programs' kam-followup -f json -s 'share>99' scored
is "$(cat out)" '[]' 'is an empty array'
is "$(cat err)" 'kam-followup: no account is selected' 'and it is said'
runs 1 'no account of those asked for selected' kam-followup -s tier=key --account gamma scored
is "$(cat err)" 'kam-followup: no account is selected' 'is said too'
runs 1 'an account asked for that is not there' kam-followup -s tier=key --account nobody scored
is "$(cat err)" 'kam-followup: no account "nobody" in the input' 'is all that is said'

# Without scores

rm accounts/empty.yaml
sed '/^score:/,$d' accounts/beta.yaml >beta.yaml && mv beta.yaml accounts
for expression in 'overdue>5' 'flags=few-contacts' 'tier=key and not (health<70)' 'tier=key or share'; do
	runs 1 "no scores, with: $expression" kam-followup -q -f tsv -s "$expression" accounts
	is "$(cat err)" 'kam-followup: --select needs a score, and no account carries one: pipe the accounts through kam-score first' \
		'is said'
	is "$(wc -l <out)" 1 'and the table is empty'
done
runs 0 'no scores' kam-followup -f tsv -p every.yaml --days 9 -s 'tier=key or name~gamma' accounts
is "$(followed <out)$(cat err)" 'beta gamma ' 'do for what people wrote'
score -s 'id=beta,gamma' >some
for expression in 'not npv<-1' 'not npv<-1 and not id=delta,word'; do
	runs 0 "some scores, with: $expression" kam-followup -f tsv -p every.yaml --days 9 -s "$expression" \
		some accounts/delta.yaml accounts/word.yaml
	is "$(followed <out)" 'beta gamma ' 'are what is selected from'
	is "$(cat err)" 'kam-followup: warning: accounts without a score, which are not selected: 2 of 4' 'the others are counted'
done
runs 0 'the same when asked to be quiet' kam-followup -q -s 'not npv<-1' some accounts/word.yaml
is "$(cat err)" '' 'no warning is shown'
runs 1 'some scores, none selected' kam-followup -s 'share>100' some accounts/word.yaml
is "$(tail -n 1 err)" 'kam-followup: no account is selected' 'says so'
printf -- '---\nid: odd\nscore: none\n' >odd.yaml
runs 1 'a score that is a word' kam-followup -s share odd.yaml
like "$(cat err)" 'no account carries one' 'is none'
printf -- '---\nid: odd\nscore: {share: much, band: [good], last-order: soon, headroom-by: 5, flags: few-contacts, abc: {now: A}}\n' >odd.yaml
runs 1 'a score of other kinds' kam-followup -s 'share or band or last-order or headroom-by or flags or abc' odd.yaml
is "$(cat err)" 'kam-followup: no account is selected' 'says nothing'

# Wrong expressions

runs 2 'a wrong name' kam-followup -s 'shar>3' scored
like "$(cat err)" '^kam-followup: --select: nothing is called "shar"; did you mean share, at column 1' 'is named'
is "$(cat out)" '' 'and gives no agenda'
runs 2 'a wrong value' kam-followup -s 'last-order<soon' nowhere
like "$(cat err)" 'last-order is compared with a date' 'is refused before anything is read'

# For spreadsheets

printf -- '---\nid: formula\nname: "=1+1"\n' >formula.yaml
runs 0 'CSV' kam-followup -p every.yaml -f csv formula.yaml
is "$(cut -d , -f 5 out | tail -n 1)" '=1+1' 'has cells as they are'
runs 0 'CSV for a spreadsheet' kam-followup -p every.yaml -f csv --neutral formula.yaml
is "$(cut -d , -f 5 out | tail -n 1)" "'=1+1" 'has no formulas'
runs 0 'TSV for a spreadsheet' kam-followup -p every.yaml -f tsv --neutral formula.yaml
is "$(cut -f 5 out | tail -n 1)" "'=1+1" 'has none either'

# Scores of long ago

kam-score -q --as-of 2026-08 --currency EUR --rates rates.yaml accounts >august 2>/dev/null
kam-followup -p every.yaml -s 'share>=0' august >out 2>err
like "$(cat err)" '^kam-followup: warning: scores of more than two months ago, by which accounts are selected: [0-9]+ of [0-9]+; kam-score judges them again$' 'a score of long ago is told'
kam-followup -p every.yaml -s 'manager=north' august >out 2>err
is "$(grep -c 'months ago' err)" 0 'unless it is not asked'
kam-score -q --as-of 2026-09 --currency EUR --rates rates.yaml accounts >september 2>/dev/null
kam-followup -p every.yaml -s 'share>=0' september >out 2>err
is "$(grep -c 'months ago' err)" 0 'that of the month before the last is taken'

done_testing
