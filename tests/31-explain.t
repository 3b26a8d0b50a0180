#!/bin/sh
# kam-score --explain: the arithmetic behind a score, for a person who redoes it.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

mkdir accounts
cat >accounts/a.yaml <<'END'
---
id: a
name: ООО «Ромашка»
currency: EUR
tier: key
potential: [{year: 2026, amount: 4000.00}]
contacts: [{id: x}]
sales:
  - {month: 2025-10, source: s, revenue: 500.00, margin: 320.00}
  - {month: 2026-10, source: s, revenue: 1000.00, margin: 400.00}
END
printf -- '---\nid: b\ncurrency: EUR\nsales:\n  - {month: 2024-11, source: s, revenue: 0, margin: 0}\n  - {month: 2026-10, source: s, revenue: 1000.00, margin: 100.00}\n' >accounts/b.yaml

# the part of ./out that begins with these words, up to the blank line
part() {
	awk -v words="$1" 'index($0, words) == 1 { found = 1 } found && !NF { exit } found' out
}

runs 0 'an account is explained' kam-score -q --explain a accounts
is "$(sed -n 1,2p out)" 'a: ООО «Ромашка»
window 2025-11 to 2026-10, basis margin, model built-in' 'what is judged, and by what'
is "$(part 'share ' | tail -n 1)" '    100 × 400.00 ÷ 500.00 = 80.0' 'a share is redone by hand'
is "$(part 'growth ' | tail -n 2)" '    400.00 in the window, 320.00 in the one before
    100 × 80.00 ÷ 320.00 = 25.0' 'growth'
like "$(part 'penetration 25.0 % (S1)')" '100 × 1000.00 ÷ 4000.00 = 25.0' 'penetration, with its unit and source'
is "$(part 'strength ' | tail -n 4)" '    penetration 25.0: 100 × (25.0 − 0) ÷ (60 − 0) = 41.7 points, by weight 4
    relations 8: 100 × (8 − 0) ÷ (100 − 0) = 8.0 points, by weight 3
    competitive is missing, and counts neither way: no comparison tells weight, us and them of a criterion
    points by weight 190.8 ÷ weights 7 = 27' 'a verdict names measure, value, points and weight'
is "$(part 'relations ' | tail -n 9)" '    contacts 1: 100 × (1 − 0) ÷ (4 − 0) = 25.0 points
    functions is not known, and counts neither way
    levels is not known, and counts neither way
    decider not known: 0.0 points
    main contact not marked: 0.0 points
    recency is not known, and counts neither way
    one-person is not known, and counts neither way
    manager-changes is not known, and counts neither way
    points 25.0 ÷ 3 parts = 8' 'relations name their parts'
is "$(part 'key ' | tail -n 1)" '    1 of at least 2 lines' 'and who is key'
like "$(part 'missing')" '^    no industry-rank in the profile: industry-rank$' 'what is missing, and why'
is "$(part 'missing' | grep -A 2 -F 'no invoices:')" '    no invoices: dso, dso-countback, days-late, days-late-worst, overdue,
        overdue-share, not-due, overdue-30, overdue-60, overdue-90,
        overdue-older, lateness-trend, exposure, exposure-share' 'what misses for one reason stands together'
is "$(part 'missing' | sed 1d | sed -n 's/^    \([^ ].*\): .*/\1/p' | sort | uniq -d)" '' 'each reason once'
like "$(part 'flag few-contacts')" 'fewer people' 'what a flag means'
is "$(part 'flag few-contacts' | tail -n 2)" '    contacts 1
    the model wants 4 at the least' 'and what raised it'
is "$(part 'size ' | tail -n 1)" '    400.00 of 500.00; large from 10 % = 50.00, monopoly above 20 % = 100.00' 'marks in money'
is "$(part 'contacts ' | tail -n 1)" '    have not left: x' 'people have names'
is "$(part 'key ' | sed -n 4,8p)" '    potential-3y, at least 50000000: not known
    share 80.0, at least 10: holds
    attractiveness 50, at least 60: does not hold
    category, one of renowned mentor partner innovator: not known
    industry-rank, at most 3: not known' 'the lines of the profile, with what they ask for'
is "$(part proposes | tail -n 4)" '    tier not proposed: people call it key, and what is not known could make it key by the profile
    lines that hold: 1, not known: 3, wanted: 2
    breadwinner: it is large or monopoly by its share
    penetration 25.0 %, to be under 50; headroom 3000.00, 100 × 3000.00 ÷ 2000.00 = 150.0 % of the portfolio'"'"'s revenue, to be 10 or more: prospective' 'what is proposed, and why'
runs 0 'the same by revenue' kam-score -q --basis revenue --explain b accounts
is "$(part 'share ' | tail -n 1)" '    100 × 1000.00 ÷ 2000.00 = 50.0' 'goes by the basis'
kam-score -q accounts | runs 0 'a scored stream can be explained' kam-score -q --explain a
runs 2 'an account that is not there' kam-score -q --explain aa accounts
is "$(cat err)" 'kam-score: --explain: no account "aa" in the input; did you mean a' 'the nearest is named'

cat >risky.yaml <<'END'
---
id: risky
currency: EUR
reliability: [{date: 2026-01-01, finances: bad, limit: 50.00}]
sales: [{month: 2026-10, source: s, revenue: 1000.00, margin: 400.00, returns: 0}]
invoices: [{id: 1, issued: 2026-07-01, due: 2026-08-01, amount: 70.00}, {id: 2, issued: 2026-10-01, due: 2026-12-01, amount: 30.00}]
log: [{date: 2026-10-05, kind: meeting, by: anna, with: [ivanova, petrov]}, {date: 2026-10-05, kind: call, with: [petrov]}]
END
runs 0 'a risky client is explained' kam-score -q --explain risky risky.yaml
is "$(part 'last-contact ' | tail -n 2)" '    2026-10-05: meeting, by anna, with ivanova, petrov
    2026-10-05: call, with petrov' 'who of us spoke with whom'
is "$(part 'risk ' | sed '1,/earn none/d')" '    overdue-share 70.0, a point from 25: 1 point
    over 60 days past due: 100 × 70.00 ÷ exposure 100.00 = 70.0
    over 60 days past due, % of what is open 70.0, a point from 1, two from 10: 2 points
    days-late 91.0, a point from 10, two from 30: 2 points
    exposure against the credit limit, 100.00 of 50.00, a point above it, two from 150 % of it: 2 points
    finances "bad", checked 2026-01-01: 2 points
    return-rate 0.0, a point from 5, two from 10: 0 points
    points 9; elevated from 2, high from 4' 'every line says of what it speaks, and what it earns'
is "$(part 'flag over-limit' | tail -n 1)" '    exposure against the credit limit, 100.00 of 50.00, a point above it, two from 150 % of it: 2 points' 'so do those of flags'

printf -- '---\nid: ooo-romashka\n---\nid: sia-keguma-koks\n' >portfolio.yaml
for slip in romaska oo-romashka; do
	runs 2 "a slip of the hand: $slip" kam-score --explain "$slip" portfolio.yaml
	is "$(cat err)" "kam-score: --explain: no account \"$slip\" in the input; did you mean ooo-romashka" 'the nearest is named'
done
runs 2 'words of the middle' kam-score --explain keguma-kok portfolio.yaml
like "$(cat err)" 'did you mean sia-keguma-koks$' 'as many words are compared as are asked for'
runs 2 'quite another name' kam-score --explain harbour portfolio.yaml
is "$(cat err)" 'kam-score: --explain: no account "harbour" in the input' 'nothing is guessed'
for option in '-s share>1' '--sort share'; do
	runs 2 "one account: no $option" kam-score --explain a "${option%% *}" "${option#* }" accounts
	like "$(cat err)" '--explain goes without --select and --sort' 'is told'
done

done_testing
