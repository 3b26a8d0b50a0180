#!/bin/sh
# kam-dossier audit: forms to fill in, forms read back, results.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

mkdir accounts
cat >accounts/koks.yaml <<'END'
---
id: koks        # the file's name
name: "SIA Koks\nsecond line"
tier: key

audit:          # reviews
  # the first one
  - {date: 2026-01-10, answers: {relations.decision: no, status.rising: no}, actions: [{answer: status.rising, what: quarterly review, owner: north, due: 2026-03-01, done: }, {answer: relations.decision, what: ask, owner: north, due: 2026-02-01, done: 2026-01-30}]}
log:
END
printf -- '---\nid: never\ntier: large\naudit:   # reviews\nlog:\n' >accounts/never.yaml
printf -- '---\nid: small\ntier: standard\n' >accounts/small.yaml
cp -R accounts before

# The form

runs 0 "the supplier's form" kam-dossier audit --form
is "$(grep -c '^  [a-z]*\.[a-z]*:$' out)" 13 "asks 13 questions"
is "$(grep -c account out)" 0 "of no account"
runs 0 "a client's form" kam-dossier audit --form koks
is "$(grep -c '^  [a-z]*\.[a-z]*:$' out)" 13 "asks the other 13"
like "$(cat out)" '^account: koks$' "names the account"
like "$(cat out)" '^# SIA Koks.*second line$' "and its name, in one line"
like "$(cat out)" '^  # 2026-01-10: no$' "shows the last answers"
for language in en ru lv; do
	runs 0 "a form in $language" kam-dossier audit --form koks -l $language
	cp out form.$language
	sed 's/#.*//' out | grep -v '^ *$' >stripped.$language
done
same_file stripped.ru stripped.en "what is to be filled in is the same"
same_file stripped.lv stripped.en "in every language"
like "$(cat form.ru)" 'Видит ли клиент' "Russian"
like "$(cat form.lv)" 'Vai klients' "Latvian"
echo 'language: lv' >kam.yaml
runs 0 "the language of the workspace" kam-dossier audit --form koks
same_file out form.lv "is taken"
runs 0 "--language wins" kam-dossier audit --form koks --language en
same_file out form.en "over it"
rm kam.yaml
runs 2 "an unknown language" kam-dossier audit --form -l de
runs 0 "--hints" kam-dossier audit --hints -l ru
is "$(wc -l <out)" 11 "eleven usual failures"
runs 2 "no such account" kam-dossier audit --form nobody
like "$(cat err)" 'accounts/nobody.yaml: .*No such file' "is said"
runs 2 "no account's id" kam-dossier audit --form ../koks
same_file accounts/koks.yaml before/koks.yaml "nothing was written so far"

# Filled in

sed -e 's/^  relations.decision:/& yes/' -e 's/^  relations.joint:/& partly/' -e 's/^  status.rising:/& partly/' \
	-e '/^#  - /d' form.ru >filled
cat >>filled <<'END'
  - {answer: relations.joint, what: "a call each week, with minutes", owner: south, due: 2026-11-01}
END
runs 0 "--apply" kam-dossier audit --apply filled
like "$(cat err)" 'warning: status.rising is answered partly, and no action mends it' "a weak answer without an action"
like "$(cat err)" '10 questions are not answered' "what is open is counted"
like "$(cat err)" 'accounts/koks.yaml: audit of 2026-11-22 added' "what was done is said"
diff before/koks.yaml accounts/koks.yaml >diff
is "$(cat diff)" '8a9
>   - {date: 2026-11-22, answers: {relations.decision: yes, relations.joint: partly, status.rising: partly}, actions: [{answer: relations.joint, what: "a call each week, with minutes", owner: south, due: 2026-11-01, done: }]}' "one line came in"
runs 0 "what it is now has nothing wrong" kam-dossier check -q accounts
cp accounts/koks.yaml once
runs 0 "again" kam-dossier audit --apply filled koks
same_file accounts/koks.yaml once "changes nothing"
sed 's/relations.joint: partly/relations.joint: no/' filled >other
runs 2 "another audit of the same day" kam-dossier audit --apply other
like "$(cat err)" 'accounts/koks.yaml:9:5: there is an audit of this day; --replace' "is refused"
same_file accounts/koks.yaml once "and nothing is written"
runs 0 "--replace" kam-dossier audit --replace -q --apply other
is "$(cat err)" "" "says nothing when quiet"
is "$(diff once accounts/koks.yaml | grep -c '^>')" 1 "and changes one line"
kam-dossier audit -q --replace --apply filled
same_file accounts/koks.yaml once "and back"
printf 'answers: {status.key: yes}\n' | kam-dossier audit -q --apply - never
same_file accounts/never.yaml - "from standard input, under a bare name, whose comment stays" <<'END'
---
id: never
tier: large
audit:   # reviews
  - {date: 2026-11-22, answers: {status.key: yes}}
log:
END

# refused DESC ERE: the form on standard input
refused() {
	cat >form
	runs 2 "$1" kam-dossier audit --apply form koks
	like "$(cat err)" "$2" "its line is told"
	same_file accounts/koks.yaml once "nothing is written"
}
printf 'date: 2026-11-21\nanswers:\n  status.key: maybe\n' | refused "another word" 'form:3:15: answers.status.key: not one of yes, partly, no: "maybe"'
printf 'answers:\n  status.kye: yes\n' | refused "no question" 'form:2:15: no such question.*did you mean status.key'
printf 'answers:\n  team.roles: yes\n' | refused "a question of the other form" 'form:2:15: team.roles is asked of the supplier'
printf 'account: small\nanswers:\n  status.key: yes\n' | refused "another account" 'form:1:10: the form is that of small, not of koks'
kam-dossier audit --form koks | refused "an empty form" 'no question is answered'
printf 'answers: {status.key: yes}\n' >form
runs 2 "a client's questions without a client" kam-dossier audit --apply form
like "$(cat err)" 'status.key is asked for each client' "is said"
runs 2 "an account without a dossier" kam-dossier audit --apply form nobody
[ ! -e accounts/nobody.yaml ]
ok "which is not made"
ln -s ../once accounts/link.yaml
runs 2 "a link" kam-dossier audit --apply form link
rm accounts/link.yaml
runs 2 "an id that leaves the folder" kam-dossier audit --apply form ../once

# The supplier's file

kam-dossier audit --form >form
sed -i -e 's/^  team.roles:/& yes/' -e 's/^  profit.value:/& no/' form
runs 2 "without a workspace" kam-dossier audit -q --apply form
like "$(cat err)" 'no workspace.*--supplier' "it is asked where"
echo 'currency: EUR' >kam.yaml
mkdir sub
runs 0 "with one" sh -c 'cd sub && kam-dossier audit -q --apply ../form'
is "$(sed 1,2d audit.yaml)" 'audit:
  - {date: 2026-11-22, answers: {team.roles: yes, profit.value: no}}' "it is kept beside kam.yaml"
cp audit.yaml once
runs 0 "again" kam-dossier audit -q --apply form
same_file audit.yaml once "changes nothing"
sed 's/2026-11-22/2025-11-20/' form >old
runs 0 "another day" kam-dossier audit -q --apply old
is "$(grep -c date: audit.yaml)" 2 "is added"
runs 0 "--supplier" kam-dossier audit -q --supplier other.yaml --apply form
same_file other.yaml once "names another file"

# Results

runs 0 "one account" kam-dossier audit koks
is "$(cat out)" 'SIA Koks\x0Asecond line, 2026-11-22
group                      yes  partly  no  open  score %  change  compared
Relations with the client    1       1   0     2       75     100         1
What we are to the client    0       1   0     3       50      50         1
Closeness to the client      0       0   0     5
all                          1       2   0    10       67      75         2
Change: in points since 2026-01-10, over the 2 questions that both answered

Answers that changed
answer              question                                                             before  now
relations.decision  Do we understand how the client decides what to buy, and from whom?  no      yes
status.rising       Does that place become more important?                               no      partly

What is to be done
answer           is      answered    question                                                           what                            owner  due         days late
status.rising    partly  2026-11-22  Does that place become more important?                             quarterly review                north  2026-03-01        266
relations.joint  partly  2026-11-22  Have we and the client joint ways of keeping each other informed?  a call each week, with minutes  south  2026-11-01         21' "groups, changes, actions, those that are late first"
kam-dossier audit koks --today 2026-06-01 >out
like "$(cat out)" '^SIA Koks.*, 2026-01-10$' "audits after today are not counted"
runs 0 "half a year later" kam-dossier audit koks --today 2027-05-22
is "$(grep -c 'days old' out)" 0 "nothing is overdue"
runs 0 "and a day" kam-dossier audit koks --today 2027-05-23
like "$(cat out)" 'The last audit is 182 days old; one is due every half-year or year' "it is"
cat >accounts/open.yaml <<'END'
---
id: open
audit:
  - {date: 2025-10-01, answers: {relations.decision: no, relations.plan: no, status.key: no, status.place: no}, actions: [{answer: status.place, what: ask, done: 2025-11-01}]}
  - {date: 2026-01-01, answers: {relations.plan: partly, status.key: no}}
  - {date: 2026-07-01, answers: {relations.decision: yes, relations.joint: yes, relations.influencers: yes, status.key: yes}}
END
runs 0 "audits of other questions" kam-dossier audit open -f csv
is "$(sed -n 2p out)" "relations,3,0,0,1,100,,"  "what the audit before did not ask is no change"
is "$(sed -n 3p out)" "status,1,0,0,3,100,100,1" "one question was asked in both"
is "$(sed -n '/^answer,is/,$p' out | cut -d , -f 1-3)" "answer,is,answered
relations.plan,partly,2026-01-01" "a weak answer that later audits leave open stays, unless it was acted on"
kam-dossier audit open --today 2025-12-31 -f text >out
is "$(sed -n '/^What is to be done/,$p' out | sed 1,2d | cut -d ' ' -f 1)" "relations.decision
relations.plan
status.key" "until it is answered otherwise"
kam-dossier audit --form open >out
is "$(sed -n 's/^  # \(20.*\)/\1/p' out | tr '\n' ',')" \
	"2026-07-01: yes,2026-07-01: yes,2026-07-01: yes,2026-01-01: partly,2025-10-01: no,2026-07-01: yes," "a form has the last answers of each"
sed '4d' accounts/open.yaml | sed 's/{relations.plan: partly, status.key: no}/{relations.plan: partly}/' >none
mv none accounts/open.yaml
kam-dossier audit open >out
like "$(cat out)" '^No change is told: no question is answered both now and on 2026-01-01$' "nothing to compare is said"
rm accounts/open.yaml
cp before/* accounts
runs 0 "all accounts" kam-dossier audit -f csv
like "$(cat out)" '^never,,yes,,,,,,,0,0$' "one that was never audited"
like "$(cat out)" '^koks,2026-01-10,yes,0,0,,0,,,1,1$' "one that was"
is "$(sed -n '/^account/,$p' out | cut -d, -f1 | tr '\n' ' ')" "account never koks " "what waited longest first; others are left out"
runs 0 "in words" kam-dossier audit
like "$(cat out)" '^Ourselves, 2026-11-22' "the supplier first"
like "$(cat out)" '1 account neither key nor large' "what is left out is counted"
runs 0 "as JSON" kam-dossier audit -f json -l ru
like "$(cat out)" '"group":"support","yes":0' "whose names are those of no language"
printf -- '---\nid: bad\naudit:\n  - {date: 2026-13-01}\n' >accounts/bad.yaml
runs 1 "an account with an error" kam-dossier audit
like "$(cat err)" 'accounts/bad.yaml:4:12' "is told, and the others are shown"
runs 2 "a full disk" sh -c 'kam-dossier audit >/dev/full'
echo 'log: []' >audit.yaml
runs 2 "a wrong file of the supplier's" kam-dossier audit
like "$(cat err)" 'audit.yaml:1' "is told"
runs 2 "two things at once" kam-dossier audit --form --hints

done_testing
