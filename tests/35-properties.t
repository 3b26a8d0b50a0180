#!/bin/sh
# kam-score: what must hold of the scores of any portfolio. Random ones, the same in every run, with something in every
# section that is judged.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY
rounds=40

# A portfolio: draws depend on seed alone. Other variables: times, by which all money is multiplied; parts, into how
# many sources each month is split; years, by how much all dates are later; currency, or none; until, as things stood
# when the window ended.
cat >generate.awk <<'END'
function below(n) { state = state * 16807 % 2147483647; return int(state / 2147483647 * n) }
function chance(percent) { return below(100) < percent }
function one_of(words,  w) { return w[1 + below(split(words, w, " "))] }
function money(cents,  sign) {
	cents *= times
	sign = cents < 0 ? "-" : ""
	cents = cents ? cents < 0 ? -cents : cents : 0 # no awk's −0
	return sprintf("%s%.0f.%02.0f", sign, (cents - cents % 100) / 100, cents % 100)
}
# a month by its number from 2024-01, a day by that from 2024-01-01, a leap year
function month(n) { return sprintf("%04d-%02d", 2024 + years + int(n / 12), n % 12 + 1) }
function date(n,  y, m, last) {
	for (y = 2024; n >= (y % 4 ? 365 : 366); y++) n -= y % 4 ? 365 : 366
	for (m = 1; n >= (last = days_of(y, m)); m++) n -= last
	return sprintf("%04d-%02d-%02d", y + years, m, n + 1)
}
function days_of(y, m) { return m == 2 ? (y % 4 ? 28 : 29) : m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31 }
# a day from 2024-11 to 2026-12, few of which are after the window
function day() { return 305 + below(790) }
# was it not yet so on that day?
function later(n) { return until && n > 1034 }
function known(n) { return later(n) ? "" : date(n) }
# part k of an amount: all but the last have the same
function part(n, k) { return k < parts - 1 ? int(n / parts) : n - (parts - 1) * int(n / parts) }

function sale(m, size, bare,  revenue, margin, returns, orders, on, film, k, i, d) {
	revenue = 1 + below(size)
	margin = below(size) - int(size / 8)
	returns = chance(30) ? below(int(size / 10)) : 0
	orders = parts_most + below(5)
	on = ""
	for (d = below(9); d < 28; d += 1 + below(20)) on = on (on == "" ? "" : ", ") d + 1
	film = below(revenue)
	if (chance(7)) { returns = revenue; revenue = film = -revenue; margin = -below(size); orders = 0; on = "" }
	if (chance(3)) { revenue = returns = film = 0 }
	if (until && m > 33) return
	for (k = 0; k < parts; k++) {
		printf "  - {month: %s, source: s%d", month(m), k
		printf ", revenue: %s, margin: %s, returns: %s", money(part(revenue, k)), money(part(margin, k)), money(part(returns, k))
		if (!bare) printf ", orders: %d, on: [%s]", part(orders, k), on
		if (!bare) printf ", products: {film: %s, carton: %s}", money(part(film, k)), money(part(revenue, k) - part(film, k))
		print "}"
	}
}

function account(i,  n, k, begun, steady, size, due, bare, sent, points, line) {
	print "---\nid: n" i
	if (currency) print "currency: " currency
	print "manager: " one_of("north north south")
	if (chance(50)) print "tier: " one_of("key key large standard prospect")
	if (chance(40)) print "categories: [" one_of("renowned mentor partner innovator prospective") "]"
	if (i > 0 && chance(25)) print "parent: n" below(i)
	if (chance(40)) print "division: " one_of("paper glass")
	if (chance(30)) print "profile: {industry-rank: " 1 + below(6) "}"
	if (chance(50)) {
		print "reliability:"
		for (n = below(3); n >= 0; n--) {
			line = sprintf("  - {date: %s, reputation: %s, finances: %s", date(due = day()), one_of("good doubtful bad sentence"),
				one_of("good weak poor sentence"))
			line = line ", limit: " money(below(300000)) "}"
			if (!later(due)) print line
		}
	}
	if (n = below(7)) print "contacts:"
	for (k = 0; k < n; k++) {
		printf "  - {id: c%d, function: %s, level: %d, role: %s, stance: %s", k, one_of("purchasing finance logistics hr"), 1 + below(5),
			one_of("decider user influencer approver"), one_of("champion supporter neutral critic blocker")
		printf ", primary: %s, left: %s}\n", one_of("yes no"), chance(15) ? known(day()) : ""
	}
	if (n = below(4)) print "needs:"
	for (k = 0; k < n; k++) {
		due = chance(80) ? day() : 0
		line = sprintf("  - {what: w%d, asked: %s, state: %s}", k, due ? date(due) : "", one_of("met open"))
		if (!later(due)) print line
	}
	if (chance(50)) {
		print "competitors:\n  - name: k\n    criteria:"
		for (k = 2 + below(3); k; k--) printf "      - {criterion: p%d, weight: %d, us: %d, them: %d}\n", k, 1 + below(5), 1 + below(5), 1 + below(3)
	}
	if (chance(60)) {
		print "potential:"
		for (k = 2024; k < 2030; k++) {
			printf "  - {year: %d, product: film, division: paper, amount: %s}\n", k + years, money(below(40000000))
			if (chance(50)) printf "  - {year: %d, product: carton, division: glass, amount: %s}\n", k + years, money(below(40000000))
		}
	}
	if (n = below(3)) print "contracts:"
	for (k = 0; k < n; k++) {
		due = day()
		printf "  - {id: k%d, start: %s, end: %s", k, date(due - below(305)), date(due + below(500))
		printf ", value: %s, discount: %.1f}\n", money(below(900000)), below(200) / 10
	}
	if (chance(30)) {
		due = day()
		printf "programmes: [{name: p, start: %s, end: %s, cost: %s}]\n", date(due), date(due + below(200)), money(below(900000))
	}
	if (n = below(4)) print "promises:"
	for (k = 0; k < n; k++) {
		due = day()
		printf "  - {id: o%d, due: %s, kept: %s}\n", k, date(due), chance(80) ? known(due - 5 + below(8)) : ""
	}
	if (chance(60)) {
		printf "plan: {year: %d, revenue: %s, months: {%s: %s}", (chance(80) ? 2026 : 2025) + years, money(below(9000000)), month(26), money(below(90000))
		printf ", forecast: {%s: %s, %s: %s}}\n", month(30), money(below(900000)), month(33), money(below(900000))
	}
	if (n = below(4)) print "complaints:"
	for (k = 0; k < n; k++) {
		due = day()
		line = sprintf("  - {id: r%d, opened: %s, closed: %s, cause: %s}", k, date(due), chance(70) ? known(due + below(60)) : "", one_of("late torn wet"))
		if (!later(due)) print line
	}
	if (n = below(4)) print "surveys:"
	for (k = 0; k < n; k++) {
		due = day()
		sent = due - below(9)
		points = chance(70) ? below(11) : ""
		if (later(due)) { due = sent; points = "" }
		if (!later(sent)) printf "  - {date: %s, kind: nps, contact: c0, sent: %s, score: %s}\n", date(due), date(sent), points
	}
	if (chance(70)) {
		print "log:"
		for (n = 1 + below(12); n; n--) {
			line = sprintf("  - {date: %s, kind: call, by: %s, with: [c%d]}", date(due = day()), one_of("north south"), below(2) * below(7))
			if (!later(due)) print line
		}
	}
	# sales: a beginning, a size, steadiness
	if (chance(90)) {
		print "sales:"
		begun = chance(60) ? below(12) : below(37)
		size = 2 + exp(below(100) / 8)
		size -= size % 1
		steady = 20 + below(81)
		bare = chance(10)
		for (k = begun; k < 38; k++) if (chance(steady)) sale(k, size, bare)
	}
	if (n = below(4)) print "deliveries:"
	for (k = 0; k < n; k++) {
		due = day()
		sent = due - below(20)
		line = sprintf("  - {id: d%d, ordered: %s, promised: %s, delivered: %s", k, date(sent), date(due), chance(90) ? known(due - 3 + below(8)) : "")
		line = line sprintf(", in-full: %s, refused: %s}", one_of("yes yes yes no"), chance(10) ? "out" : "")
		if (!later(sent)) print line
	}
	if (chance(60)) {
		print "invoices:"
		for (n = 1 + below(20); n; n--) {
			due = day()
			size = 1 + below(900000)
			line = sprintf("  - {id: i%d, date: %s, due: %s, amount: %s", n, date(due - 30), date(due), money(size))
			sent = due - 10 + below(60)
			if (chance(30)) line = line ", paid: " money(below(size)) "}"
			else line = line ", paid: " (later(sent) ? "" : money(size)) ", settled: " known(sent) "}"
			if (!later(due - 30)) print line
		}
	}
}

BEGIN {
	state = seed * 7919 + 1
	for (i = 0; i < 9; i++) below(2)
	if (!times) times = 1
	if (!parts) parts = 1
	parts_most = 3 # orders of a month, so that each part can have one
	accounts = 1 + below(8) * below(8)
	for (i = 0; i < accounts; i++) account(i)
}
END
generate() {
	awk -v seed="$round" "$@" -f generate.awk </dev/null
}

# the marks of money in the model that judges
model() {
	cat <<END
attractiveness:
  - {measure: potential-next, zero: 0, full: ${1}00000, weight: 5}
  - {measure: headroom, zero: -${1}0000, full: ${1}00000, weight: 3}
  - {measure: margin-rate, zero: 5, full: 30, weight: 3}
key:
  least: 2
  of:
    - {measure: potential-3y, at-least: ${1}00000}
    - {measure: share, at-least: 10}
    - {measure: attractiveness, at-least: 60}
    - {measure: category, is: [renowned, mentor, partner, innovator]}
    - {measure: industry-rank, at-most: 3}
END
}

score() {
	kam-score -qm model.yaml "$@"
}

# a line for each of the score, behind its account's id, in an order of their own
lines_of() {
	awk '/^---/ { score = 0 } /^id: / { id = $2 } score && /^  / { print id $0 } /^score:/ { score = 1 }' "$@" | LC_ALL=C sort
}

model 5 >model.yaml
mkdir ten
model 50 >ten/model.yaml
printf 'currency: EUR\nrates: {USD: 1}\n' >rates.yaml

# NAME DESC: how many rounds failed, after all of them
failed() {
	is "$(cat "failed-$1" 2>/dev/null)" '' "$2"
}

# NAME GOT WANT: are the files the same in this round?
same() {
	cmp -s "$2" "$3" && return
	echo "portfolio $round:"
	diff "$3" "$2" | head -n 6
} >>"failed-$1"

round=0
while [ $((round += 1)) -le $rounds ]; do
	generate >one
	score -j 1 one >scored 2>err || { cat err >>failed-run; continue; }
	lines_of scored >lines
	cat lines >>all

	score scored >twice
	same twice twice scored
	for threads in 2 8; do
		score -j $threads one >threads
		same threads threads scored
	done

	awk -v RS='---\n' 'NR > 1 { d[n++] = $0 } END { while (n) { k = n * 7919 % 31 % n; printf "---\n%s", d[k]; d[k] = d[--n] } }' one >other
	score other | lines_of >got
	same order got lines

	{ cat one; printf -- '---\nid: idle\n'; } >other
	score other | lines_of | grep -v '^idle ' >got
	same idle got lines

	generate -v parts=3 >other
	score other | lines_of >got
	same parts got lines

	generate -v currency=USD | score --rates rates.yaml - | lines_of | grep -v '^n[0-9]*  portfolio-currency: EUR$\|^n[0-9]*  rate: 1$' >got
	same rate got lines

	generate -v years=400 >other
	score --today 2426-11-22 other | lines_of |
		sed -e 's/\([^0-9]\)24\([0-9][0-9]-[0-9][0-9]-[0-9][0-9]\)/\120\2/g' -e '/potential-by-year/s/\([{ ]\)24\([0-9][0-9]:\)/\120\2/g' >got
	same years got lines

	generate -v until=1 >other
	score other | lines_of >got
	same until got lines

	generate -v times=10 | (cd ten && score -) | lines_of >got
	# what is written of money in a reason is held against the model's mark
	awk -v round=$round '
		BEGIN {
			n = split("potential headroom potential-next potential-3y net-margin npv overdue not-due overdue-30 overdue-60 overdue-90 overdue-older exposure run-rate headroom-by headroom-division potential-by-year", w, " ")
			while (n) is_money[w[n--] ":"] = 1
		}
		{ sub(/potential-3y -?[0-9.]+ of [0-9]+/, "potential-3y") }
		FNR == NR { one[FNR] = $0; lines = FNR; next }
		# a net present value has five years of the half cents of programmes, and a share of the run rate its half cent
		is_money[$2] { differ = !tenfold(one[FNR], $0, $2 == "npv:" ? 0.2 : 0.056) }
		!is_money[$2] { differ = one[FNR] != $0 && !($2 == "run-rate-share:" && near(one[FNR], $3)) }
		differ { print "portfolio " round ": " one[FNR] " | " $0 }
		END { if (FNR != lines) print "portfolio " round ": " lines " lines, " FNR }
		function near(a, b) { sub(/.* /, "", a); return a - b < 0.1001 && b - a < 0.1001 }
		# each number ten times the other, but for the rounding of both to cents
		function tenfold(a, b, most,  i, n, x, y, apart) {
			n = split(a, x, /[ ,}]+/)
			if (split(b, y, /[ ,}]+/) != n) return 0
			for (i = 1; i <= n; i++) {
				if (x[i] !~ /^-?[0-9]+\.[0-9][0-9]$/) { if (x[i] != y[i]) return 0; continue }
				apart = y[i] - 10 * x[i]
				if (apart > most || apart < -most) return 0
			}
			return 1
		}' lines got >>failed-times

	awk -v round=$round '
		/^n[0-9]+  share: / { share += $3; n++ }
		/^n[0-9]+  volume: / { volume += $3; v++ }
		function off(sum, n) { return n && (sum - 100 > n * 0.05 + 1e-9 || 100 - sum > n * 0.05 + 1e-9) }
		END { if (off(share, n) || off(volume, v)) print "portfolio " round ": " share " of " n ", " volume " of " v }' lines >>failed-sum
done

failed run "$rounds random portfolios are judged"
failed twice 'scoring twice gives the same bytes'
failed threads 'so do two threads and eight'
failed order 'the order of the accounts changes no score'
failed idle 'nor does one more account, of which nothing is known'
failed parts 'nor months that are told by three sources'
failed rate 'nor a conversion at a rate of 1, which is named'
failed years 'nor the year, by 400, of which the calendar repeats itself'
failed until 'nor does what came after the window'
failed times 'ten times the money is ten times each sum of money, and changes nothing else'
failed sum 'shares and volumes sum to 100, but for their rounding'

# The portfolios say something of every measure and raise every flag

kam-score --list-measures | sed -n 's/^\([a-z0-9-]*\)\(,.*\)\{0,1\}\( (S.*)\)\{0,1\}$/\1/p' | sort >names
sed 's/^[^ ]*  \([^:]*\):.*/\1/' all | sort -u >found
is "$(comm -23 names found | tr '\n' ' ')" '' 'each measure has a value somewhere'
sed -n 's/^[^ ]*  flags: \[\(.*\)\]$/\1/p' all | tr -s ', ' '\n' | sort -u >found
for flag in dependence few-contacts decider-unknown one-person neglected comparison-one-sided key-by-size too-many-key tier-differs yielding overdue-high overdue-over-60 pays-late payment-worsening over-limit doubtful-reputation weak-finances many-returns repeated-cause promise-broken; do
	grep -qx -e "$flag" found
	ok "$flag is raised somewhere"
done

done_testing
