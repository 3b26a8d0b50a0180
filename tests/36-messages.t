#!/bin/sh
# What kam-score refuses, and how it says so: the place, the text there, and
# what could be meant.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

# What stands twice in an account would be counted twice

cat >twice.yaml <<'END'
---
id: a
sales:
  - {month: 2026-10, source: s, revenue: 2.00, margin: 1.00}
  - {month: 2026-10, source: s, revenue: 2.00, margin: 1.00}
invoices: [{id: 10, amount: 5.00}, {id: 9, amount: 5.00}, {id: 10, amount: 5.00}]
log: [{date: 2026-01-01, kind: call}, {date: 2026-01-01, kind: call}]
END
printf -- '---\nid: b\ncontacts: [{id: y}, {id: x}, {id: y}]\n' >people.yaml
runs 2 'what stands twice in an account is an error' kam-score twice.yaml people.yaml
is "$(cat out err)" 'kam-score: twice.yaml:5:5: sales: the same sale as on line 4: "2026-10/s"
kam-score: twice.yaml:6:59: invoices: the same invoice as on line 6: "10"
kam-score: people.yaml:3:30: contacts: the same contact as on line 3: "y"
kam-score: without these accounts every share would be wrong: nothing was written' \
	'with the places of both, and nothing is written; what nothing counts may stand twice'
runs 2 'kam-report refuses it too' kam-report portfolio twice.yaml
is "$(sed 1q err)" 'kam-report: twice.yaml:5:5: sales: the same sale as on line 4: "2026-10/s"' 'by the same words'

# Sums have 36 digits

nines=999999999999999999999999999999999999
cat >large.yaml <<END
---
id: a
name: A
invoices: [{id: 1, amount: $nines}, {id: 2, amount: 1.00}]
---
name: B
id: b
sales: [{month: 2026-10, source: s, revenue: $nines}, {month: 2026-10, source: t, revenue: 1}]
END
runs 2 'sums that are too large are an error' kam-score -q large.yaml
is "$(cat out err)" 'kam-score: large.yaml:2:5: account a: dso: a sum is larger than 36 digits
kam-score: large.yaml:7:5: account b: sales: a sum is larger than 36 digits
kam-score: without these accounts every share would be wrong: nothing was written' 'with the place and the measure'

# The model

printf 'share: {large: 0.000000000000000001, monopoly: 99}\nbands: {good: 30}\nkey: {least: 1, of: [{measure: size, is: [lage]}]}\n' >model.yaml
runs 2 'a model that could never hold, or is too exact, is an error' kam-score -m model.yaml
is "$(cat err)" 'kam-score: model.yaml:1:16: large: more than 24 digits, or 9 decimal places: "0.000000000000000001"
kam-score: model.yaml:3:43: key: size: not one of standard, large, monopoly: "lage"; did you mean "large"?
kam-score: model.yaml:2:15: bands.good: below bands.watch, which is 40 in the built-in model: "30"' \
	'with the place, the text there, and what is meant or built in'

done_testing
