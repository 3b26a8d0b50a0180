#!/bin/sh
# kam-dossier new, check and show, as people at a prompt and cron jobs use them.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

# The command line

runs 0 "--help says what the verbs are" kam-dossier --help
like "$(cat out)" '^  merge ' "merge is among them"
runs 0 "--version" kam-dossier --version
like "$(cat out)" '^kam-dossier [0-9]' "the version is shown"
runs 2 "no verb" kam-dossier
like "$(cat err)" '^kam-dossier: .*kam-dossier --help' "one line says where to look"
is "$(wc -l <err)" 1 "and no more"
runs 2 "an unknown verb" kam-dossier mrege
like "$(cat err)" 'did you mean merge' "the nearest verb is named"
runs 2 "an option before the verb" kam-dossier -q merge
like "$(cat err)" 'the verb comes first' "what to do is said"
for verb in new merge check show; do
	runs 2 "$verb with an unknown option" kam-dossier $verb --frobnicate x
	like "$(cat err)" '^kam-dossier: unknown option "--frobnicate".*--help' "$verb: one line says where to look"
	runs 0 "$verb --help" kam-dossier $verb --help
	like "$(cat out)" "^usage: kam-dossier $verb" "$verb: its own usage"
	runs 2 "$verb --help on a full disk" sh -c "kam-dossier $verb --help >/dev/full"
done

# new

runs 2 "new where there is no folder" kam-dossier new romashka
like "$(cat err)" 'accounts: cannot be opened as a folder: No such file' "the folder is named"
mkdir accounts
runs 0 "new" kam-dossier new romashka 'ООО «Ромашка»: упаковка'
is "$(cat out)" accounts/romashka.yaml "its file's name is printed"
runs 0 "a new dossier has nothing wrong" kam-dossier check
is "$(cat out)" "" "not even a warning"
cp accounts/romashka.yaml before
runs 2 "new again" kam-dossier new romashka
like "$(cat err)" 'accounts/romashka.yaml: is there already' "it says so"
same_file accounts/romashka.yaml before "and leaves the file alone"
like "$(cat before)" '^name: "ООО «Ромашка»: упаковка"  *# ' "the name is quoted where it must be"
for section in contacts needs potential contracts deals log plan profile; do
	like "$(cat before)" "^$section: .*# [a-z]" "the section $section has its comment"
done
like "$(cat before)" 'sales, deliveries, invoices' "what imports bring is named"
runs 0 "new --print" kam-dossier new --print 12345
like "$(cat out)" '^id: "12345" ' "an id that looks like a number is quoted"
[ ! -e accounts/12345.yaml ]
ok "nothing was written"
runs 2 "new --print on a full disk" sh -c 'kam-dossier new -p x >/dev/full'
like "$(cat err)" 'standard output cannot be written: No space left' "it is said why"
like "$(cat before)" '^followups: .*kam-dossier done and snooze' "what verbs write is said to be theirs"
for id in ../../etc/passwd /etc/passwd Romashka .hidden -- '' 'a b' "$(printf '%0101d' 0)"; do
	runs 2 "no account is called \"$id\"" kam-dossier new -- "$id"
done
is "$(ls -A accounts)" romashka.yaml "nothing else is in the folder"
runs 0 "an id with dots, in another folder" kam-dossier new -d . a..b-c_1
runs 2 "a name of several words without quotes" kam-dossier new x Romashka LLC
ln -s /nowhere accounts/link.yaml
runs 2 "new on a link" kam-dossier new link
rm accounts/link.yaml

# check

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
like "$(cat out)" '^bad.yaml:12:55: error: deals: valid-until 2026-02-01 is before sent' "a proposal that ends first"
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

cat >negative.yaml <<'END'
---
id: negative
potential:
  - {year: 2026, amount: -5}
contracts:
  - {id: K, value: -0.01}
deals:
  - {id: D, amount: -1}
sales:
  - {month: 2026-01, source: shop, revenue: -5, margin: -5, returns: -5}
  - {month: 2026-02, source: shop, returns: 0}
END
runs 1 "amounts below nothing" kam-dossier check negative.yaml
is "$(cat out)" "negative.yaml:10:70: error: sales: returns is less than nothing: -5 [negative]
negative.yaml:4:26: error: potential: amount is less than nothing: -5 [negative]
negative.yaml:8:21: error: deals: amount is less than nothing: -1 [negative]
negative.yaml:6:20: error: contracts: value is less than nothing: -0.01 [negative]" "where there can be none"
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

# show

cp "$tests/data/full.yaml" accounts/zilais-skapis.yaml
runs 0 "show an account by its id" kam-dossier show zilais-skapis
like "$(sed -n 1p out)" '^zilais-skapis  *SIA «Zilais Skapis»$' "id and name come first"
like "$(cat out)" '^tier  *large$' "the tier"
like "$(cat out)" '^quiet until  *2026-12-01$' "the silence the client asked for"
like "$(cat out)" '^sales  *2025-11 to 2026-10 ' "the last twelve full months"
for table in Contacts 'Open deals' 'Open debts' Contracts 'Last contacts'; do
	like "$(cat out)" "^$table\$" "a table of $table"
done
cat >accounts/sums.yaml <<'END'
---
id: sums
name: "Evil \e[31mname\u202E"
sales:
  - {month: 2024-10, source: a, revenue: 1000.00, margin: 1.00}
  - {month: 2024-11, source: a, revenue: 50.00, margin: 5.00}
  - {month: 2025-10, source: a, revenue: 50.00, margin: 5.00}
  - {month: 2025-11, source: a, revenue: 100.10, margin: 11.00}
  - {month: 2026-10, source: a, revenue: 20.20, margin: 1.00}
  - {month: 2026-10, source: b, revenue: 4.70}
  - {month: 2026-11, source: a, revenue: 9999.00, margin: 1.00}
potential:
  - {year: 2026, product: a, amount: 200.00}
  - {year: 2026, product: b, amount: 50.00}
invoices:
  - {id: 1, due: 2026-11-12, amount: 10.00, paid: 4.00}
  - {id: 2, due: 2026-11-12, amount: 10.00, paid: 10.00}
plan:
  actions:
    - {id: 1, what: a forecast, owner: s.kim, due: 2026-12-05}
    - {id: 2, what: a visit, due: 2026-11-05, done: 2026-11-06}
promises:
  - {id: 1, what: a proof, by: a.ozols, due: 2026-11-20}
log:
  - {date: 2026-11-10, kind: call, by: me, about: "one\ntwo\n", next: 2026-11-30}
END
runs 0 "sums" kam-dossier show sums
like "$(cat out)" '^revenue  *125.00  *100.00  *25.0$' "revenue of both windows, and its change"
like "$(cat out)" '^margin  *10.00$' "a month without margin leaves the sum open"
like "$(cat out)" '^potential 2026  *250.00$' "the potential of the window's last year"
like "$(cat out)" 'Our share of the potential: 50.0 %' "and our share of it"
like "$(cat out)" '^1  *2026-11-12  *6.00  *10$' "what is open, and how late"
is "$(sed -n '/^Next steps/,$p' out)" "Next steps
due         what                   who      days late
2026-11-20  promised: a proof      a.ozols          2
2026-11-30  next contact: one two  me
2026-12-05  a forecast             s.kim" "what is open, by its date"
is "$(LC_ALL=C grep -c "$(printf '\033')" out)" 0 "no control character reaches the terminal"
like "$(cat out)" '\\x1b|\\x1B' "they are shown"
is "$(grep -c '^2 ' out)" 0 "what is paid is no debt"
runs 0 "as Markdown" kam-dossier show -f markdown zilais-skapis
like "$(cat out)" '^## Contacts$' "with headings"
kam-dossier show zilais-skapis >want
runs 0 "from a pipe" sh -c 'kam-dossier show - <accounts/zilais-skapis.yaml'
same_file out want "the same"
runs 0 "by its file" kam-dossier show ./accounts/zilais-skapis.yaml
same_file out want "the same"
runs 2 "show what is not there" kam-dossier show nobody
like "$(cat err)" 'accounts/nobody.yaml: cannot be opened' "its file is named"
runs 2 "show no id" kam-dossier show 'Nobody Else'
runs 2 "show nothing" kam-dossier show
runs 2 "an unknown format" kam-dossier show -f pdf koks
runs 2 "another's format" kam-dossier show -f json koks
runs 2 "show on a full disk" sh -c 'kam-dossier show koks >/dev/full'
ln -s koks.yaml accounts/link.yaml
runs 2 "a link is not followed" kam-dossier show link
runs 1 "show an empty file" kam-dossier show ./empty.yaml
like "$(cat err)" 'empty.yaml: holds no account' "it is said"
runs 1 "an empty file among others" kam-dossier show ./empty.yaml koks
like "$(cat out)" '^koks' "does not keep the others from being shown"
runs 1 "show what a program before it did not write" kam-dossier show -
like "$(cat err)" 'nothing came in' "it is said"
printf '# kam-stream 1\n...\n' | runs 1 "show a stream without accounts" kam-dossier show -
is "$(cat err)" "kam-dossier: no account came in" "it is said"
printf -- '---\nid: a\ntier: xx\ninvoices: none\n' >wrong.yaml
runs 1 "show a dossier with values of another type" kam-dossier show wrong.yaml
like "$(cat err)" '^kam-dossier: wrong.yaml:3:7: tier: not one of' "a word is reported"
like "$(cat err)" '^kam-dossier: wrong.yaml:4:11: invoices: not a list' "and a text for a list"
like "$(cat out)" '^a  *a$' "what can be shown is"

done_testing
