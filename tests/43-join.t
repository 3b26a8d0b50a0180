#!/bin/sh
# kam-dossier join: two dossiers of one company become one, and nothing is lost.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

kd() {
	kam-dossier "$@"
}

setup() {
	rm -rf accounts && mkdir accounts
	cat >accounts/koks.yaml <<'EOF'
---
id: koks
name: SIA Koks
aliases: [Koks]   # as they sign
external: {1c: "001"}
manager: north      # since May
tier:
profile:
  industry: timber
contacts:
  - {id: anna, name: Anna, phone: "+371 1"}   # call first
  - {id: boris, name: Boris}
log:
  - {date: 2026-10-01, kind: call, by: north}
  - {date: 2026-10-20, kind: call, by: north}
sales:
  - {month: 2026-08, source: 1c, revenue: 100.00}
  - {month: 2026-10, source: 1c, revenue: 100.00}
score:
  share: 1.0
EOF
	cat >accounts/koks-2.yaml <<'EOF'
---
# from the old system
id: koks-2
name: Koks Ltd
aliases: [Koks, "K, O, K, S"]
external: {1c: "002", crm: "9"}
manager: south
tier: key   # by turnover
profile: {industry: wood, region: Riga}
contacts:
  - {id: anna, name: Anna, phone: "+371 2", email: anna@koks.example}   # call first
  - id: vera
    name: Vera   # deputy
  - {id: boris, name: Boris}
needs:
  - {what: speed}
log:
  - {date: 2026-10-10, kind: visit, by: south, about: "a # b"}
  - {date: 2026-10-20, kind: call, by: north}
  - {date: 2026-11-01, kind: call, by: south}
team: [south]
sales:
  - {month: 2026-08, source: 1c, revenue: 7.00}
  - {month: 2026-09, source: 1c, revenue: 8.00}
  - {month: 2026-10, source: 1c, revenue: 100.00}
invoices:
  - {id: I-1, amount: 5.00}
remarks: |
  first # line
  second
remote: {gate: 5}
score:
  share: 2.0
EOF
	printf -- '---\nid: child\nparent: koks-2   # for now\n' >accounts/child.yaml
}

setup
cp -r accounts before
runs 1 "a dry run" kd join -n koks koks-2
like "$(cat out)" '^accounts/koks.yaml:11:35: contacts/anna/phone: "\+371 1" stays; the other says "\+371 2"' "lists what differs"
like "$(cat out)" '^\+\+\+ /dev/null' "shows that the other goes"
diff -r accounts before >diff
is "$(cat diff)" "" "and changes nothing"

cat >want <<'EOF'
---
id: koks
name: SIA Koks
aliases: [Koks, Koks Ltd, "K, O, K, S"]   # as they sign
external: {1c: ["001", "002"], crm: "9"}
manager: north      # since May
tier: key
profile:
  industry: timber
  region: Riga
contacts:
  - {id: anna, name: Anna, phone: "+371 1", email: anna@koks.example}   # call first
  - {id: boris, name: Boris}
  - {id: vera, name: Vera}
log:
  - {date: 2026-10-01, kind: call, by: north}
  - {date: 2026-10-10, kind: visit, by: south, about: "a # b"}
  - {date: 2026-10-20, kind: call, by: north}
  - {date: 2026-11-01, kind: call, by: south}
sales:
  - {month: 2026-08, source: 1c, revenue: 100.00}
  - {month: 2026-09, source: 1c, revenue: 8.00}
  - {month: 2026-10, source: 1c, revenue: 100.00}
score:
  share: 1.0
needs:
  - {what: speed}
team: [south]
invoices:
  - {id: I-1, amount: 5.00}
remarks: "first # line\nsecond\n"
remote: {gate: 5}
joined:
  - {id: koks-2, date: 2026-11-22, by: me, differs: {manager: south, profile/industry: wood, contacts/anna/phone: "+371 2", sales/2026-08/1c: {month: 2026-08, source: 1c, revenue: 7.00}}, comments: [from the old system, by turnover, deputy]}
EOF
runs 1 "join, with something to look at" kd join -b me koks koks-2
same_file accounts/koks.yaml want "all of both is kept, comments too"
is "$(cat out)" 'accounts/koks.yaml:6:10: manager: "north" stays; the other says "south"
accounts/koks.yaml:9:13: profile/industry: "timber" stays; the other says "wood"
accounts/koks.yaml:11:35: contacts/anna/phone: "+371 1" stays; the other says "+371 2"
accounts/koks.yaml:17:5: sales/2026-08/1c: "{month: 2026-08, source: 1c, revenue: 100.00}" stays; the other says "{month: 2026-08, source: 1c, revenue: 7.00}"' "what differs is listed"
[ ! -e accounts/koks-2.yaml ]
ok "the other is gone"
like "$(cat accounts/child.yaml)" '^parent: koks   # for now' "who rolled up to it rolls up to this one"
runs 0 "nothing is wrong" kd check -q

# The next import

printf '%s\n' 'kind: sales' 'source: shop' 'account: {external: {1c: code}, name: client}' \
	'columns: {date: date, revenue: sum}' >map.yaml
printf 'date,code,client,sum\n2026-10-01,001,Koks,5.00\n2026-10-02,002,Other,7.00\n' >sales.csv
kam-import -qm map.yaml -a accounts sales.csv >stream
like "$(cat stream)" '^external: \{1c: \["001", "002"\], crm: "9"\}$' "the next import finds it by either code"
like "$(cat stream)" 'revenue: 12.00' "and sums up"
runs 0 "merge it" kd merge -n accounts stream
is "$(grep -c '^[-+] ' out)" 1 "only a month is new"

# Broken off after the one was written and before the other was removed

cp before/koks-2.yaml accounts
cp accounts/koks.yaml joined
runs 1 "the same join goes on" kd join --today 2026-11-30 koks koks-2
same_file accounts/koks.yaml joined "and adds nothing twice"
[ ! -e accounts/koks-2.yaml ]
ok "the other is gone"

# A third, which was joined before itself

printf -- '---\nid: koks-3\nname: SIA Koks\njoined:\n  - {id: koks-2, differs: {name: Cokes}}\n  - {id: koks-4, comments: [x]}\n' >accounts/koks-3.yaml
runs 1 "join another" kd join koks koks-3
like "$(cat accounts/koks.yaml)" '^  - \{id: koks-4, comments: \[x\]\}' "takes what was joined into it"
like "$(cat accounts/koks.yaml)" '^  - \{id: koks-3, .*differs: \{joined/koks-2: \{id: koks-2, differs: \{name: Cokes\}\}\}' "and loses none of two of the same id"

# Two that say the same

printf -- '---\nid: a\nname: A\ncurrency: EUR\n' >accounts/a.yaml
printf -- '---\nid: b\ncurrency: EUR\nname: A\n' >accounts/b.yaml
runs 0 "join two that agree" kd join a b
is "$(cat out)" "" "nothing is listed"
is "$(cat accounts/a.yaml)" "---
id: a
name: A
currency: EUR
joined:
  - {id: b, date: 2026-11-22}" "only the joining is noted"

# What is refused

setup
rm -rf before
cp -r accounts before
# DESC ERE ARGS…
refused() {
	refused_desc=$1 refused_like=$2
	shift 2
	cp -r accounts unchanged
	runs 2 "refused: $refused_desc" kd join "$@"
	like "$(cat err)" "$refused_like" "… and it is said why"
	is "$(diff -r accounts unchanged)" "" "… and nothing changed"
	rm -r unchanged
}
refused "one that is not there" 'no dossier koks-3; did you mean koks' koks koks-3
refused "with itself" 'with itself' koks koks
refused "parent and child" 'parent: one of the two rolls up' koks-2 child
kd set -q koks currency EUR
kd set -q koks-2 currency USD
refused "of two currencies" 'koks.yaml:.*currency: EUR here, USD in the other' koks koks-2
kd set -q koks-2 currency EUR
echo 'deals: none' >>accounts/koks-2.yaml
refused "with mistakes" 'koks-2.yaml: has mistakes' koks koks-2

setup
printf -- '---\nid: koks-2\nparent: child\n' >accounts/koks-2.yaml
printf -- '---\nid: child\nparent: koks\n' >accounts/child.yaml
refused "one that rolls up to the other over a third" 'parent: one of the two rolls up to the other, koks-2 to koks' koks koks-2
refused "the other way round" 'parent: one of the two rolls up to the other' koks-2 koks
printf -- '---\nid: child\nparent: koks-2\n' >accounts/child.yaml
refused "one in a circle" 'parent: koks-2 is in a circle of parents already' koks koks-2
refused "into one in a circle" 'parent: koks-2 is in a circle' koks-2 koks
setup

# One id, two things

printf -- '---\nid: d1\ncontacts:\n  - {id: ivanov, name: Sergey}\npromises:\n  - {id: O-1, what: proof, due: 2026-12-01}\ndeals:\n  - {id: D-1, title: film, stage: lead}\n' >accounts/d1.yaml
printf -- '---\nid: d2\ncontacts:\n  - {id: ivanov, name: Peter, email: p@koks.example, role: decider}\npromises:\n  - {id: O-1, what: samples, to: ivanov, kept: 2026-11-20}\ndeals:\n  - {id: D-1, title: Film, stage: won, closed: 2026-11-01, reason: price}\nlog:\n  - {date: 2026-11-03, kind: call, with: [ivanov]}\n' >accounts/d2.yaml
cp accounts/d2.yaml d2.yaml
cat >want <<'EOF'
---
id: d1
contacts:
  - {id: ivanov, name: Sergey}
  - {id: ivanov-d2, name: Peter, email: p@koks.example, role: decider}
promises:
  - {id: O-1, what: proof, due: 2026-12-01}
  - {id: O-1-d2, what: samples, to: ivanov-d2, kept: 2026-11-20}
deals:
  - {id: D-1, title: film, stage: lead}
log:
  - {date: 2026-11-03, kind: call, with: [ivanov-d2]}
joined:
  - {id: d2, date: 2026-11-22, differs: {deals/D-1: {id: D-1, title: Film, stage: won, closed: 2026-11-01, reason: price}}}
EOF
runs 1 "join two with things of one id" kd join d1 d2
same_file accounts/d1.yaml want "each stays what it was"
is "$(sed 's/stays;.*/stays/' out)" 'accounts/d1.yaml:4:5: contacts/ivanov comes in as contacts/ivanov-d2: another contact, "Peter"
accounts/d1.yaml:6:5: promises/O-1 comes in as promises/O-1-d2: another promise, "samples"
accounts/d1.yaml:8:5: deals/D-1: "{id: D-1, title: film, stage: lead}" stays' "and is listed"
cp d2.yaml accounts
runs 1 "the same again" kd join d1 d2
same_file accounts/d1.yaml want "changes nothing"
printf -- '---\nid: d3\ncontracts:\n  - {id: K, start: 2026-05-01}\n' >accounts/d3.yaml
printf -- '---\nid: d4\ncontracts:\n  - {id: K, end: 2026-04-01}\n' >accounts/d4.yaml
refused "what would be a mistake together" 'contracts: end 2026-04-01 is before start' d3 d4
printf -- '---\nid: d4\nlog:\n  - {date: 2027-04-01, kind: call, with: [x]}\n' >accounts/d4.yaml
runs 0 "a mistake that the other had before" kd join d3 d4

# Two tax numbers

printf -- '---\nid: t1\nexternal: {inn: "7701234567"}\n' >accounts/t1.yaml
printf -- '---\nid: t2\nexternal:\n  inn: "7809876543"\n' >accounts/t2.yaml
runs 1 "join two tax numbers" kd join t1 t2
is "$(cat out)" 'accounts/t1.yaml:3:17: external/inn: "7701234567" and "7809876543" are both kept; are they of one company?' "it is said"
like "$(cat accounts/t1.yaml)" '^external: \{inn: \["7701234567", "7809876543"\]\}' "and both are kept"

# Lines with CR LF, and a last line without an end

printf -- '---\r\nid: x\r\nname: X   # one\r\ncontacts:\r\n  - {id: k, name: K}' >accounts/x.yaml
printf -- '---\nid: other\nname: Other # two\ncontacts:\n  - {id: l, name: L}\n' >accounts/other.yaml
runs 0 "join into a file with CR LF" kd join x other
is "$(cat accounts/x.yaml | tr '\r' '~')" "---~
id: x~
name: X   # one~
aliases: [Other]~
contacts:~
  - {id: k, name: K}~
  - {id: l, name: L}~
joined:~
  - {id: other, date: 2026-11-22, comments: [two]}" "lines end as they did"

done_testing
