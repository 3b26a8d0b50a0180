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
    decider 0: 100 × (0 − 0) ÷ (4 − 0) = 0.0 points
    main contact 0: 100 × (0 − 0) ÷ (1 − 0) = 0.0 points
    recency is not known, and counts neither way
    one-person is not known, and counts neither way
    manager-changes is not known, and counts neither way
    points 25.0 ÷ 3 parts = 8' 'relations name their parts'
is "$(part 'key ' | tail -n 1)" '    1 of at least 2 lines' 'and who is key'
like "$(part 'missing')" '^    industry-rank: no industry-rank in the profile$' 'what is missing, and why'
like "$(part 'flag few-contacts')" 'fewer people' 'what a flag means'
runs 0 'the same by revenue' kam-score -q --basis revenue --explain b accounts
is "$(part 'share ' | tail -n 1)" '    100 × 1000.00 ÷ 2000.00 = 50.0' 'goes by the basis'
kam-score -q accounts | runs 0 'a scored stream can be explained' kam-score -q --explain a
runs 2 'an account that is not there' kam-score -q --explain aa accounts
is "$(cat err)" 'kam-score: --explain: no account "aa" in the input; did you mean a' 'the nearest is named'

done_testing
