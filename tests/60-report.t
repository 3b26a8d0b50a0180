#!/bin/sh
# kam-report: the portfolio as tables, for people and for programs.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY
nb=$(printf '\302\240') # between groups of digits

# Worked by hand: revenues 600,000 + 300,000 + 100,000, margins a tenth of them

mkdir accounts
mkdir none
cat >accounts/romashka.yaml <<'END'
---
id: romashka
name: ООО «Ромашка»
manager: north
currency: EUR
tier: key
potential:
  - {year: 2026, amount: 2000000.00}
sales:
  - {month: 2025-10, source: s, revenue: 500000.00, margin: 50000.00}
  - {month: 2026-08, source: s, revenue: 200000.00, margin: 10000.00}
  - {month: 2026-09, source: s, revenue: 200000.00, margin: 20000.00}
  - {month: 2026-10, source: s, revenue: 200000.00, margin: 30000.00}
END
cat >accounts/koks.yaml <<'END'
---
id: koks
name: SIA Ķeguma Koks
manager: south
currency: EUR
tier: large
sales:
  - {month: 2026-08, source: s, revenue: 100000.00, margin: 12000.00}
  - {month: 2026-09, source: s, revenue: 100000.00, margin: 10000.00}
  - {month: 2026-10, source: s, revenue: 100000.00, margin: 8000.00}
END
cat >accounts/lubok.yaml <<'END'
---
id: lubok
currency: EUR
sales:
  - {month: 2024-11, source: s, revenue: 0, margin: 0}
  - {month: 2026-10, source: s, revenue: 100000.00, margin: 10000.00}
END
cat >accounts/ozols.yaml <<'END'
---
id: ozols
name: SIA Ozols
manager: south
tier: key
END

# For people

runs 0 'the portfolio as text' kam-report portfolio accounts
is "$(cat err)" '' 'there is nothing to warn of'
cat >want <<END
Concentration
what                              value  unit         mark               verdict
accounts                              4  accounts
accounts with sales                   3  accounts
sales volume               1${nb}000${nb}000.00  EUR
margin                       100${nb}000.00  EUR
key accounts                          2  accounts
key accounts together              60.0  % of volume  30 to 55           above the normal band
largest account by volume          60.0  % of volume  above 75           ООО «Ромашка»
largest account                    60.0  % of margin  from 10, above 20  ООО «Ромашка»: monopoly
large accounts                        1  accounts     from 10 %
monopoly accounts                     2  accounts     above 20 %
largest fifth of accounts          60.0  % of margin  80                 1 of 3
clients kept                      100.0  %                               1 of 1
revenue kept                      120.0  %
Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.

Accounts by what they bring
#  account   name             manager  tier      revenue     margin     %  cum. %  ABC  size      growth %  trend %/m  penetr. %      headroom
1  romashka  ООО «Ромашка»    north    key    600${nb}000.00  60${nb}000.00  60.0    60.0  A    monopoly      20.0        0.0       30.0  1${nb}400${nb}000.00
2  koks      SIA Ķeguma Koks  south    large  300${nb}000.00  30${nb}000.00  30.0    90.0  A    monopoly                -20.0
3  lubok                                      100${nb}000.00  10${nb}000.00  10.0   100.0  B    large                     0.0
4  ozols     SIA Ozols        south    key                            0.0   100.0  C    standard
Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.

Managers
manager  accounts  active  key     revenue     margin     %
north           1       1    1  600${nb}000.00  60${nb}000.00  60.0
south           2       1    1  300${nb}000.00  30${nb}000.00  30.0
(none)          1       1    0  100${nb}000.00  10${nb}000.00  10.0
Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.
END
same_file out want 'every figure is in its place'

# columns by character, each made one byte: the class stands in the same column of all lines
LC_ALL=C sed -n '/^#/,/^4/{s/[\xC2-\xF4][\x80-\xBF]*/x/g;p;}' out |
	LC_ALL=C awk '{ match($0, /(ABC|[ABC]  )  (size|monopoly|large|standard)/); print RSTART }' >columns
is "$(wc -l <columns | tr -d ' ') $(sort -u columns | wc -l | tr -d ' ')" '5 1' 'Cyrillic and Latvian names keep the columns'

runs 0 'a table alone' kam-report portfolio -q -t managers accounts
sed -n '/^Managers/,$p' want >managers
same_file out managers 'is the same table'
runs 0 'a folder, files and standard input' kam-report portfolio -q accounts/koks.yaml accounts/lubok.yaml - accounts/romashka.yaml <accounts/ozols.yaml
same_file out want 'the order of the accounts changes nothing'
kam-score -q accounts >scored
runs 0 'what kam-score writes' kam-report portfolio -q scored
same_file out want 'gives the same report'

runs 0 'rows' kam-report portfolio -q --rows 2 accounts
is "$(sed -n '/^#/,/^Window/p' out | cut -c 1-11)" "$(printf '#  account \n1  romashka\n2  koks    \n2 more acco\nWindow: 202')" '--rows cuts the accounts, and says so'
is "$(sed '/^Accounts/,/^Window/d' out)" "$(sed '/^Accounts/,/^Window/d' want)" '--rows cuts nothing else'
awk 'BEGIN { for (i = 1; i <= 30; i++) printf "---\nid: n%02d\nsales: [{month: 2026-10, source: s, revenue: %d.00}]\n", i, i }' >thirty
is "$(kam-report portfolio -q thirty | grep -c '^ *[0-9]* *n')" 20 'people get twenty accounts'
is "$(kam-report portfolio -q thirty | grep -c '^10 more accounts; --rows 0 lists all\.')" 1 'and are told of the others'
is "$(kam-report portfolio -q -n 0 thirty | grep -c '^ *[0-9]* *n')" 30 '--rows 0 lists all'
is "$(kam-report portfolio -q -f csv thirty | wc -l | tr -d ' ')" 31 'programs get all'
is "$(kam-report portfolio -q -f csv -n 3 thirty | tail -n 1 | cut -d , -f 2)" n28 'programs get what they ask for'

cat >want <<'END'
Accounts by what they bring
#  account  revenue    %  cum. %  ABC  size
1  n30        30.00  6.5     6.5  A    standard
29 more accounts; --rows 0 lists all.
Window: 2025-11 to 2026-10. Basis: revenue. Currency: not stated. Model: built-in.
END
runs 0 'figures that nobody has' kam-report portfolio -q -t accounts -n 1 thirty
same_file out want 'have no column, and the basis is said'
runs 0 'figures that nobody has, for managers' kam-report portfolio -q -t managers thirty
is "$(sed -n 2,3p out)" 'manager  accounts  active  key  revenue      %
(none)         30      30    0   465.00  100.0' 'a margin that is none is not shown'
is "$(kam-report portfolio -q -f csv thirty | head -n 2)" 'rank,account,name,manager,tier,revenue,margin,share,cumulative,abc,size,growth,trend,penetration,headroom,basis
1,n30,,,,30.00,,6.5,6.5,A,standard,,,,,revenue' 'CSV keeps all columns'

# For programs

cat >want <<'END'
rank,account,name,manager,tier,revenue,margin,share,cumulative,abc,size,growth,trend,penetration,headroom,basis
1,romashka,ООО «Ромашка»,north,key,600000.00,60000.00,60.0,60.0,A,monopoly,20.0,0.0,30.0,1400000.00,margin
2,koks,SIA Ķeguma Koks,south,large,300000.00,30000.00,30.0,90.0,A,monopoly,,-20.0,,,margin
3,lubok,,,,100000.00,10000.00,10.0,100.0,B,large,,0.0,,,margin
4,ozols,SIA Ozols,south,key,,,0.0,100.0,C,standard,,,,,margin
END
runs 0 'CSV' kam-report portfolio -q --format csv accounts
same_file out want 'CSV: the accounts'
runs 0 'TSV' kam-report portfolio -q -f tsv accounts
tr ',' '\t' <want >want.tsv
same_file out want.tsv 'TSV: the accounts'
cat >want <<'END'
manager,accounts,active,key,revenue,amount,share,basis,verdict
north,1,1,1,600000.00,60000.00,60.0,margin,
south,2,1,1,300000.00,30000.00,30.0,margin,
,1,1,0,100000.00,10000.00,10.0,margin,
END
runs 0 'CSV of managers' kam-report portfolio -q -f csv -t managers accounts
same_file out want 'CSV: the managers'
cat >want <<'END'
what,value,unit,mark,verdict,basis
accounts,4,accounts,,,margin
accounts with sales,3,accounts,,,margin
sales volume,1000000.00,EUR,,,margin
margin,100000.00,EUR,,,margin
key accounts,2,accounts,,,margin
key accounts together,60.0,% of volume,30 to 55,above the normal band,margin
largest account by volume,60.0,% of volume,above 75,ООО «Ромашка»,margin
largest account,60.0,% of margin,"from 10, above 20",ООО «Ромашка»: monopoly,margin
large accounts,1,accounts,from 10 %,,margin
monopoly accounts,2,accounts,above 20 %,,margin
largest fifth of accounts,60.0,% of margin,80,1 of 3,margin
clients kept,100.0,%,,1 of 1,margin
revenue kept,120.0,%,,,margin
END
runs 0 'CSV of concentration' kam-report portfolio -q -f csv -t concentration accounts
same_file out want 'CSV: the concentration'

# EXPR: of the JSON in ./out, $d
json() {
	perl -MJSON::PP -e 'local $/; open my $f, "<", "out" or die; my $d = decode_json(<$f>);
		binmode STDOUT, ":utf8"; my $v = eval $ARGV[0]; die $@ if $@; print defined $v ? $v : "null"' "$1"
}
if perl -MJSON::PP -e 1 2>/dev/null; then
	runs 0 'JSON' kam-report portfolio -q -f json accounts
	is "$(json 'join " ", sort keys %$d')" 'accounts concentration detractors groups managers notes satisfaction' 'JSON: all tables by name'
	is "$(json 'scalar @{$d->{accounts}}')" 4 'JSON: all accounts'
	is "$(json '$d->{accounts}[0]{name}')" 'ООО «Ромашка»' 'JSON: names'
	is "$(json '$d->{accounts}[1]{trend} * 2')" '-40' 'JSON: numbers'
	is "$(json '$d->{accounts}[2]{name}')" null 'JSON: null where there is no value'
	is "$(json 'join " ", map { $_->{basis} } @{$d->{accounts}}, @{$d->{concentration}}, @{$d->{managers}}' | tr ' ' '\n' | sort | uniq -c | tr -s ' ')" ' 20 margin' 'JSON: the basis everywhere'
	is "$(json '$d->{notes}{accounts}[0]')" 'Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.' 'JSON: what the window is'
	like "$(cat out)" '"revenue":600000\.00,' 'JSON: money with its digits'
	runs 0 'JSON of one table' kam-report portfolio -q -f json -t accounts accounts
	is "$(json '$d->[3]{account}')" ozols 'JSON: one table is an array'
	is "$(json 'join ",", sort keys %{$d->[3]}')" 'abc,account,basis,cumulative,growth,headroom,manager,margin,name,penetration,rank,revenue,share,size,tier,trend' 'JSON: all columns'
	runs 1 'JSON of nothing' kam-report portfolio -q -f json none
	is "$(json 'scalar @{$d->{accounts}}')" 0 'JSON: no accounts'
else
	skip 'JSON' 'there is no perl with JSON::PP'
fi

cat >want <<'END'
## Managers

| manager | accounts | active | key | revenue | margin | % |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| north | 1 | 1 | 1 | 600000.00 | 60000.00 | 60.0 |
| south | 2 | 1 | 1 | 300000.00 | 30000.00 | 30.0 |
| (none) | 1 | 1 | 0 | 100000.00 | 10000.00 | 10.0 |

Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.
END
runs 0 'Markdown' kam-report portfolio -q -f markdown -t managers accounts
same_file out want 'Markdown: the managers'
is "$(kam-report portfolio -q -f markdown accounts | grep -c '^| [0-9]')" 4 'Markdown: the accounts'
is "$(kam-report portfolio -q -f markdown accounts | grep -c '^Window: .* Basis: margin\.')" 3 'Markdown: the basis under each table'

# The marks

for n in 1 2 3 4; do
	printf -- '---\nid: k%d\nmanager: busy\ntier: key\nsales: [{month: 2026-10, source: s, revenue: 10.00}]\n' $n
done >busy
runs 0 'a manager of four key accounts' kam-report portfolio -q busy
like "$(cat out)" '^busy +4 +4 +4 +40\.00 +100\.0  more than 3 key accounts$' 'has too many'
like "$(cat out)" '^key accounts together +100\.0 .* dependent on key accounts$' 'we are dependent on key accounts'
printf 'key: {most-per-manager: 4}\n' >four.yaml
runs 0 'a model that lets a manager have four' kam-report portfolio -q -m four.yaml -t managers busy
is "$(grep -c 'key accounts' out)" 0 'they are not too many by it'
printf 'key: {most-per-manager: 0}\n' >no-key.yaml
runs 0 'a model that lets a manager have none' kam-report portfolio -q -m no-key.yaml -t managers -f csv accounts
is "$(cut -d , -f 1,4,9 out)" 'manager,key,verdict
north,1,more than 0 key accounts
south,1,more than 0 key accounts
,0,' 'one is too many by it'
runs 0 'one account' kam-report portfolio -q accounts/lubok.yaml
like "$(cat out)" '^largest account by volume +100\.0  % of volume  above 75 +lubok: dependent on it$' 'we are dependent on one account'
like "$(cat out)" '^key accounts together +% of volume  30 to 55 +no account has tier: key$' 'no account is called key'
printf 'share: {large: 61, monopoly: 99.5}\nvolume: {key-band: [20, 62.5], dependence: 90}\nwindow: 2\n' >model.yaml
runs 0 'a model of our own' kam-report portfolio -q -m model.yaml accounts
like "$(cat out)" '^key accounts together +57\.1  % of volume  20 to 62\.5 +normal$' 'its band'
like "$(cat out)" '^largest account +64\.1  % of margin +from 61, above 99\.5  ООО «Ромашка»: large$' 'its marks'
like "$(cat out)" '^Window: 2026-09 to 2026-10\. .* Model: model\.yaml\.$' 'its window and name'
runs 0 '--basis revenue' kam-report portfolio -q --basis revenue accounts
like "$(cat out)" '^largest fifth of accounts +60\.0  % of revenue +80 +1 of 3$' '--basis revenue: the unit says so'
is "$(grep -c '^Window: .* Basis: revenue\.' out)" 3 '--basis revenue: under each table'
printf -- '---\nid: half\nsales:\n  - {month: 2026-09, source: s, revenue: 5.00, margin: 1.00}\n  - {month: 2026-10, source: s, revenue: 5.00}\n' >half
is "$(kam-report portfolio -q --basis revenue -f csv half | cut -d , -f 6-8)" 'revenue,margin,share
10.00,,100.0' 'a margin of some months is none'
runs 0 '--as-of' kam-report portfolio -q --as-of 2026-09 accounts
like "$(cat out)" '^Window: 2025-10 to 2026-09\.' '--as-of moves the window'

# Names come from other people

cat >hostile <<'END'
---
id: a
name: "\e]0;title\a\e[31mred\x9b2J\u202Eleft"
manager: "=cmd()"
sales: [{month: 2026-10, source: s, revenue: 3.00}]
---
id: b
name: "=HYPERLINK(\"http://x.example\")"
manager: "+1, \"quoted\""
sales: [{month: 2026-10, source: s, revenue: -2.00}]
---
id: c
name: "line\nbreak\ttab | pipe <b>*x*"
manager: "@sum"
END
runs 0 'control characters in names' kam-report portfolio -q hostile
is "$(LC_ALL=C tr -d '\n\040-\176\302\240' <out | od -An -c)" '' 'none reaches the terminal'
like "$(cat out)" '\\x1B\]0;title\\x07\\x1B\[31mred' 'they are made visible'
is "$(LC_ALL=C grep -c '^3  *[^ ]' out)" 1 'a name stays on its line'
runs 0 'control characters in CSV' kam-report portfolio -q -f csv hostile
is "$(tail -n 1 out)" '3,b,"=HYPERLINK(""http://x.example"")","+1, ""quoted""",,-2.00,,-200.0,100.0,C,standard,,,,,revenue' 'cells are as they came'
runs 0 '--neutral' kam-report portfolio -q -f csv --neutral hostile
is "$(tail -n 1 out)" "3,b,\"'=HYPERLINK(\"\"http://x.example\"\")\",\"'+1, \"\"quoted\"\"\",,-2.00,,-200.0,100.0,C,standard,,,,,revenue" '--neutral: no formula, and numbers are still numbers'
runs 0 '--neutral, TSV' kam-report portfolio -q -f tsv --neutral hostile
like "$(cat out)" "^2	c	line\\\\nbreak\\\\ttab \| pipe <b>\*x\*	'@sum	" '--neutral: TSV too'
runs 0 'Markdown' kam-report portfolio -q -f markdown hostile
like "$(cat out)" '\| c \| line\\\\x0Abreak\\\\x09tab \\\| pipe \\<b>\\\*x\\\* \|' 'Markdown: nothing is taken for markup'
if perl -MJSON::PP -e 1 2>/dev/null; then
	runs 0 'JSON' kam-report portfolio -q -f json -t accounts hostile
	is "$(json 'sprintf "%vd", substr $d->[0]{name}, 0, 4')" '27.93.48.59' 'JSON: names as they are, escaped'
	is "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <out | wc -c | tr -d ' ')" 0 'JSON: no control character stands bare'
fi

# Groups

mkdir groups
# ID REVENUE MARGIN LINES
in_group() {
	printf -- '---\nid: %s\ncurrency: EUR\n%ssales:\n  - {month: 2026-10, source: s, revenue: %s, margin: %s}\n' "$1" "$4" "$2" "$3" >"groups/$1.yaml"
}
in_group holding 100.00 10.00 'key-for: [carton, film]
potential: [{year: 2026, amount: 1000.00}]
'
in_group paper 300.00 50.00 'parent: holding
division: paper
'
in_group paper-north 100.00 20.00 'parent: paper
division: paper
key-for: [film]
potential: [{year: 2026, amount: 600.00}]
'
in_group shop 400.00 15.00 'parent: chain
'
in_group alone 100.00 5.00 ''
cat >want <<'END'
Groups: parents with all that roll up to them
group    account      name        parent  division  key for       accounts  revenue  margin     %  penetr. %
holding  holding                                    carton, film             100.00   10.00  10.0       10.0
holding  paper                            paper                              300.00   50.00  50.0
holding  paper-north              paper   paper     film                     100.00   20.00  20.0       16.7
holding               (together)                                         3   500.00   80.00  80.0       31.3
chain    shop                                                                400.00   15.00  15.0
chain                 (together)                                         1   400.00   15.00  15.0
Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.
END
runs 0 'groups' kam-report portfolio -q -t groups groups
same_file out want 'are listed with all that roll up to them'
cat >want <<'END'
group,account,name,parent,division,key-for,accounts,revenue,amount,share,penetration,basis
holding,holding,,,,"carton, film",1,100.00,10.00,10.0,10.0,margin
holding,paper,,holding,paper,,1,300.00,50.00,50.0,,margin
holding,paper-north,,paper,paper,film,1,100.00,20.00,20.0,16.7,margin
holding,,,,,,3,500.00,80.00,80.0,31.3,margin
chain,shop,,chain,,,1,400.00,15.00,15.0,,margin
chain,,,,,,1,400.00,15.00,15.0,,margin
END
runs 0 'groups for programs' kam-report portfolio -q -t groups -f csv groups
same_file out want 'have every cell'
runs 0 'all tables' kam-report portfolio -q groups
like "$(cat out)" '^Groups: ' 'end with the groups'
printf -- '---\nid: a\nparent: b\n---\nid: b\nparent: a\n' >circle.yaml
runs 0 'a circle of parents' kam-report portfolio -q -t groups circle.yaml
is "$(awk '/together/ { print $1, $3 }' out)" 'a 2' 'is one group, and ends'

# Selecting

cat >want <<'END'
rank,account,name,manager,tier,revenue,margin,share,cumulative,abc,size,growth,trend,penetration,headroom,basis
2,koks,SIA Ķeguma Koks,south,large,300000.00,30000.00,30.0,90.0,A,monopoly,,-20.0,,,margin
3,lubok,,,,100000.00,10000.00,10.0,100.0,B,large,,0.0,,,margin
END
runs 0 'some accounts' kam-report portfolio -q -f csv -s 'share<50 and share>=10.0' accounts
same_file out want 'are judged as parts of all'
runs 0 'text of some accounts' kam-report portfolio -q --select 'tier=key' accounts
is "$(grep -c '^Selected by "tier=key": 2 of 4 accounts\.$' out)" 2 'a note tells of how many they are'
is "$(sed -n 1p out)" 'Accounts by what they bring' 'the concentration is left out'
cat >want <<'END'
manager,accounts,active,key,revenue,amount,share,basis,verdict
north,1,1,1,600000.00,60000.00,60.0,margin,
south,1,0,1,0.00,0.00,0.0,margin,
END
runs 0 'their managers' kam-report portfolio -q -t managers -f csv -s tier=key accounts
same_file out want 'sum the selected ones, and shares are of all'
runs 0 'a manager of too many, and one of them' kam-report portfolio -q -t managers -f csv -s id=k1 busy
is "$(sed -n 2p out)" 'busy,1,1,1,10.00,10.00,25.0,revenue,more than 3 key accounts' 'the verdict is that on all of them'
cat >want <<'END'
group,account,name,parent,division,key-for,accounts,revenue,amount,share,penetration,basis
holding,holding,,,,"carton, film",1,100.00,10.00,10.0,10.0,margin
holding,paper-north,,paper,paper,film,1,100.00,20.00,20.0,16.7,margin
holding,,,,,,2,200.00,30.00,30.0,12.5,margin
END
runs 0 'their groups' kam-report portfolio -q -t groups -f csv -s 'potential' groups
same_file out want 'list and sum the selected ones'
runs 0 'groups of which none is selected' kam-report portfolio -q -s id=alone groups
is "$(grep -c '^Groups' out)" 0 'are not shown to people'
runs 0 'rows of some accounts' kam-report portfolio -q -t accounts -n 1 -s 'share<50' accounts
is "$(sed -n 3,4p out | cut -c 1-14)" "$(printf '2  koks     SI\n2 more account')" '--rows counts the selected ones'
runs 1 'no account is selected' kam-report portfolio -s 'share>60.0' -f csv accounts
is "$(tail -n 1 err)" 'kam-report: no account is selected' 'and it is said'
is "$(cat out)" 'rank,account,name,manager,tier,revenue,margin,share,cumulative,abc,size,growth,trend,penetration,headroom,basis' 'the table is empty'
runs 1 'no account is selected, for people' kam-report portfolio -q -s 'share>60.0' accounts
is "$(cat out)" 'Accounts by what they bring
No account is selected.
Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.
Selected by "share>60.0": 0 of 4 accounts.

Managers
No account is selected.
Window: 2025-11 to 2026-10. Basis: margin. Currency: EUR. Model: built-in.
Selected by "share>60.0": 0 of 4 accounts.' 'is said in place of empty tables'
runs 1 'the same as a page' kam-report portfolio -q -t accounts -f markdown -s 'share>60.0' accounts
is "$(sed -n 3p out)" 'No account is selected.' 'has no empty table either'
runs 0 'one more than are listed' kam-report portfolio -q -t accounts -n 3 accounts
like "$(cat out)" '^1 more account; --rows 0 lists all\.$' 'is one account'
runs 1 'nothing to select from' kam-report portfolio -s 'share>60.0' none
is "$(cat err)" 'kam-report: warning: there are no accounts in the input' 'is told once'
runs 0 'the expression comes from people' kam-report portfolio -q -t accounts -s "$(printf 'not name~"\033[2J"')" accounts
is "$(LC_ALL=C grep -c "$(printf '\033')" out)" 0 'its control characters do not reach the terminal'

# What clients say: the last answers are 10, 9, 8, 6 and 0, and one that is too old. With 3 added to 5 they are 8, with 2.75
# promoters and 2.75 detractors: 0 ± 100 × 1.96 × √(0.6875 ÷ 8) = 57.46. Ages: 30, 0, 272, 91 and 729, in the mean 224.4.

mkdir asked
# ID REVENUE SURVEYS
is_asked() {
	printf -- '---\nid: %s\nname: Company %s\nmanager: north\ncurrency: EUR\nsurveys:\n%bsales: [{month: 2026-10, source: s, revenue: %s, margin: 1.00}]\n' "$1" "$1" "$3" "$2" >"asked/$1.yaml"
}
is_asked a 100.00 '  - {date: 2026-10-01, kind: nps, contact: x, score: 10}\n  - {date: 2026-01-01, kind: nps, contact: y}\n'
is_asked b 100.00 '  - {date: 2026-10-31, kind: nps, contact: x, score: 9}\n  - {date: 2026-10-30, kind: nps, contact: y, score: 0}\n'
is_asked c 100.00 '  - {date: 2026-02-01, kind: nps, contact: x, score: 8}\n'
is_asked d 100.00 '  - {date: 2026-08-01, kind: nps, contact: x, score: 6}\n'
is_asked e 500.00 '  - {date: 2024-11-01, kind: nps, contact: x, score: 0}\n'
is_asked f 50.00 '  - {date: 2024-10-31, kind: nps, contact: x, score: 3}\n'
is_asked g 50.00 '  - {date: 2026-11-01, kind: nps, contact: x, score: 3}\n'
cat >want <<'END'
Satisfaction: would they recommend us?
what                         value  unit             %  verdict
accounts                         7  accounts
accounts with an answer          5  accounts
promoters                        2  accounts      40.0
passives                         1  accounts      20.0
detractors                       2  accounts      40.0
net promoter score             0.0  points
95 % interval from           -57.5  points
95 % interval to              57.5  points
mean age of answers            224  days
accounts with an old answer      1  accounts
response rate                 85.7  % of surveys        6 of 7
Window: 2025-11 to 2026-10. Basis: revenue. Currency: EUR. Model: built-in.

Detractors: accounts that would not recommend us
account  name       manager  NPS  age, days     %
e        Company e  north      0        729  50.0
d        Company d  north      6         91  10.0
Window: 2025-11 to 2026-10. Basis: revenue. Currency: EUR. Model: built-in.
END
runs 0 'what clients say' kam-report portfolio -q --basis revenue asked
sed -n '/^Satisfaction/,$p' out >said
same_file said want 'is told to people who ask them'
sed -n 1,14p want >alone
runs 0 'satisfaction alone' kam-report portfolio -q --basis revenue -t satisfaction asked
same_file out alone 'is the same table'
cat >want <<'END'
account,name,manager,nps,age,share,basis
e,Company e,north,0,729,50.0,revenue
d,Company d,north,6,91,10.0,revenue
END
runs 0 'detractors for programs' kam-report portfolio -q --basis revenue -t detractors -f csv asked
same_file out want 'have every cell, the largest first'
runs 0 'rows of detractors' kam-report portfolio -q --basis revenue -t detractors -n 1 asked
is "$(sed -n '3,4p' out | cut -c 1-14)" "$(printf 'e        Compa\n1 more account')" '--rows cuts them too'
# n = 5, 1.75 promoters and 1.75 detractors: 0 ± 100 × 1.96 × √(0.7 ÷ 5) = 73.34
runs 0 'satisfaction of some' kam-report portfolio -q --basis revenue -t satisfaction -f csv -s id=a,d asked
is "$(sed -n '2,8p;12p' out)" 'accounts,2,accounts,,
accounts with an answer,2,accounts,,
promoters,1,accounts,50.0,
passives,0,accounts,0.0,
detractors,1,accounts,50.0,
net promoter score,0.0,points,,
95 % interval from,-73.3,points,,
response rate,66.7,% of surveys,,2 of 3' 'is of them alone'
runs 0 'an answer later' kam-report portfolio -q --basis revenue --as-of 2026-11 -t detractors -f csv asked
is "$(cut -d , -f 1,4 out)" 'account,nps
d,6
g,3' 'grows old, and another is known'
runs 0 'nobody is asked' kam-report portfolio -q -t satisfaction -f csv accounts
is "$(sed -n '2,3p;7,8p;12p' out)" 'accounts,4,accounts,,
accounts with an answer,0,accounts,,
net promoter score,,points,,no account has an answer
95 % interval from,,points,,
response rate,,% of surveys,,no survey was sent' 'nobody is asked: it says so'
if perl -MJSON::PP -e 1 2>/dev/null; then
	runs 0 'what clients say, in JSON' kam-report portfolio -q --basis revenue -f json asked
	is "$(json '$d->{satisfaction}[5]{value} . " " . $d->{satisfaction}[7]{value}')" '0 57.5' 'JSON: the score'
	is "$(json '$d->{detractors}[0]{account}')" e 'JSON: detractors'
fi

# What cannot be used

# DESC TEXT COMMAND…
refuses() {
	desc=$1 text=$2
	shift 2
	runs 2 "$desc" "$@"
	is "$(cat out)" '' "$desc: nothing is written"
	like "$(cat err)" "^kam-report: $text" "$desc: the message"
}
printf -- '---\nid: x\nsales:\n  - {month: 2026-10, source: s, revenue: 12.5O}\n' >x.yaml
refuses 'a document that cannot be read' 'x\.yaml:4:42: sales\[0\]\.revenue: not a number: "12\.5O"' kam-report portfolio accounts x.yaml
is "$(tail -n 1 err)" 'kam-report: without these accounts every share would be wrong: nothing was written' 'what follows from it'
refuses 'broken YAML' 'x\.yaml:[0-9]+:[0-9]+: ' sh -c 'printf -- "---\nid: [\n" >x.yaml; kam-report portfolio -f csv x.yaml'
refuses 'a stream that was cut' '\(standard input\):[0-9]+: the stream was cut' sh -c "sed '\$d' scored | kam-report portfolio"
refuses 'two currencies' 'accounts of different currencies cannot be summed: koks is in EUR, z in RUB' sh -c "sed -e s/EUR/RUB/ -e s/lubok/z/ accounts/lubok.yaml | kam-report portfolio accounts/koks.yaml -"
cp accounts/koks.yaml again.yaml
refuses 'an account that comes twice' 'again\.yaml:2:5: account koks stands in accounts/koks\.yaml:1 already' kam-report portfolio accounts again.yaml
rm again.yaml
refuses 'another format' '--format: unknown format "xml"; there are text, csv, tsv, json and markdown' kam-report portfolio -f xml accounts
refuses 'another table' '--table: concentration, accounts, managers, groups, satisfaction or detractors, not "manager"; did you mean managers\?' kam-report portfolio -t manager accounts
refuses 'an expression that is none' '--select: nothing is called "shar"; did you mean share, at column 1' kam-report portfolio -s 'shar>1' accounts
refuses 'the concentration of a selection' '--select: the table concentration judges the portfolio as a whole, not a part of it' kam-report portfolio -s tier=key -t concentration accounts
refuses 'a file that is not there' 'nowhere: cannot be opened: ' kam-report portfolio nowhere

runs 1 'nothing at all' kam-report portfolio none
is "$(cat err)" 'kam-report: warning: there are no accounts in the input' 'nothing at all is told'
like "$(cat out)" '^accounts +0  accounts' 'nothing at all is a report'
runs 0 'no sales' kam-report portfolio accounts/ozols.yaml
like "$(cat out)" '^key accounts together +% of volume  30 to 55 +no sales in the window$' 'no sales: nothing to share'
like "$(cat out)" '^1  ozols    SIA Ozols  south    key$' 'no sales: the account is there'

done_testing
