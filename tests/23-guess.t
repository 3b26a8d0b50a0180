#!/bin/sh
# kam-import --guess: maps for exports that nobody has described, which are imported with as they stand.
. "${0%/*}/lib.sh"

guess=$tests/data/guess

for file in "$guess"/*; do
	name=${file##*/}
	runs 0 "a map is guessed for $name" kam-import --guess "$file"
	mv out map.yaml
	is "$(cat err)" "" "without a word"
	case $name in
	# one of its rows has no client
	retail.csv) runs 1 "and imports $name" kam-import -m map.yaml "$file" ;;
	*) runs 0 "and imports $name" kam-import -m map.yaml "$file" ;;
	esac
done

# The file may come through a pipe

cat >map.yaml <<'END'
kind: sales
source: export
csv: {encoding: windows-1251, delimiter: ";", skip: 4}
number: {decimal: ",", group: " "}
date: "%d.%m.%Y"
account: {external: {export: Код контрагента}, name: Контрагент}
columns: {date: Дата, document: Документ, revenue: Сумма без НДС, cost: Себестоимость}
clean: [{column: Контрагент, match: '\s+', replace: ' '}]
skip-rows: {column: Дата, match: '^(Итого|Всего)'}
returns: {column: Документ, match: '^Возврат'}
END
kam-import -qm map.yaml "$guess/1c-sales.csv" >wanted
cat "$guess/1c-sales.csv" | kam-import --guess - >guessed.yaml
ok "standard input is guessed from"
kam-import -qm guessed.yaml "$guess/1c-sales.csv" >got
same_file got wanted "and imported as by a map made by hand"
is "$(grep -c '^---$' got)" 3 "which makes three accounts"

# What is no export gives no map

: >empty.csv
runs 2 "an empty file" kam-import --guess empty.csv
is "$(cat out err)" "kam-import: empty.csv: the file is empty: there is nothing to guess from" "is named"
printf 'Date;Client;Net\n2026-10-05;Romashka;1,50\n' >a.csv
printf 'Date,Client,Net\n2026-10-05,Romashka,1.50\n' >b.csv
runs 2 "files of two kinds" kam-import --guess a.csv b.csv
is "$(cat out err)" "kam-import: b.csv: its delimiter is not that of a.csv; what is written otherwise needs a map of its own" \
	"get no map"

# The same real year as in 80-retail.t

if [ -z "${KAM_RETAIL-}" ]; then
	skip "a real year" "KAM_RETAIL names no file"
	done_testing
fi
cat >map.yaml <<'END'
kind: sales
source: shop
date: "%Y-%m-%d %H:%M:%S"
account: {external: {shop: CustomerID}}
clean: [{column: CustomerID, match: '\.0$'}]
columns: {date: InvoiceDate, document: InvoiceNo, quantity: Quantity, price: UnitPrice}
returns: {column: InvoiceNo, match: '^C'}
END
ln -s "$KAM_RETAIL" shop.csv
kam-import -qm map.yaml shop.csv >wanted
kam-import --guess shop.csv >guessed.yaml
kam-import -qm guessed.yaml shop.csv >got
same_file got wanted "a real year is imported as by a map made by hand"

done_testing
