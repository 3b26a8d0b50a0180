#!/bin/sh
# kam-dossier merge: what comes in, what stays as it is, and what happens when something goes wrong.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

# names, bytes and times of all files of a folder
state() {
	find "$1" -type f -exec cksum {} + | sort
	find "$1" ! -type d -exec stat -c '%n %y %i' {} + | sort
}

# ID MONTH AMOUNT: an account with one month
account() {
	printf -- '---\nid: %s\nsales:\n  - {month: %s, source: 1c, revenue: %s}\n' "$1" "$2" "$3"
}

# The first import makes dossiers, the second changes nothing

cat >in.yaml <<'END'
# kam-stream 1
---
# from the shop
id: romashka
name: ООО «Ромашка»
external: {1c: "000000123"}
sales:
  - {month: 2026-09, source: 1c, revenue: 100.00}
score:
  share: 1.0
---
id: koks
name: SIA Koks
...
END
mkdir accounts
runs 0 "the first import" kam-dossier merge accounts in.yaml
is "$(cat err)" "kam-dossier: 2 created, 0 changed, 0 same" "is counted"
is "$(cat out)" "" "standard output stays empty"
cat >want <<'END'
---
# from the shop
id: romashka
name: ООО «Ромашка»
external: {1c: "000000123"}
sales:
  - {month: 2026-09, source: 1c, revenue: 100.00}
END
same_file accounts/romashka.yaml want "a dossier is the account without its score"
is "$(ls -A accounts | tr '\n' ' ')" "koks.yaml romashka.yaml " "nothing else is in the folder"
state accounts >before
runs 0 "the same import again" sh -c 'kam-dossier merge accounts - <in.yaml'
is "$(cat err)" "kam-dossier: 0 created, 0 changed, 2 same" "changes nothing"
state accounts >after
same_file after before "not a byte, not a time"
runs 0 "quietly" kam-dossier merge -q accounts <in.yaml
is "$(cat err)" "" "it says nothing"
runs 0 "into a folder named with a slash, from that folder" kam-dossier merge accounts/ accounts
state accounts >after
same_file after before "a folder merged into itself stays as it is"

# Bytes that nothing comes in for

printf '\357\273\277# ours\r
---\r
id: odd      # '"'"'quoted'"'"' below\r
name:   '"'"'ООО "Ромашка"'"'"'\r
\r
tier:        # to be decided\r
contacts:\r
  -   id:   "x"\r
      name: Анна   # deputy\r
\r
  # gone since May\r
  - {id: y,   name: "B", left: , }\r
sales:   # kept by merge\r
  - {month: "2026-08", source: 1c, revenue: 10.00}   # one\r
\r
  - {month: 2026-09, source: 1c, revenue: 10.00}\r
note: |\r
  the last words\r
  have no end' >accounts/odd.yaml
printf '\357\273\277# ours\r
---\r
id: odd      # '"'"'quoted'"'"' below\r
name:   '"'"'ООО "Ромашка"'"'"'\r
\r
tier: key    # to be decided\r
contacts:\r
  -   id:   "x"\r
      name: Анна   # deputy\r
\r
  # gone since May\r
  - {id: y,   name: "B", left: 2026-05-01, }\r
  - {id: z, name: Вера}\r
sales:   # kept by merge\r
  - {month: "2026-08", source: 1c, revenue: 10.00}   # one\r
\r
  - {month: 2026-09, source: 1c, revenue: 11.00}\r
  - {month: 2026-10, source: 1c, revenue: 12.00}\r
note: |\r
  the last words\r
  have no end' >want
cat >in2.yaml <<'END'
---
id: odd
name: Another
tier: key
contacts:
  - {id: z, name: Вера}
  - {id: y, left: 2026-05-01}
sales:
  - {month: 2026-08, source: 1c, revenue: 10.00}
  - {month: 2026-09, source: 1c, revenue: 11.00}
  - {month: 2026-10, source: 1c, revenue: 12.00}
END
chmod 640 accounts/odd.yaml
runs 0 "an import into a dossier of many styles" kam-dossier merge accounts in2.yaml
same_file accounts/odd.yaml want "changes only the bytes it brings"
is "$(stat -c %a accounts/odd.yaml)" 640 "and not the file's mode"
runs 0 "again" kam-dossier merge accounts in2.yaml
same_file accounts/odd.yaml want "changes nothing"
cp "$tests/data/full.yaml" accounts/zilais-skapis.yaml
runs 0 "a full dossier into itself" kam-dossier merge -v accounts "$tests/data/full.yaml"
same_file accounts/zilais-skapis.yaml "$tests/data/full.yaml" "stays as it is"
is "$(cat err)" "kam-dossier: 0 created, 0 changed, 1 same" "with nothing to tell"

# What people own, and options

cat >people.yaml <<'END'
---
id: koks
name: Koks Ltd
tier: key
contacts:
  - {id: x, name: Bella}
END
printf -- '---\nid: koks\nname: SIA Koks\ncontacts:\n  - {id: x, name: Anna}\n  - {id: y}\n' >accounts/koks.yaml
runs 0 "with --verbose" kam-dossier merge -v accounts people.yaml
like "$(cat err)" '^kam-dossier: warning: accounts/koks.yaml:3:7: name: kept: "SIA Koks"; the import says "Koks Ltd"$' \
	"it is told what stays"
like "$(cat err)" 'accounts/koks.yaml:5:19: contacts\[x\]\.name: kept: "Anna"; the import says "Bella"$' "items are told by their keys"
is "$(cat accounts/koks.yaml)" "$(printf -- '---\nid: koks\nname: SIA Koks\ncontacts:\n  - {id: x, name: Anna}\n  - {id: y}\ntier: key\n')" \
	"what people wrote stays, what was absent comes"
runs 0 "with --replace" kam-dossier merge --replace contacts,name accounts people.yaml
is "$(cat accounts/koks.yaml)" "$(printf -- '---\nid: koks\nname: Koks Ltd\ncontacts:\n  - {id: x, name: Bella}\ntier: key\n')" \
	"sections named are taken whole"
runs 2 "--replace with a misspelt section" kam-dossier merge --replace contcts accounts people.yaml
like "$(cat err)" 'did you mean contacts' "the nearest is named"
runs 2 "--replace id" kam-dossier merge --replace id accounts people.yaml
like "$(head -n 1 err)" 'id is no section' "is said to be none"
is "$(grep -c 'did you mean' err)" 0 "and nothing else is proposed"
runs 0 "with --with-score" kam-dossier merge --with-score accounts in.yaml
is "$(tail -n 2 accounts/romashka.yaml)" "$(printf 'score:\n  share: 1.0')" "the score comes too"
account romashka 2026-09 49.99 | runs 0 "a month that falls sharply" kam-dossier merge accounts
like "$(cat err)" 'warning: accounts/romashka.yaml:7:5: sales 2026-09/1c: revenue falls from 100.00 to 49.99' "gives a warning"
like "$(cat accounts/romashka.yaml)" 'revenue: 49.99' "and is taken"

# What a person added to a month, and a margin that falls

printf -- '---\nid: own\nsales:\n  - {month: 2026-09, hand: "asked twice", source: 1c, revenue: 100.00, margin: 50.00} # odd\n' >accounts/own.yaml
cp accounts/own.yaml want
printf -- '---\nid: own\nsales:\n  - {month: 2026-09, source: 1c, revenue: 100.00, margin: 50.00}\n' >own.yaml
runs 0 "a month that says the same beside a field of one's own" kam-dossier merge accounts own.yaml
same_file accounts/own.yaml want "stays as it is"
sed -i 's/50.00/-5.00/' own.yaml
runs 0 "another margin" kam-dossier merge -v accounts own.yaml
is "$(tail -n 1 accounts/own.yaml)" '  - {month: 2026-09, source: 1c, revenue: 100.00, margin: -5.00, hand: "asked twice"} # odd' "the field is kept"
like "$(cat err)" 'own.yaml:4:28: sales.2026-09/1c..hand: kept: "asked twice"' "which -v tells"
like "$(cat err)" 'warning: .*sales 2026-09/1c: margin falls from 50.00 to -5.00' "and the fall is told"
cp accounts/own.yaml want
runs 0 "again" kam-dossier merge accounts own.yaml
same_file accounts/own.yaml want "changes no byte"
rm accounts/own.yaml

# Clients that were given up and buy again

mkdir gone
printf -- '---\nid: a\nexternal: {1c: "17"}\n' >gone/a.yaml
kam-dossier archive -q -d gone a
{ account a 2026-01 1.00; account b 2026-01 1.00; printf -- '---\nid: other\nexternal: {1c: "17"}\n'; } >again.yaml
runs 1 "an archived client comes in" kam-dossier merge gone again.yaml
like "$(cat err)" 'again.yaml:1: the id a is in the archive: gone/archive/a.yaml: is archived since 2026-11-22; get it back: kam-dossier archive --back a, and merge again; nothing was merged into a.yaml' "by its id"
like "$(cat err)" 'the code 17 of 1c, which other brings, is in the archive: gone/archive/a.yaml: is archived since' "by its code"
is "$(tail -n 1 err)" "kam-dossier: 1 created, 0 changed, 0 same, 2 refused" "the others are merged"
is "$(ls gone | tr '\n' ' ')" "archive b.yaml " "and no more"
kam-dossier archive -q -d gone --back a
runs 1 "got back" kam-dossier merge gone again.yaml
like "$(cat gone/a.yaml)" 'month: 2026-01' "it is merged"
rm -r gone

# Figures and products of a month, which come from two exports

cat >dossier.yaml <<'END'
---
id: lotos
contacts:                        # those of the old plant
  - {id: x, name: Store}
sales:   # by merge
  - {month: 2026-09, source: 1c, revenue: 100.00, margin: 20.00, returns: 0.00, orders: 2, on: [4, 5]}
  - {month: 2026-10, source: 1c, revenue: 80.00, margin: 8.00, products: {carton: 80.00}} # October
END
cat >products.yaml <<'END'
---
id: lotos
sales:
  - {month: 2026-09, source: 1c, products: {carton: 60.00, "film, 5\"": 40.00}}
  - {month: 2026-10, source: 1c, products: {film: 8.00}}
  - {month: 2026-11, source: 1c, products: {film: 1.00}}
END
cat >want <<'END'
---
id: lotos
contacts:                        # those of the old plant
  - {id: x, name: Store}
sales:   # by merge
  - {month: 2026-09, source: 1c, revenue: 100.00, margin: 20.00, returns: 0.00, orders: 2, on: [4, 5], products: {carton: 60.00, "film, 5\"": 40.00}}
  - {month: 2026-10, source: 1c, revenue: 80.00, margin: 8.00, products: {film: 8.00}} # October
  - {month: 2026-11, source: 1c, products: {film: 1.00}}
END
cp dossier.yaml accounts/lotos.yaml
runs 0 "an export of products" kam-dossier merge accounts products.yaml
same_file accounts/lotos.yaml want "adds them to the months, and replaces products alone"
is "$(cat err)" "kam-dossier: 0 created, 1 changed, 0 same" "products that fall give no warning"
state accounts >before
runs 0 "again" kam-dossier merge accounts products.yaml
state accounts >after
same_file after before "changes no byte"
runs 0 "the months are sound" kam-dossier check -q accounts/lotos.yaml
runs 0 "shown" kam-dossier show --all accounts/lotos.yaml
like "$(cat out)" '^revenue +180\.00' "a month of products alone does not hide what the others brought"
runs 0 "scored" kam-score -q --as-of 2026-11 accounts/lotos.yaml
like "$(cat out)" '^  basis: margin$' "it is as if nothing was sold in that month"
account lotos 2026-09 99.00 >figures.yaml
runs 0 "figures without margin" kam-dossier merge accounts figures.yaml
like "$(cat accounts/lotos.yaml)" '^  - \{month: 2026-09, source: 1c, revenue: 99\.00, products: \{carton: 60\.00, "film, 5\\"": 40\.00\}\}$' \
	"take the margin away, and leave the products"
cp accounts/lotos.yaml want
cp dossier.yaml accounts/lotos.yaml
runs 0 "one stream with both" kam-dossier merge accounts products.yaml figures.yaml
same_file accounts/lotos.yaml want "brings both"
rm accounts/lotos.yaml

# Trying it

cp accounts/romashka.yaml old.yaml
{ account romashka 2026-07 5.00; account new 2026-07 5.00; } >in3.yaml
state accounts >before
runs 0 "--dry-run" kam-dossier merge -n accounts in3.yaml
is "$(cat err)" "kam-dossier: would be 1 created, 1 changed, 0 same" "counts what would be"
state accounts >after
same_file after before "and writes nothing"
cp -R accounts copy
cp out diff
(cd copy && sed 's|accounts/||' ../diff | patch -s -p0) 2>err
ok "the diff can be applied"
runs 0 "the merge itself" kam-dossier merge -q accounts in3.yaml
diff -r accounts copy
ok "does what the diff said"
runs 2 "--dry-run on a full disk" sh -c 'rm accounts/new.yaml; kam-dossier merge -n accounts in3.yaml >/dev/full'
like "$(cat err)" 'standard output cannot be written' "it is said"
runs 0 "a reader that stops early" sh -c '{ kam-dossier merge -qn accounts in3.yaml; } | head -n 1'
is "$(cat err)" "" "makes no noise"

# What may not come in: then nothing is written

state accounts >before
refused() {
	runs 2 "$1" kam-dossier merge accounts -
	like "$(cat err)" "$2" "$1: it is said why"
	like "$(cat err)" 'kam-dossier: nothing was written' "$1: and that nothing was written"
}
for id in ../../etc/passwd /etc/passwd Upper .hidden '"a/b"' '"a\nb"' "$(printf '%0101d' 0)"; do
	{ account good 2026-01 1.00; account "$id" 2026-01 1.00; } |
		refused "the id $(printf %s "$id" | tr -cd '[:alnum:]./' | cut -c 1-20)" 'id: not an identifier'
done
{ account good 2026-01 1.00; printf -- '---\nname: x\n'; } | refused "an account without id" 'id: missing'
{ echo '# kam-stream 1'; account good 2026-01 1.00; account other 2026-01 1.00; } |
	refused "a stream cut in the middle" 'the stream was cut'
{ account good 2026-01 1.00; account other 2026-01 12.5O; } | refused "an amount that is none" '12.5O'
{ account good 2026-01 1.00; printf -- '---\nid: x\ninvoices:\n  - {id: 1, amount: 12,5}\n'; } |
	refused "a comma in an amount" 'a name without a value'
{ account good 2026-01 1.00; printf -- '---\nid: [\n'; } | refused "a document that is not YAML" '^kam-dossier: .standard input.:7:'
{ account good 2026-01 1.00; printf 'name: \377\n'; } | refused "bytes that are not UTF-8" 'not UTF-8'
{ account good 2026-01 1.00; printf 'name: a\0b\n'; } | refused "a NUL byte" 'a NUL byte'
printf 'id: a\nname: b\nid: c\n' | refused "two documents joined without a line ---" 'two documents joined'
printf -- '---\nid: a\nsales:\n  - {month: 2026-01, source: x}\n  - {month: 2026-01, source: x}\n' |
	refused "a month that comes twice" 'sales: the same sale as on line 4'
{ printf 'id: a\nname: '; head -c 2000000 /dev/zero | tr '\0' x; echo; } | refused "a text of 2 MB" 'the limit is'
{ printf 'id: a\nx: '; head -c 100000 /dev/zero | tr '\0' '['; echo; } | refused "100,000 nested brackets" 'nested more than'
runs 2 "an input that is not there" kam-dossier merge accounts nowhere.yaml
state accounts >after
same_file after before "after all that, every file is as it was"
runs 2 "an empty input" kam-dossier merge accounts
like "$(cat err)" 'nothing came in' "is what a failed program leaves"
printf '# kam-stream 1\n...\n' | runs 1 "a stream without accounts" kam-dossier merge accounts
like "$(cat err)" 'no account came in' "is suspicious"
runs 2 "a folder that is not there" kam-dossier merge nowhere in.yaml
like "$(cat err)" 'nowhere: cannot be opened as a folder: No such file' "it is said"
[ ! -e nowhere ]
ok "and not made"
runs 2 "a file for a folder" kam-dossier merge in.yaml in.yaml
runs 2 "no folder at all" kam-dossier merge
mkdir space && kam-dossier init -q space >/dev/null
runs 0 "no folder, in a workspace" sh -c 'cd space && kam-dossier merge <../in.yaml'
[ -e space/accounts/koks.yaml ]
ok "is that of the workspace"
mkdir empty
for verb in 'new x' 'log -k call x' check 'show x'; do
	runs 2 "$verb where there is no workspace" sh -c "cd empty && kam-dossier $verb"
	like "$(cat err)" 'make a workspace: kam-dossier init \.' "says how to get one"
done
rm -r space empty

# Dossiers that cannot take it: the others do

rm -rf accounts && mkdir accounts
account out 2026-01 1.00 >outside.yaml
ln -s ../outside.yaml accounts/link.yaml
printf -- '---\nid: broken\nname: [\n' >accounts/broken.yaml
printf -- '---\nid: other-id\n' >accounts/named.yaml
mkdir accounts/folder.yaml
printf -- '---\nid: flat\nsales: none\n' >accounts/flat.yaml
for id in broken flat folder good link named other-id; do account $id 2026-02 2.00; done >in4.yaml
runs 1 "dossiers that cannot take it" kam-dossier merge accounts in4.yaml
like "$(cat err)" 'accounts/link.yaml: is a symbolic link, which is not followed' "a link"
like "$(cat err)" 'accounts/broken.yaml:4:1: ' "one that cannot be parsed"
like "$(cat err)" 'accounts/named.yaml:2:5: the file of named has another id' "one with another id"
like "$(cat err)" 'the id other-id is held by accounts/named.yaml' "and the account that it holds instead"
like "$(cat err)" 'accounts/folder.yaml: is not a file' "a folder"
like "$(cat err)" 'accounts/flat.yaml:3:8: sales: not a list' "one whose sales are no list"
is "$(tail -n 1 err)" "kam-dossier: 1 created, 0 changed, 0 same, 6 refused" "a count"
account out 2026-01 1.00 | cmp - outside.yaml
ok "nothing was written through the link"
is "$(cat accounts/broken.yaml)" "$(printf -- '---\nid: broken\nname: [\n')" "nor into the broken one"

rm -rf accounts && mkdir accounts
printf -- '---\nid: a\nexternal: {1c: "1"}\n' >accounts/a.yaml
printf -- '---\nid: b\nexternal: {1c: "1", crm: "2"}\n---\nid: c\nexternal: {1c: "3"}\n---\nid: d\nexternal: {1c: "3"}\n' >in5.yaml
runs 1 "codes that another dossier holds" kam-dossier merge accounts in5.yaml
like "$(cat err)" 'in5.yaml:1: the code 1 of 1c, which b brings, is held by accounts/a.yaml' "the holder is named"
like "$(cat err)" 'in5.yaml:7: the code 3 of 1c, which d brings, is held by accounts/c.yaml' "of the same run too"
is "$(ls accounts | tr '\n' ' ')" "a.yaml c.yaml " "they are left out, the others come"
{ account c 2026-01 1.00; account c 2026-02 2.00; account e 2026-01 1.00; account e 2026-02 2.00; } |
	runs 0 "two documents of one account" kam-dossier merge accounts
is "$(cat err)" "kam-dossier: 1 created, 1 changed, 0 same" "count as one"
is "$(grep -c month accounts/c.yaml accounts/e.yaml | tr '\n' ' ')" "accounts/c.yaml:2 accounts/e.yaml:2 " "and are both in it"

# Accounts that are not the dossier's

# ID CODE CURRENCY AMOUNT: a month of a shop's client
client() {
	printf -- '---\nid: %s\nexternal: {shop: %s}\ncurrency: %s\n' "$1" "$2" "$3"
	printf 'sales:\n  - {month: 2026-01, source: shop, revenue: %s}\n' "$4"
}
mkdir others
{ client a C1 EUR 9.00; client b C2 EUR 9.00; } | runs 0 "two clients" kam-dossier merge others
state others >before
{ client a C1 RUB 9.00; client b C2 EUR 8.00; } >in6.yaml
runs 1 "sales in another currency" kam-dossier merge others in6.yaml
is "$(cat err)" "kam-dossier: others/a.yaml:4:11: currency: \"EUR\" here, but \"RUB\" in in6.yaml:4; amounts of two currencies do not mix
kam-dossier: 0 created, 1 changed, 0 same, 1 refused" "are refused, and the others done"
{ client b C2 EUR 9.00; } | kam-dossier merge -q others
client a C1 EUR 9.00 | cmp - others/a.yaml
ok "nothing of them is in the dossier"
{ client a C3 EUR 500.00; client b C2 EUR 8.00; } >in7.yaml
runs 1 "sales of another client" kam-dossier merge others in7.yaml
like "$(cat err)" 'others/a.yaml:3:18: shop: "C1" here, but "C3" in in7.yaml:3; another client' "both codes are named"
like "$(cat err)" '0 created, 1 changed, 0 same, 1 refused' "the others are done"
client a C1 EUR 9.00 | cmp - others/a.yaml
ok "no month was replaced"
{ client c C4 EUR 1.00; client c C4 RUB 2.00; client d C5 EUR 1.00; } |
	runs 1 "two currencies of one account in a run" kam-dossier merge others
like "$(cat err)" 'others/c.yaml .not yet written.:4:11: currency: "EUR" here, but "RUB" in' "are refused too"
is "$(ls others | tr '\n' ' ')" "a.yaml b.yaml d.yaml " "with all of that account"
printf -- '---\nid: e\n' >others/e.yaml
client e C6 EUR 1.00 | runs 0 "a currency for a dossier that has none" kam-dossier merge others
like "$(cat others/e.yaml)" '^currency: EUR$' "is taken"
account e 2026-02 1.00 | runs 0 "an account without currency" kam-dossier merge others
like "$(cat others/e.yaml)" 'month: 2026-02' "is merged"
client a C3 RUB 7.00 | runs 0 "with --replace" kam-dossier merge --replace currency,external others
client a C3 RUB 7.00 | cmp - others/a.yaml
ok "both can be changed"

# Several codes of a system, as a client has that was entered twice

mkdir twice
printf -- '---\nid: a\nexternal: {shop: ["1", "2"], inn: "7701234567"}   # two cards\n' >twice/a.yaml
cp twice/a.yaml want
printf -- '---\nid: a\nexternal: {shop: "2"}\n' | runs 0 "one of them" kam-dossier merge twice
same_file twice/a.yaml want "is known"
printf -- '---\nid: a\nexternal: {shop: ["2", "3"], crm: [x, "y"]}\n' | runs 0 "a further code" kam-dossier merge twice
is "$(sed -n 3p twice/a.yaml)" 'external: {shop: ["1", "2", "3"], inn: "7701234567", crm: [x, "y"]}   # two cards' "is added"
printf -- '---\nid: a\nexternal: {shop: "4"}\n' | runs 1 "another code" kam-dossier merge twice
like "$(cat err)" 'a.yaml:3:18: shop: "..1", "2", "3"." here, but "4" in .*another client' "is another client"
printf -- '---\nid: b\nexternal: {shop: [8, "3"]}\n' | runs 1 "another dossier" kam-dossier merge twice
like "$(cat err)" 'the code 3 of shop, which b brings, is held by twice/a.yaml' "cannot have one of them"
printf -- '---\nid: b\nexternal: {shop: "3"}\n' >twice/b.yaml
runs 1 "nor can a file" kam-dossier check twice
is "$(grep -c 'twice/b.yaml:3:18: error: external: the code "3" of shop is that of twice/a.yaml' out)" 1 "and check says where"

: >others/empty.yaml
echo '# nothing yet' >others/remark.yaml
{ account d 2026-02 1.00; account empty 2026-02 1.00; } | runs 1 "dossiers that are empty" kam-dossier merge others
is "$(grep -c 'holds no account' err)" 2 "are reported"
like "$(cat err)" '0 created, 1 changed, 0 same, 1 refused' "and the others done"
[ ! -s others/empty.yaml ]
ok "nothing was written there"

# Many messages, and nobody who reads them

mkdir many
i=100
while [ $i -lt 140 ]; do
	client "c$i" "C$i" EUR 9.00
	i=$((i + 1))
done >many.yaml
kam-dossier merge -q many many.yaml
sed 's/EUR/RUB/' many.yaml >many2.yaml
client d1 D1 EUR 1.00 >>many2.yaml
runs 1 "many refusals" kam-dossier merge -n many many2.yaml
is "$(grep -c 'do not mix' err)" 20 "the first of them are shown"
is "$(tail -n 2 err)" "kam-dossier: 20 more errors
kam-dossier: would be 1 created, 0 changed, 0 same, 40 refused" "and the rest counted"
sed 's/9.00/1.00/' many.yaml >many3.yaml
runs 0 "many months that fall" kam-dossier merge -n many many3.yaml
is "$(grep -c 'revenue falls' err)" 20 "the first of them are shown"
like "$(cat err)" '^kam-dossier: 20 more warnings of falling sales$' "and the rest counted"
sed 126q many3.yaml >many4.yaml
runs 0 "one more than is shown" kam-dossier merge -n many many4.yaml
like "$(cat err)" '^kam-dossier: 1 more warning of falling sales$' "is one"
runs 0 "a reader of messages that went away" sh -c \
	'{ sleep 0.2; kam-dossier merge many many2.yaml; echo $? >status; } 2>&1 | true'
is "$(cat status)" 1 "does not kill the merge"
[ -e many/d1.yaml ]
ok "which goes on to its end"

printf -- '---\nid: lists\nsales: []\nplan: {actions: []}\ninvoices: []   # none\n' >many/lists.yaml
printf -- '---\nid: lists\nsales:\n  - {month: 2026-01, source: x}\nplan:\n  actions:\n    - {id: 1}\ninvoices:\n  - {id: 1}\n' |
	runs 0 "lists that are empty" kam-dossier merge many
printf -- '---\nid: lists\nsales:\n  - {month: 2026-01, source: x}\nplan: {actions: [{id: 1}]}\ninvoices:      # none\n  - {id: 1}\n' |
	cmp - many/lists.yaml
ok "are filled, and no blank is left at the end of a line"

# Disks that refuse, and others at work

# root may write everywhere, so that another user tries, with a copy of the program where they may read it
chmod a-w accounts
account a 2026-03 1.00 >march.yaml
if [ "$(id -u)" -ne 0 ]; then
	runs 2 "a read-only folder" kam-dossier merge accounts march.yaml
	like "$(cat err)" 'accounts/a.yaml: cannot be written: Permission denied' "it is said"
elif chmod a+rx "$tap_dir" . && setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null; then
	cp "$(command -v kam-dossier)" dossier
	runs 2 "a read-only folder" setpriv --reuid=65534 --regid=65534 --clear-groups ./dossier merge accounts march.yaml
	like "$(cat err)" 'accounts/a.yaml: cannot be written: Permission denied' "it is said"
else
	skip "a read-only folder" "root may write everywhere, and there is no setpriv"
fi
chmod u+w accounts
{ account a 2026-01 1.00; awk 'BEGIN { for (m = 1; m <= 12; m++) printf "  - {month: 2025-%02d, source: 1c, revenue: 100.00, products: {a: 60.00, b: 40.00}}\n", m }'; } >large.yaml
sed 's/^id: a/id: z/' large.yaml >large2.yaml
state accounts >before
runs 2 "a disk that refuses" sh -c 'ulimit -f 1; exec kam-dossier merge accounts large.yaml large2.yaml'
like "$(cat err)" 'accounts/a.yaml: cannot be written: File too large' "it is said"
like "$(cat err)" '0 created, 0 changed, 0 same, 2 not written' "and what was not written"
state accounts >after
same_file after before "every file is whole, and no other is left"

rm -rf accounts && mkdir accounts
for month in 2026-01 2026-02; do
	{
		echo '# kam-stream 1'
		i=0
		while [ $i -lt 300 ]; do
			account "c$i" $month 1.00
			i=$((i + 1))
		done
		echo ...
	} >"all-$month.yaml"
done
kam-dossier merge -q accounts all-2026-01.yaml 2>err1 &
first=$!
runs 0 "two merges at once: the one" kam-dossier merge -q accounts all-2026-02.yaml
wait $first
ok "two merges at once: the other"
is "$(cat err err1)" "" "without a word"
is "$(cat accounts/*.yaml | grep -c month)" 600 "all of both is there"
is "$(ls -A accounts | wc -l)" 300 "and nothing else"
runs 0 "and sound" kam-dossier check accounts

for i in 0 1 2 3 4 5 6 7; do
	sed "s/revenue: 1.00/revenue: 2.0$i/" all-2026-01.yaml >next.yaml
	timeout -s KILL "0.0$i"5 kam-dossier merge -q accounts next.yaml
done 2>err
runs 0 "after merges that were killed, every file is whole" kam-dossier check -q accounts
is "$(cat accounts/*.yaml | grep -c month)" 600 "with all its months"
touch accounts/.c1.yaml.1f-0.tmp accounts/.c1.yaml.swp
runs 0 "the next merge" kam-dossier merge -q accounts all-2026-01.yaml
is "$(ls -A accounts | grep -v '^c')" ".c1.yaml.swp" "clears away what they left, and nothing else"
is "$(grep -l 'revenue: 1.00' accounts/*.yaml | wc -l)" 300 "and goes through"

# A code that two dossiers hold already: which of them is meant?

rm -rf accounts && mkdir accounts
for id in x y; do
	printf -- '---\nid: %s\nexternal: {1c: "17"}\n' $id >accounts/$id.yaml
done
for id in x y; do
	printf -- '---\nid: %s\nexternal: {1c: "17"}\nsales:\n  - {month: 2026-01, source: s, revenue: 1.00}\n' $id >in
	runs 1 "merge into $id, whose code another dossier holds too" kam-dossier merge accounts in
	like "$(cat err)" 'the code 17 of 1c, which . brings, is held by accounts/[xy].yaml' "it is said"
	is "$(grep -c sales accounts/$id.yaml)" 0 "and nothing is merged"
done
printf -- '---\nid: x\nsales:\n  - {month: 2026-01, source: s, revenue: 1.00}\n' >in
runs 0 "merge what brings no code" kam-dossier merge accounts in

done_testing
