#!/bin/sh
# Documents as bytes: what nobody asked to change stays, whatever it looks
# like; what cannot be understood is refused at its place; a cut stream is
# noticed.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY
bom=$(printf '\357\273\277')

# A dossier in the odd ways in which people write them

cat >odd.yaml <<'EOF'
---   # ours since 2019
# comments above,   with  blanks
id:   odd
"name" : 'ООО «Ромашка»: ''упаковка'''   # said so on the phone

currency: EUR


# the list below is sorted by hand
sales:
- {month: 2026-10, source: "1c", revenue: 100.00}   # net
-   month: 2026-09
    # a comment within an item
    source: 1c

    revenue: 50.00
- { month: 2026-08 ,
      source: 'crm', revenue: 25.00 }
list of ours:
    -
    - - a
      - "b  c"
    - >-
      folded
      text
unknown: {a: '', "b":[1,2, ], c: x}   # kept
emoji 😀: "\u263A ☺"
EOF
cat >score.want <<'EOF'
score:
  as-of: 2026-10-31
EOF

# FILE: the document that kam-score made of it, without the stream's frame and the score
unscored() {
	kam-score -q "$1" >out || return
	sed -e '1,2d' -e '$d' out | awk '/^score:/ { skip = 1; next } skip && /^  / { next } { skip = 0; print }'
}

# FILE DESC: scoring leaves every byte behind the first line, which the frame replaces
survives_score() {
	unscored "$1" >got
	LC_ALL=C sed -e "1s/^$bom//" -e '1s/^---[[:blank:]]*//' -e '1{/^\r*$/d;}' -e '$s/$//' "$1" >want
	same_file got want "$2: scoring it changes no other byte"
	is "$(LC_ALL=C tr -d '\r' <out | grep -A 1 '^score:')" "$(cat score.want)" "$2: and adds the score"
}

survives_score odd.yaml 'odd quoting, comments and blank lines'
sed 's/$/\r/' odd.yaml >crlf.yaml
survives_score crlf.yaml 'CR LF'
is "$(sed -e '1d' -e '$d' out | LC_ALL=C grep -vc "$(printf '\r')\$")" 0 'CR LF: the score has it too'
{ printf '%s' "$bom"; cat odd.yaml; } >bom.yaml
survives_score bom.yaml 'a byte order mark'
sed 1d odd.yaml | { printf '%s' "$bom"; sed 's/$/\r/'; } >both.yaml
survives_score both.yaml 'a byte order mark, CR LF and no ---'
{ cat odd.yaml; printf 'text: |+\n  kept\n\n\n'; } >block.yaml
survives_score block.yaml 'a closing block scalar that keeps blank lines'
{ cat odd.yaml; printf 'text: |\n    kept\n# not of it\n  # nor this\n'; } >block.yaml
survives_score block.yaml 'a closing block scalar with comments behind it'
{ cat odd.yaml; printf 'score:   # ours\n  share: 1   # old\n\n# next\nlast: |\n  text\n'; } >scored.yaml
kam-score -q scored.yaml >out
is "$(sed -n '/^emoji/,/^score/p; /^# next/,$p' out)" "$(printf 'emoji 😀: "\\u263A ☺"\nscore:\n# next\nlast: |\n  text\n...\n')" 'an old score: what stands around it stays'
is "$(grep -c 'old$\|^score: ' out)" 0 'an old score: is gone with its comments'

# no end of the last line: the frame adds one, the dossier's own file keeps to itself
printf '%s' "$(cat odd.yaml)" >unended.yaml
unscored unended.yaml >got
sed 1d odd.yaml | sed '1i # ours since 2019' >want
same_file got want 'no end of the last line: the stream gets one'

# Merging the score into the dossier itself

mkdir accounts
# FILE DESC: a merge with the score changes nothing but what it brings
survives_merge() {
	cp "$1" accounts/odd.yaml
	kam-score -q accounts >stream
	runs 0 "$2: the score is merged" kam-dossier merge -q --with-score accounts stream
	sed -n '/^score:/,$p' stream | sed '$d' | tr -d '\r' >section
	LC_ALL=C tr -d '\r' <accounts/odd.yaml | awk -v n="$(wc -l <section)" '/^score:/ { skip = 1; next } skip && /^  / { next } { skip = 0; print }' >got
	LC_ALL=C tr -d '\r' <"$1" | awk '{ print }' >want
	same_file got want "$2: no other line changes"
	cp -p accounts/odd.yaml before
	runs 0 "$2: merged again" kam-dossier merge -q --with-score accounts stream
	same_file accounts/odd.yaml before "$2: no byte changes"
}
for file in odd crlf bom both block unended; do
	survives_merge $file.yaml $file
done
cp unended.yaml accounts/odd.yaml
kam-score -q accounts | kam-dossier merge -q --with-score accounts
is "$(tail -c 1 accounts/odd.yaml | od -An -tx1 | tr -d ' ')" "$(tail -c 1 accounts/odd.yaml | tr -d '\n' | od -An -tx1 | tr -d ' ')" 'unended: the last line still has no end'
n=$(wc -c <unended.yaml)
head -c "$n" accounts/odd.yaml >got
same_file got unended.yaml 'unended: every byte before the score is as it was'
cp crlf.yaml accounts/odd.yaml
kam-score -q accounts | kam-dossier merge -q --with-score accounts
head -c "$(wc -c <crlf.yaml)" accounts/odd.yaml >got
same_file got crlf.yaml 'CR LF: every byte before the score is as it was'
is "$(LC_ALL=C grep -vc "$(printf '\r')\$" accounts/odd.yaml)" 0 'CR LF: the score has it too'
{ cat odd.yaml; printf 'text: |\n  no end'; } >open.yaml
cp open.yaml accounts/odd.yaml
runs 0 'a closing block scalar without end: a new section' sh -c 'kam-score -q accounts | kam-dossier merge -q --with-score accounts'
is "$(tail -n 2 accounts/odd.yaml)" "$(printf 'text: |\n  no end')" 'a closing block scalar without end: stays last'
like "$(cat accounts/odd.yaml)" '^score:$' 'a closing block scalar without end: the section stands before it'

# What is not understood

# PLACE TEXT DOCUMENT: refused with that place
refused_at() {
	printf '%b' "$3" >bad.yaml
	runs 2 "refused: $2" kam-score bad.yaml
	like "$(cat err)" "^kam-score: bad\.yaml:$1: .*$2" "its place is $1"
	is "$(grep -c '^id:' out)" 0 'nothing is written'
}
refused_at 3:4 'an anchor \(&x\)' '---\nid: a\nb: &x 1\n'
refused_at 3:10 'an alias \(\*x\)' '---\nid: a\nсписок: [*x]\n'
refused_at 2:5 'a tag' 'b: 1\nid: !!str a\n'
refused_at 1:1 'a YAML directive' '%%YAML 1.2\n---\nid: a\n'
refused_at 3:1 'a second "id"' 'id: a\nb: 1\nid: c\n'
refused_at 1:2 'from column 1' ' id: a\n'
refused_at 1:1 'names and values' '- id: a\n'
refused_at 2:3 'written with' 'id: a\n? b\n: c\n'
refused_at 2:1 'a tab' 'id:\n\ta\n'
refused_at 2:8 'a NUL byte' 'id: a\nимя: ёё\0000\n'
refused_at 2:8 'not UTF-8: byte 0xff' 'id: a\nимя: ёё\0377\n'
refused_at 2:6 'U\+2028' 'id: a\nимя: \0342\0200\0250\n'
refused_at 1:6 'a CR without LF' 'id: a\rb: 1\r'

awk 'BEGIN { printf "id: a\nb: "; for (i = 0; i < 100000; i++) printf "["; print "" }' >bad.yaml
runs 2 'a hundred thousand brackets' timeout 10 kam-score bad.yaml
like "$(cat err)" 'bad\.yaml:2:67: nested more than 64 deep' 'the first too many is named, and soon'
awk 'BEGIN { print "id: a\na: &a [x, x]"; for (i = 98; i < 122; i++) printf "%c: &%c [*%c, *%c]\n", i, i, i - 1, i - 1 }' >bad.yaml
runs 2 'an alias bomb' timeout 10 kam-score bad.yaml
like "$(cat err)" 'bad\.yaml:2:4: an anchor' 'goes off nowhere'
{ printf 'id: a\nb: '; head -c 10485760 /dev/zero | tr '\0' x; } >bad.yaml
runs 2 'a text of 10 MB' timeout 20 kam-score bad.yaml
like "$(cat err)" 'bad\.yaml:2:4: a text of 10485760 bytes' 'is too long'
{ printf 'id: a\n# '; head -c 67108864 /dev/zero | tr '\0' x; } >bad.yaml
runs 2 'a document of more than 64 MB' timeout 60 kam-score bad.yaml
like "$(cat err)" 'bad\.yaml:1: a document of more than 67108864 bytes' 'is too long'
rm bad.yaml

# Streams

printf 'id: a\ntier: key\n' >a.yaml
printf '%s---\r\nid: b\r\n' "$bom" >b.yaml
printf '# of c\n---\nid: c\n...\n# behind\n' >c.yaml
ids() {
	kam-score -q "$@" | grep '^id:' | tr -d '\r\n'
}
is "$(ids a.yaml b.yaml c.yaml)" 'id: aid: bid: c' 'files one after another'
sed 's/id: b/id: d/' b.yaml >d.yaml
is "$(cat a.yaml b.yaml c.yaml d.yaml | ids)" 'id: aid: bid: cid: d' 'files joined, with marks, comments and ends between'
kam-score -q a.yaml >one
kam-score -q b.yaml c.yaml >two
is "$(cat one two | ids)" 'id: aid: bid: c' 'streams joined'
is "$(cat one b.yaml | ids)" 'id: aid: b' 'a file behind a stream'
kam-score -q one >again
same_file again one 'a stream scored again is the same'

mkdir into
size=$(wc -c <two)
noticed=0 n=0
while [ "$n" -lt $((size - 1)) ]; do
	head -c "$n" two | kam-dossier merge -q into 2>err
	[ "$?" -eq 2 ] && grep -Eq 'the stream was cut|nothing came in' err && noticed=$((noticed + 1))
	n=$((n + 17))
done
is "$noticed" $(((size - 1 + 16) / 17)) 'a stream cut anywhere is noticed'
is "$(ls into)" '' 'and nothing is written'
head -c $((size - 20)) two >cut
cat cut one | kam-dossier merge -q into 2>err
is "$?" 2 'a whole stream does not heal a cut one'
is "$(ls into)" '' 'nor is anything written'
runs 0 'whole, it is merged' kam-dossier merge -q into two
is "$(ls into | tr '\n' ' ')" 'b.yaml c.yaml ' 'with all its accounts'
done_testing
