#!/bin/sh
# Variation, XYZ, growth and trend of a wholesaler's real year, the UCI Online Retail set, against the same in R.
# KAM_RETAIL names the file, as for the tests before.
. "${0%/*}/lib.sh"
. "$tests/retail.sh"

retail_begin "a real year against R" Rscript

# Amounts are whole pence, of which doubles hold 2^53. Slopes between up to twelve months are whole numbers once
# multiplied by 27720, the least number that 1 to 11 divide, and those of a year after 12 months by 12: so the median
# and what is rounded are fractions of whole numbers, and a tie is seen as one and goes away from zero. A deviation is
# the root of a fraction; none of this year's comes so near to a tie that a double could not tell its side.
cat >year.R <<'END'
first <- 2010L * 12L + 12L # months are 12 × year + month; the window is 2010-12 to 2011-11
window <- 12L

# num ÷ den in tenths, half away from zero; both whole, den above 0
tenths <- function(num, den) {
	stopifnot(2 * abs(num) + den < 2^53, num == floor(num), den == floor(den))
	up <- 2 * abs(num) + den
	sign(num) * (up - up %% (2 * den)) / (2 * den)
}

written <- function(t) ifelse(is.na(t), "", sprintf("%s%d.%d", ifelse(t < 0, "-", ""), abs(t) %/% 10, abs(t) %% 10))

# twice the middle of whole numbers
twice_median <- function(x) {
	x <- sort(x)
	x[(length(x) + 1) %/% 2] + x[length(x) %/% 2 + 1]
}

# 100 × the median slope ÷ the mean month of the window: 1000 × n × twice ÷ (2 × 27720 × sum), both over 40
trend <- function(pence, begin) {
	now <- tail(pence, window)[max(1, begin - first + 1):window]
	n <- length(now)
	if (n < 3 || sum(now) <= 0) return(NA)
	if (begin <= first - window) return(tenths(1000 * twice_median(now - head(pence, window)), 2 * sum(now)))
	pair <- combn(n, 2)
	twice <- twice_median((now[pair[2, ]] - now[pair[1, ]]) * 27720 / (pair[2, ] - pair[1, ]))
	tenths(25 * n * twice, 1386 * sum(now))
}

variation <- function(pence, begin) {
	now <- tail(pence, window)[max(1, begin - first + 1):window]
	n <- length(now)
	if (n < 3 || sum(now) <= 0) return(NA)
	exact <- 1000 * sqrt(n * sum(now^2) - sum(now)^2) / sum(now)
	if (abs(exact - floor(exact) - 0.5) < 1e-9 * exact) near <<- near + 1
	floor(exact + 0.5)
}

growth <- function(pence) {
	before <- sum(head(pence, window))
	if (before == 0) return(NA)
	tenths(1000 * (sum(tail(pence, window)) - before), abs(before))
}

near <- 0
sales <- read.table("months", sep = "\t", colClasses = c("character", "integer", "numeric"), col.names = c("id", "month", "pence"))
sales <- sales[sales$month < first + window, ]
accounts <- readLines("ids")
of <- split(sales, factor(sales$id, accounts))
for (id in accounts) {
	own <- of[[id]]
	t <- v <- g <- NA
	if (nrow(own)) {
		pence <- numeric(2 * window)
		pence[own$month - first + window + 1] <- own$pence
		t <- trend(pence, min(own$month))
		v <- variation(pence, min(own$month))
		g <- growth(pence)
	}
	xyz <- if (is.na(v)) "" else if (v <= 100) "X" else if (v <= 250) "Y" else "Z"
	cat(id, written(v), xyz, written(g), written(t), sep = "\t")
	cat("\n")
}
cat(near, "near a tie\n", file = stderr())
END

# ours, and what R works from: every account, and its months in pence
figures() {
	awk '
		/^id: / { if (id) put(); id = $2; gsub(/"/, "", id); variation = xyz = growth = trend = "" }
		/^  variation: / { variation = $2 }
		/^  xyz: / { xyz = $2 }
		/^  growth: / { growth = $2 }
		/^  trend: / { trend = $2 }
		END { put() }
		function put() { print id "\t" variation "\t" xyz "\t" growth "\t" trend }' out >ours
	sed -n 's/^id: "\([^"]*\)"$/\1/p' "$1" >ids
	awk '
		/^id: / { id = $2; gsub(/"/, "", id) }
		/^  - \{month: / {
			match($0, /revenue: -?[0-9]+\.[0-9][0-9],/)
			pence = substr($0, RSTART + 9, RLENGTH - 10)
			sub(/\./, "", pence)
			print id "\t" substr($3, 1, 4) * 12 + substr($3, 6, 2) "\t" pence
		}' "$1" >months
}

# STREAM DESC: scored and in R
agree() {
	runs 0 "$2 is scored" kam-score -q "$1"
	figures "$1"
	runs 0 "$2 in R" Rscript --vanilla year.R
	is "$(cat err)" '0 near a tie' "$2: no deviation is near a tie"
	is "$(wc -l <out | tr -d ' ')" 4372 "$2: 4,372 accounts"
	same_file ours out "$2: they have the same variation, class, growth and trend"
}

kam-import -qm retail.yaml "$KAM_RETAIL" >stream 2>/dev/null
agree stream "the year"
is "$(wc -l <months | tr -d ' ') $(grep -c '	-*[0-9][0-9]*$' months)" '13675 13675' "each of its months is read"
is "$(cut -f 2 ours | grep -c .) $(cut -f 5 ours | grep -c .)" "3611 3611" "so many have a variation and a trend"
is "$(cut -f 3 ours | sort -u | tr -d '\n')" XYZ "of all classes"

# The file has no second year; as one, each account has before its months those of the account before it
awk '
	/^---/ { before = own; own = "" }
	/^sales:/ { $0 = $0 before }
	/^  - \{month: / && $3 < "2011-12," { line = $0; sub(/: [0-9]+/, ": " substr($3, 1, 4) - 1, line); own = own "\n" line }
	{ print }' stream >years
agree years "two years"
is "$(awk '$2 == 2009 * 12 + 12' months | wc -l | tr -d ' ')" 948 "so many are known for all of both"
is "$(cut -f 4 ours | grep -c .)" 4317 "and so many have a growth"

done_testing
