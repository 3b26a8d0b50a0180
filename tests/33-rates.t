#!/bin/sh
# kam-score and kam-report over accounts of several currencies: --currency, --rates.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

# Worked by hand: margins 80.00 EUR, 100.05 USD × 0.9 = 90.045, which is 90.05, and 1000.00 RUB × 0.01 = 10.00; sum 180.05.
# Revenues 100.00 EUR, 300.00 USD × 0.9 = 270.00, 3000.00 RUB × 0.01 = 30.00; sum 400.00.

mkdir accounts
cat >accounts/e.yaml <<'END'
---
id: e
currency: EUR
sales:
  - {month: 2024-11, source: s, revenue: 0, margin: 0}
  - {month: 2026-10, source: s, revenue: 100.00, margin: 80.00}
END
cat >accounts/r.yaml <<'END'
---
id: r
currency: RUB
potential: [{year: 2026, amount: 7000.00}]
sales:
  - {month: 2025-10, source: s, revenue: 1500.00, margin: 500.00}
  - {month: 2026-10, source: s, revenue: 3000.00, margin: 1000.00}
END
cat >accounts/u.yaml <<'END'
---
id: u
name: Romashka Inc
currency: USD
potential: [{year: 2026, amount: 400.00}]
sales:
  - {month: 2026-10, source: s, revenue: 300.00, margin: 100.05}
END
cat >rates.yaml <<'END'
# of the last day of October
currency: EUR
rates: {USD: 0.9, RUB: 0.01}
END

# ID NAME: a line of the account's score in ./out
line_of() {
	awk -v id="id: $1" -v name="  $2:" '/^---/ { mine = 0 } $0 == id { mine = 1 } mine && index($0, name) == 1 { print substr($0, length(name) + 2) }' out
}

runs 0 'accounts of three currencies' kam-score -q --currency EUR --rates rates.yaml accounts
is "$(line_of e share) $(line_of u share) $(line_of r share)" '44.4 50.0 5.6' 'shares go by what is converted'
is "$(line_of e volume) $(line_of u volume) $(line_of r volume)" '25.0 67.5 7.5' 'and volumes'
is "$(line_of r headroom) $(line_of u headroom)" '4000.00 100.00' "the account's own money stays in its currency"
is "$(line_of r growth) $(line_of r penetration)" '100.0 42.9' 'what is a ratio does not change'
is "$(line_of r rate) $(line_of r portfolio-currency)" '0.01 EUR' 'a score says by which rate'
is "$(line_of e rate)" '' 'that of an account in the currency of the sums does not'
is "$(line_of r proposes)" '{tier: standard, categories: [prospective]}' 'headroom is held against the sums in their currency: 40.00 of 400.00 is as much as 10 %'
sed 's/7000/6999/' accounts/r.yaml >accounts/r.new && mv accounts/r.new accounts/r.yaml
kam-score -q --rates rates.yaml accounts >out
is "$(line_of r proposes)" '{tier: standard}' 'and 39.99 is not'
cp out first
runs 0 'a scored stream' kam-score -q --rates rates.yaml first
same_file out first 'scoring twice changes nothing; the currency of the rates is the default'

# What was sold in the currency that is chosen needs no rate; neither does what was not sold

runs 0 'one currency, chosen' kam-score -q --currency EUR accounts/e.yaml
printf -- '---\nid: p\ncurrency: GBP\npotential: [{year: 2026, amount: 9999999.00}]\n' >p.yaml
runs 0 'a prospect in a currency without a rate' kam-score -q --rates rates.yaml accounts p.yaml
is "$(line_of p headroom)" 9999999.00 'has its own money'
is "$(line_of p attractiveness)$(line_of p rate)" '' 'which is held against nothing'
sed '/currency/d' accounts/e.yaml >none.yaml
runs 0 'no account states a currency' kam-score -q --currency EUR none.yaml

# Money against the model's marks: 4000 − 1 RUB of headroom are 39.99 EUR

printf 'attractiveness: [{measure: headroom, zero: 0, full: 79.98, weight: 1}]\n' >model.yaml
runs 0 'a mark of the model' kam-score -q -m model.yaml --rates rates.yaml accounts
is "$(line_of r attractiveness)" 50 'is in the currency of the sums'
runs 0 'accounts sorted by money' kam-score -q --sort headroom --rates rates.yaml accounts
is "$(sed -n 's/^id: //p' out | tr '\n' ' ')" 'u r e ' 'are in the order of what it is worth: 90.00, 39.99'

# How

runs 0 'an account is explained' kam-score -q -m model.yaml --rates rates.yaml --explain u accounts
is "$(sed -n 3p out)" 'sums in EUR: 1 USD = 0.9 EUR; its own money in USD' 'the rate is told'
like "$(cat out)" '^    100\.05 USD × 0\.9 = 90\.05 EUR$' 'what was converted: half a cent goes away from zero'
like "$(cat out)" '^    100 × 90\.05 ÷ 180\.05 = 50\.0$' 'and what was made of it'
like "$(cat out)" '^    headroom 100\.00 USD × 0\.9 = 90\.00 EUR$' 'of money that has points too'

# kam-report

runs 0 'a report' kam-report portfolio -q --rates rates.yaml -f csv -t accounts accounts
is "$(cut -d, -f 2,6-8,15 out)" 'account,revenue,margin,share,headroom
u,270.00,90.05,50.0,90.00
e,100.00,80.00,44.4,
r,30.00,10.00,5.6,39.99' 'is in one currency'
runs 0 'its sums' kam-report portfolio -q --currency EUR --rates rates.yaml -t concentration accounts
like "$(cat out)" '^sales volume +400\.00 +EUR' 'are too'

# Groups: 100.00 EUR and 100.00 USD × 0.5 of the potentials 1000.00 EUR and 1000.00 USD × 0.5 are 10 %

cat >group <<'END'
---
id: top
currency: EUR
potential: [{year: 2026, amount: 1000.00}]
sales: [{month: 2026-10, source: s, revenue: 100.00, margin: 10.00}]
---
id: sub
parent: top
currency: USD
potential: [{year: 2026, amount: 1000.00}]
sales: [{month: 2026-10, source: s, revenue: 100.00, margin: 10.00}]
END
printf 'currency: EUR\nrates: {USD: 0.5}\n' >half.yaml
runs 0 'a group of two currencies' kam-report portfolio -q --rates half.yaml -t groups -f csv group
is "$(cut -d, -f 2,7-11 out)" 'account,accounts,revenue,amount,share,penetration
top,1,100.00,10.00,66.7,10.0
sub,1,50.00,5.00,33.3,10.0
,2,150.00,15.00,100.0,10.0' 'has its potential in one currency'
is "$(kam-score -q --rates half.yaml group | grep group-penetration:)" '  group-penetration: 10.0' 'in its score too'
runs 0 'the same explained' kam-score -q --rates half.yaml --explain top group
like "$(cat out)" '^    \+ sub 500\.00$' 'by the converted sum'

# What cannot be judged

# DESC TEXT COMMAND…
refuses() {
	desc=$1 text=$2
	shift 2
	runs 2 "$desc" "$@"
	is "$(cat out)" '' "$desc: nothing is written"
	is "$(head -n 1 err)" "kam-score: $text" "$desc: the message"
}

refuses 'no rates' 'no rate for RUB (r), USD (u); give --rates FILE with currency: EUR and rates: {RUB: …}' \
	kam-score --currency EUR accounts
printf 'currency: EUR\nrates: {USD: 0.9}\n' >some.yaml
refuses 'a rate that is not there' 'no rate in some.yaml for RUB (r); add how many EUR one of it is worth, as rates: {RUB: …}' \
	kam-score --rates some.yaml accounts
refuses 'rates to another currency' 'rates.yaml:2:11: the rates are to EUR, not to USD, which --currency asks for' \
	kam-score --currency USD --rates rates.yaml accounts
sed 's/id: e/id: n/' none.yaml >n.yaml
refuses 'an account without a currency' 'accounts without a currency cannot be judged in EUR: n; add currency: to them' \
	kam-score --rates rates.yaml accounts n.yaml
refuses 'no currency' '--currency: not a currency, as EUR: "eur"; see '"'kam-score --help'" kam-score --currency eur accounts
i=0
while [ $i -lt 5 ]; do
	printf -- '---\nid: n%d\ncurrency: GBP\nsales: [{month: 2026-10, source: s, revenue: 1.00, margin: 1.00}]\n' $i
	i=$((i + 1))
done >many.yaml
refuses 'many accounts' 'no rate in rates.yaml for GBP (n0, n1, n2 and 2 more); add how many EUR one of it is worth, as rates: {GBP: …}' \
	kam-score --rates rates.yaml accounts many.yaml

# DESC LINES PLACE-AND-TEXT
wrong() {
	printf "$2" >wrong.yaml
	refuses "$1" "wrong.yaml:$3" kam-score --rates wrong.yaml accounts
}

wrong 'a rate of 0' 'currency: EUR\nrates: {USD: 0}\n' '2:14: rates.USD: not a rate, above 0: "0"'
wrong 'a rate below 0' 'currency: EUR\nrates:\n  USD: 0.9\n  RUB: -0.01\n' '4:8: rates.RUB: not a rate, above 0: "-0.01"'
wrong 'a rate with a comma' 'currency: EUR\nrates:\n  USD: 0,9\n' '3:8: rates.USD: not a number: "0,9"; write it with a point: 0.9'
wrong 'a rate too precise' 'currency: EUR\nrates: {USD: 0.12345678901}\n' '2:14: rates.USD: not a rate of ten decimal places at the most: "0.12345678901"'
wrong 'a name that is no currency' 'currency: EUR\nrates: {usd: 0.9}\n' '2:14: rates.usd: not a currency, as EUR'
wrong 'a currency in itself' 'currency: EUR\nrates: {EUR: 0.9}\n' '2:14: rates.EUR: the rates are in this currency itself, one of which is 1: "0.9"'
wrong 'a rate left out' 'currency: EUR\nrates: {USD: , RUB: 1}\n' '2:9: rates.USD: a name without a value; give it one, or take it out'
runs 2 'rates of nothing' kam-score --rates /dev/null accounts
runs 2 'rates that are not there' kam-score --rates nowhere.yaml accounts
like "$(cat err)" '^kam-score: nowhere\.yaml: cannot be opened: ' 'rates that are not there: the message'

done_testing
