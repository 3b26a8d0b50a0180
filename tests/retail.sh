# For sourcing: a wholesaler's real year, the UCI Online Retail set, too large to ship: KAM_RETAIL names the file.

# NAME [PROGRAM]: without the file, or that program, the whole test is skipped by that name
retail_begin() {
	if [ -z "${KAM_RETAIL-}" ]; then
		skip "$1" "KAM_RETAIL names no file"
		done_testing
	fi
	if [ $# -gt 1 ] && ! command -v "$2" >/dev/null; then
		skip "$1" "there is no $2"
		done_testing
	fi
}

KAM_TODAY=2011-12-10
export KAM_TODAY

cat >retail.yaml <<'END'
kind: sales
source: shop
currency: GBP
date: "%Y-%m-%d %H:%M:%S"
account: {external: {shop: CustomerID}}
clean: [{column: CustomerID, match: '\.0$'}]
columns: {date: InvoiceDate, document: InvoiceNo, quantity: Quantity, price: UnitPrice}
returns: {column: InvoiceNo, match: '^C'}
END
