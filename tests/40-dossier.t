#!/bin/sh
# kam-dossier new and show, as people at a prompt and cron jobs use them.
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
for verb in new merge check show brief timeline people; do
	runs 2 "$verb with an unknown option" kam-dossier $verb --frobnicate x
	like "$(cat err)" '^kam-dossier: unknown option "--frobnicate".*--help' "$verb: one line says where to look"
	runs 0 "$verb --help" kam-dossier $verb --help
	like "$(cat out)" "^usage: kam-dossier $verb" "$verb: its own usage"
	runs 2 "$verb --help on a full disk" sh -c "kam-dossier $verb --help >/dev/full"
done

# new

runs 2 "new where there is no folder" kam-dossier new romashka
like "$(cat err)" 'accounts: there is no such folder here; make a workspace: kam-dossier init .' "the folder is named"
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

# show

printf -- '---\nid: koks\n' >accounts/koks.yaml
: >empty.yaml
cp "$tests/data/full.yaml" accounts/zilais-skapis.yaml
runs 0 "show an account by its id" kam-dossier show --all zilais-skapis
like "$(sed -n 1p out)" '^SIA «Zilais Skapis» \(zilais-skapis\)$' "name and id come first"
like "$(cat out)" '^tier  *large: prospective, mentor, innovator$' "the tier, and why"
like "$(cat out)" '^! The client asked for silence until 2026-12-01;' "the silence the client asked for"
like "$(cat out)" '^sales  *2025-11 to 2026-10( |$)' "the last twelve full months"
for table in Contacts 'Open deals and offers' 'Open debts' Contracts 'Last contacts'; do
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
runs 0 "sums" kam-dossier show --all sums
like "$(cat out)" '^revenue  *125.00  *100.00  *25.0$' "revenue of both windows, and its change"
like "$(cat out)" '^margin  *10.00$' "a month without margin leaves the sum open"
like "$(cat out)" '^potential 2026  *250.00$' "the potential of the window's last year"
like "$(cat out)" 'Our share of the potential: 50.0 %' "and our share of it"
like "$(cat out)" '^1  *2026-11-12  *6.00  *10$' "what is open, and how late"
is "$(sed -n '/^Promises and next steps/,/^$/p' out)" "Promises and next steps
due         what                   who      days late
2026-11-20  promised: a proof      a.ozols          2
2026-11-30  next contact: one two  me
2026-12-05  a forecast             s.kim" "what is open, by its date"
is "$(LC_ALL=C grep -c "$(printf '\033')" out)" 0 "no control character reaches the terminal"
like "$(cat out)" '\\x1b|\\x1B' "they are shown"
is "$(grep -c '^2 ' out)" 0 "what is paid is no debt"
runs 0 "as Markdown" kam-dossier show --all -f markdown zilais-skapis
like "$(cat out)" '^## Contacts$' "with headings"
kam-dossier show --all zilais-skapis >want
runs 0 "from a pipe" sh -c 'kam-dossier show --all - <accounts/zilais-skapis.yaml'
same_file out want "the same"
runs 0 "by its file" kam-dossier show --all ./accounts/zilais-skapis.yaml
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
like "$(cat out)" '^a$' "what can be shown is"

done_testing
