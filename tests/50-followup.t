#!/bin/sh
# kam-followup: what is to be done, as a person, a cron job and a script see it.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22 # a Sunday
export KAM_TODAY
tab=$(printf '\t')

mkdir accounts
cat >accounts/romashka.yaml <<'END'
---
id: romashka
name: ООО «Ромашка»
manager: north
currency: RUB
tier: key
contacts:
  - {id: buyer, name: The Buyer, primary: yes}
contracts:
  - {id: K-1, start: 2025-03-01, end: 2027-02-28, notice: 90d}
deals:
  - {id: D-8, title: third line, proposal: {sent: 2026-11-20, valid-until: 2026-11-30}, tender: 2027-08-22}
log:
  - {date: 2026-11-17, kind: call, by: north, with: [buyer]}
invoices:
  - {id: И-5, due: 2026-10-30, amount: 1200000.00, paid: 700000.00}
END
cat >accounts/koks.yaml <<'END'
---
id: koks
name: SIA Koks
manager: south
currency: EUR
tier: large
quiet-until: 2026-12-01
log:
  - {date: 2026-11-08, kind: call, by: south}
invoices:
  - {id: I-9, due: 2026-11-19, amount: 10.5}
END
cat >team.yaml <<'END'
head: boss
managers:
  - {id: north, deputy: south, calendar: xx, absent: [{from: 2026-11-24, to: 2026-11-29}]}
  - {id: south, deputy: north}
END

# For people

runs 0 "the agenda of a folder" kam-followup accounts
cat >want <<'END'
Overdue: 2
Due         Late        Account        Owner         What to do
2026-11-18     4  high  ООО «Ромашка»  north → head  Collect 500000.00 RUB on invoice И-5, 23 days late
2026-11-20     2  high  SIA Koks       south         Collect 10.50 EUR on invoice I-9, 3 days late

Today: 1
Due         Late    Account        Owner  What to do
2026-11-22          ООО «Ромашка»  north  Prepare for the tender «third line», to be held on 2027-08-22
END
same_file out want "has what is overdue, then what is due today; debts despite a client's silence"
is "$(cat err)" "" "nothing is said beside the agenda"

runs 0 "the week ahead" kam-followup --days 8 accounts
like "$(cat out)" '^Coming: ' "what is to come has its own table"
like "$(cat out)" '^2026-11-23 .* Call The Buyer: did the proposal «third line» arrive' \
	"a proposal sent on Friday is asked about on Monday"
like "$(cat out)" '^2026-11-23 .* The proposal «third line» holds until 2026-11-30' \
	"a proposal is renewed five business days before it expires"
like "$(cat out)" '^2026-11-24 .* Plan a call or visit to The Buyer; last contact: 2026-11-17' \
	"a key account is called a week after the last contact"

runs 0 "a day on which nothing is due" kam-followup --until 2026-10-01 accounts
is "$(cat out)" "Nothing is due by 2026-10-01." "a plain line says so"
runs 0 "the same in Markdown" kam-followup --until 2026-10-01 -f markdown accounts
is "$(cat out)" "Nothing is due by 2026-10-01." "a plain line says so in Markdown too"
runs 0 "Markdown" kam-followup -f markdown accounts
like "$(cat out)" '^## Overdue: 2$' "its titles are headings"

# For programs

runs 0 "TSV" kam-followup -f tsv --rule debt accounts
cat >want <<END
due${tab}late${tab}priority${tab}account${tab}title${tab}owner${tab}what${tab}rule${tab}key${tab}escalated${tab}since${tab}days
2026-11-18${tab}4${tab}high${tab}romashka${tab}ООО «Ромашка»${tab}north${tab}Collect 500000.00 RUB on invoice И-5, 23 days late${tab}debt${tab}debt:И-5:2026-11-18${tab}head${tab}2026-10-30${tab}23
2026-11-20${tab}2${tab}high${tab}koks${tab}SIA Koks${tab}south${tab}Collect 10.50 EUR on invoice I-9, 3 days late${tab}debt${tab}debt:I-9:2026-11-20${tab}${tab}2026-11-19${tab}3
END
same_file out want "every column, tab between"
runs 0 "a trigger that is to come, and one that was never" sh -c \
	'printf "id: new\ntier: key\n" | kam-followup -f tsv --rule touch-key --rule tender-prepare - accounts/romashka.yaml'
is "$(cut -f 8,11,12 out | tail -n +2 | sort)" \
	"tender-prepare${tab}2027-08-22${tab}
touch-key${tab}${tab}" "have no days since"
# late by the latest repetition the newest are 4 and 2 days, by their own dates 23 and 3
printf -- '---\nid: old\ninvoices:\n  - {id: O-1, due: 2026-03-02, amount: 1}\n' >old.yaml
runs 0 "debts, the longest overdue first" sh -c \
	'kam-followup --rule debt -f tsv accounts old.yaml | tail -n +2 | cut -f 4,7,12 | sort -t "$(printf "\t")" -k 3,3nr'
is "$(cut -f 1,3 out)" "old${tab}265
romashka${tab}23
koks${tab}3" "are sorted by the days since the trigger's date"
runs 0 "an escalated debt of nobody's account" kam-followup old.yaml
like "$(cat out)" '  old      → head  Collect' "has an arrow to the head and no owner"
runs 0 "the same in Markdown" kam-followup -f markdown old.yaml
like "$(cat out)" '\| old +\| → head \|' "has it too"

runs 0 "JSON" kam-followup -f json --days 30 accounts
perl -MJSON::PP -0777 -ne '
	my $rows = decode_json($_);
	my ($debt) = grep { $_->{key} eq "debt:I-9:2026-11-20" } @$rows;
	exit !(@$rows == 8 && $debt->{late} == 2 && !defined $debt->{escalated} && $debt->{account} eq "koks");
' out
ok "it is an array of objects, days are numbers, what is absent is null"
runs 0 "nothing in JSON" kam-followup -f json --until 2026-10-01 accounts
is "$(perl -MJSON::PP -0777 -ne 'print scalar @{decode_json($_)}' out)" 0 "it is an empty array"
runs 0 "nothing in TSV" kam-followup -f tsv --until 2026-10-01 accounts
is "$(wc -l <out)" 1 "it is the line of names alone"
runs 0 "CSV" kam-followup -f csv --account koks accounts
is "$(wc -l <out)" 2 "one account is chosen"

# Whose

runs 0 "a manager's agenda" kam-followup -f tsv --manager south accounts
is "$(cut -f 4 out | tail -n +2)" koks "holds nothing of the other manager's"
runs 0 "a deputy's agenda" kam-followup -q -f tsv -t team.yaml --manager south --today 2026-11-25 accounts
is "$(cut -f 4 out | tail -n +2 | sort -u | tr '\n' ' ')" "koks romashka " "holds what the absent manager would do"
runs 0 "the head's agenda" kam-followup -q -f tsv -t team.yaml --manager boss accounts
is "$(cut -f 4,10 out | tail -n +2)" "romashka${tab}boss" "holds what was escalated"
runs 1 "a manager whom nobody knows" kam-followup --manager nort accounts
like "$(cat err)" 'no manager "nort" in the input, did you mean north\?' "is said to be missing, with the nearest"
is "$(cat out)" "" "and nothing is said to be due or not"
runs 1 "a manager whom the team does not know either" kam-followup -q -t team.yaml --manager bos accounts
like "$(cat err)" 'no manager "bos" in the input, did you mean boss\?' "is said to be missing too"
runs 0 "a manager of the team without an account" kam-followup -t team.yaml --manager south accounts/romashka.yaml
is "$(cat out)" "Nothing is due by 2026-11-22." "is known, and has nothing to do"
runs 0 "one of an account's team" sh -c 'printf "id: t\nteam: [west]\n" | kam-followup --manager west'
runs 0 "the head, where there is no team" kam-followup -f tsv --manager head accounts
is "$(cut -f 4 out | tail -n +2)" romashka "is told of what is escalated"

# Several

runs 0 "two managers" kam-followup -f tsv --rule debt --manager north --manager south accounts
is "$(cut -f 6 out | tail -n +2 | tr '\n' ' ')" "north south " "have their things in one agenda"
runs 0 "two accounts" kam-followup -f tsv --rule debt --account koks --account romashka accounts
is "$(cut -f 4 out | tail -n +2 | tr '\n' ' ')" "romashka koks " "are both there"
runs 0 "two rules" kam-followup -f tsv --rule debt --rule tender-prepare accounts
is "$(cut -f 8 out | tail -n +2 | tr '\n' ' ')" "debt debt tender-prepare " "are both followed"
runs 1 "two accounts, one of them not there" kam-followup -f tsv --account koks --account romashk accounts
like "$(cat err)" 'no account "romashk" in the input, did you mean romashka\?' "the one is said to be missing"
is "$(cut -f 4 out | tail -n +2)" koks "the other is there"

# The dossier has the last word

cp accounts/koks.yaml done.yaml
echo 'followups: [{key: "debt:I-9:2026-11-20", done: 2026-11-21}]' >>done.yaml
runs 0 "what was done" kam-followup -f tsv done.yaml
is "$(wc -l <out)" 1 "is off the agenda"
runs 0 "a standard input" sh -c 'kam-followup -f tsv <accounts/koks.yaml'
is "$(cut -f 9 out | tail -n 1)" debt:I-9:2026-11-20 "is read where no input is given"
cat accounts/*.yaml | runs 0 "a stream" kam-followup -f tsv -
is "$(wc -l <out)" 4 "holds the accounts of both files"

# Playbooks and holidays

runs 0 "the built-in playbook" kam-followup --print-playbook
cp out mine.yaml
runs 0 "the agenda by it, read as a file" kam-followup -p mine.yaml -f json --days 400 accounts
cp out mine.json
runs 0 "the agenda by the one built in" kam-followup -f json --days 400 accounts
same_file out mine.json "are the same"

mkdir book
printf '# days off\n2026-11-23\n2026-11-24\n' >book/xx.txt
cat >book/playbook.yaml <<'END'
holidays: {xx: xx.txt, other: not-there.txt}
rules:
  - {id: receipt, on: proposal-sent, after: 1bd, do: "Call {contact}"}
END
runs 0 "a calendar beside the playbook" kam-followup -p book/playbook.yaml -t team.yaml -f tsv --days 9 accounts
is "$(cut -f 1,6,7 out | tail -n 1)" "2026-11-25${tab}south${tab}Call The Buyer" \
	"moves a business day over the holidays, to where the deputy stands in"
is "$(cat err)" "" "and files of calendars that nobody goes by are not read"
echo 2026-13-01 >book/xx.txt
runs 2 "a calendar with a mistake" kam-followup -p book/playbook.yaml -t team.yaml accounts
like "$(cat err)" '^kam-followup: book/xx.txt:1:1: ' "is refused with its place"
rm book/xx.txt
runs 2 "a calendar that is not there" kam-followup -p book/playbook.yaml -t team.yaml accounts
like "$(cat err)" '^kam-followup: book/xx.txt: ' "is refused by name"
runs 0 "a team's calendar where the playbook has no holidays" kam-followup -t team.yaml accounts
is "$(cat err)" "" "asks for no word: only weekends are off"
sed 's/xx: xx.txt/xy: xx.txt/' book/playbook.yaml >book/without.yaml
runs 0 "a calendar that the playbook has no file for" kam-followup -p book/without.yaml -t team.yaml accounts
like "$(cat err)" 'warning: calendar "xx" is not among' "is warned of"

printf 'rules:\n  - {id: r, on: invoice-deu, do: x}\n' >bad.yaml
runs 2 "a misspelt trigger" kam-followup -p bad.yaml accounts
like "$(cat err)" '^kam-followup: bad\.yaml:2:17: rules\[0\]\.on: .*did you mean "invoice-due"' \
	"is refused with file, line, column and the nearest"
printf 'rules:\n  - {id: r, on: invoice-due, do: x, befor: 1d}\n' >bad.yaml
runs 2 "a misspelt name" kam-followup -p bad.yaml accounts
like "$(cat err)" '^kam-followup: bad\.yaml:2:37: .*did you mean "before"' "is refused the same way"
printf 'rules:\n  - {id: r, on: invoice-due, do: "{contcat}"}\n' >bad.yaml
runs 2 "a misspelt field of an action" kam-followup -p bad.yaml accounts
like "$(cat err)" '^kam-followup: bad\.yaml:2:34: .*did you mean \{contact\}' "is refused the same way"
printf 'rules:\n  - {id: a, on: audit-date, do: x}\n  - {id: d, on: invoice-due, do: y}\n' >later.yaml
runs 0 "a rule for a later version" kam-followup -p later.yaml -f tsv accounts
like "$(cat err)" '^kam-followup: later\.yaml:2:17: warning: .*rule a is left out' "is left out with a warning"
is "$(cut -f 8 out | tail -n +2 | sort -u)" d "the others are followed"
runs 0 "the same when asked to be quiet" kam-followup -q -p later.yaml accounts
is "$(cat err)" "" "no warning is shown"
printf 'rules:\n  - {id: a, on: audit-date, do: x}\n' >later.yaml
runs 2 "a playbook of nothing but such rules" kam-followup -p later.yaml accounts
like "$(cat err)" '^kam-followup: later\.yaml:2:[0-9]+: rules: there is none that this version can follow' "is refused"
printf 'rules:\n' >without.yaml
runs 2 "a playbook without rules" kam-followup -p without.yaml accounts
like "$(cat err)" '^kam-followup: without\.yaml:[0-9]+:[0-9]+: rules: there is none' "is refused"
for text in '' '# nothing yet\n' '{}\n' 'rules: []\n' '---\n'; do
	printf -- "$text" >without.yaml
	runs 2 "a playbook of nothing" kam-followup -p without.yaml accounts
	like "$(cat err)" '^kam-followup: without\.yaml:' "is refused by name"
	is "$(cat out)" "" "and gives no agenda"
done
runs 2 "a playbook that is not there" kam-followup -p none.yaml accounts
like "$(cat err)" '^kam-followup: none\.yaml: ' "is refused by name"

# What goes wrong

mkdir mixed
cp accounts/koks.yaml mixed
printf -- '---\nid: broken\ninvoices:\n  - {id: I-1, amount: 12,5}\n' >mixed/broken.yaml
runs 1 "a document with a mistake" kam-followup -f tsv mixed
like "$(cat err)" '^kam-followup: mixed/broken\.yaml:4:[0-9]+: ' "is reported with its place"
is "$(cut -f 4 out | tail -n +2)" koks "the others are done"
runs 1 "the same account twice" kam-followup -f tsv accounts/koks.yaml accounts
like "$(cat err)" '^kam-followup: accounts/koks\.yaml:1: account koks was read before' "is reported"
is "$(cut -f 4 out | grep -c koks)" 1 "and counted once"
runs 1 "an account that is not there" kam-followup --account nobody accounts
like "$(cat err)" 'no account "nobody" in the input' "is said to be missing"
{
	echo '# kam-stream 1'
	cat accounts/koks.yaml
} >cut.yaml
runs 2 "a stream that was cut" kam-followup cut.yaml
is "$(cat out)" "" "gives no agenda"
runs 2 "an input that is not there" kam-followup nowhere
like "$(cat err)" '^kam-followup: nowhere: ' "is named"
runs 2 "what a failed program leaves" kam-followup
like "$(cat err)" 'standard input' "is no input"
is "$(cat out)" "" "and nothing is said to be due or not"
runs 2 "an empty file" kam-followup /dev/null
is "$(cat out)" "" "gives no agenda"
mkdir empty
printf '# kam-stream 1\n...\n' >none.yaml
for input in empty none.yaml; do
	runs 1 "an input without accounts: $input" kam-followup $input
	is "$(cat err)" "kam-followup: there are no accounts in the input" "is said to be so"
	is "$(cat out)" "" "and nothing is said to be due or not"
done
runs 1 "the same in TSV" kam-followup -f tsv empty
is "$(wc -l <out)" 1 "is the line of names alone"
runs 1 "nothing but documents with a mistake" kam-followup --until 2026-10-01 mixed/broken.yaml
is "$(cat out)" "" "is not said to have nothing due"
mkdir odd
cp accounts/koks.yaml odd
ln -s koks.yaml odd/a-link.yaml
mkfifo odd/b-fifo.yaml
: >odd/z-empty.yaml
runs 1 "a folder with a link, a pipe and an empty file" kam-followup -f tsv odd
is "$(sed 's/: .*//' err | uniq -c | sed 's/^ *//')" "3 kam-followup" "each is reported"
like "$(cat err)" 'odd/a-link\.yaml: is a symbolic link' "by name"
is "$(cut -f 4 out | tail -n +2)" koks "the others are done"
runs 0 "a file with an odd name" sh -c 'cp accounts/koks.yaml ./--help && kam-followup -f tsv -- --help'
is "$(cut -f 4 out | tail -n 1)" koks "is read after --"

printf -- '---\nid: esc\nname: "a\\e[31mb"\ninvoices:\n  - {id: I, due: 2026-11-19, amount: 1}\n' >escape.yaml
runs 0 "a name that would colour the terminal" kam-followup escape.yaml
is "$(grep -c "$(printf '\033')" out)" 0 "is made harmless"

if [ -w /dev/full ]; then
	runs 2 "a full disk" sh -c 'kam-followup accounts >/dev/full'
	like "$(cat err)" '^kam-followup: standard output cannot be written' "is reported"
else
	skip "a full disk" "no /dev/full"
fi
i=0
while [ $i -lt 3000 ]; do
	echo "  - {id: I-$i, due: 2026-11-19, amount: 1}"
	i=$((i + 1))
done >many
{ printf -- '---\nid: many\ninvoices:\n' && cat many; } >many.yaml
kam-followup -f tsv many.yaml 2>err | head -n 1 >out
is "$(cut -f 1 out)$(cat err)" due "a reader that stops early makes no noise"

# Options

runs 2 "an unknown option" kam-followup --manger x accounts
is "$(wc -l <err)" 1 "one line is said"
like "$(cat err)" 'did you mean --manager\?.*--help' "it names the nearest, and where to look"
runs 2 "days and until together" kam-followup --days 1 --until 2026-12-01 accounts
runs 2 "days that are no number" kam-followup --days soon accounts
runs 2 "an until that is no date" kam-followup --until 01.12.2026 accounts
runs 2 "an unknown format" kam-followup -f yaml accounts
runs 2 "an unknown rule" kam-followup --rule dept accounts
like "$(cat err)" 'no rule "dept", did you mean debt\?' "is refused with the nearest"
runs 0 "help" kam-followup --help
like "$(cat out)" '--print-playbook' "lists the options"
runs 0 "version" kam-followup --version
like "$(cat out)" '^kam-followup [0-9]' "is one line"

done_testing
