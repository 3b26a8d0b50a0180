#!/bin/sh
# kam-dossier redact: what an audience may read, and not a byte more.
. "${0%/*}/lib.sh"

mkdir accounts
cat >accounts/koks.yaml <<'END'
---
# SECRET: a comment
id: koks
name: SIA Koks
manager: SECRET-north
contacts:
  - id: anna        # SECRET
    name: Anna
    phone: "+371 SECRET"
    birthday: 04-17
  - {id: bella, name: Bella, interests: SECRET}
log:
  - {date: 2026-11-01, kind: visit, by: SECRET, with: [anna], about: SECRET talk}
complaints:
  - {id: R-1, opened: 2026-10-01, subject: wrong tone}
sales:
  - {month: 2026-10, source: x, revenue: 100.00, margin: 20.00}
access:
  logistics: [contacts.name, complaints]
  finance: [sales.month, sales.source, sales.revenue, currency]
  SECRET-board: [log]
END
cat >accounts/romashka.yaml <<'END'
---
id: romashka
name: SECRET client
access:
  finance: [sales]
END
cp -R accounts before

# The stream

runs 0 "redact" kam-dossier redact --audience logistics accounts
cat >expected <<'END'
# kam-stream 1
---
id: koks
name: SIA Koks
contacts:
  - {id: anna, name: Anna}
  - {id: bella, name: Bella}
complaints:
  - {id: R-1, opened: 2026-10-01, subject: wrong tone}
...
END
same_file out expected "sections and fields that are listed, written anew"
is "$(cat err)" "kam-dossier: 1 account for logistics, 1 left out" "an account that says nothing of the audience is counted"
runs 0 "-q" kam-dossier redact -q -a finance accounts/koks.yaml
is "$(cat err)" "" "says nothing"
is "$(grep -c margin out)" 0 "fields that are not listed are not there"
like "$(cat out)" 'month: 2026-10, source: x, revenue: 100.00}' "those that are, are"
runs 0 "from standard input" sh -c 'cat accounts/*.yaml | kam-dossier redact -q -a logistics'
same_file out expected "the same"
runs 0 "what was redacted is a stream of accounts" sh -c 'kam-dossier redact -q -a finance accounts | kam-score'
runs 0 "and has nothing wrong" sh -c 'kam-dossier redact -q -a logistics accounts | kam-dossier check -q -'

# fields of one's own

sed 's/name: Bella,/name: Bella, health: SECRET, "odd\\e[1m": SECRET, /; s/subject: wrong tone/&, health: SECRET/' before/koks.yaml >accounts/koks.yaml
sed 's/\[contacts.name, /[contacts, /' accounts/koks.yaml | sed 's/SECRET"/1"/; s/interests: SECRET/interests: chess/' >own.yaml
runs 0 "what no table knows" kam-dossier redact -a logistics own.yaml
is "$(grep -c SECRET out)" 0 "is not shown with its section"
like "$(cat out)" '^  - \{id: bella, name: Bella, interests: chess\}$' "all else of the section is"
is "$(cat err)" 'kam-dossier: "contacts.health": left out 1 time, for it is not a known name
kam-dossier: "contacts.odd\x1B[1m": left out 1 time, for it is not a known name
kam-dossier: "complaints.health": left out 1 time, for it is not a known name
kam-dossier: 1 account for logistics, 0 left out' "and counted"
runs 0 "fields of a section" kam-dossier redact -a logistics accounts
is "$(grep -c contacts.health err)" 0 "what is in no section that is listed is hidden without a word"
cp before/koks.yaml accounts

# Refused, and nothing shown

# refused DESC ERE ARG…: exit 2, not a byte on standard output
refused() {
	refused_desc=$1 refused_ere=$2
	shift 2
	runs 2 "$refused_desc" kam-dossier redact "$@"
	[ ! -s out ]
	ok "nothing is shown"
	like "$(cat err)" "$refused_ere" "it is said why"
}
refused "no audience" 'for whom.*--help' accounts
refused "an unknown audience" 'unknown audience: "logistic", did you mean "logistics"\?' -a logistic accounts
refused "an unknown audience that is near to none" 'no account names it' -a board-of-all accounts
refused "no account" 'holds no document|no account|cannot be|nothing' -a logistics /dev/null
sed 's/name, complaints/name, complants/' before/koks.yaml >accounts/koks.yaml
refused "an unknown section" 'koks.yaml:19:30: access: no such section or field: "complants", did you mean complaints' -a logistics accounts
refused "an unknown section of another audience" 'complants' -a finance accounts
refused "an unknown section in a later account" 'complants' -a finance accounts/romashka.yaml accounts/koks.yaml
sed 's/name, complaints/nmae, complaints/' before/koks.yaml >accounts/koks.yaml
refused "an unknown field" 'contacts.nmae.*did you mean contacts.name' -a logistics accounts
sed 's/\[log\]/[access]/' before/koks.yaml >accounts/koks.yaml
refused "access itself" 'who may read what is shown to nobody' -a logistics accounts
sed 's/100.00/100,00/' before/koks.yaml >accounts/koks.yaml
refused "an account with an error" 'koks.yaml:17' -a logistics accounts
cp before/koks.yaml accounts
sed '$d' accounts/koks.yaml | sed '1i # kam-stream 1' >cut.yaml
refused "a stream that was cut" 'cut' -a logistics accounts/koks.yaml cut.yaml
refused "an account that comes twice" 'koks came in before' -a logistics accounts accounts/koks.yaml
runs 2 "a full disk" sh -c 'kam-dossier redact -q -a logistics accounts >/dev/full'

# Audiences of the workspace

cat >access.yaml <<'END'
logistics: [manager]
finance: [tier]
SECRET-board: []
END
runs 0 "--access" kam-dossier redact -a logistics --access access.yaml accounts
like "$(cat err)" '2 accounts for logistics, 0 left out' "an account that says nothing has the file's list"
is "$(grep -c 'manager' out)" 0 "one that has a list has its own"
sed '/SECRET-board/d' before/koks.yaml >k.yaml
runs 0 "an audience that reads nothing of anybody" kam-dossier redact -a SECRET-board --access access.yaml k.yaml
is "$(cat out)" "# kam-stream 1
..." "an empty stream"
like "$(cat err)" '0 accounts for SECRET-board, 1 left out' "and a count"
echo 'logistics: [manger]' >wrong.yaml
refused "a wrong file" 'wrong.yaml:1:13: .*did you mean manager' -a logistics --access wrong.yaml accounts
echo 'logistics: [manager]' >wrong.yaml
refused "an account with an audience that the file does not name" 'wrong.yaml does not name the audience "finance"' \
	-a logistics --access wrong.yaml accounts
refused "a file that is not there" 'none.yaml: cannot be opened' -a logistics --access none.yaml accounts
printf 'accounts: accounts\naccess: access.yaml\n' >kam.yaml
runs 0 "the file of the workspace" sh -c 'cd before && kam-dossier redact -a logistics .'
like "$(cat err)" '2 accounts for logistics' "is found"
rm kam.yaml

# A folder

mkdir pub
runs 0 "-o" kam-dossier redact -a logistics -o pub accounts
[ ! -s out ]
ok "nothing goes to standard output"
is "$(ls -A pub)" koks.yaml "a file for each account that is shown"
runs 0 "what is there has nothing wrong" kam-dossier check -q pub
is "$(cat pub/* | grep -c SECRET)" 0 "and no secret"
ls -li pub >was
runs 0 "again" kam-dossier redact -a logistics -o pub accounts
ls -li pub >is
same_file is was "nothing is written anew"
runs 2 "into a folder that another audience reads" kam-dossier redact -a finance -o pub accounts
like "$(cat err)" 'pub/koks.yaml: was not published for this audience' "is refused"
[ ! -e pub/romashka.yaml ]
ok "and nothing was written"
runs 2 "into the dossiers themselves" kam-dossier redact -a logistics -o accounts accounts
same_file accounts/koks.yaml before/koks.yaml "which stay as they are"
sed '/logistics/d' before/koks.yaml >accounts/koks.yaml
sed 's/finance: .*/logistics: [tier]/' before/romashka.yaml >accounts/romashka.yaml
runs 1 "when an account is not shown any more" kam-dossier redact -a logistics -o pub accounts
like "$(cat err)" 'pub/koks.yaml: was published before.*remove it' "its file is named"
rm pub/koks.yaml && ln -s ../accounts/koks.yaml pub/koks.yaml
cp before/koks.yaml accounts
runs 2 "a link in the folder" kam-dossier redact -a logistics -o pub accounts
same_file accounts/koks.yaml before/koks.yaml "is not followed"
runs 2 "no folder" kam-dossier redact -a logistics -o nowhere accounts

# what would stop a publication is found by a check before
mkdir wrong
printf '%s\n' '---' 'id: a' 'name: A' 'access:' '  logistics: [profile, contcats]' >wrong/a.yaml
runs 1 "a check of a list that cannot be read by" kam-dossier check wrong
like "$(cat out)" '^wrong/a\.yaml:5:[0-9]+: error: .*contcats.*\[access\]$' "names the section that there is not"

done_testing
