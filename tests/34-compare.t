#!/bin/sh
# kam-score --compare: what moved between two scores, and which measures moved the verdicts.
. "${0%/*}/lib.sh"

cat >model.yaml <<'END'
health:
  - {measure: trend, zero: -5, full: 5, weight: 2}
  - {measure: growth, zero: -50, full: 50, weight: 1}
attractiveness:
  - {measure: headroom, zero: 0, full: 1000, weight: 1}
END

# ID LINES…: an account with that score
scored() {
	printf -- '---\nid: %s\nscore:\n  as-of: %s\n  model: model.yaml\n  basis: margin\n' "$1" "$day"
	shift
	for line; do
		printf '  %s\n' "$line"
	done
}

# Health, by hand. Of a: (60 × 2 + 60) ÷ 3 = 60, then (40 × 2 + 80) ÷ 3 = 53.3. Trend: 80 ÷ 3 − 120 ÷ 3 = −13.3,
# growth: 80 ÷ 3 − 60 ÷ 3 = 6.7; together −6.7. Of b: (100 × 2 + 0) ÷ 3 = 66.7, then 200 ÷ 2 = 100.
day=2026-09-30
{
	scored a 'share: 10.0' 'size: large' 'abc: A' 'growth: 10.0' 'trend: 1.0' 'health: 60' 'band: {now: watch}' 'flags: [few-contacts]'
	scored b 'growth: -50.0' 'trend: 5.0' 'health: 67' 'key: no'
	scored same 'share: 1.0' 'health: 50' 'trend: 0.0'
	scored left 'share: 1.0'
	printf -- '---\nid: bare\n'
	scored dollar 'headroom: 500.00' 'attractiveness: 25' 'portfolio-currency: EUR' 'rate: 0.5'
} >old
day=2026-10-31
{
	scored joined 'share: 2.0'
	scored dollar 'headroom: 1000.00' 'attractiveness: 60' 'portfolio-currency: EUR' 'rate: 0.6'
	printf -- '---\nid: bare\n'
	scored same 'share: 1.0' 'health: 50' 'trend: 0.0'
	scored b 'trend: 5.0' 'health: 100' 'key: yes' 'missing: [growth]'
	scored a 'share: 9.5' 'size: standard' 'abc: A' 'growth: 30.0' 'trend: -1.0' 'health: 53' 'band: {now: watch, was: good}' 'flags: [few-contacts, dependence]'
} >new

runs 0 'two scores, as CSV' kam-score --compare -m model.yaml -f csv old new
is "$(cat out)" 'account,what,measure,by,old,new,change,old-points,new-points
joined,new,,,,,,,
dollar,moved,headroom,,500.00,1000.00,500.00,,
dollar,moved,attractiveness,,25,60,35,,
dollar,part,attractiveness,headroom,500.00,1000.00,35.0,25.0,60.0
b,moved,growth,,-50.0,,,,
b,moved,health,,67,100,33,,
b,part,health,trend,5.0,5.0,33.3,100.0,100.0
b,part,health,rounding,,,-0.3,,
b,moved,key,,no,yes,,,
a,moved,share,,10.0,9.5,-0.5,,
a,moved,size,,large,standard,,,
a,cause,size,share,10.0,9.5,-0.5,,
a,moved,growth,,10.0,30.0,20.0,,
a,moved,trend,,1.0,-1.0,-2.0,,
a,moved,health,,60,53,-7,,
a,part,health,trend,1.0,-1.0,-13.3,60.0,40.0
a,part,health,growth,10.0,30.0,6.6,60.0,80.0
a,part,health,rounding,,,-0.3,,
a,moved,flags,,few-contacts,"dependence, few-contacts",,,
left,gone,,,,,,,' 'what moved, by what, who is new and gone; parts add up'
is "$(cat err)" '' 'there is nothing to warn of'
awk -F, '$1 == "a" && $2 == "part" { sum += $7 } END { printf "%.1f\n", sum }' out >sum
is "$(cat sum)" -7.0 "a verdict's parts come to its change as it is written"

runs 0 'for people' kam-score --compare -m model.yaml old new
like "$(cat out)" '^a +size +large +standard$' 'the account stands before its first line'
is "$(grep -c '^ *share ' out)" 1 'measures are left out, but for what moved a verdict'
like "$(cat out)" '^ +health +60 +53 +-7$' 'and not before the others'
like "$(cat out)" '^ +trend +1\.0 +-1\.0 +-13\.3 +60\.0 +40\.0$' 'what moved a verdict stands below it'
like "$(cat out)" '^Old: as of 2026-09-30, basis margin, model model\.yaml\.$' 'what is compared'
like "$(cat out)" '^New: as of 2026-10-31, basis margin, model model\.yaml\.$' 'with what'

# What people are shown

runs 0 'for people, in short' kam-score --compare -m model.yaml old new
is "$(sed '/^$/q' out)" 'In short
what            old    new       accounts
new                                     1
gone                                    1
health                 higher           1
health                 lower            1
key             no     yes              1
attractiveness         higher           1
size            large  standard         1
dependence             raised           1' 'first, in how many accounts what moved'
like "$(cat out)" '^ +flags +dependence$' 'of flags those that came'
runs 0 'for people, all of it' kam-score --compare -v -m model.yaml old new
like "$(cat out)" '^a +share +10\.0 +9\.5 +-0\.5$' 'with -v measures that are no verdict too'
runs 0 'Markdown' kam-score --compare -f markdown -m model.yaml old new
is "$(grep '^## ' out)" '## In short
## What moved' 'has the same tables'

{
	day=2026-09-30
	scored nine 'health: 50' 'share: 1.0'
	scored ten 'health: 50'
	scored down 'health: 50'
	scored other 'share: 1.0'
	scored same 'share: 1.0'
	scored came
} >least.old
{
	day=2026-10-31
	scored nine 'health: 59' 'share: 1.1'
	scored ten 'health: 60'
	scored down 'health: 40'
	scored other 'share: 1.1'
	scored same 'share: 1.0'
	scored came 'health: 1'
} >least.new
runs 0 'points that move a little' kam-score -q --compare least.old least.new
is "$(awk '/^What moved/ { on = 1 } /^Otherwise/ { exit } on && NF' out)" 'What moved
account  measure  old  new  change
ten      health   50   60       10
down     health   50   40      -10
came     health        1' 'are not shown: ten points are'
like "$(cat out)" '^otherwise +2$' 'but counted'
like "$(cat out)" '^Otherwise: .*-v' 'and -v is named'
runs 0 'points that move a little, with -v' kam-score -qv --compare least.old least.new
like "$(cat out)" '^nine +share +1\.0 +1\.1 +0\.1$' 'are shown then'
is "$(grep -ci otherwise out)" 0 'and there is nothing otherwise'
grep -v '^  health' least.old >few.old
grep -v '^  health' least.new >few.new
runs 0 'nothing but shares' kam-score -q --compare few.old few.new
is "$(head -n 4 out)" 'In short
what       accounts
otherwise         2
Otherwise: measures that moved no verdict, or points by less than 10; -v shows these accounts too.' 'is told in short alone'

# Selecting

# DESC ACCOUNTS EXPRESSION: what moved of these
selects() {
	runs 0 "selecting $3" kam-score -q --compare -m model.yaml -f csv -s "$3" old new
	is "$(sed 1d out | cut -d , -f 1 | uniq | tr '\n' ' ')" "$2" "$1"
}
selects 'by the new score' 'b ' 'health>60'
selects 'not by the old one' 'a ' 'health<60'
selects 'who is gone by the old score' 'joined left ' 'share<5'
selects 'who has no score too' 'joined dollar left ' 'not health'
runs 1 'nobody is selected' kam-score --compare -s id=nobody -f csv old new
is "$(cat err)" 'kam-score: no account is selected' 'and says so'
runs 2 'a wrong expression' kam-score --compare -s 'helth<3' old new
like "$(cat err)" '^kam-score: --select: ' 'is told'

# Formulas

{
	day=2026-09-30
	scored a 'field: "=1+1"' 'growth: -5.0'
} >formula.old
{
	day=2026-10-31
	scored a 'field: "-1+1"' 'growth: -6.0'
} >formula.new
for format in csv tsv; do
	runs 0 "--neutral, $format" kam-score -q --compare --neutral -f $format formula.old formula.new
	is "$(sed 1d out | tr '\t' ,)" "a,moved,growth,,-5.0,-6.0,-1.0,,
a,moved,field,,'=1+1,'-1+1,,," "$format: no formula, and numbers are still numbers"
done
runs 0 'without --neutral' kam-score -q --compare -f csv formula.old formula.new
like "$(cat out)" '^a,moved,field,,=1\+1,-1\+1,,,$' 'cells are as they are'

runs 0 'JSON' kam-score --compare -m model.yaml -f json old new
like "$(cat out)" '"account": ?"a"' 'JSON: accounts'
like "$(cat out)" '"old": ?10\.0, *"new": ?9\.5' 'JSON: values that are numbers'
like "$(cat out)" '"old": ?"large", *"new": ?"standard"' 'and words'

runs 0 'the same twice' kam-score --compare -m model.yaml old old
like "$(cat out)" '^Nothing moved\.$' 'nothing moved is said'
runs 0 'the same twice, for programs' kam-score --compare -m model.yaml -f csv old old
is "$(wc -l <out | tr -d ' ')" 1 'is a table without rows'
runs 0 'one of them on standard input' sh -c 'kam-score --compare -m model.yaml -f csv - new <old'
is "$(wc -l <out | tr -d ' ')" 21 'is read too'

runs 0 'the new scores as the old ones' kam-score --compare -m model.yaml -f csv new old
like "$(cat err)" '^kam-score: warning: the old scores are of 2026-10-31, after the new ones of 2026-09-30: are the inputs the wrong way round\?$' 'are told to be'

# What words go by

{
	day=2026-09-30
	scored a 'share: 9.9' 'potential-3y: 60000000.00' 'attractiveness: 50' 'strength: 49' 'health: 71' 'rhythm: 0.5' 'band: {now: good}' 'field: star' 'key: no' 'rate: 0.9' 'portfolio-currency: EUR'
} >causes.old
{
	day=2026-10-31
	scored a 'share: 10.0' 'potential-3y: 55000000.00' 'attractiveness: 50' 'strength: 52' 'health: 71' 'rhythm: 3.0' 'band: {now: watch}' 'field: strategic' 'key: yes' 'rate: 0.9' 'portfolio-currency: EUR'
} >causes.new
runs 0 'what words go by' kam-score -q --compare -f csv causes.old causes.new
# 54 million EUR of 50 held, and 49.5 do not any more
is "$(grep ',cause,' out)" 'a,cause,band,rhythm,0.5,3.0,2.5,,
a,cause,field,strength,49,52,3,,
a,cause,key,potential-3y,60000000.00,55000000.00,-5000000.00,,
a,cause,key,share,9.9,10.0,0.1,,' 'is told below them'


# The model

runs 0 'another model than that of the scores' kam-score --compare -f csv old new
is "$(grep -c ',part,' out)" 0 'explains nothing'
is "$(cat err)" 'kam-score: warning: not what the model built-in comes to: 3 verdicts; what moved there is not told, and -m names the model that the scores were made by' 'and says so'
{
	day=2026-09-30
	scored a 'health: 71' 'rhythm: 0.5' 'band: {now: good}'
} >one.old
{
	day=2026-10-31
	scored a 'health: 90' 'rhythm: 0.5' 'band: {now: good}'
} >one.new
runs 0 'one verdict that is none of the model' kam-score --compare -f csv one.old one.new
like "$(cat err)" 'comes to: 1 verdict; what' 'is one verdict'
sed 's/model\.yaml/other.yaml/' new >other
runs 0 'scores by different models' kam-score --compare -m model.yaml old other
like "$(cat err)" 'warning: the scores were made by different models or bases' 'are told'
runs 0 'quietly' kam-score -q --compare old other
is "$(cat err)" '' 'warns of nothing'

# With scores of its own

mkdir accounts
for id in p q; do
	printf -- '---\nid: %s\ncurrency: EUR\nsales:\n  - {month: 2026-08, source: s, revenue: 10.00, margin: 5.00}\n  - {month: 2026-09, source: s, revenue: 2%d.00, margin: 5.00}\n  - {month: 2026-10, source: s, revenue: 90.00, margin: 1%d.00}\n' $id ${#id} 7 >accounts/$id.yaml
done
kam-score -q --today 2026-11-22 --as-of 2026-09 accounts >september
kam-score -q --today 2026-11-22 accounts >october
runs 0 'two months' kam-score --compare -f csv september october
is "$(cat err)" '' 'by the built-in model'
like "$(cat out)" '^p,moved,trend,,' 'have moved'

# What holds of all scores: twelve accounts of other sales each, at four months

awk 'BEGIN {
	srand(5)
	for (i = 1; i <= 12; i++) {
		printf "---\nid: r%d\ncurrency: EUR\npotential:\n  - {year: 2026, amount: %d}\nsales:\n", i, 2000 + 9000 * rand()
		for (m = 1; m <= 24; m++) {
			if (rand() < 0.2)
				continue
			revenue = 100 + 900 * rand()
			printf "  - {month: %d-%02d, source: s, revenue: %.2f, margin: %.2f}\n", 2024 + int((m + 9) / 12), (m + 9) % 12 + 1, revenue, revenue * (rand() - 0.2)
		}
	}
}' >random
for end in 2026-03 2026-06 2026-09 2026-10; do
	kam-score -q --today 2026-11-22 --as-of $end random >at-$end
done

# "account what measure by old new change old-points new-points", sorted, with the change the other way round
turned() {
	awk -F '\t' -v OFS='\t' 'NR > 1 {
		was = $5; $5 = $6; $6 = was
		was = $8; $8 = $9; $9 = was
		if ($7 != "" && $7 + 0 != 0)
			$7 = $7 ~ /^-/ ? substr($7, 2) : "-" $7
		$2 = $2 == "new" ? "gone" : $2 == "gone" ? "new" : $2
		print
	}' "$1" | sort
}
for pair in '2026-03 2026-06' '2026-06 2026-09' '2026-09 2026-10' '2026-03 2026-10'; do
	from=at-${pair% *} to=at-${pair#* }
	runs 0 "$pair" kam-score --compare -f tsv "$from" "$to"
	is "$(cat err)" '' "$pair: all is explained"
	cp out forth
	awk -F '\t' '$2 == "moved" && $7 != "" && $3 ~ /^(health|attractiveness|strength)$/ { moved[$1 " " $3] = $7 }
		$2 == "part" { parts[$1 " " $3] += $7; n++ }
		END {
			for (of in moved)
				if (sprintf("%.1f", moved[of] - parts[of]) + 0 != 0)
					print of, moved[of], parts[of]
			if (n < 12)
				print "only", n, "parts"
		}' forth >wrong
	is "$(cat wrong)" '' "$pair: the parts and the rounding are the verdict's change"
	kam-score --compare -f tsv "$to" "$from" >back
	sed 1d back | sort >back.sorted
	turned forth >forth.turned
	is "$(cat back.sorted)" "$(cat forth.turned)" "$pair: backwards all changes are opposite"
	runs 0 "$from with itself" kam-score --compare -v "$from" "$from"
	like "$(cat out)" '^Nothing moved\.$' 'nothing moves'
done

printf -- '---\nid: p\n---\nid: x\nscore: {share: 1.0}\n' >mixed
runs 0 'from accounts of which one is scored' kam-score --compare -f csv mixed october
like "$(cat out)" '^p,not scored before,' 'one that had no score'

# What cannot be compared

# DESC TEXT COMMAND…
refuses() {
	desc=$1 text=$2
	shift 2
	runs 2 "$desc" "$@"
	is "$(cat out)" '' "$desc: nothing is written"
	is "$(head -n 1 err)" "kam-score: $text" "$desc: the message"
}

see="; see 'kam-score --help'"
refuses 'one input' "--compare takes two inputs, the old scores and the new ones$see" kam-score --compare old
refuses 'three inputs' "--compare takes two inputs, the old scores and the new ones$see" kam-score --compare old new old
refuses 'standard input twice' "--compare: standard input cannot be both the old scores and the new ones$see" kam-score --compare - -
refuses 'with --sort' "--compare goes without --sort and --explain$see" kam-score --compare --sort share old new
refuses 'a format without it' "--format is for --compare; accounts are written as they came$see" kam-score -f csv old
printf -- '---\nid: x\n' >bare
refuses '--neutral without it' "--neutral is for --compare; accounts are written as they came$see" kam-score --neutral old
refuses 'accounts without a score' 'bare: none of its accounts carries a score, as kam-score writes it' kam-score --compare old bare
refuses 'a file that is not there' 'nowhere: cannot be opened: No such file or directory' kam-score --compare nowhere new
cat old old >twice
refuses 'an account that comes twice' 'twice:54:5: account a comes a second time; merge the two first, kam-dossier(1)' kam-score --compare twice new
printf -- '---\nid: a\nscore: {share: "x y", growth: [1], trend: 1e5, band: {was: good}, health: , flags: {a: b}, rate: x}\n' >odd
runs 0 'a score that was meddled with' kam-score --compare -f csv odd odd
runs 0 'is compared by what it says' kam-score -q --compare -f csv odd new
like "$(cat out)" '^a,moved,share,,x y,9\.5,,,$' 'which may be no number'
printf -- '---\nid: a\nscore: {band: {now: fine}, abc: D, health: high, flags: [none]}\n' >words
runs 0 'words that no score has, for people' kam-score -q --compare -m model.yaml words new
is "$(sed '/^$/q' out | grep -E '^(abc|band|health) ' | tr -s ' ')" 'band watch 1
abc A 1' 'are no words to count by'
like "$(cat out)" '^ +abc +D +A$' 'and are shown'

done_testing
