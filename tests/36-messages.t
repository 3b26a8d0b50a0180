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

# MODEL MESSAGE: refused, and said in one line
wrong_model() {
	printf '%s\n' "$1" >model.yaml
	runs 2 "a model that is refused: $1" kam-score -m model.yaml
	is "$(cat err)" "kam-score: model.yaml:$2" 'one message says what is wrong'
}
wrong_model 'key: {of: [{measure: category, is: [blah]}]}' \
	'1:37: key: category: not one of breadwinner, prospective, renowned, mentor, partner, innovator: "blah"'
wrong_model 'key: {least: 4, of: [{measure: share, at-least: abc}]}' '1:49: key.of[0].at-least: not a number: "abc"'
wrong_model 'key: {of: [{measure: share, at-least: 5}]}' \
	'1:11: key.of: fewer lines, 1, than key.least, which is 2 in the built-in model; give key.least too'
wrong_model 'key: {least: 2, of: [{measure: share, at-least: 5}]}' '1:14: key.least: not 1 to 1, the number of lines: "2"'
wrong_model '- x' '1:1: a document must be names and values, as "name: value", from column 1'

# MODEL MESSAGE: taken, with a warning
hollow_model() {
	printf '%b' "$1" >model.yaml
	printf -- '---\nid: a\n' | runs 0 "a model that is hardly meant: $1" kam-score -m model.yaml
	is "$(cat err)" "kam-score: $2" 'is warned of'
	printf -- '---\nid: a\n' | runs 0 'the same' kam-score -q -m model.yaml
	is "$(cat err)" '' 'is not, where errors only are wanted'
}
nothing='warning: the file names nothing, so that it is the built-in model'
hollow_model '' "model.yaml:1:1: $nothing"
hollow_model '# window: 24\n' "model.yaml:1:1: $nothing"
hollow_model 'health: []\n' 'model.yaml:1:9: warning: health: no criteria, so that it is given to no account'
hollow_model 'strength: []\n' 'model.yaml:1:11: warning: strength: no criteria, so that it is given to no account'
hollow_model 'npv: {retention: alive}\n' 'warning: npv is missing of all accounts, for npv.retention is alive, which none has: order days are known of 0 accounts, 0 of which ordered again; a fit needs 30 and 10'

# The same input twice

mkdir accounts
printf -- '---\nid: a\nsales: [{month: 2026-10, source: s, revenue: 2.00, margin: 1.00}]\n' >accounts/a.yaml
# DESC MESSAGE COMMAND…
refused() {
	tap_about=$1 tap_says=$2
	shift 2
	runs 2 "$tap_about" "$@"
	is "$(cat out err)" "$tap_says" "$tap_about: the message"
}
refused 'a folder twice' 'kam-score: accounts/a.yaml: is read twice: the inputs name it twice' kam-score accounts accounts
refused 'a folder, and a file of it' 'kam-score: ./accounts/a.yaml: is read twice: the inputs name it twice' \
	kam-score accounts ./accounts/a.yaml
for program in kam-score kam-followup 'kam-report portfolio' 'kam-dossier merge accounts'; do
	refused "standard input twice, $program" "${program%% *}: (standard input): is named twice, and can be read once$(
		[ "${program%% *}" != kam-dossier ] || printf '\nkam-dossier: nothing was written'
	)" $program - -
done
refused 'the model and the accounts' "kam-score: standard input cannot be both the accounts and the model; see 'kam-score --help'" kam-score -m -
refused 'the rates and the accounts' "kam-score: standard input cannot be both the accounts and the rates; see 'kam-score --help'" kam-score --rates - accounts -
refused 'the model and the rates' "kam-report: standard input cannot be both the model and the rates; see 'kam-report --help'" kam-report portfolio -m - --rates - accounts
echo 'window: 6' | runs 0 'a model alone on standard input' kam-score -m - accounts
like "$(cat out)" '^  model: "\(standard input\)"$' 'is called so'
echo 'windw: 6' | runs 2 'a wrong one' kam-score -m - accounts
like "$(cat err)" '^kam-score: \(standard input\):1:1: windw: not a known name' 'is called so'

# What goes with nothing

for option in --list-measures --print-model; do
	refused "$option and an input" "kam-score: $option takes no input: \"accounts\"; see 'kam-score --help'" kam-score "$option" accounts
	refused "an input and $option" "kam-score: $option takes no input: \"accounts\"; see 'kam-score --help'" kam-score accounts "$option"
done
refused '--print-playbook and an input' "kam-followup: --print-playbook takes no input: \"accounts\"; see 'kam-followup --help'" \
	kam-followup --print-playbook accounts
refused 'two accounts to explain' "kam-score: --explain is given twice, and explains one account; see 'kam-score --help'" \
	kam-score --explain a --explain b accounts
for option in --as-of=2026-10 --basis=margin --currency=EUR --rates=rates.yaml; do
	refused "--compare ${option%%=*}" "kam-score: --compare goes without ${option%%=*}: the scores were made before; see 'kam-score --help'" \
		kam-score --compare "${option%%=*}" "${option#*=}" accounts accounts
done
mkdir broken
echo 'model: [' >broken/kam.yaml
(cd broken && kam-score --print-model >../out 2>../err)
is "$? $(cat err)" '0 ' 'what is only printed needs no settings'

# What runs out

if (ulimit -f 8) 2>/dev/null; then
	awk 'BEGIN { for (i = 0; i < 2000; i++) printf "---\nid: a%d\n", i }' >many.yaml
	(ulimit -f 8 && exec kam-score --list-measures >out 2>err)
	is $? 2 'a limit on the size of files is an error of writing'
	like "$(cat err)" '^kam-score: standard output cannot be written: File too large$' 'and is said'
	(ulimit -f 8 && exec kam-score many.yaml >out 2>err)
	is $? 2 'so it is of the temporary file'
	like "$(cat err)" '^kam-score: the temporary file cannot be written: File too large; ' 'and is said'
fi

# Expressions

# EXPRESSION MESSAGE
meant() {
	refused "$1" "kam-score: --select: $2 of \"$1\"; see SELECTING in kam-score(1)" kam-score -s "$1" accounts
}
meant 'share==4' 'write "=", not "==", at column 6'
meant 'share=>4' 'write ">=", not "=>", at column 6'
meant 'share<>4' 'write "!=", not "<>", at column 6'
meant 'NOT share' 'write "not", not "NOT", at column 1'
meant '!share' 'write "not", not "!", at column 1'
meant 'share AND npv' 'write "and", not "AND", at column 7'
meant 'share && npv' 'write "and", not "&&", at column 7'
meant 'share || npv' 'write "or", not "||", at column 7'
meant 'share and and npv' 'a name is wanted, at column 11'
meant 'band>good' 'band is a word, and takes = and !=, at column 5'
meant 'flags<lapsed' 'flags is a list of words, and takes = and !=, at column 6'
meant 'share~4' 'share is a number, and takes = != < <= > >=, at column 6'
meant 'last-order~4' 'last-order is a date, and takes = != < <= > >=, at column 11'
meant 'name>4' 'name is a text, and takes = != ~, at column 5'
for sign in '>' = '!='; do
	meant "headroom-by${sign}10" 'headroom-by is a map, which cannot be compared: ~ finds a name in it, at column 12'
done
refused 'kam-report: an expression' 'kam-report: --select: band is a word, and takes = and !=, at column 5 of "band<good"; see SELECTING in kam-score(1)' \
	kam-report portfolio -s 'band<good' accounts
refused 'kam-followup: an expression' 'kam-followup: --select: band is a word, and takes = and !=, at column 5 of "band<good"; see SELECTING in kam-score(1)' \
	kam-followup -s 'band<good' accounts
refused 'an empty name' 'kam-score: an empty name: cannot be opened: No such file or directory' kam-score ''

done_testing
