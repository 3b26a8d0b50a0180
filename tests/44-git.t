#!/bin/sh
# kam-dossier merge-driver and facts with the real git: clones, merges, rebases, picks, reverts; and what comes of the
# same branches on hosting sites, which run no drivers.
. "${0%/*}/lib.sh"

if ! command -v git >/dev/null; then
	skip "kam-dossier as git's drivers" "git is not installed"
	done_testing
fi

GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_TERMINAL_PROMPT=0 GIT_EDITOR=true
GIT_AUTHOR_DATE='2026-11-22T12:00:00Z' GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE KAM_TODAY=2026-11-22
export GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_TERMINAL_PROMPT GIT_EDITOR GIT_AUTHOR_DATE GIT_COMMITTER_DATE KAM_TODAY
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

# FOLDER: who writes there, and the drivers
configure() {
	git -C "$1" config user.name Tester
	git -C "$1" config user.email tester@romashka.example
	git -C "$1" config commit.gpgsign false
	git -C "$1" config core.autocrlf false
	git -C "$1" config merge.kam.name 'dossiers by keys'
	git -C "$1" config merge.kam.driver 'kam-dossier merge-driver %O %A %B %P'
	git -C "$1" config alias.facts "!git -c diff.kam.textconv='kam-dossier facts --textconv' diff"
}

f=accounts/romashka.yaml

# a new "ours" with the dossier, and a clone "theirs"
begin() {
	rm -rf ours theirs
	git init -q -b main ours && configure ours
	mkdir ours/accounts
	printf 'accounts/**/*.yaml merge=kam diff=kam -text\n' >ours/.gitattributes
	cat >"ours/$f"
	git -C ours add -A && git -C ours commit -qm base
	git clone -q ours theirs && configure theirs
}

dossier() {
	cat <<'END'
---
# Everything under this line belongs to people.
id: romashka             # the file's name
name: ООО «Ромашка»
aliases: [Ромашка ООО, Romashka LLC]

contacts:                # people
  - id: volkov
    name: Волков С. И.
    role: decider        # decider influencer approver
    phone: "+371 20000001"
  # the accounts' department
  - {id: belova, name: Белова Н., position: Главный бухгалтер}
  - {id: gusev, name: Гусев М., role: user}

log:                     # oldest first
  - {date: 2026-11-12, kind: meeting, by: i.petrova, with: [volkov], about: third line}
  - {date: 2026-11-16, kind: proposal, by: i.petrova, with: [volkov], about: D-88}

# Kept by kam-dossier merge from imports.
sales:
  - {month: 2026-08, source: 1c, revenue: 100.00}
  - {month: 2026-09, source: 1c, revenue: 200.00}
note: |
  one
  two
  three
END
}

# WHO SED-EXPRESSION…: a commit in that clone
edit() {
	who=$1
	shift
	for e; do
		sed -i "$e" "$who/$f"
	done
	git -C "$who" commit -qam "$who" || echo "$who: nothing changed"
}

# what both say, whatever the order
facts() {
	kam-dossier facts "$1" | sort
}

# Each case is merged by the driver, in both directions, and by lines alone: that may end in a conflict, or in what the
# driver makes of it, or in what kam-dossier check refuses; never in something else.
# NAME OURS THEIRS: the sed expressions, one to a line
merges() {
	dossier | sed "s/\$/$cr/" | begin
	printf '%s\n' "$2" >o.sed
	printf '%s\n' "$3" >t.sed
	for who in ours theirs; do
		sed -i -f "${who%"${who#?}"}.sed" "$who/$f"
		sed -i "s/\r*\$/$cr/" "$who/$f"
		git -C $who commit -qam $who
	done
	git -C ours fetch -q ../theirs main:theirs
	git -C theirs fetch -q ../ours main:ours
	runs 0 "$1: merges" git -C ours merge -q --no-edit theirs
	runs 0 "$1: from the other side too" git -C theirs merge -q --no-edit ours
	facts "ours/$f" >ours.facts
	facts "theirs/$f" >theirs.facts
	same_file theirs.facts ours.facts "$1: both say the same"
	kam-dossier check -q "ours/$f" >out
	is "$(grep -c error out)" 0 "$1: nothing is wrong with it"
	by_lines "$1"
}

by_lines() {
	git -C ours reset -q --hard HEAD~1
	printf 'accounts/*.yaml -text\n' >ours/.git/info/attributes
	echo '* !merge' >>ours/.git/info/attributes
	if git -C ours merge -q --no-edit theirs >out 2>&1; then
		facts "ours/$f" >lines.facts 2>err
		if [ -s err ]; then
			ok "$1: by lines it is refused"
		else
			same_file lines.facts ours.facts "$1: by lines it says the same"
		fi
	else
		grep -q '^<<<<<<< ' "ours/$f"
		ok "$1: by lines it is a conflict"
		git -C ours merge --abort
	fi
	rm ours/.git/info/attributes
}

cases() {
	merges "both append to the log" \
		'/D-88/a\  - {date: 2026-11-20, kind: call, by: i.petrova, about: prices}   # ours' \
		'/D-88/a\  # told by phone\n  - {date: 2026-11-18, kind: call, by: s.kim, about: samples}'
	is "$(sed -n '/D-88/,/prices/p' "theirs/$f" | tr -d '\r')" \
		"$(printf '%s\n' '  - {date: 2026-11-16, kind: proposal, by: i.petrova, with: [volkov], about: D-88}' \
			'  # told by phone' '  - {date: 2026-11-18, kind: call, by: s.kim, about: samples}' \
			'  - {date: 2026-11-20, kind: call, by: i.petrova, about: prices}   # ours')" \
		"both append to the log: oldest first, with their comments"
	merges "different contacts" 's/20000001/20000002/' 's/Белова Н\./Белова Нина/'
	merges "different fields of one contact on one line" 's/Белова Н\./Белова Нина/' 's/Главный/Старший/'
	merges "neighbouring fields" 's/20000001/20000002/' 's/role: decider /role: approver/'
	merges "new contacts" '/gusev/a\  - {id: orlov, name: Орлов П.}' \
		'/gusev/a\  - id: kim\n    name: Ким С.   # our own'
	merges "different months" '/2026-09/a\  - {month: 2026-10, source: 1c, revenue: 300.00}' \
		'/2026-09/a\  - {month: 2026-11, source: 1c, revenue: 400.00}'
	is "$(grep -o 'month: [0-9-]*' "theirs/$f" | tr '\n' ' ')" \
		"month: 2026-08 month: 2026-09 month: 2026-10 month: 2026-11 " "different months: in order"
	merges "an earlier and a later month" '/2026-09/a\  - {month: 2026-10, source: 1c, revenue: 300.00}' \
		'/2026-08/i\  - {month: 2026-07, source: 1c, revenue: 400.00}'
	merges "the same change" 's/20000001/20000002/' 's/20000001/20000002/'
	merges "the same month" '/2026-09/a\  - {month: 2026-10, source: 1c, revenue: 300.00}' \
		'/2026-09/a\  - {month: 2026-10, source: 1c, revenue: 300.00}'
	merges "names of a list" 's/aliases: \[/&Ромашка, /' 's/Romashka LLC/&, Romashka Ltd/'
	merges "one drops a contact, the other changes another" '/gusev/d' 's/Белова Н\./Белова Нина/'
	merges "new sections" '/^note/i\tier: key   # since May' '/^note/i\needs:\n  - {what: carton}'
	merges "comments on one side, values on the other" 's/# people/# who matters/;s/# the accounts.*/# accounts/' \
		's/role: decider /role: approver/;s/Белова Н\./Белова Нина/;/gusev/a\  - {id: kim}'
	grep -q '# who matters' "theirs/$f" && grep -q '# accounts' "theirs/$f"
	ok "comments on one side: both are there"
	merges "a comment and a value of one line" 's/role: user}/&   # leaves in May/' 's/Гусев М\./Гусев Максим/'
	grep -q 'Гусев Максим, role: user}   # leaves in May' "theirs/$f"
	ok "a comment and a value of one line: both are there"
	merges "one drops a month, the other puts another in its place" '/2026-09/d' 's/month: 2026-09\(.*\)200/month: 2026-10\1300/'
	merges "lines of a text" 's/^  one/  ONE/' 's/^  three/  THREE/'
}

cr=
cases
cr='\r'
cases
is "$(grep -c "$(printf '\r')\$" "theirs/$f")" "$(grep -c '' "theirs/$f")" "every line still ends in CR LF"

# CR LF on one side only

dossier | begin
sed -i 's/$/\r/' "ours/$f" && git -C ours commit -qam crlf
edit theirs '/D-88/a\  - {date: 2026-11-18, kind: call, by: s.kim}   # samples'
git -C ours fetch -q ../theirs main:theirs
runs 0 "one side changes all line ends, the other adds an item" git -C ours merge -q --no-edit theirs
tr -d '\r' <"ours/$f" >got
same_file got "theirs/$f" "what was added is there"
is "$(grep -c "$(printf '\r')\$" "ours/$f")" "$(grep -c '' "ours/$f")" "with the new line ends"

# Conflicts

# DESC ERE OURS THEIRS: a conflict, of which the message says so; neither side is lost
conflicts() {
	dossier | begin
	edit ours "$3" && edit theirs "$4"
	git -C ours fetch -q ../theirs main:theirs
	runs 1 "$1: a conflict" git -C ours merge -q --no-edit theirs
	cat out err >said
	like "$(cat said)" "$2" "$1: says where"
	is "$(git -C ours ls-files -u | grep -c .)" 3 "$1: git knows of it"
	sed -n '/^<<<<<<< ours$/,/^>>>>>>> theirs$/p' "ours/$f" >marks
	by_lines_conflict "$1"
}

by_lines_conflict() {
	git -C ours reset -q --hard
	echo '* !merge' >ours/.git/info/attributes
	! git -C ours merge -q --no-edit theirs >out 2>&1 || ! kam-dossier facts "ours/$f" >out 2>err
	ok "$1: by lines too, or refused"
}

conflicts "one field" \
	"^kam-dossier: $f: conflict: contacts/volkov/phone: ours \"\+371 20000002\", theirs \"\+371 20000003\"\$" \
	's/20000001/20000002/;s/Белова Н\./Белова Нина/' 's/20000001/20000003/;s/Гусев М\./Гусев Максим/'
printf '%s\n' '<<<<<<< ours' '    phone: "+371 20000002"' '=======' '    phone: "+371 20000003"' '>>>>>>> theirs' >want
same_file marks want "one field: its line alone is between the marks"
conflicts "dropped and changed" "^kam-dossier: $f: conflict: contacts/gusev: ours dropped it, theirs changed contacts/gusev/name: \"Гусев М.\" → \"Гусев Максим\"\$" \
	'/gusev/d' 's/Гусев М\./Гусев Максим/'
printf '%s\n' '<<<<<<< ours' '=======' '  - {id: gusev, name: Гусев Максим, role: user}' '>>>>>>> theirs' >want
same_file marks want "dropped and changed: what was changed is there to be chosen"
conflicts "two figures for a month" "conflict: sales/2026-10/1c/revenue: ours \"300.00\", theirs \"400.00\"" \
	'/2026-09/a\  - {month: 2026-10, source: 1c, revenue: 300.00}' \
	'/2026-09/a\  - {month: 2026-10, source: 1c, revenue: 400.00}'
conflicts "figures and orders of one export do not mix" "conflict: sales/2026-09/1c/orders: ours nothing, theirs \"7\"" \
	's/revenue: 200.00/revenue: 300.00/' 's/revenue: 200.00/&, orders: 7/'
conflicts "two answers to one log entry" \
	"conflict: log/2026-11-16/proposal/i.petrova/D-88/about: ours \"D-89\", theirs \"D-90\"\$" \
	's/about: D-88/about: D-89/' 's/about: D-88/about: D-90/'

conflicts "a comment on what the other side drops" \
	"conflict: contacts/gusev: theirs dropped it, ours wrote a comment about it: \"# leaves in May\"\$" \
	's/role: user}/&   # leaves in May/' '/gusev/d'
printf '%s\n' '<<<<<<< ours' '  - {id: gusev, name: Гусев М., role: user}   # leaves in May' '=======' '>>>>>>> theirs' >want
same_file marks want "a comment on what the other side drops: it is there to be chosen"
conflicts "two comments on one line" \
	"conflict: contacts/gusev: the comment: ours \"# leaves in May\", theirs \"# leaves in June\"\$" \
	's/role: user}/&   # leaves in May/' 's/role: user}/&   # leaves in June/'
conflicts "a section that cannot be merged by keys" "conflict: aliases: laid out so that it cannot be merged by keys" \
	's/^aliases.*/aliases:\n  - Ромашка ООО   # as the bank has it\n  - Romashka LLC/;s/20000001/20000002/' \
	's/^aliases.*/aliases: Ромашка/;s/Белова Н\./Белова Нина/'
printf '%s\n' '<<<<<<< ours' 'aliases:' '  - Ромашка ООО   # as the bank has it' '  - Romashka LLC' '=======' 'aliases: Ромашка' \
	'>>>>>>> theirs' >want
same_file marks want "a section that cannot be merged by keys: both have it whole, and nothing else is in conflict"

# What lines alone leave twice

{
	dossier
	printf 'plan:\n  goals:\n    - {goal: g1}\n    - {goal: g2}\n    - {goal: g3}\n    - {goal: g4}\n'
} | begin
edit ours '/goal: g1/a\    - {goal: new}'
edit theirs '/goal: g4/a\    - {goal: new}'
git -C ours fetch -q ../theirs main:theirs
runs 0 "both add the same goal at different places" git -C ours merge -q --no-edit theirs
is "$(grep -c 'goal: new' "ours/$f")" 1 "it is there once"
git -C ours reset -q --hard HEAD~1
echo '* !merge' >ours/.git/info/attributes
runs 0 "by lines alone" git -C ours merge -q --no-edit theirs
is "$(grep -c 'goal: new' "ours/$f")" 2 "it is there twice"
runs 1 "which check" kam-dossier check -q "ours/$f"
like "$(cat out)" 'goals: the same goal as on line [0-9]+ \[same-item\]$' "refuses"

# A side that is no dossier

dossier | begin
edit ours 's/phone: "/phone: "\\q/' && edit theirs 's/Белова Н\./Белова Нина/'
git -C ours fetch -q ../theirs main:theirs
runs 1 "a side that cannot be read is merged by lines" git -C ours merge -q --no-edit theirs
like "$(cat out err)" "^kam-dossier: $f:11:[0-9]+: ours: .*merged by lines alone" "which is said, with its place"
grep -q 'Нина' "ours/$f" && grep -q '"\\q+371' "ours/$f"
ok "nothing is lost"

# Both make a dossier of the same id

dossier | begin
for who in ours theirs; do
	printf -- '---\n# by %s\nid: koks\nname: SIA Koks\ncontacts:\n  - {id: %s}   # %s\n' $who $who $who >$who/accounts/koks.yaml
	git -C $who add -A && git -C $who commit -qm koks
done
git -C ours fetch -q ../theirs main:theirs
runs 0 "two new dossiers of one id" git -C ours merge -q --no-edit theirs
printf -- '---\n# by ours\n# by theirs\nid: koks\nname: SIA Koks\ncontacts:\n  - {id: ours}   # ours\n  - {id: theirs}   # theirs\n' >want
same_file ours/accounts/koks.yaml want "become one"

# Rebase, cherry-pick, revert, an import on each side

dossier | begin
edit ours '/D-88/a\  - {date: 2026-11-20, kind: call, by: i.petrova, about: prices}'
edit theirs '/D-88/a\  - {date: 2026-11-18, kind: call, by: s.kim, about: samples}'
edit theirs 's/Белова Н\./Белова Нина/'
runs 0 "rebase" git -C theirs pull -q --rebase
is "$(git -C theirs log --format=%s | tr '\n' ' ')" "theirs theirs ours base " "puts the commits on top"
is "$(grep -oE 'about: [a-z]+' "theirs/$f" | tr '\n' ' ')" "about: third about: samples about: prices " "each once, in order"
git -C ours fetch -q ../theirs main:theirs
runs 0 "cherry-pick" git -C ours cherry-pick theirs~1
is "$(grep -oE 'about: [a-z]+' "ours/$f" | tr '\n' ' ')" "about: third about: samples about: prices " "brings the entry"
edit ours '/prices/a\  - {date: 2026-11-21, kind: call, by: i.petrova, about: terms}'
runs 0 "revert of a commit that others followed" git -C ours revert --no-edit HEAD~2
is "$(grep -oE 'about: [a-z]+' "ours/$f" | tr '\n' ' ')" "about: third about: samples about: terms " "takes out its entry alone"

dossier | begin
for m in 10:ours 11:theirs; do
	printf -- '---\nid: romashka\nsales:\n  - {month: 2026-%s, source: 1c, revenue: 5.00, products: {carton: 5.00}}\n' "${m%:*}" |
		kam-dossier merge -q "${m#*:}/accounts"
	git -C "${m#*:}" commit -qam import
done
git -C ours fetch -q ../theirs main:theirs
runs 0 "imports of two months" git -C ours merge -q --no-edit theirs
is "$(grep -o 'month: [0-9-]*' "ours/$f" | tr '\n' ' ')" \
	"month: 2026-08 month: 2026-09 month: 2026-10 month: 2026-11 " "are both there, in order"

# git diff shows facts when asked

dossier | begin
sed -i 's/20000001/20000002/;s/# people/# who matters/' "ours/$f"
git -C ours facts >out
is "$(sed -n 's/^[-+]\([^-+]\)/&/p' out)" \
	"$(printf '%s\n' '-contacts/volkov/phone: "+371 20000001"' '+contacts/volkov/phone: "+371 20000002"')" \
	"facts are shown"
git -C ours diff >out
is "$(grep -c '^+contacts: *# who matters' out)" 1 "git diff by itself shows lines"
printf '<<<<<<< ours\n\033[1m: [\n' >>"ours/$f"
runs 0 "a file with marks is shown too" git -C ours facts
like "$(cat out)" '^\+\\x1B\[1m: \[$' "by its lines, safe for a terminal"

# facts by itself

git -C ours checkout -q -- . && cp "ours/$f" old.yaml
sed 's/20000001/20000002/;/gusev/d;/D-88/a\  - {date: 2026-11-20, kind: call}' old.yaml >new.yaml
runs 0 "facts --diff" kam-dossier facts --diff old.yaml new.yaml
cat >want <<'END'
contacts/volkov/phone: "+371 20000001" → "+371 20000002"
- contacts/gusev/id: "gusev"
- contacts/gusev/name: "Гусев М."
- contacts/gusev/role: "user"
+ log/2026-11-20/call/date: "2026-11-20"
+ log/2026-11-20/call/kind: "call"
END
same_file out want "tells what became of them"
runs 0 "facts of an account of the folder" kam-dossier facts -d ours/accounts romashka
like "$(cat out)" '^log/2026-11-12/meeting/i.petrova/third line/with: "volkov"$' "by keys"
like "$(cat out)" '^aliases: "Ромашка ООО", "Romashka LLC"$' "a list of words is one fact"
like "$(cat out)" '^note: "one\\ntwo\\nthree\\n"$' "a text of several lines is on one"
printf 'id: a\n: [' >bad.yaml
runs 1 "facts of what is no dossier" kam-dossier facts bad.yaml
like "$(cat err)" '^kam-dossier: bad.yaml:2:' "are refused with the place"
runs 2 "facts of nothing" kam-dossier facts
runs 2 "--diff of one" kam-dossier facts --diff old.yaml
runs 2 "merge-driver without its files" kam-dossier merge-driver old.yaml new.yaml
runs 2 "merge-driver of a file that is not there" kam-dossier merge-driver old.yaml none.yaml new.yaml x.yaml
like "$(cat err)" '^kam-dossier: none.yaml: ' "says which"

done_testing
