#!/bin/sh
# kam-dossier show, brief, timeline and people: what people read.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY
unset PAGER KAM_PAGER LESS
data=$tests/data/show
kaste=$data/kaste.yaml
hostile=$data/hostile.yaml

# no byte of standard input is one that a terminal would obey, but for line ends
harmless() {
	[ "$(LC_ALL=C tr -d '\n\40-\176\200-\377' | wc -c)" -eq 0 ]
}

# at each width, and where there is no terminal

for verb in show brief people timeline; do
	cp "$kaste" .
	for width in 0 40 80 120; do
		kam-dossier $verb -w $width kaste.yaml >out 2>err
		same_file out "$data/$verb-$width.txt" "$verb at width $width"
	done
	kam-dossier $verb kaste.yaml >out 2>err
	same_file out "$data/$verb-0.txt" "$verb wraps nothing where there is no terminal"
	runs 2 "$verb on a full disk" sh -c "kam-dossier $verb kaste.yaml >/dev/full"
	runs 2 "$verb without an account" kam-dossier $verb
	runs 2 "$verb with an unknown format" kam-dossier $verb -f pdf kaste.yaml
	like "$(cat err)" 'unknown format "pdf"; there are text, markdown' "$verb: those there are"
	runs 2 "$verb with a width that is none" kam-dossier $verb -w wide kaste.yaml
	runs 1 "$verb of an empty stream" kam-dossier $verb -
done
for width in 0 40 80 120; do
	kam-dossier show --all -w $width kaste.yaml >out 2>err
	same_file out "$data/all-$width.txt" "show --all at width $width"
done
like "$(cat "$data/brief-80.txt")" '^Who they are.* \([0-9]+ more: show --section contacts\)$' "a brief counts what it left out"
like "$(cat "$data/brief-120.txt")" '^! Ozola Plātne: better in everything; .*worthless \(S1\)$' "an extreme comparison is said to be one"

# one screen, and one page, of whatever stands in a dossier

awk 'BEGIN {
	word = "слово"
	for (i = 0; i < 7; i++)
		word = word word
	text = word " " word " " word
	print "---\nid: large\nname: " text "\ntier: key\nmanager: " text "\nteam: [" word "]\ncurrency: EUR"
	print "categories: [breadwinner, partner, mentor, innovator, renowned, prospective]\nquiet-until: 2027-01-01"
	print "profile: {industry: " text ", goals: " text ", tasks: " text "}\ncontacts:"
	for (i = 0; i < 30; i++)
		printf "  - {id: c%d-%s, name: %s %d, position: %s, motivation: %s, stance: %s, phone: %s, birthday: 12-%02d}\n",
			i, word, text, i, text, text, i ? "critic" : "neutral", text, 1 + i * 7 % 20
	print "log:"
	for (i = 1; i < 30; i++)
		printf "  - {date: 2026-10-%02d, kind: %s, by: %s, with: [c0-%s], about: %s}\n", i, word, text, word, text
	what["needs"] = "what"
	what["promises"] = "due: 2026-01-01, id: o@, what"
	what["complaints"] = "id: r@, subject"
	what["deals"] = "id: d@, title"
	what["deliveries"] = "promised: 2026-01-01, id: z@, refused"
	what["invoices"] = "due: 2026-01-01, amount: 99999999999.99, id"
	criterion = "{weight: 5, us: 5, them: 1, criterion: " text "}"
	what["competitors"] = "criteria: [" criterion ", " criterion "], name"
	for (section in what) {
		print section ":"
		for (i = 0; i < 20; i++) {
			line = what[section]
			sub("@", i, line)
			print "  - {" line ": " text " " i "}"
		}
	}
	print "plan:\n  goals:"
	for (i = 0; i < 20; i++)
		print "    - {goal: " text " " i ", due: 2026-01-01}"
	for (i = 0; i < 40; i++)
		print "own-" word i ": {a: 1}"
}' >large.yaml
runs 0 "the sections of a large dossier" kam-dossier show -q -s contacts,plan large.yaml
for width in 60 80 120; do
	for file in kaste.yaml large.yaml "$hostile"; do
		kam-dossier brief -q -w $width "$file" >out
		[ "$(wc -l <out)" -le 60 ]
		ok "a brief of ${file##*/} at width $width is one page"
		kam-dossier show -q -w $width "$file" >out
		[ "$(wc -l <out)" -le 24 ]
		ok "it is shown on one screen"
	done
done
kam-dossier show -q -w 80 large.yaml >out
is "$(sed -n 's/^\([a-z][a-z ]*[a-z]\)  .*/\1/p' out | tr '\n' ',')" \
	"industry,main contact,tier,manager,relations,next step,promises,complaints,overdue,deliveries,deals,last contact," \
	"with a line for everything"
kam-dossier show -q -w 0 large.yaml >out
like "$(cat out)" '^overdue +1.999.999.999.999\.80 EUR in 20 invoices; .* is 325 days late$' "debts are counted"
runs 2 "all and a section" kam-dossier show --all -s needs kaste.yaml
printf -- '---\nid: empty\n' | kam-dossier show - >out
is "$(cat out)" "empty
relations     0 contacts
next step     none is agreed
last contact  none is noted" "a dossier with nothing in it"

# what is worst is named

cat >worst.yaml <<'END'
---
id: worst
promises:
  - {id: O-1, what: later, due: 2026-11-21}
  - {id: O-2, what: first, to: a, due: 2026-11-01}
  - {id: O-3, what: kept, due: 2026-01-01, kept: 2026-01-01}
complaints:
  - {id: R-1, severity: medium, opened: 2026-01-01}
  - {id: R-2, severity: high, opened: 2026-11-20, subject: leaks}
  - {id: R-3, severity: high, opened: 2026-11-01, closed: 2026-11-02}
deliveries:
  - {id: Z-1, promised: 2026-09-01, delivered: 2026-11-01}
  - {id: Z-2, promised: 2026-11-20}
deals:
  - {id: D-1, amount: 10.00, expected-close: 2026-11-23}
  - {id: D-2, title: second, amount: 5.50, proposal: {valid-until: 2026-11-21}}
invoices:
  - {id: I-1, due: 2026-11-20, amount: 1000.00}
  - {id: I-2, due: 2026-11-12, amount: 10.00, paid: 4.00}
contacts:
  - {id: a, name: Lager, birthday: 12-20, primary: yes}
  - {id: b, name: Einkauf, birthday: 11-30}
  - {id: c, name: Labor, birthday: 11-22}
END
runs 0 "of several" kam-dossier show worst.yaml
is "$(sed -n 's/1.006/1 006/; /^next step/,/^deals/p' out)" "next step     2026-11-01, 21 days late: promised: first; 1 more
promises      2 open, 2 late; due 2026-11-01 to Lager: first
complaints    2 open: R-2, high, 2 days, not answered yet: leaks
overdue       1 006.00 in 2 invoices; I-2 is 10 days late
deliveries    2 late or short: Z-2, 2 days late, still open
deals         2 open, 15.50; D-2, offer expired on 2026-11-21: second" "what is worst is named"
runs 0 "birthdays" kam-dossier brief worst.yaml
is "$(sed -n '/^Birthdays/,$p' out | cut -d , -f 1)" "Birthdays
- Labor: 2026-11-22
- Einkauf: 2026-11-30
- Lager: 2026-12-20" "stand in the order in which they come"

# by their ids, and out of a pipe

mkdir accounts && cp "$kaste" accounts/kaste.yaml
for verb in show brief people timeline; do
	runs 0 "$verb by id" kam-dossier $verb -q kaste
	same_file out "$data/$verb-0.txt" "is the same"
	runs 0 "$verb from a pipe" sh -c "kam-dossier $verb - <kaste.yaml"
	same_file out "$data/$verb-0.txt" "is the same too"
done
runs 0 "show in another folder" kam-dossier show -d accounts kaste
runs 2 "an id that is none" kam-dossier brief ../kaste
for verb in show brief people timeline; do
	runs 2 "$verb of one that is not there, and others" kam-dossier $verb nosuch kaste NO ./none.yaml
	same_file out "$data/$verb-0.txt" "goes on with the others"
	is "$(cut -d : -f 2 err)" " accounts/nosuch.yaml
 neither an account's id nor a file
 ./none.yaml" "and says which are not there"
	runs 2 "$verb of none" kam-dossier $verb nosuch
	is "$(wc -l <err)" 1 "says so once"
done
mkfifo accounts/pipe.yaml
runs 2 "a pipe in the folder" kam-dossier show pipe
rm accounts/pipe.yaml

# sections in depth

runs 0 "a section" kam-dossier show -w 80 --section needs kaste
is "$(sed 1,2d out)" "needs
what                    whose     answer       state  asked
окно поставки два часа  business  своя машина  met    2026-10-10
образцы за неделю       tehniki                open   2026-02-01
меньше срочных закупок  zakupki" "with all that stands in it"
runs 0 "several" kam-dossier show -s profile,surveys --section score kaste
is "$(sed 1d out)" "
profile
industry  производство упаковки
goals     вторая линия к 2028 году
tasks     меньше срочных закупок

surveys
date        kind  contact  sent        score  comment
2026-06-20  nps   sklad    2026-06-15      9  склад хорош

score
nothing" "in the order asked for"
runs 0 "lists in a map" kam-dossier show -w 80 -s plan kaste
is "$(sed -n '/^plan: actions/,/^$/p' out)" "plan: actions
id   what                  owner         due         done
A-3  общий прогноз запаса  service-desk  2026-12-05
A-2  визит                 north-desk    2026-10-01  2026-10-02" "are tables of their own"
runs 2 "a section that there is not" kam-dossier show -s contcats kaste
like "$(cat err)" 'no field of an account is called "contcats", did you mean contacts\?' "the nearest is named"
runs 0 "one that the tables do not know" kam-dossier show -s warehouse "$tests/data/full.yaml"
like "$(cat out)" '^hall  2$' "is shown all the same"

# markup

runs 0 "Markdown" kam-dossier brief -f markdown kaste
like "$(cat out)" '^# ООО «Жёлтая коробка» \(kaste\), brief of 2026-11-22$' "a title"
like "$(cat out)" '^- \*\*Attention:\*\* И-5512: 5 000.00 EUR, due 2026-10-30, 23 days late$' "a list"
runs 0 "a map as Markdown" kam-dossier people -f markdown kaste
like "$(cat out)" '^    - Склад, Начальник склада: user' "a tree is a list in lists"
for verb in show brief people timeline; do
	runs 0 "$verb as HTML" kam-dossier $verb -f html kaste
	is "$(sed -n 1,2p out)" '<!DOCTYPE html>
<html lang="en">' "$verb: its kind and language"
	is "$(grep -c '<meta charset="utf-8">' out)-$(grep -c 'name="viewport"' out)" 1-1 "$verb: UTF-8, and as wide as a telephone"
	is "$(grep -Ec '<script|<link|<img|src=|href=|@import|url\(' out)" 0 "$verb: fetches and runs nothing"
	is "$(tail -n 1 out)" "</html>" "$verb: whole"
done
runs 0 "two accounts as HTML" kam-dossier show -f html kaste "$tests/data/full.yaml"
is "$(grep -c '<html' out)-$(grep -c '^<h1>' out)-$(grep -c '^</html>' out)" 1-2-1 "are one file"
runs 0 "two accounts as text" kam-dossier brief kaste "$tests/data/full.yaml"
is "$(grep -c ', brief of 2026-11-22$' out)" 2 "are two briefs"

# names that would be markup

for verb in show brief timeline people; do
	kam-dossier $verb -q "$hostile" 2>err >out
	harmless <out
	ok "$verb: text obeys no control character"
	kam-dossier $verb -q -f markdown "$hostile" 2>err >out
	harmless <out
	ok "$verb: nor does Markdown"
	is "$(grep -Ec '(^|[^\\])(<|\[|`)' out)" 0 "$verb: Markdown has no markup of a name's"
	kam-dossier $verb -q -f html "$hostile" 2>err >out
	harmless <out
	ok "$verb: nor does HTML"
	is "$(sed '1,/<body>/d' out | grep -Eo '<[^>]*>' |
		grep -Evc '^</?(article|h1|h2|p|ul|li|dl|dt|dd|table|thead|tbody|tr|th|td|body|html)( (class|scope|data-title)="[^"<>]*")*>$')" 0 \
		"$verb: HTML has no element of a name's"
	is "$(sed '/<title>/,/<\/title>/!d' out | grep -c '<script')" 0 "$verb: nor has its title"
done
kam-dossier show -q -s "$(printf 'odd <b>section</b> \033[1m')" -f html "$hostile" >out 2>err
harmless <out
ok "a section's name is harmless too"
like "$(cat out)" '<h2>odd &lt;b&gt;section&lt;/b&gt; ' "and shown as it is"

runs 0 "DOT" kam-dossier people -f dot "$hostile"
is "$(grep -Evc '^(digraph people \{|\}|	n[0-9]+ -> n[0-9]+( \[style=dashed\])?;|	node \[[a-z=, ]*\];|	(graph|n[0-9]+) \[([a-z]+=("([^"\\]|\\["\\n])*"|[A-Za-z0-9]+)(, )?)+\];)$' out)" 0 "every line is a node, an edge or the frame"
is "$(grep -c '^	n[0-9] -> ' out)" 3 "three edges, as there are bosses"
like "$(cat out)" '^	n1 \[label="back\\\\\\none two `code` ' "a backslash at the end of a name does not swallow what follows"
like "$(cat out)" 'label="\\"boss\\\\\\nnot in the dossier"' "nor one in an id"
like "$(cat out)" '&amp;lt; # ' "an entity is none"
runs 0 "Mermaid" kam-dossier people -f mermaid "$hostile"
is "$(grep -Evc '^(flowchart TD|	n[0-9]+\["([^]["<>%`&:@{}|\\]|<br/>)*"\]|	n[0-9]+ (-->|-\.->) n[0-9]+|	class n[0-9]+ [a-z]+|	classDef [a-z]+ [a-z:#0-9, -]+)$' out)" 0 "every line is a node, an edge or a class"
if command -v dot >/dev/null; then
	kam-dossier people -f dot "$hostile" | runs 0 "Graphviz draws it" dot -Tsvg
	is "$(grep -c '<g id="node' out)" 4 "four boxes"
else
	skip "Graphviz draws it" "no dot here"
fi
runs 0 "a map as DOT" kam-dossier people -f dot kaste
is "$(grep -e '->' out)" "	n1 -> n0;
	n3 -> n2;
	n1 -> n3;
	n8 -> n4;
	n6 -> n5;
	n5 -> n6 [style=dashed];" "a boss who is no contact has a node, and what closes a circle is dashed"
like "$(cat out)" '^	n8 \[label="finansi\\nnot in the dossier", style="filled,dashed"\];$' "the boss's"
like "$(cat out)" '^	n0 \[.*penwidth=3\];$' "the decider stands out"

# whom all hangs on

cat >one.yaml <<'END'
---
id: one
contacts:
  - {id: a, name: Закупки, role: decider, stance: neutral}
  - {id: b, name: Склад, stance: critic}
log:
  - {date: 2026-06-01, kind: call, with: [a]}
  - {date: 2026-07-01, kind: call, with: [a]}
END
runs 0 "a map of two" kam-dossier people one.yaml
like "$(cat out)" '^! All hangs on one contact: since 2026-05-22 all 2 talks were with Закупки alone' "all talks were with one"
like "$(cat out)" '^! All hangs on one contact: only Закупки is not against us \(S1\)\.$' "and one is not against us"
like "$(cat out)" '^! contacts: 2 of at least 4 \(S1\)$' "four there should be"
like "$(cat out)" '^! nobody is named as the main contact' "and a main contact"
like "$(cat out)" '^\* taken for the main contact, for nobody is named' "who is only taken for one is not called it"
like "$(cat out)" '^To Закупки \(neutral, last spoken with on 2026-07-01\): directly; nobody of theirs speaks for us yet\.$' "the way when there are no friends"
cat >mid.yaml <<'END'
---
id: mid
contacts:
  - {id: dec, name: Совет, role: decider}
  - {id: mid, name: Закупки, stance: neutral, reports-to: dec}
  - {id: fan, name: Склад, stance: champion, primary: yes}
log:
  - {date: 2026-11-01, kind: call, with: [mid]}
END
runs 0 "a friend who is linked with nobody" kam-dossier people mid.yaml
like "$(cat out)" '^To Совет .*: begin with Закупки \(neutral\), whom we met, who reports to Совет .*; nobody who speaks for us is linked with them\.$' \
	"hides no way from those whom we met"
like "$(cat out)" '^\* the main contact, told of every contact' "who is named is the main contact"
printf -- '---\nid: lone\ncontacts:\n  - {id: a, name: Закупки}\n' >lone.yaml
for verb in people brief; do
	runs 0 "$verb of one contact" kam-dossier $verb lone.yaml
	like "$(cat out)" '^! All hangs on one contact: nobody but Закупки is known there' "all hangs on them"
done
runs 0 "show of one contact" kam-dossier show lone.yaml
like "$(cat out)" '^relations +1 contact; all hangs on Закупки$' "says it too"
like "$(cat out)" '^main contact +Закупки \(taken for it: nobody is named\)$' "and who is taken for the main contact"
printf -- '---\nid: none\n' | kam-dossier people - >out 2>err
like "$(cat out)" '^! No contact who is still there is known to decide' "nobody decides"

# git

git_as() {
	git -c user.name="$1" -c user.email=a@b.example -c commit.gpgsign=false "$2" "$3" "$4" "$5" "$6"
}
if command -v git >/dev/null; then
	GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES=$PWD
	export GIT_CONFIG_NOSYSTEM GIT_CEILING_DIRECTORIES
	mkdir repo && cd repo && git init -q . && mkdir accounts
	cat >accounts/old.yaml <<'END'
---
id: old
name: Коробка
contacts:
  - {id: a, name: Закупки, role: decider, stance: neutral}
  - {id: b, name: Склад, position: Кладовщик, stance: critic}
  - {id: c, name: Бухгалтерия}
log:
  - {date: 2026-10-15, kind: call, by: me, with: [a], about: лотки}
END
	git add . && GIT_AUTHOR_DATE=2026-10-01T12:00:00Z GIT_COMMITTER_DATE=2026-10-01T12:00:00Z \
		git_as 'Отдел продаж' commit -q -m first --no-verify
	sed -e 's/stance: neutral/stance: supporter/' -e 's/, stance: critic/, left: 2026-10-20/' \
		-e '/id: c,/s/.*/  - {id: d, name: Юрист, position: Юрисконсульт}/' accounts/old.yaml >tmp && mv tmp accounts/old.yaml
	git add . && GIT_AUTHOR_DATE=2026-10-20T12:00:00Z GIT_COMMITTER_DATE=2026-10-20T12:00:00Z \
		git_as "$(printf 'A\033[31m')" commit -q -m "$(printf 'second \033]0;x\007 <b>')" --no-verify
	git mv accounts/old.yaml 'accounts/*.yaml' && GIT_AUTHOR_DATE=2026-11-01T12:00:00Z GIT_COMMITTER_DATE=2026-11-01T12:00:00Z \
		git_as me commit -q -m rename --no-verify
	runs 0 "a timeline with git's history" kam-dossier timeline -w 80 './accounts/*.yaml'
	is "$(sed -n '/^date/,$p' out | sed -E 's/[0-9a-f]{10}:/COMMIT----:/')" "date        kind      what                                 who
2026-10-01  git       COMMIT----: first                    Отдел продаж
2026-10-15  log       call with Закупки: лотки             me
2026-10-20  contacts  left the client: Склад: Кладовщик
2026-10-20  git       COMMIT----: second \\x1B]0;x\\x07 <b>  A\\x1B[31m
2026-11-01  git       COMMIT----: rename                   me" "commits stand between, under the file's old name too"
	harmless <out
	ok "and nothing in them reaches the terminal"
	runs 0 "without" kam-dossier timeline --no-git './accounts/*.yaml'
	is "$(grep -c ' git ' out)" 0 "no commit"
	runs 0 "nothing but" kam-dossier timeline --kind git -r './accounts/*.yaml'
	is "$(sed 1,2d out | cut -c 1-15)" "2026-11-01  git
2026-10-20  git
2026-10-01  git" "newest first"
	runs 0 "changes since a day" kam-dossier people --since 2026-10-19 './accounts/*.yaml'
	is "$(sed -n '/^Changes since/,$p' out)" "Changes since 2026-10-19
- Закупки: stance neutral → supporter
- Склад: left none → 2026-10-20
- Склад: stance critic → none
- Юрист, Юрисконсульт: new in the dossier
- Бухгалтерия: no longer in the dossier" "who came, left and changed"
	runs 0 "since another" kam-dossier people --since 2026-10-20 './accounts/*.yaml'
	like "$(cat out)" '^Nobody came, left or changed\.$' "nothing"
	git checkout -q -b late && sed -i 's/position: Юрисконсульт/position: Адвокат/' 'accounts/*.yaml' && git add . &&
		GIT_AUTHOR_DATE=2026-11-05T12:00:00Z GIT_COMMITTER_DATE=2026-11-20T12:00:00Z git_as me commit -q -m picked --no-verify
	runs 0 "since a day between that of its author and that of its committer" \
		kam-dossier people --since 2026-11-10 './accounts/*.yaml'
	like "$(cat out)" '^Nobody came, left or changed\.$' "the author's counts"
	runs 0 "since the day before" kam-dossier people --since 2026-11-04 './accounts/*.yaml'
	like "$(cat out)" '^- Юрист: position Юрисконсульт → Адвокат$' "as in a timeline"
	printf '# later\n' >>'accounts/*.yaml' && git add . && GIT_AUTHOR_DATE=2026-10-25T12:00:00Z git_as me commit -q -m older --no-verify
	runs 0 "an older commit on top" kam-dossier people --since 2026-11-04 './accounts/*.yaml'
	like "$(cat out)" '^- Юрист: position Юрисконсульт → Адвокат$' "hides none beneath it"
	git checkout -q -
	runs 0 "since before the dossier" kam-dossier people --since 2026-01-01 './accounts/*.yaml'
	like "$(cat out)" '^The dossier is younger: git has it since 2026-10-01\.$' "is said"
	cp 'accounts/*.yaml' ./-new.yaml
	runs 0 "a file that git does not know, with an odd name" kam-dossier timeline -- ./-new.yaml
	is "$(grep -c ' git ' out)" 0 "has no commits"
	program=$(command -v kam-dossier)
	runs 0 "without git on the machine" env PATH=/nonexistent "$program" timeline './accounts/*.yaml'
	is "$(grep -c ' git ' out)-$(wc -c <err)" 0-0 "simply without"
	runs 0 "from a pipe there is no history" sh -c 'kam-dossier people --since 2026-10-19 - <./-new.yaml'
	like "$(cat out)" '^Not known: git has no history of the dossier\.$' "is said"
	cd ..
	runs 0 "outside of a repository" kam-dossier timeline kaste
	is "$(grep -c ' git ' out)-$(wc -c <err)" 0-0 "simply without"
else
	skip "git's history of a file" "no git here"
fi

# a time, and a kind

runs 0 "a time" kam-dossier timeline --no-git --since 2026-11-03 --until 2026-11-12 kaste
is "$(sed 1,2d out | cut -c 1-22)" "2026-11-03  deliveries
2026-11-10  invoices  
2026-11-12  log       " "and no more"
runs 0 "kinds" kam-dossier timeline --kind log,deals -k audit --since 2026-09-01 --until 2026-09-30 kaste
is "$(sed 1,2d out | cut -c 12-17 | tr -d '\n ')" "auditlogdeals" "and no others"
runs 2 "a kind that there is not" kam-dossier timeline --kind complaint kaste
like "$(cat err)" 'did you mean complaints\?' "the nearest is named"
runs 2 "a time that ends first" kam-dossier timeline --since 2026-11-03 --until 2026-11-01 kaste
runs 2 "a date that is none" kam-dossier people --since yesterday kaste

# a terminal

if command -v script >/dev/null && TERM=xterm COLUMNS=80 script -qec true /dev/null >/dev/null 2>&1; then
	at_terminal() {
		script -qec "$1" /dev/null </dev/null | tr -d '\r'
	}
	TERM=xterm COLUMNS=80
	export TERM COLUMNS
	KAM_PAGER='sed s/^/P:/' at_terminal 'kam-dossier brief kaste' >out
	is "$(sed -e 's/^P://' -e "s/$(printf '\033')\[[0-9]*m//g" out)" "$(cat "$data/brief-80.txt")" "a terminal has its width, and \$KAM_PAGER"
	is "$(grep -vc '^P:' out)" 0 "every line goes through it"
	like "$(cat out)" "$(printf '^P:\033')\[1mООО" "headings are bold"
	PAGER='sed s/^/Q:/' at_terminal 'kam-dossier show kaste' >out
	like "$(cat out)" '^Q:' "\$PAGER"
	PAGER='sed s/^/Q:/' at_terminal 'kam-dossier show --no-pager kaste' >out
	is "$(grep -c '^Q:' out)" 0 "--no-pager"
	PAGER='sed s/^/Q:/' KAM_PAGER=cat at_terminal 'kam-dossier show kaste' >out
	is "$(grep -c '^Q:' out)" 0 "a pager that is none"
	KAM_PAGER="tr a-z A-Z | sed 's/^/R: /'" at_terminal 'kam-dossier show kaste' >out
	like "$(cat out)" '^R: ' "a pager can be any command"
	PAGER='no-such-pager -x' NO_COLOR=1 at_terminal 'kam-dossier show kaste' >out
	like "$(cat out)" 'the pager no-such-pager -x cannot be run: No such file' "one that is not there is told of"
	like "$(cat out)" 'kaste' "and nothing is lost"
	NO_COLOR=1 KAM_PAGER='' at_terminal 'kam-dossier brief kaste' >out
	same_file out "$data/brief-80.txt" "NO_COLOR"
	TERM=dumb KAM_PAGER='' at_terminal 'kam-dossier brief kaste' >out
	same_file out "$data/brief-80.txt" "TERM=dumb"
	KAM_PAGER='head -n 1' at_terminal 'kam-dossier timeline kaste; echo over' >out
	is "$(wc -l <out)" 2 "a pager that ends early makes no noise"
else
	skip "a terminal's width, colour and pager" "no script(1) here"
fi

done_testing
