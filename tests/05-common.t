#!/bin/sh
# What the five programs share: help, options, today, messages, and an output
# that is closed, full, or left by its reader.
. "${0%/*}/lib.sh"

programs='kam-import kam-score kam-dossier kam-followup kam-report'

# PROGRAM: a command line of it that reads accounts (a row of sales) from the files that follow
reading() {
	case $1 in
	kam-import) echo 'kam-import -m map.yaml' ;;
	kam-dossier) echo 'kam-dossier check' ;;
	kam-report) echo 'kam-report portfolio' ;;
	*) echo "$1" ;;
	esac
}

# PROGRAM: a file for it
input() {
	case $1 in
	kam-import) echo big.csv ;;
	*) echo big.yaml ;;
	esac
}

cat >map.yaml <<'END'
kind: sales
source: shop
currency: EUR
date: "%Y-%m-%d"
account: {external: {shop: customer}}
columns: {date: date, document: invoice, revenue: net}
END
awk 'BEGIN {
	print "date,invoice,customer,net" >"big.csv"
	for (i = 0; i < 5000; i++) {
		printf "2026-10-%02d,%d,c%d,%d.50\n", i % 31 + 1, i, i, i >"big.csv"
		printf "---\nid: c%d\ncurrency: EUR\nsales:\n  - {month: 2026-10, source: shop, revenue: %d.50}\n", i, i >"big.yaml"
		printf "invoices:\n  - {id: I%d, due: 2026-10-01, amount: 5.00}\n", i >"big.yaml"
	}
}'

# Help and version

for program in $programs; do
	runs 0 "$program --help" $program --help
	is "$(cat err)" '' "$program --help writes nothing on standard error"
	like "$(cat out)" "^usage: $program " "$program --help begins with how it is used"
	is "$(sed 's/[…–]/./g' out | LC_ALL=C awk 'length > 80')" '' "$program --help fits 80 columns"
	$program -h >short
	same_file short out "$program -h is the same"
	runs 0 "$program --version" $program --version
	like "$(cat out)" "^$program [0-9]+\.[0-9]+\.[0-9]+\$" "$program --version tells name and version"
done

# PROGRAM OPTION…: all of them stand in its help
mentions() {
	program=$1
	shift
	$program --help >out
	missing=
	for option in "$@" --today -q --quiet -h --help --version; do
		grep -Eq -e "^ .*$option( |,|\$)" out || missing="$missing $option"
	done
	is "$missing" '' "the help of $program mentions every option"
}

mentions kam-import -m --map -a --accounts --rejects
mentions kam-score -m --model --as-of --basis -j --threads --print-model --list-measures --compare --neutral
mentions kam-dossier new merge check show
mentions 'kam-dossier new' -d --dir -p --print
mentions 'kam-dossier merge' -n --dry-run --replace --with-score -v --verbose
mentions 'kam-dossier check' --list-rules
mentions 'kam-dossier show' -a --all -d --dir -f --format
mentions kam-followup -p --playbook -t --team -f --format -s --select --neutral --manager --account --rule --days --until --print-playbook
mentions kam-report portfolio -f --format -t --table -s --select -n --rows -m --model --as-of --basis --neutral

# Wrong use: exit 2, nothing on standard output, one line that says where to look

# DESC TEXT COMMAND…
refuses() {
	desc=$1 text=$2
	shift 2
	runs 2 "$desc" "$@"
	is "$(cat out)" '' "$desc: nothing on standard output"
	is "$(wc -l <err | tr -d ' ')" 1 "$desc: one line on standard error"
	like "$(cat err)" "^$1: .*$text" "$desc: what is wrong"
	like "$(cat err)" "see '$1( [a-z]+)? --help'\$" "$desc: where to look"
}

for program in $programs; do
	refuses "$program: an unknown option" 'unknown option "--no-such-option"' $program --no-such-option
	refuses "$program: an unknown letter" 'unknown option "-Z"' $program -Z
	refuses "$program: a letter among others" 'unknown option "-Z"' $program -qZ
	refuses "$program: a near miss" 'unknown option "--todya", did you mean --today\?' $program --todya 2026-01-01
	refuses "$program: a near miss with a value" 'did you mean --today\?' $program --tody=2026-01-01
	refuses "$program: a word after one dash" 'did you mean --version\?' $program -version
	refuses "$program: a value is missing" '--today needs a value: DATE' $program --today
	refuses "$program: a value too many" '--quiet takes no value' $program --quiet=yes
	refuses "$program: a day that is none" '--today: not a date as 2026-11-22: "2026-02-29"' $program --today 2026-02-29
	refuses "$program: control characters" 'unknown option "--a\\x1B\[2J"' $program "$(printf -- '--a\033[2J')"
	KAM_TODAY=yesterday
	export KAM_TODAY
	refuses "$program: a wrong KAM_TODAY" 'KAM_TODAY: not a date as 2026-11-22: "yesterday"' $program
	unset KAM_TODAY
done
refuses 'kam-dossier merge: its own near miss' 'did you mean --dry-run\?' kam-dossier merge --dryrun x
refuses 'kam-score: a number' '--threads: not a whole number from 1 to [0-9]+: "0x4"' kam-score -j 0x4
refuses 'kam-report: a number' '--rows: not a whole number' kam-report portfolio --rows=-1
refuses 'kam-report: no report' 'which report\? portfolio' kam-report
refuses 'kam-report: another report' 'no report is called "accounts"; there is: portfolio' kam-report accounts

# Today

cat >one.yaml <<'END'
---
id: one
contracts:
  - {id: K, end: 2026-11-30, notice: 5d}
sales:
  - {month: 2026-09, source: s, revenue: 5.00, margin: 1.00}
END
KAM_TODAY=2026-10-05
export KAM_TODAY
is "$(kam-score -q one.yaml | grep as-of)" '  as-of: 2026-09-30' 'KAM_TODAY is today'
is "$(kam-score -q --today 2026-12-01 one.yaml | grep as-of)" '  as-of: 2026-11-30' '--today is stronger than KAM_TODAY'
is "$(kam-score -q --today 2026-12-01 --today=2026-11-05 one.yaml | grep as-of)" '  as-of: 2026-10-31' 'the last --today counts'
like "$(kam-report portfolio -q one.yaml)" '^Window: 2025-10 to 2026-09\.' 'kam-report heeds KAM_TODAY'
like "$(kam-report portfolio -q --today 2026-12-01 one.yaml)" '^Window: 2025-12 to 2026-11\.' 'kam-report heeds --today'
like "$(kam-followup one.yaml)" 'Nothing is due by 2026-10-05' 'kam-followup heeds KAM_TODAY'
like "$(kam-followup --today 2026-11-28 one.yaml)" '^2026-11-25' 'kam-followup heeds --today'
KAM_TODAY=
is "$(kam-score -q --today 2026-12-01 one.yaml | grep as-of)" '  as-of: 2026-11-30' 'an empty KAM_TODAY is none'
KAM_TODAY=2026-11-22

# Operands: odd names, options behind them

cp one.yaml ./--help
cp one.yaml ./-q
head -n 3 big.csv >./-m
for program in kam-score kam-followup 'kam-report portfolio' 'kam-dossier check'; do
	runs 0 "$program: options may follow operands" $program one.yaml --today 2026-11-22
	cp out want
	for name in --help -q; do
		runs 0 "$program: after -- a file may be called $name" $program -- $name
		same_file out want "$program: and $name is read"
	done
done
runs 0 'kam-import: after -- a file may be called -m' kam-import -m map.yaml -- -m
like "$(cat out)" '^id: c1$' 'kam-import: and is read'
kam-score - <one.yaml >out
kam-score one.yaml >want
same_file out want '- is standard input'

# An output that cannot be written

for program in $programs; do
	runs 2 "$program: a closed standard output" sh -c "$program --help >&-"
	is "$(cat err)" "$program: standard output cannot be written: Bad file descriptor" "$program: the message"
	case $program in kam-dossier) continue ;; esac
	command="$(reading $program) $(input $program)"
	runs 2 "$program: a closed standard output, with much to write" sh -c "$command >&-"
	like "$(cat err)" "^$program: standard output cannot be written: Bad file descriptor" "$program: the message"
done
if [ -c /dev/full ] && [ -w /dev/full ]; then
	for program in $programs; do
		runs 2 "$program: a full disk" sh -c "$program --help >/dev/full"
		is "$(cat err)" "$program: standard output cannot be written: No space left on device" "$program: the message"
		case $program in kam-dossier) continue ;; esac
		runs 2 "$program: a full disk, with much to write" sh -c "$(reading $program) $(input $program) >/dev/full"
		like "$(cat err)" "^$program: standard output cannot be written: No space left on device" "$program: the message"
	done
else
	skip 'a full disk' 'there is no /dev/full'
fi

# a closed stream's number must not be given to a file, which would then be written into
cp one.yaml before.yaml
runs 2 'a closed standard input' sh -c 'kam-score <&-'
like "$(cat err)" 'cannot be read: Bad file descriptor' 'a closed standard input: the message'
runs 0 'closed standard input and error are not needed' sh -c 'kam-score one.yaml <&- 2>&-'
kam-score one.yaml >want
same_file out want 'closed standard input and error change no byte'
sh -c 'kam-score one.yaml nowhere.yaml >&- 2>&-'
is "$?" 2 'all streams closed: the status'
same_file one.yaml before.yaml 'all streams closed: no file is written into'

# A reader that goes away

# COMMAND…: one line is read of what it writes
leaves_early() {
	"$@" 2>err | head -n 1 >out
	is "$(cat err)" '' "$*: a reader that stops early makes no noise"
	is "$(wc -l <out | tr -d ' ')" 1 "$*: the reader has its line"
	(
		trap '' PIPE
		"$@" 2>err
		echo $? >status
	) | head -n 1 >out
	is "$(cat err)" '' "$*: nor with SIGPIPE ignored"
	is "$(cat status)" 2 "$*: which then is a failure"
}

leaves_early kam-import -q -m map.yaml big.csv
leaves_early kam-score -q big.yaml
leaves_early kam-followup -q big.yaml
leaves_early kam-report portfolio -q -f csv big.yaml
leaves_early kam-report portfolio -q -n 0 big.yaml

done_testing
