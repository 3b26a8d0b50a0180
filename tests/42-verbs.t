#!/bin/sh
# kam-dossier's verbs that change a dossier by hand: one changed value is one changed line.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22 # a Sunday
GIT_CONFIG_NOSYSTEM=1
export KAM_TODAY GIT_CONFIG_NOSYSTEM
command -v git >/dev/null || { skip "all of it" "no git"; done_testing; }

mkdir accounts
cat >accounts/romashka.yaml <<'EOF'
---
# ours since 2019
id: romashka                       # the file's name
name: 'ООО "Ромашка"'
aliases: [Ромашка ООО, "Romashka, LLC"]  # two
external: {1c: "000000123"}
parent: holding
tier:                              # key large standard prospect
profile:
  industry: carton   # by hand

contacts:
  - id: volkov
    name: Волков Сергей
    level: 4                       # 1 to 5
    phone: "+7 487 200-00-01"
    left:                          # when
  - {id: orlov, name: Орлов П., reports-to: volkov, }
  - {id: a/b, name: Slash}
contracts:
  - {id: K-2025/117, start: 2025-03-01, end: 2027-02-28}
deals:
  - {id: D-88, title: third line, proposal: {approved: 2026-11-15, acknowledged: , valid-until: 2026-12-31}}
plan:
  goals:
    - {goal: share of wallet, due: 2026-12-31}
    - {goal: no stock-outs}
log:                               # oldest first
  - {date: 2026-11-12, kind: meeting, by: north, with: [orlov], about: third line}
  - {date: 2026-11-17, kind: call, by: north}
sales:
  - {month: 2026-08, source: 1c, revenue: 100.00}
  - {month: 2026-08, source: shop, revenue: 10.00}   # odd
  - {month: 2026-09, source: 1c, revenue: 200.00}
invoices:
  - {id: I-9, due: 2026-11-19, amount: 10.50}
EOF
printf -- '---\r\nid: crlf   # dos\r\n\r\nname: "Old"\r\ncontacts:\r\n  - {id: x, name: X}\r\n' >accounts/crlf.yaml
printf -- '---\nid: child\nparent: "romashka" # hm\n' >accounts/child.yaml
git init -q . && git config user.name Test && git config user.email test@example.org && git config core.autocrlf false
printf '* -text\n' >.gitattributes
git add .gitattributes accounts && git commit -qm start

reset() {
	git reset -q --hard && git clean -qfd accounts
}
# what git says changed: "added removed file", in one line
changes() {
	git add -A accounts && git diff --cached --no-renames --numstat | tr '\t\n' '  '
}
# ADDED REMOVED DESC: in accounts/romashka.yaml, and nowhere else
lines() {
	is "$(changes)" "$1 $2 accounts/romashka.yaml " "$3"
}
# the lines that were added, without their sign
added() {
	git add -A accounts && git diff --cached -U0 | sed -n '/^+++/d; s/^+//p'
}
# LINE DESC: the last verb made this one line, from one line
one_line() {
	is "$(added)" "$1" "$2"
	lines 1 1 "… in one changed line"
	reset
}
kd() {
	kam-dossier "$@"
}

for verb in set add log done snooze drop rename join archive; do
	runs 2 "$verb with an unknown option" kd $verb --frobnicate x
	like "$(cat err)" '^kam-dossier: unknown option "--frobnicate".*--help' "$verb: one line says where to look"
	runs 0 "$verb --help" kd $verb --help
	like "$(cat out)" "^usage: kam-dossier $verb" "$verb: its own usage"
	runs 2 "$verb without operands" kd $verb
	like "$(cat err)" "; see 'kam-dossier $verb --help'\$" "$verb: its own help is named"
done
runs 2 "a verb that there is not" kd foo
is "$(cat err)" "kam-dossier: unknown verb \"foo\"; see 'kam-dossier --help'" "and none that is near"
runs 2 "a verb misspelt" kd lgo
like "$(cat err)" 'did you mean log' "is told"
runs 0 "merge --help" kd merge --help
is "$(grep -c -- '-v, --verbose' out)" 1 "lists -v once"

# set

runs 0 "set a quoted text" kd set romashka contacts/volkov/phone '+7 1'
is "$(cat err)" "kam-dossier: accounts/romashka.yaml: changed" "it is said"
one_line '    phone: "+7 1"' "stays quoted"
runs 0 "set a text in single quotes" kd set romashka name Ромашка
one_line 'name: "Ромашка"' "stays in quotes"
runs 0 "set in a flow item" kd set romashka contacts/orlov/name 'Орлов, П.'
one_line '  - {id: orlov, name: "Орлов, П.", reports-to: volkov, }' "stays on its line, in quotes where it must be"
runs 0 "set an absent field of a flow item" kd set romashka contacts/orlov/level 5
one_line '  - {id: orlov, name: Орлов П., level: 5, reports-to: volkov, }' "stands where its table has it"
runs 0 "set an absent field of a block item" kd set romashka contacts/volkov/position Director
is "$(added)" '    position: Director' "is a line of its own"
is "$(sed -n '/position/{=;}' accounts/romashka.yaml)" 15 "where its table has it"
lines 1 0 "… one line added"
reset
runs 0 "set an empty field" kd set romashka contacts/volkov/left 2026-10-01
one_line '    left: 2026-10-01               # when' "keeps the comment, in its column"
runs 0 "set an empty section" kd set romashka tier key
one_line 'tier: key                          # key large standard prospect' "keeps the comment, in its column"
runs 0 "set two maps deep" kd set romashka deals/D-88/proposal/sent 2026-11-16
one_line '  - {id: D-88, title: third line, proposal: {approved: 2026-11-15, sent: 2026-11-16, acknowledged: , valid-until: 2026-12-31}}' "on the item's line"
runs 0 "set in an item without a key" kd set romashka plan/goals/2/due 2027-01-31
one_line '    - {goal: no stock-outs, due: 2027-01-31}' "it is found by its number"
runs 0 "set by an item's number" kd set romashka 'contacts/#2/level' 3
one_line '  - {id: orlov, name: Орлов П., level: 3, reports-to: volkov, }' "where there are keys too"
runs 0 "a key with a slash" kd set romashka contracts/K-2025/117/end 2028-02-28
one_line '  - {id: K-2025/117, start: 2025-03-01, end: 2028-02-28}' "is understood"
runs 0 "a key with a slash, escaped" kd set romashka 'contacts/a\/b/name' X
one_line '  - {id: a/b, name: X}' "is understood"
runs 0 "set a code" kd set romashka external/inn 7701234567
one_line 'external: {1c: "000000123", inn: "7701234567"}' "is quoted like one"
runs 0 "set a list of words" kd set romashka aliases 'Ромашка ООО,a\,b,c'
one_line 'aliases: [Ромашка ООО, "a,b", c]  # two' "by words, comments stay"
runs 0 "set one word more" kd set romashka aliases/3 'x: y'
one_line 'aliases: [Ромашка ООО, "Romashka, LLC", "x: y"]  # two' "by its number"
runs 0 "empty a value" kd set romashka contacts/volkov/level ''
one_line '    level:                         # 1 to 5' "leaves the name, and the comment in its column"
runs 0 "drop a field" kd set --drop romashka contacts/volkov/level
lines 0 1 "takes its line out"
reset
runs 0 "drop an item" kd set --drop romashka 'contacts/a\/b'
lines 0 1 "takes its line out"
reset
runs 0 "set what is absent in a section that is not there" kd set romashka plan/months/2026-11 5.00
is "$(added)" '  months: {2026-11: 5.00}' "is added"
reset
runs 0 "set in a section that is not there" kd set crlf profile/industry carton
is "$(changes)" "2 0 accounts/crlf.yaml " "adds the section"
reset
for path in contacts/volkov/phone plan/goals/1/due tier; do
	cp accounts/romashka.yaml before
	runs 0 "set $path to nothing twice" kd set --drop romashka $path
	runs 0 "again" kd set --drop romashka $path
	is "$(cat err)" "kam-dossier: accounts/romashka.yaml: same" "it is said to be the same"
	reset
done
stat -c '%i %Y %Z' accounts/romashka.yaml >before
runs 0 "set to what stands there" kd set romashka contacts/volkov/level 4
is "$(cat err)" "kam-dossier: accounts/romashka.yaml: same" "it is the same"
stat -c '%i %Y %Z' accounts/romashka.yaml >after
same_file after before "and the file is not touched"
runs 0 "quietly" kd set -q romashka contacts/volkov/level 5
is "$(cat err)" "" "nothing is said"
reset
runs 0 "a dry run" kd set -n romashka contacts/volkov/level 5
is "$(sed -n '/^[-+]/p' out)" "--- accounts/romashka.yaml
+++ accounts/romashka.yaml
-    level: 4                       # 1 to 5
+    level: 5                       # 1 to 5" "shows the difference"
is "$(changes)" "" "and changes nothing"

# Emptied and filled again, the bytes are as they were
printf -- '---\nid: g\nname: G # c\nindustry:\ntier:\nprofile: {industry: , website: w}\n' >accounts/g.yaml
cp accounts/g.yaml before
for i in 1 2 3 4 5; do
	kd set -q g name '' && kd set -q g name G
	kd set -q g tier key && kd set -q g tier ''
	kd set -q g profile/industry x && kd set -q g profile/industry ''
done
same_file accounts/g.yaml before "five times emptied and filled"
kd set -q g profile/industry x
like "$(cat accounts/g.yaml)" '^profile: .industry: x, website: w.$' "no blank stands before a comma"
kd new -q wide >/dev/null && kd set -q wide manager north
is "$(grep -n '^manager\|^tier' accounts/wide.yaml | sed 's/#.*/#/' | awk '{ print length }' | sort -u | wc -l)" 1 \
	"in a new dossier comments stay in their column"
reset

# Names of the user's own, and items by what they are called
runs 0 "set what an audience reads" kd set romashka access/sales profile,contacts.name
is "$(added)" 'access:
  sales: [profile, contacts.name]' "is a list under the audience's name"
reset
printf -- '---\nid: c\ncompetitors:\n  - {name: X, criteria: [{criterion: price, us: 2}, {criterion: "lead time", us: 3}]}\n' >accounts/c.yaml
runs 0 "a criterion by its name" kd set c competitors/X/criteria/price/us 4
like "$(cat accounts/c.yaml)" 'criterion: price, us: 4' "is found"
runs 0 "a criterion by its number" kd set c competitors/X/criteria/2/us 5
like "$(cat accounts/c.yaml)" 'criterion: "lead time", us: 5' "is found too"
runs 2 "a criterion that is not there" kd set c competitors/X/criteria/pric/us 4
like "$(cat err)" 'no criterion "pric"; did you mean price' "the nearest is named"
reset
runs 2 "a map deep in a dossier" kd set romashka contacts/volkov ''
like "$(cat err)" 'values by name: contacts/volkov/NAME' "is told by its path"
for path in nosuch contact contacts/volkov/phon; do
	runs 2 "drop $path, which is not there" kd set --drop romashka $path
	like "$(cat err)" "$path: not there, nor a known name" "is said"
done
like "$(cat err)" 'did you mean "phone"' "with the nearest"
is "$(changes)" "" "and nothing is changed"

# What set refuses, with the place and what to do

# DESC ERE ARGS…: refused, and nothing changed
refused() {
	refused_desc=$1 refused_like=$2
	shift 2
	runs 2 "refused: $refused_desc" kd "$@"
	like "$(cat err)" "$refused_like" "… and it is said why"
	is "$(changes)" "" "… and nothing changed"
}
refused "a word the field does not know" '^kam-dossier: accounts/romashka.yaml:8:6: tier: not one of key, large.*"kye"; did you mean "key"' set romashka tier kye
refused "a number that is none" 'romashka.yaml:15:12: contacts/volkov/level: not one of 1, 2' set romashka contacts/volkov/level 12,5
refused "a date that is none" '^kam-dossier: accounts/romashka.yaml:.*contracts/K-2025/117/end: not a date, as 2026-11-22: "soon"' set romashka contracts/K-2025/117/end soon
refused "a contact who is not there" 'romashka.yaml:13:3: contacts: no contact "volkow"; did you mean volkov' set romashka contacts/volkow/level 1
refused "a name nobody knows" 'romashka.yaml:13:5: contacts/volkov/phon: not a known name; did you mean "phone"' set romashka contacts/volkov/phon 1
refused "a section nobody knows" 'profle/industry: not a known name; did you mean "profile"' set romashka profle/industry x
refused "what imports bring" 'romashka.yaml:32:43: sales: imports bring this.*mend the source.*--force' set romashka sales/2026-08/1c/revenue 5.00
refused "the id" 'rename romashka NEW' set romashka id x
refused "a map" 'profile: a map' set romashka profile x
refused "a list" 'kam-dossier add' set romashka contacts x
refused "below a value" 'contacts/volkov/level: one value' set romashka contacts/volkov/level/x 1
refused "a key that is there already" 'contacts.*the same contact.*orlov' set romashka contacts/volkov/id orlov
refused "text that is not UTF-8" 'not UTF-8' set romashka name "$(printf '\377')"
refused "an empty path" 'path' set romashka '' x
refused "a dossier that is not there" 'accounts: no dossier romashk; did you mean romashka' set romashk tier key
refused "an id that is none" 'not an id' set ../romashka tier key
runs 0 "what imports bring, forced" kd set --force romashka sales/2026-08/1c/revenue 5.00
one_line '  - {month: 2026-08, source: 1c, revenue: 5.00}' "is changed"
runs 0 "a name nobody knows, forced" kd set --force romashka profile/vat LV1
lines 1 0 "is added"
reset

# What kam-dossier check would find is refused where it is new

printf 'accounts: accounts\nteam: team.yaml\n' >kam.yaml
printf 'managers:\n  - {id: north, deputy: south}\n  - {id: south, deputy: north}\n' >team.yaml
printf -- '---\nid: koks\nparent: romashka\nexternal: {shop: K-17, inn: "7701234567"}\n' >accounts/koks.yaml
git add accounts && git commit -qm koks
refused "a manager who is not in the team file" 'romashka.yaml .as it would be.:8:10: manager: no manager of the team file has the id "nobody"' set romashka manager nobody
like "$(cat err)" 'nothing was changed; all the same: --force' "it is said how to do it all the same"
refused "a superior who is no contact" 'contacts: no contact has the id "ghost"' set romashka contacts/orlov/reports-to ghost
refused "to drop a contact who is referred to" 'log: no contact has the id "orlov"' set --drop romashka contacts/orlov
refused "a promise to nobody" 'promises: no contact has the id "nobody"' add romashka promises id=O-1 to=nobody
refused "an entry of a day to come" 'log: date 2027-01-01 has not come yet' add romashka log date=2027-01-01 kind=call
refused "an amount below nothing" 'deals: amount is less than nothing' add romashka deals id=D-9 amount=-5
refused "a deal closed in time to come" 'deals: closed 2027-01-01 has not come yet' set romashka deals/D-88/closed 2027-01-01
refused "a circle of parents" 'parent: a circle: romashka, koks, romashka' set romashka parent koks
refused "to be its own parent" 'parent: a circle: romashka, romashka' set romashka parent romashka
refused "a code that another dossier has" 'external: the code "K-17" of shop is that of accounts/koks.yaml:4 too' set romashka external/shop K-17
runs 0 "a tax number that another dossier has" kd set romashka external/inn 7701234567
reset
refused "what defames" 'profile.tasks: "вор": defamation' set romashka profile/tasks 'он идиот и вор'
refused "the same in the log" 'log.about: "вор": defamation' log romashka -k call -a 'он вор'
runs 0 "a parent who has no dossier" kd set romashka parent nobody
like "$(cat err)" 'warning: parent: there is no dossier of "nobody"' "is a warning"
reset
runs 0 "a deal won, without a date" kd set romashka deals/D-88/stage won
like "$(cat err)" 'warning: deals: won without a date' "what is new is said"
runs 0 "… and then another change" kd set romashka name Ромашка
is "$(cat err)" "kam-dossier: accounts/romashka.yaml: changed" "what is not new is not said"
reset
runs 0 "mistakes, forced" kd set --force romashka contacts/orlov/reports-to ghost
like "$(cat err)" 'warning: contacts: no contact has the id "ghost"' "are made, and said"
runs 0 "and do not hinder what is not concerned" kd set romashka tier key
runs 0 "nor what moves them" kd set --drop romashka 'contacts/#1/level'
reset
runs 0 "log with nobody known, forced" kd log --force romashka -k call -w ghost
lines 1 0 "is noted"
reset
runs 0 "another id for a contact" kd set romashka contacts/orlov/id petrov
is "$(added)" '  - {id: petrov, name: Орлов П., reports-to: volkov, }
  - {date: 2026-11-12, kind: meeting, by: north, with: [petrov], about: third line}' "is that of all who refer to it"
like "$(cat err)" 'contacts/orlov/id: 1 reference to it changed too' "and it is said"
reset
printf 'followups:\n  - {key: "birthday:volkov:2026-01-02", done: 2026-01-02}\n' >>accounts/romashka.yaml
runs 0 "in follow-ups too" kd set romashka contacts/volkov/id v
like "$(cat accounts/romashka.yaml)" '  - .key: "birthday:v:2026-01-02", done' "quoted as it was"
reset
kd archive -q koks
kd set -q romashka external/shop K-17
runs 2 "get back one whose code another has got" kd archive --back koks
like "$(cat err)" 'archive/koks.yaml:4:18: external: the code "K-17" of shop is that of accounts/romashka.yaml' "is refused"
rm -r accounts/archive kam.yaml team.yaml
reset
git rm -q accounts/koks.yaml && git commit -qm "no koks"

# Hostile values come back as they were

long=$(awk 'BEGIN { for (i = 0; i < 6553; i++) printf "0123: #,\"" }')
for value in 'a: b' '# no comment' '"quoted"' "it's" '{a: 1}' '- x' 'a
b' '&anchor *x !tag' '%percent' '@at' '~' 'null' '1e3' "$(printf '\t\001\r x')" ' blanks ' '\n' "$long"; do
	kd set -q romashka profile/goals -- "$value" 2>err
	tap_result $? "a value of $(printf %s "$value" | wc -c) bytes is taken"
	lines 1 0 "… one line"
	kd set romashka profile/goals -- "$value" 2>err
	is "$(cat err)" "kam-dossier: accounts/romashka.yaml: same" "… and reads back as it was"
	reset
done

# Files of other kinds

runs 0 "set in a file with CR LF" kd set crlf name New
is "$(changes)" "1 1 accounts/crlf.yaml " "changes one line"
is "$(grep -c "$(printf '\r')\$" accounts/crlf.yaml)" 6 "all lines end as before"
runs 0 "add to it" kd add crlf contacts id=y name=Y
is "$(tail -1 accounts/crlf.yaml | od -c | grep -c '\\r')" 1 "the new line ends as the others do"
reset
chmod 640 accounts/romashka.yaml
runs 0 "set in a file of mode 640" kd set romashka tier key
is "$(stat -c %a accounts/romashka.yaml)" 640 "keeps the mode"
reset
chmod 444 accounts/romashka.yaml
runs 0 "set in a file of mode 444" kd set romashka tier key
is "$(stat -c %a accounts/romashka.yaml)" 444 "keeps the mode; the folder decides whether it can be replaced"
reset
printf -- '---\nid: bad\nname: [A, B]\nteam: [a, b]   # we\n' >accounts/bad.yaml
runs 0 "set a text where a list stands" kd set bad name A
is "$(sed -n 3p accounts/bad.yaml)" 'name: A' "mends it"
runs 0 "empty a list of words" kd set bad team ''
is "$(sed -n 4p accounts/bad.yaml)" 'team: []   # we' "leaves no word"
ln -s romashka.yaml accounts/link.yaml
runs 2 "a link is not followed" kd set link tier key
like "$(cat err)" 'link.yaml: is a symbolic link' "it is said"
rm accounts/link.yaml
printf -- '---\nid: bad\ntier: [unclosed\n' >accounts/bad.yaml
runs 2 "a dossier that cannot be parsed" kd set bad tier key
like "$(cat err)" '^kam-dossier: accounts/bad.yaml:[0-9]*:[0-9]*: ' "its place is named"
printf -- '---\nid: bad\nname: B\ntier: biggest\ncontacts:\n  - {id: x, level: high}\n' >accounts/bad.yaml
runs 0 "a dossier with mistakes" kd set bad name Better
like "$(cat err)" 'bad.yaml:4:7: tier: not one of' "they are said"
is "$(sed -n 3p accounts/bad.yaml)" "name: Better" "and what is not concerned is changed"
runs 0 "one of them is mended" kd set bad contacts/x/level 3
runs 0 "and the other" kd set bad tier key
runs 0 "none is left" kd set bad name Best
is "$(cat err)" "kam-dossier: accounts/bad.yaml: changed" "nothing else is said"
printf -- '---\nid: other\n' >accounts/bad.yaml
runs 2 "a file that says another id" kd set bad tier key
like "$(cat err)" 'bad.yaml:2:5: the file of bad has another id' "is refused"
reset
if [ "$(id -u)" -ne 0 ]; then
	chmod 555 accounts
	runs 2 "a folder that cannot be written" kd set romashka tier key
	like "$(cat err)" 'romashka.yaml: cannot be written: Permission denied' "the file and the reason are named"
	chmod 755 accounts
else
	skip "a folder that cannot be written" "root may write everywhere"
fi
runs 2 "a folder that is not there" kd set -d nowhere romashka tier key
like "$(cat err)" 'nowhere: cannot be opened as a folder' "is named"
if command -v flock >/dev/null; then
	flock accounts sh -c 'sleep 1; cp accounts/romashka.yaml held' &
	sleep 0.3
	runs 0 "set while another writes to the folder" kd set romashka tier key
	wait
	like "$(cat held)" '^tier:  *#' "waits until that is done"
fi
reset
i=0
while [ $i -lt 8 ]; do
	kd log -q romashka -k call -b "north-$i" -a "no $i" &
	i=$((i + 1))
done
wait
is "$(grep -c 'about: no ' accounts/romashka.yaml)" 8 "of several at once none is lost"
reset

# add

runs 0 "add a contact" kd add romashka contacts 'name=Иванов И.' role=user level=3
is "$(added)" '  - {id: ivanov-i, name: Иванов И., level: 3, role: user}' "its id is made of the name, its fields are in order"
lines 1 0 "… one line"
runs 0 "add the same again" kd add romashka contacts 'name=Иванов И.' role=user level=3
is "$(cat err)" "kam-dossier: accounts/romashka.yaml: same" "it is the same"
runs 2 "add another of that id" kd add romashka contacts 'name=Иванов И.' level=2
like "$(cat err)" 'contacts: this contact is there already: "ivanov-i".*kam-dossier set' "it is said what to do"
reset
runs 0 "add a deal with its proposal" kd add romashka deals id=D-9 stage=lead proposal.sent=2026-11-01
is "$(added)" '  - {id: D-9, stage: lead, proposal: {sent: 2026-11-01}}' "dots go into maps"
reset
runs 0 "add to a list in a map" kd add romashka plan/goals goal=x
is "$(added)" '    - {goal: x}' "stands behind the others"
reset
runs 0 "add to a section that is not there" kd add romashka news date=2026-11-01 'title=A: B'
is "$(added)" 'news:
  - {date: 2026-11-01, title: "A: B"}' "makes it"
runs 0 "add one more" kd add romashka news date=2026-11-02 title=C
lines 3 0 "… a line"
reset
runs 0 "add a month of sales, forced" kd add --force romashka sales month=2026-08 source=web on=3,4 products.film=5.00
is "$(added)" '  - {month: 2026-08, source: web, on: [3, 4], products: {film: 5.00}}' "lists and names of one's own"
is "$(sed -n '/web/{=;}' accounts/romashka.yaml)" 34 "where it belongs"
reset
runs 0 "add words" kd add romashka aliases 'A, B' 'Ромашка ООО' C
one_line 'aliases: [Ромашка ООО, "Romashka, LLC", "A, B", C]  # two' "those that are new, as they are"
runs 0 "add a word where there is no list" kd add romashka team south
is "$(added)" 'team: [south]' "makes the list"
is "$(sed -n '/^team/{=;}' accounts/romashka.yaml)" 8 "in its place"
reset
refused "a field nobody knows" 'contacts: a contact has no field "levl"; did you mean level' add romashka contacts id=n levl=3
refused "a value that does not fit" 'contacts: level: not one of' add romashka contacts id=n level=9
refused "an item without its key" 'contacts: id: missing' add romashka contacts level=3
refused "no field at all" 'not a field, as name=value: "level"' add romashka contacts level
refused "a field twice" 'level is given twice' add romashka contacts id=n level=3 level=4
refused "to what is no list" 'profile: not a list' add romashka profile industry=x
refused "to what imports bring" 'imports bring this' add romashka invoices id=I-10
refused "to a section nobody knows" 'contact: not a known name; did you mean "contacts"' add romashka contact id=x

runs 0 "add to a list that no table knows, forced" kd add --force romashka sites 'town=Tula' size=3
is "$(added)" 'sites:
  - {town: Tula, size: "3"}' "makes it"
runs 0 "one more" kd add --force romashka sites town=Riga
runs 0 "words" kd add --force romashka nicknames Chamomile
like "$(cat accounts/romashka.yaml)" '^nicknames: .Chamomile.$' "are a list of words"
reset

# log

runs 0 "a call without words" kd log romashka -k call
runs 1 "the same on that day" kd log romashka -k call
like "$(cat err)" 'romashka.yaml:31:5: log: the same contact is noted already; give it other words, or --again' "is not recorded"
lines 1 0 "and it is said"
runs 0 "once more, on purpose" kd log romashka -k call --again
like "$(cat accounts/romashka.yaml)" 'id: "2026-11-22-2", date: 2026-11-22, kind: call' "has an id of its own"
runs 0 "and a third" kd log romashka -k call --again
like "$(cat accounts/romashka.yaml)" 'id: "2026-11-22-3", ' "and the next"
lines 3 0 "all are there"
runs 2 "the same with other details" kd log romashka -k call --told no
like "$(cat err)" 'noted already, with other details.*--again' "is not mixed with the first"
runs 0 "the dossier is sound" kd check -q --no-rule few-contacts,links,main-contact accounts/romashka.yaml
reset

runs 0 "log a contact of an earlier day" kd log romashka -k visit -b south -w volkov,orlov -a 'new: line' --next 3bd --told yes --date 2026-11-14
is "$(added)" '  - {date: 2026-11-14, kind: visit, by: south, with: [volkov, orlov], about: "new: line", next: 2026-11-25, told: yes}' "all of it"
is "$(sed -n '/south/{=;}' accounts/romashka.yaml)" 30 "stands where its day belongs"
lines 1 0 "… one line"
reset
runs 0 "log a contact of today" env KAM_USER=me kam-dossier log romashka -k call
is "$(added)" '  - {date: 2026-11-22, kind: call, by: me}' "by \$KAM_USER"
is "$(sed -n '/by: me/{=;}' accounts/romashka.yaml)" 31 "the last"
reset
printf -- '---\nid: told\ncontacts:\n  - {id: m, name: Main One, primary: yes}\n  - {id: w}\n' >accounts/told.yaml
runs 0 "log a contact without the main one" kd log told -k call -w w -a samples --date 2026-11-20
like "$(cat err)" "accounts/told.yaml: the main contact, Main One, was not there; once told of it, kam-dossier set told 'log/2026-11-20/call//samples/told' yes" "says so"
runs 0 "what it says to do" kd set told 'log/2026-11-20/call//samples/told' yes
like "$(cat accounts/told.yaml)" 'about: samples, told: yes}' "notes it"
runs 0 "with the main contact" kd log told -k call -w w,m
is "$(grep -c 'main contact' err)" 0 "nobody is to be told"
runs 0 "told already" kd log told -k visit -w w --told no
is "$(grep -c 'main contact' err)" 0 "who said so knows"
runs 0 "quietly" kd log -q told -k meeting -w w
is "$(cat err)" "" "nothing is said"
rm accounts/told.yaml
runs 0 "the first entry of a log" kd log crlf -k call -w x
is "$(added | tr -d '\r')" 'log:
  - {date: 2026-11-22, kind: call, with: [x]}' "makes it"
reset
refused "no kind" 'say what kind' log romashka
refused "with somebody unknown" 'contacts: no contact has the id "volkof"; did you mean volkov' log romashka -k call -w volkof
refused "a day to come" 'is not yet' log romashka -k call --date 2026-12-01
refused "a next contact before this one" 'is not after' log romashka -k call --next 2026-11-22
refused "told neither yes nor no" 'not yes or no' log romashka -k call --told maybe
refused "a next contact at no time" 'neither a date' log romashka -k call --next soon

# done and snooze: kam-followup heeds them

printf -- '---\nid: koks\nmanager: south\ncurrency: EUR\ninvoices:\n  - {id: I-9, due: 2026-11-19, amount: 10.50}\n' >accounts/koks.yaml
git add accounts && git commit -qm koks
key=$(kam-followup -f csv accounts | sed -n 's/.*\(debt:I-9:[0-9-]*\).*koks.*/\1/p' | head -n 1)
[ -n "$key" ] || key=debt:I-9:2026-11-20
like "$(kam-followup accounts/koks.yaml)" 'invoice I-9' "there is a debt to collect"
runs 0 "done" kd done koks "$key" --by south
is "$(added)" "followups:
  - {key: $key, done: 2026-11-22, by: south}" "it is noted"
like "$(kam-followup accounts/koks.yaml)" '^Nothing is due' "and it is not listed any more"
runs 0 "done again, a day later" kd done --today 2026-11-23 koks "$key"
is "$(cat err)" "kam-dossier: accounts/koks.yaml: same" "it was done before"
reset
runs 0 "snooze" kd snooze koks "$key" 1w -b south
is "$(added)" "followups:
  - {key: $key, snoozed: 2026-11-29, by: south}" "it is noted"
like "$(kam-followup accounts/koks.yaml)" '^Nothing is due' "and it is not listed today"
like "$(kam-followup --today 2026-11-29 accounts/koks.yaml)" 'invoice I-9' "but then"
runs 0 "snooze it again" kd snooze koks "$key" 2026-12-05
is "$(tail -n 1 accounts/koks.yaml)" "  - {key: $key, snoozed: 2026-12-05, by: south}" "the day is another"
runs 0 "and done" kd done koks "$key"
is "$(tail -n 1 accounts/koks.yaml)" "  - {key: $key, done: 2026-11-22, snoozed: 2026-12-05, by: south}" "in the same item"
reset
refused "a rule that there is not" 'koks.yaml:.*nosuchrule:2026-01-01.*no rule of the built-in playbook.*--force' done koks nosuchrule:2026-01-01
refused "a rule misspelt" 'did you mean debt' done koks "dept:I-9:$(date +%Y-%m-%d)"
refused "an invoice that there is not" 'I-99.*nothing of invoices is called so' done koks debt:I-99:2026-01-01
refused "a key near to one that is due" "did you mean $key" snooze koks "${key%I-9*}I-8${key#*I-9}" 1w
runs 0 "it is taken, forced" kd done --force koks debt:I-99:2026-01-01
like "$(cat accounts/koks.yaml)" 'key: .?debt:I-99:2026-01-01' "as it is"
runs 0 "and changed then" kd snooze koks debt:I-99:2026-01-01 1w
reset
printf 'playbook: book.yaml\n' >kam.yaml
printf 'rules:\n  - {id: own, on: invoice-due, do: x}\n' >book.yaml
runs 0 "a rule of the workspace's playbook" kd done koks own:I-9:2026-11-19
reset
refused "one of the built-in" 'no rule of book.yaml' done koks "$key"
rm kam.yaml book.yaml
reset
refused "a key that is none" 'not a follow-up.s key' done romashka debt
refused "a key twice" 'given twice' done romashka debt:I-9:2026-11-20 debt:I-9:2026-11-20
refused "put off until today" 'is not after today' snooze romashka debt:I-9:2026-11-20 2026-11-22

# drop

runs 0 "drop a month" kd drop romashka --source 1c --month 2026-08
like "$(cat err)" '^kam-dossier: romashka: 1 month of 1c dropped' "it is counted"
lines 0 1 "its line is gone"
reset
runs 0 "drop a source" kd drop -s 1c romashka
like "$(cat err)" '2 months of 1c dropped' "all its months"
is "$(sed -n '/^sales/,/^invoices/p' accounts/romashka.yaml)" 'sales:
  - {month: 2026-08, source: shop, revenue: 10.00}   # odd
invoices:' "nothing of another is touched"
reset
runs 0 "drop from a month on" kd drop -s 1c --since 2026-09 romashka
lines 0 1 "the earlier ones stay"
reset
runs 0 "drop a month that is not there" kd drop -s 1c -m 2025-01 romashka
is "$(cat err)" "kam-dossier: accounts/romashka.yaml: same" "nothing changes"
refused "a source that is not there" 'romashka.yaml:32:3: sales: nothing of the source "1d"; did you mean 1c' drop -s 1d romashka
refused "no source" 'say whose months' drop romashka
runs 0 "drop from all dossiers" kd drop --all -s 1c
lines 0 2 "those that have it are changed"
is "$(grep -c same err)" 0 "nothing is said of the others"
reset
runs 1 "a source that no dossier has" kd drop --all -s 1x
is "$(cat err)" 'kam-dossier: accounts: no dossier has months of the source "1x"; did you mean 1c?' "is said"
runs 2 "a month and a span of months" kd drop -m 2026-08 --since 2026-08 -s 1c romashka
like "$(cat err)" '--month is one month' "is one or the other"
runs 2 "in the other order" kd drop -s 1c --until 2026-08 -m 2026-08 romashka
is "$(changes)" "" "and nothing is dropped"
runs 0 "an import that is undone" sh -c 'printf -- "---\nid: romashka\nsales:\n  - {month: 2026-10, source: 1c, revenue: 5.00}\n" | kam-dossier merge -q accounts && kam-dossier drop -q -s 1c -m 2026-10 romashka'
is "$(changes)" "" "leaves the bytes from before"

# rename

runs 0 "rename" kd rename romashka oxeye
is "$(changes)" "1 1 accounts/child.yaml 36 0 accounts/oxeye.yaml 0 36 accounts/romashka.yaml " "the file, and who rolls up to it"
is "$(git diff --cached -M --numstat | grep -c '1.1.*oxeye')" 1 "one line of it is another"
like "$(cat accounts/oxeye.yaml)" '^id: oxeye                       # the file' "the id in it"
like "$(cat accounts/child.yaml)" '^parent: "oxeye" # hm' "quotes and comments stay"
runs 0 "nothing is wrong with them" kd check -q
reset
refused "to a name that is taken" 'crlf.yaml: is there already.*kam-dossier join crlf romashka' rename romashka crlf
refused "to no id" 'not an id' rename romashka 'Oxeye Daisy'
refused "what is not there" 'no dossier romaska; did you mean romashka' rename romaska oxeye
refused "what is not there, to what is" 'no dossier romaska' rename romaska crlf
runs 0 "a dry run" kd rename -n romashka oxeye
like "$(cat out)" '^rename to accounts/oxeye.yaml' "names the new file"
like "$(cat out)" '^\+parent: "oxeye"' "and shows the other dossiers"
is "$(changes)" "" "and changes nothing"
ln accounts/romashka.yaml accounts/oxeye.yaml
runs 1 "broken off when both names are there" kd check accounts
like "$(cat out)" 'duplicate-id' "the check finds it"
runs 0 "is gone on with" kd rename romashka oxeye
is "$(changes)" "1 1 accounts/child.yaml 36 0 accounts/oxeye.yaml 0 36 accounts/romashka.yaml " "to its end"
reset
git mv accounts/romashka.yaml accounts/oxeye.yaml
runs 1 "broken off before the id was changed" kd check accounts
like "$(cat out)" 'file-name' "the check finds it"
runs 0 "is gone on with" kd rename romashka oxeye
like "$(cat accounts/oxeye.yaml)" '^id: oxeye' "to its end"
reset

# archive

printf -- '---\nid: lost\nname: Lost\ndeals:\n  - {id: D-1, stage: lead}\n  - {id: D-2, stage: won}\ninvoices:\n  - {id: I-1, amount: 5.00}\n  - {id: I-2, amount: 5.00, paid: 5.00}\n' >accounts/lost.yaml
chmod 600 accounts/lost.yaml
cp accounts/lost.yaml before
runs 2 "archive what is open" kd archive lost
like "$(cat err)" 'lost.yaml:5:5: deals: D-1 is open' "the deal is named"
like "$(cat err)" 'lost.yaml:8:5: invoices: I-1 is not settled' "and the invoice"
is "$(grep -c 'D-2\|I-2' err)" 0 "and nothing else"
same_file accounts/lost.yaml before "nothing was changed"
runs 0 "archive it all the same" kd archive --force -r 'moved: away' -b me lost
is "$(tail -n 1 accounts/archive/lost.yaml)" 'archived: {date: 2026-11-22, reason: "moved: away", by: me}' "it says when, why and who"
[ ! -e accounts/lost.yaml ]
ok "it is not among the others"
is "$(stat -c %a accounts/archive/lost.yaml)" 600 "it keeps its mode"
is "$(kam-report portfolio -f csv accounts 2>/dev/null | grep -c lost)" 0 "no report has it"
runs 2 "set in it" kd set lost name x
like "$(cat err)" 'archive/lost.yaml: is archived since 2026-11-22; get it back: kam-dossier archive --back lost' "it is said where it is"
runs 0 "get it back" kd archive --back lost
same_file accounts/lost.yaml before "it is as it was"
[ ! -e accounts/archive/lost.yaml ]
ok "and not in the archive"
runs 2 "get back what is not there" kd archive --back nosuch
kd archive lost 2>err
[ ! -e accounts/archive/lost.yaml ] && rmdir accounts/archive && kd archive lost 2>err
[ ! -e accounts/archive ]
ok "what is refused makes no folder"
kd archive -q --force lost
runs 2 "show it" kd show lost
like "$(cat err)" 'accounts/archive/lost.yaml: is archived since 2026-11-22; get it back' "says where it is"
runs 2 "brief it" kd brief lost
runs 2 "a new one of that id" kd new lost Lost
like "$(cat err)" 'archive/lost.yaml: is archived since 2026-11-22; get it back: kam-dossier archive --back lost' "is refused"
[ ! -e accounts/lost.yaml ]
ok "and not made"
cp before accounts/lost.yaml
runs 2 "get it back over another" kd archive --back lost
like "$(cat err)" 'accounts/lost.yaml: is there already' "is refused"
runs 2 "archive another of that id" kd archive --force lost
like "$(cat err)" 'archive/lost.yaml: is there already' "is refused"
same_file accounts/lost.yaml before "before anything is changed"
rm -r accounts/archive
runs 0 "a dry run" kd archive -n --force lost
like "$(cat out)" '^rename to accounts/archive/lost.yaml' "names the new place"
[ ! -e accounts/archive ]
ok "and makes no folder"
reset

done_testing
