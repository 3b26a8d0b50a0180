#!/bin/sh
# Shares, ABC and RFM of a wholesaler's real year, the UCI Online Retail set, against the same in SQL, by another
# program from the same file. KAM_RETAIL names it, as for the test before.
. "${0%/*}/lib.sh"
. "$tests/retail.sh"

retail_begin "a real year against SQL" sqlite3

# The window is 2010-12 to 2011-11. Prices have up to three places: sums are whole thousandths, months whole pence,
# both half away from zero. An order is a document that is no return.
cat >retail.sql <<'END'
.mode csv
.import FILE row
CREATE TABLE sold AS
SELECT replace(CustomerID, '.0', '') AS id, InvoiceNo AS document, substr(InvoiceDate, 1, 10) AS day,
	substr(InvoiceDate, 1, 7) AS month, Quantity * CAST(round(UnitPrice * 1000) AS INTEGER) AS mills
FROM row WHERE CustomerID <> '';

CREATE TABLE months AS
SELECT id, month, sum(mills) AS mills, count(DISTINCT CASE WHEN document NOT LIKE 'C%' THEN document END) AS orders,
	max(CASE WHEN document NOT LIKE 'C%' THEN day END) AS last
FROM sold WHERE month <= '2011-11' GROUP BY id, month;

CREATE TABLE account AS
SELECT id, coalesce(sum((abs(mills) + 5) / 10 * sign(mills)), 0) AS amount, sum(orders) AS orders, max(last) AS last
FROM (SELECT DISTINCT id FROM sold) LEFT JOIN months USING (id) GROUP BY id;

CREATE TABLE judged AS
SELECT id, amount, sum(amount) OVER () AS whole,
	coalesce(sum(amount) OVER (ORDER BY amount DESC GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS larger
FROM account;

CREATE TABLE ranked AS
SELECT id, count(*) OVER () AS n, rank() OVER (ORDER BY last) - 1 AS r, rank() OVER (ORDER BY orders) - 1 AS f,
	rank() OVER (ORDER BY amount) - 1 AS m
FROM account WHERE last IS NOT NULL;

.mode tabs
SELECT id, CASE WHEN tenths < 0 THEN '-' ELSE '' END || (abs(tenths) / 10) || '.' || (abs(tenths) % 10),
	CASE WHEN larger * 100 < whole * 80 THEN 'A' WHEN larger * 100 < whole * 95 THEN 'B' ELSE 'C' END,
	coalesce((1 + 5 * r / n) * 100 + (1 + 5 * f / n) * 10 + 1 + 5 * m / n, '')
FROM (SELECT *, (2000 * abs(amount) + whole) / (2 * whole) * sign(amount) AS tenths FROM judged)
LEFT JOIN ranked USING (id) ORDER BY id;
END
sed -i "s|FILE|'$KAM_RETAIL'|" retail.sql

kam-import -qm retail.yaml "$KAM_RETAIL" >stream 2>/dev/null
runs 0 "the year is scored" kam-score -q stream
awk '
	/^id: / { if (id) put(); id = $2; gsub(/"/, "", id); share = abc = rfm = "" }
	/^  share: / { share = $2 }
	/^  abc: / { abc = $2 }
	/^  rfm: / { rfm = $2 }
	END { put() }
	function put() { print id "\t" share "\t" abc "\t" rfm }' out | LC_ALL=C sort >ours
runs 0 "the year in SQL" sqlite3 :memory: '.read retail.sql'
mv out theirs
is "$(wc -l <ours | tr -d ' ')" 4372 "4,372 accounts"
same_file ours theirs "have the same share, class and RFM"
is "$(cut -f 3 theirs | sort -u | tr -d '\n')" ABC "of all classes"
like "$(cut -f 4 theirs)" '^555$' "up to the best fifths"
like "$(cut -f 4 theirs)" '^$' "and without an order to none"

done_testing
