#!/bin/sh
# kam-dossier check, as people at a prompt, hooks and cron jobs use it.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

mkdir accounts
kam-dossier new romashka 'ООО «Ромашка»' >/dev/null

cat >bad.yaml <<'END'
---
id: bad
tier: biggest
external: {1c: "1"}
contacts:
  - {id: x, name: Anna, primary: yes, reports-to: nobody}
  - {id: x, name: Bella}
  - {id: z, name: Clara, functoin: finance, left: 2026-01-01}
contracts:
  - {id: K, start: 2026-02-01, end: 2026-01-01}
deals:
  - {id: D, proposal: {sent: 2026-03-01, valid-until: 2026-02-01}}
invoices:
  - {id: I, date: 2026-01-01, amount: 10.00, paid: 10.01}
  - {id: J, amount: 12,5}
log:
  - {date: 2026-01-01, kind: call, by: me, with: [z, q], told: no}
  - {date: 2026-01-02, kind: call, by: me, with: [x], told: no}
sections: []
END
runs 1 "check a dossier with mistakes" kam-dossier check bad.yaml
like "$(cat out)" '^bad.yaml:3:7: error: tier: not one of .*"biggest".* \[word\]$' "a word that the field does not know"
like "$(cat out)" '^bad.yaml:15:24: error: invoices\[1\].*12\.5.* \[name\]$' "a comma in an amount"
like "$(cat out)" '^bad.yaml:7:5: error: contacts: .*line 6: "x" \[duplicate-key\]$' "a key that stands twice"
like "$(cat out)" '^bad.yaml:6:51: error: contacts: no contact has the id "nobody" \[reference\]$' "a superior who is not there"
like "$(cat out)" '^bad.yaml:17:54: error: log: no contact has the id "q" \[reference\]$' "a contact of the log who is not there"
like "$(cat out)" '^bad.yaml:10:37: error: contracts: end 2026-01-01 is before start 2026-02-01 \[date-order\]$' "a contract that ends first"
like "$(cat out)" '^bad.yaml:12:55: error: deals.proposal: valid-until 2026-02-01 is before sent' "a proposal that ends first"
like "$(cat out)" '^bad.yaml:14:52: error: invoices: more is paid than was claimed \[paid\]$' "too much paid"
like "$(cat out)" '^bad.yaml:8:26: warning: functoin: .*"function".*\[unknown-name\]$' "a misspelt field, with the nearest"
like "$(cat out)" '^bad.yaml:19:1: warning: sections: no such field of an account' "an unknown section"
like "$(cat out)" '^bad.yaml:6:3: warning: contacts: 2 of at least 4 \(S1\) \[few-contacts\]$' "too few contacts, who left not counted"
like "$(cat out)" '^bad.yaml:17:64: warning: log: the main contact does not know' "a contact behind the main contact's back"
is "$(grep -c 'not-told' out)" 1 "but not one in the main contact's presence"
is "$(cat err)" "kam-dossier: 1 account, 8 errors, 4 warnings" "a summary"
runs 1 "errors only" kam-dossier check -q bad.yaml
is "$(grep -c warning out)-$(grep -c error out)" "0-8" "no warnings then"
is "$(cat err)" "" "and no summary"
runs 2 "check on a full disk" sh -c 'kam-dossier check bad.yaml >/dev/full'
runs 0 "a reader that stops early" sh -c 'kam-dossier check -q bad.yaml | head -n 1'
is "$(cat err)" "" "makes no noise"

printf -- '---\nid: koks\nname: SIA Koks\n' >accounts/koks.yaml
runs 0 "warnings alone are no failure" kam-dossier check accounts
printf -- '---\nid: kokss\n' >accounts/koks.yaml
runs 1 "a file that is not called as its id" kam-dossier check
like "$(cat out)" '^accounts/koks.yaml:2:5: error: id: .*kokss.yaml \[file-name\]$' "is found"
runs 1 "named alone too" kam-dossier check accounts/koks.yaml
printf -- '---\nid: koks\n---\nid: koks2\n' >accounts/koks.yaml
runs 1 "a file of two accounts in the folder" kam-dossier check
like "$(cat out)" '^accounts/koks.yaml:4:1: error: a second account .*\[file-name\]$' "is found"
cp accounts/koks.yaml stream.yaml
runs 0 "but a stream may be called anything" kam-dossier check stream.yaml
printf -- '---\nid: koks\nexternal: {1c: "7"}\n' >accounts/koks.yaml
printf -- '---\nid: romashka\nexternal: {1c: "7"}\n' >accounts/romashka.yaml
runs 1 "a code that two accounts have" kam-dossier check
like "$(cat out)" '^accounts/romashka.yaml:3:16: error: .*accounts/koks.yaml:3 too \[duplicate-code\]$' "is found, with both places"
runs 1 "an id that two accounts have" kam-dossier check accounts/koks.yaml accounts/koks.yaml
like "$(cat out)" '\[duplicate-id\]$' "is found"
printf -- '---\nid: [\n' >accounts/broken.yaml
printf -- '---\nid: null\0byte\n' >accounts/nul.yaml
printf -- '---\nid: ok\nname: \377\n' >accounts/ok.yaml
ln -s koks.yaml accounts/link.yaml
mkfifo accounts/fifo.yaml
: >accounts/empty.yaml
echo "# nothing yet" >accounts/remark.yaml
runs 1 "check goes on behind files that cannot be read" kam-dossier check
like "$(cat out)" '^accounts/broken.yaml:.*\[syntax\]$' "syntax"
like "$(cat out)" '^accounts/nul.yaml:2:9: error: a NUL byte' "a NUL byte"
like "$(cat out)" '^accounts/ok.yaml:3:7: error: not UTF-8: byte 0xff' "bytes that are not UTF-8"
like "$(cat out)" '^accounts/link.yaml: error: is a symbolic link.*\[read\]$' "a link"
like "$(cat out)" '^accounts/fifo.yaml: error: is not a file \[read\]$' "a named pipe"
like "$(cat out)" '^accounts/empty.yaml: error: holds no account.*\[read\]$' "an empty file"
like "$(cat out)" '^accounts/remark.yaml: error: holds no account.*\[read\]$' "one of comments alone"
like "$(cat out)" '\[duplicate-code\]' "and what comes behind them"
rm accounts/broken.yaml accounts/nul.yaml accounts/ok.yaml accounts/link.yaml
rm accounts/fifo.yaml accounts/empty.yaml accounts/remark.yaml
if [ "$(id -u)" -eq 0 ]; then
	skip "a file that may not be read" "root may read everything"
else
	chmod a-r accounts/koks.yaml
	runs 1 "a file that may not be read" kam-dossier check
	like "$(cat out)" '^accounts/koks.yaml: error: cannot be opened: Permission denied \[read\]$' "is said to be"
	chmod u+r accounts/koks.yaml
fi
: >empty.yaml
runs 2 "an empty file that was named" kam-dossier check empty.yaml
printf '# kam-stream 1\n---\nid: a\n' | runs 2 "a stream that was cut" kam-dossier check -
like "$(cat out)" 'the stream was cut.*\[read\]$' "is said to be"
runs 2 "a folder that is not there" kam-dossier check nowhere
mkdir nothing fresh
runs 1 "a folder without dossiers" kam-dossier check nothing
like "$(cat err)" 'there is no account; is it the right folder' "is told of"
(
	cd fresh && mkdir accounts && echo 'accounts: accounts' >kam.yaml
	runs 0 "a workspace that is new" kam-dossier check
	like "$(cat err)" 'no dossier yet; kam-dossier new makes one' "has none yet"
	runs 0 "quietly" kam-dossier check -q
	is "$(cat err)" "" "nothing is said"
	mkfifo accounts/ff.yaml pipe
	for verb in show brief facts people timeline; do
		runs 2 "$verb of a pipe in the folder" timeout 10 kam-dossier $verb ff
		like "$(cat err)" 'accounts/ff.yaml: is not a file' "is refused"
	done
	rm accounts/ff.yaml
	echo 'id: a' >accounts/a.yaml
	for name in team ethics playbook model access; do
		printf 'accounts: accounts\n%s: pipe\n' $name >kam.yaml
		case $name in
		playbook) set -- kam-followup accounts ;;
		model) set -- kam-score accounts ;;
		access) set -- kam-dossier redact -a x accounts ;;
		*) set -- kam-dossier check ;;
		esac
		runs 2 "a pipe that the settings name as $name" timeout 10 "$@"
		like "$(cat err)" ': pipe: is not a file' "is refused"
	done
	echo 'accounts: pipe' >kam.yaml
	runs 2 "a pipe that the settings name as the folder" timeout 10 kam-dossier check
	like "$(cat err)" ': pipe: is not a folder' "is refused"
	echo 'accounts: accounts' >kam.yaml
	(printf 'add: [{pattern: golf, what: golf}]\n' >pipe &)
	runs 0 "a pipe that a person names" timeout 10 kam-dossier check --ethics pipe
)

cat >negative.yaml <<'END'
---
id: negative
potential:
  - {year: 2026, amount: -5, assessed: 2026-11-01}
contracts:
  - {id: K, value: -0.01}
deals:
  - {id: D, amount: -1}
sales:
  - {month: 2026-01, source: shop, revenue: -5, margin: -5, returns: -5}
  - {month: 2026-02, source: shop, returns: 0}
END
runs 1 "amounts below nothing" kam-dossier check negative.yaml
is "$(cat out)" "negative.yaml:4:26: error: potential: amount is less than nothing: -5 [negative]
negative.yaml:6:20: error: contracts: value is less than nothing: -0.01 [negative]
negative.yaml:8:21: error: deals: amount is less than nothing: -1 [negative]
negative.yaml:10:70: error: sales: returns is less than nothing: -5 [negative]" "where there can be none"
mkdir strays
printf -- '---\nid: a\nname: A' >strays/a.yaml
printf -- '---\nid: b\nname: B\n' >strays/b.yaml
touch strays/c.yml strays/D.YAML strays/.e.yml strays/b.yaml.bak strays/yml
runs 0 "files that look like dossiers" kam-dossier check strays
is "$(cat out)" "strays/a.yaml:3:8: warning: the last line has no end: what is joined to the file begins on it [no-final-newline]
strays/D.YAML: warning: is not read: the name of a dossier ends in .yaml [not-read]
strays/c.yml: warning: is not read: the name of a dossier ends in .yaml [not-read]" "are found, and a last line without end"
is "$(cat err)" "kam-dossier: 2 accounts, 0 errors, 3 warnings" "and counted"
runs 0 "a file whose last line has an end" kam-dossier check strays/b.yaml
is "$(cat out)" "" "is right"
printf '{"id": "a"}\n' >json.yaml
runs 1 "a document that is no dossier" kam-dossier check json.yaml
printf -- '---\nid: a\nx: &a [1]\ny: [*a, *a]\n' | runs 1 "anchors and aliases" kam-dossier check -
awk 'BEGIN { printf "id: a\nx: "; for (i = 0; i < 100000; i++) printf "["; print "" }' |
	runs 1 "100,000 nested brackets" timeout 10 kam-dossier check -
like "$(cat out)" 'nested more than' "are refused"
runs 0 "--list-rules" kam-dossier check --list-rules
like "$(cat out)" '^few-contacts  *warning' "the rules are listed"


# Dates that cannot be, facts that grew stale

cat >dates.yaml <<'END'
---
id: dates
contacts:
  - {id: a, primary: yes, function: finance, level: 3, birthday: 2027-01-01}
  - {id: b, function: finance, level: 3, birthday: 1890-05-05}
  - {id: c, function: finance, level: 3, birthday: 02-29}
  - {id: d, birthday: 1980-01-01}
needs:
  - {what: speed, asked: 2025-11-21}
  - {what: price, asked: 2025-11-22}
potential:
  - {year: 2025, product: x, amount: 1, assessed: 2024-01-01}
  - {year: 2026, product: x, amount: 1, assessed: 2024-01-01}
reliability:
  - {date: 2025-01-01, next: 2026-11-21}
deals:
  - {id: W, stage: won}
  - {id: O, stage: lead, closed: 2026-01-01}
plan: {actions: [{id: 1, done: 2026-11-23}]}
audit:
  - {date: 2024-06-01}
  - {date: 2025-11-01, actions: [{what: x, done: 2026-12-01}]}
log:
  - {date: 2026-11-22, kind: call, by: me, with: [a]}
  - {date: 2026-11-23, kind: call, by: me, with: [a]}
sales:
  - {month: 2026-11, source: s, revenue: 1}
  - {month: 2026-12, source: s, revenue: 1}
invoices:
  - {id: I, date: 2026-03-01, settled: 2026-02-28}
END
places() {
	sed -n 's/^[^:]*:\([0-9]*\):.*\[\(.*\)\]$/\1 \2/p' out
}
runs 1 "dates that cannot be, facts that are stale" kam-dossier check dates.yaml
is "$(places)" "4 links
4 links
4 birthday
5 birthday
9 stale
13 stale
15 stale
17 close-date
18 close-date
19 future
22 stale
22 future
25 future
28 future
30 date-order" "are found, in their order, and no others"
like "$(cat out)" '^dates.yaml:30:40: error: invoices: settled 2026-02-28 is before date 2026-03-01' "settled before it was issued"
like "$(cat out)" ':4:3: .* all are in finance; horizontal' "contacts of one function"
like "$(cat out)" ':4:3: .* all are of level 3; vertical' "contacts of one level"
like "$(cat out)" ':15:30: .* next 2026-11-21 is past' "a check's own next date counts, where there is one"
runs 0 "a later day" kam-dossier check --today 2026-12-01 --rules future dates.yaml
is "$(cat out)" "" "has nothing before it"
runs 0 "other ages" kam-dossier check --stale needs=2y --stale audit=1m --stale potential=off --rules stale dates.yaml
is "$(places)" "15 stale
22 stale" "are heeded"
for age in needs needs=soon contacts=1y =1y; do
	runs 2 "--stale $age" kam-dossier check --stale $age dates.yaml
done

# Words that do not belong in a dossier

cat >innocent.yaml <<'END'
---
id: good
name: Health Ltd
profile: {region: "Православная ул. 5, Тула; Katoļu iela 3", goals: здоровая конкуренция и healthy margin, industry: медицинский диагноз, tasks: партийная поставка из двух партий товара}
competitors: [{name: Вор и Ко}]
contacts:
  - {id: a, name: Христина Армянская, interests: "рыбалка, жена и двое детей, вино", values: честность}
needs:
  - {what: veselīgs pieprasījums}
log:
  - {date: 2026-01-01, kind: call, by: me, about: "Ворота склада, объёмы по ВОР согласованы; откат версии прошивки"}
  - {date: 2026-01-02, kind: call, by: me, about: "защита от дурака на линии, сигнализация от воров, idiot-proof packaging, thief-proof locks, protection against thieves"}
  - {date: 2026-01-03, kind: call, by: me, about: "Голосовали за предложение; вторая партия и каждая партия отдельно; third-party members; the other party to the contract"}
  - {date: 2026-01-04, kind: call, by: me, about: "contact is Christian Weber, speaks Polish; the black box; goods of Chinese origin; Asian markets; alcoholic beverages, non-alcoholic drinks"}
  - {date: 2026-01-05, kind: call, by: me, about: "mīļākā krāsa zila, prece ir labā stāvoklī, uzticīgs klients, etniskā virtuve, partijas numurs, aizsardzība pret zagļiem"}
  - {date: 2026-01-06, kind: call, by: me, about: "Болезненный вопрос цены; больной темы нет; вопрос больше не стоит; товары для диабетиков; в декрете до мая"}
  - {date: 2026-01-07, kind: call, by: me, about: "by hook or by crook; cheat sheet; liability; morose; he is conservative with prices; member of the working party; based on the take-up rate"}
  - {date: 2026-01-08, kind: call, by: me, about: "Русский, латышский и английский; грузинское вино; армянский коньяк; национальный проект; Коммунистическая ул. 7; католическое Рождество"}
  - {date: 2026-01-09, kind: call, by: me, about: "Meliorācija, zaglābts; slimnīcas piegāde; laulības; geju? gejzers; ticamība; komunikācija"}
  - {date: 2026-01-10, kind: call, by: me, about: "политика скидок, партнёрская программа, религиозная литература в ассортименте, исламский банкинг, halal и кошер"}
  - {date: 2026-01-11, kind: call, by: me, about: "sick leave cover arranged; ill-fitting lids; the healthy growth; race to the bottom; steep descent of prices; affairs of the company"}
sales: []
END
runs 0 "innocent sentences" kam-dossier check --rules defamation,private innocent.yaml
is "$(cat out)" "" "are let pass"
cat >unkind.yaml <<'END'
---
id: bad
contacts:
  - {id: a, interests: "он мошенник", values: "ВОРЮГА"}
  - {id: b, interests: "берёт   откаты", values: "болеет диабетом"}
  - {id: c, interests: "Viņš ir krāpnieks", values: "slimo ar astmu"}
  - {id: d, interests: "she is a liar", values: "he is Catholic"}
  - {id: e, interests: "мусульманин", values: "член партии"}
  - {id: f, interests: "по национальности еврей", values: "роман с бухгалтером"}
  - {id: g, interests: "pēc tautības", values: "balso par partiju"}
  - {id: h, interests: "his mistress", values: "voted for the opposition"}
  - {id: i, interests: "беременна", values: "she's pregnant"}
log:
  - date: 2026-01-01
    kind: call
    by: me
    about: |
      Takes
      bribes, says the buyer
    note: "\u0436\u0443\u043b\u0438\u043a"
unknown: {deep: [{er: "Дураки и воры"}]}
END
runs 1 "unkind ones" kam-dossier check --rules defamation,private unkind.yaml
is "$(places)" "4 defamation
4 defamation
5 defamation
5 private
6 defamation
6 private
7 defamation
7 private
8 private
8 private
9 private
9 private
10 private
10 private
11 private
11 private
12 private
12 private
17 defamation
20 defamation
21 defamation
21 defamation" "are found, whatever their case, quotes, blanks and lines"
like "$(cat out)" '^unkind.yaml:5:24: error: contacts.interests: "берёт откаты": defamation \(S2\); an ethics file can allow it \[defamation\]$' "the words are named"
like "$(cat out)" '^unkind.yaml:5:50: warning: .*"болеет": health, no business of ours' "and what they are about"
cat >words.yaml <<'END'
add:
  - {pattern: 'скупердя[ий]\p{L}*', severity: error, what: defamation}
  - {pattern: 'golf', what: golf}
allow:
  - {pattern: 'мошенник месяца'}
  - {path: contacts.values}
  - {path: unknown}
END
cat >own.yaml <<'END'
---
id: own
contacts:
  - {id: a, interests: "он мошенник месяца", values: ворюга}
  - {id: b, interests: "он мошенник месяца и мошенник", values: golf}
  - {id: c, interests: golfing, motivation: скупердяй}
  - {id: d, interests: golf}
END
runs 1 "words of one's own" kam-dossier check --rules defamation,private --ethics words.yaml own.yaml
is "$(places)" "5 defamation
6 defamation
7 private" "are looked for, and some allowed"
for wrong in 'add: [{pattern: "a(b", what: x}]' 'add: [{pattern: x}]' 'add: [{pattern: "x*", what: x}]' \
	'add: [{pattern: x, what: x, severity: fatal}]' 'allow: [{}]' 'allow: [{pattern: "("}]' 'forbid: []' '['; do
	printf '%s\n' "$wrong" >wrong-words.yaml
	runs 2 "an ethics file with $wrong" kam-dossier check --ethics wrong-words.yaml own.yaml
	like "$(cat err)" '^kam-dossier: wrong-words.yaml:1:' "its place is named"
done
runs 0 "--print-ethics" kam-dossier check --print-ethics
cp out printed.yaml
runs 1 "what is printed" kam-dossier check --rules defamation,private --ethics printed.yaml own.yaml
ok "can be read again"

# a dossier for each line, whose note stands in its third
notes() {
	grep -v '^#' "$tests/data/ethics-$1.txt" |
		awk '{ gsub(/"/, "\\\""); printf "---\nid: n%d\nnote: \"%s\"\n", NR, $0 }'
}
noted() {
	kam-dossier check --rules defamation,private $1.yaml 2>/dev/null | sed 's/^[^:]*:\([0-9]*\):.*/\1/' | sort -u
}
notes found >found.yaml
notes innocent >innocent.yaml
is "$(noted found | sed 's/$/d/' | sed -f - found.yaml | grep '^note')" "" "notes that must be found are"
is "$(noted innocent | sed 's/$/p/' | sed -n -f - innocent.yaml)" "" "innocent notes are not"

# The team

cat >team.yaml <<'END'
head: k.head
managers:
  - {id: i.north, deputy: s.south}
  - {id: s.south}
members: [a.lab]
END
cat >served.yaml <<'END'
---
id: served
manager: i.west
team: [s.south, a.lab, k.head, nobody]
contacts: [{id: x, primary: yes}]
log:
  - {date: 2026-01-01, kind: call, by: i.west, with: [x]}
  - {date: 2026-01-02, kind: call, by: nobody, with: [x]}
  - {date: 2026-01-03, kind: call, by: a.lab, with: [x]}
  - {date: 2026-01-04, kind: call, by: s.suoth, with: [x]}
plan: {actions: [{id: 1, owner: x}, {id: 2, owner: y}]}
END
runs 1 "a team" kam-dossier check --team team.yaml --no-rule few-contacts served.yaml
is "$(cat out)" 'team.yaml:4:5: warning: managers[1]: s.south has no deputy (S1) [deputy]
served.yaml:3:10: error: manager: no manager of the team file has the id "i.west" [manager]
served.yaml:4:32: error: team: neither a manager nor a member of the team file is called "nobody" [manager]
served.yaml:10:40: warning: log: "s.suoth" is neither in the team file nor of the account'"'"'s team [colleague]
served.yaml:11:52: warning: plan.actions: "y" is neither in the team file nor of the account'"'"'s team [colleague]' "who is not of it is named; who is, is not"
runs 0 "without a team" kam-dossier check served.yaml
runs 2 "a team that is not there" kam-dossier check -t nowhere.yaml served.yaml
echo 'managers: [{id: a, deputy: a}]' >wrong-team.yaml
runs 2 "a manager who is the own deputy" kam-dossier check -t wrong-team.yaml served.yaml
like "$(cat err)" "wrong-team.yaml:1:.*nobody is their own deputy" "is said to be"

# Several dossiers

mkdir group
printf -- '---\nid: j\njoined:\n  - {id: gone, date: 2026-11-01}\n  - {id: f, date: 2026-11-02}\n' >group/j.yaml
printf -- '---\nid: a\nparent: b\n' >group/a.yaml
printf -- '---\nid: b\nparent: c\n' >group/b.yaml
printf -- '---\nid: c\nparent: a\n' >group/c.yaml
printf -- '---\nid: d\nparent: d\n' >group/d.yaml
printf -- '---\nid: e\nparent: a\n' >group/e.yaml
printf -- '---\nid: f\nparent: gone\nexternal: {1c: "7", inn: "7701234567"}\n' >group/f.yaml
printf -- '---\nid: ÁRKO\n' >group/Árko.yaml
printf -- '---\nid: g\n' >group/h.yaml
runs 1 "parents and names" kam-dossier check group
is "$(grep circle out)" 'group/a.yaml:3:9: error: parent: a circle: a, b, c, a [parent-circle]
group/d.yaml:3:9: error: parent: a circle: d, d [parent-circle]' "circles of parents, each once"
is "$(grep joined out)" 'group/j.yaml:5:10: warning: joined: f is in group/f.yaml still; if the joining was broken off, kam-dossier join j f ends it [joined]' "a joining that was broken off"
like "$(cat out)" '^group/f.yaml:3:9: warning: parent: there is no dossier of "gone" \[parent\]$' "a parent who is not there"
like "$(cat out)" 'group/Árko.yaml:2:5: error: id: .* but for the case or the form of its letters \[file-name\]$' "a name of another case"
like "$(cat out)" 'group/h.yaml:2:5: error: id: .* should be called g.yaml \[file-name\]$' "another name"
runs 0 "a parent of a file by itself" kam-dossier check group/f.yaml
is "$(cat out)" "" "is not asked for"
mkdir new
printf -- '---\nid: n\nparent: e\nexternal: {1c: "7", inn: "7701234567"}\n' >new/n.yaml
printf -- '---\nid: f\n' >new/f.yaml
runs 0 "a file with a code of another's" kam-dossier check new/n.yaml
runs 1 "beside the folder" kam-dossier check -d group new/n.yaml new/f.yaml
is "$(cat out)" 'new/n.yaml:4:16: error: external: the code "7" of 1c is that of group/f.yaml:4 too [duplicate-code]
new/f.yaml:2:5: error: id: f is that of group/f.yaml:2 too [duplicate-id]' "it is found; the folder itself is not checked"
runs 0 "a file of the folder, by another path" kam-dossier check -d group ./group/../group/f.yaml
runs 1 "the folder beside itself" kam-dossier check -d group ./group
is "$(grep -c duplicate out)" 0 "has nothing twice"

# What is shown, and how

runs 1 "--json" kam-dossier check --json -q served.yaml dates.yaml -t team.yaml --rules manager,birthday
is "$(cat out)" '[
{"file":"served.yaml","line":3,"column":10,"severity":"error","rule":"manager","text":"manager: no manager of the team file has the id \"i.west\""},
{"file":"served.yaml","line":4,"column":32,"severity":"error","rule":"manager","text":"team: neither a manager nor a member of the team file is called \"nobody\""},
{"file":"dates.yaml","line":4,"column":66,"severity":"error","rule":"birthday","text":"contacts: nobody who is alive was born on 2027-01-01"},
{"file":"dates.yaml","line":5,"column":52,"severity":"error","rule":"birthday","text":"contacts: nobody who is alive was born on 1890-05-05"}
]' "an object for each finding"
runs 0 "--json without findings" kam-dossier check --json innocent.yaml --rules defamation
is "$(cat out)" "[]" "is an empty list"
runs 1 "as CSV" kam-dossier check -f csv dates.yaml --rules birthday
is "$(sed -n 1p out)" "file,line,column,severity,rule,text" "columns have their names"
runs 2 "an unknown format" kam-dossier check -f sarif dates.yaml
runs 0 "warnings" kam-dossier check --rules links dates.yaml
runs 1 "are errors with --strict" kam-dossier check --strict -q --rules links dates.yaml
is "$(grep -c ': error: .*\[links\]' out)" 2 "and shown as such"
runs 1 "--no-rule" kam-dossier check --no-rule links,future,stale dates.yaml
is "$(places)" "4 birthday
5 birthday
17 close-date
18 close-date
30 date-order" "leaves rules out"
runs 2 "an unknown rule" kam-dossier check --rules birhtday dates.yaml
like "$(cat err)" 'unknown rule "birhtday", did you mean birthday' "names the nearest"
echo 'id: [' >broken.yaml
runs 1 "what cannot be parsed" kam-dossier check --rules links broken.yaml
like "$(cat out)" '\[syntax\]$' "is said whatever the rules"
awk 'BEGIN { print "---\nid: many"; for (i = 0; i < 300; i++) printf "x%03d:\n", i
	print "log:"; for (i = 0; i < 250; i++) printf "  - {date: 2027-01-01, kind: k%d}\n", i }' >many.yaml
runs 1 "a document of many mistakes" kam-dossier check many.yaml
like "$(cat out)" '^many.yaml:1: error: 50 more errors of this document, not listed \[future\]' "errors are not crowded out by warnings"
is "$(cat err)" "kam-dossier: 1 account, 250 errors, 300 warnings" "and all are counted"

mkdir lots
i=0
while [ $i -lt 300 ]; do
	sed "s/^id: .*/id: own-$i/" own.yaml >lots/own-$i.yaml
	i=$((i + 1))
done
cp unkind.yaml lots/bad.yaml
ln -s bad.yaml lots/link.yaml
kam-dossier check -j 1 lots >one 2>&1
for threads in 2 5 16 1000; do
	runs 1 "on $threads threads" sh -c "kam-dossier check -j $threads lots 2>&1"
	same_file out one "the same is found in the same order"
done

done_testing
