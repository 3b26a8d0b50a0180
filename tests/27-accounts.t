#!/bin/sh
# kam-import: which account a row is about. Merged and unmerged ids of folders: 20-import.t; the parts of a name:
# unit/test_company.c, unit/test_book.c.
. "${0%/*}/lib.sh"

cat >m.yaml <<'END'
kind: sales
source: shop
currency: EUR
account: {external: {shop: code, inn: inn}, name: client}
columns: {date: date, revenue: net}
END
header='date,code,inn,client,net'

# CODE,INN,CLIENT…: an export of these clients, the nth bringing 2 to the power n−1
sells() {
	echo "$header"
	net=1
	for client in "$@"; do
		printf '2026-01-01,%s,%s\n' "$client" "$net"
		net=$((net * 2))
	done
}

# "ID REVENUE" of each account
sums() {
	sed -n 's/^id: //p; s/^  - {month: [^,]*, source: [^,]*, revenue: \([0-9]*\)\.00,.*/\1/p' out | tr '\n' ' '
}

# Against accounts of a folder

mkdir accounts
cat >accounts/daisy.yaml <<'END'
id: daisy
name: ООО «Ромашка»
aliases: [Ромашки, Camomile & Co]
external: {shop: "007", inn: "7707083893"}
END
cat >accounts/amber.yaml <<'END'
id: amber
name: Dzintara Krasts, SIA
END

# DESC CLIENT [ID]: who the client is, against the folder and against an earlier row of the run; daisy if none is named
meant() {
	sells "$2" >a.csv
	runs 0 "$1" kam-import -qm m.yaml -a accounts a.csv
	is "$(sums)" "${3:-daisy} 1 " "finds its account"
}
meant "a code" '007,,Whatever'
meant "a code with another tax number" '007,,'
meant "a tax number" ',7707083893,Whatever'
meant "a tax number with the KPP" ',7707083893/770701001,Whatever'
meant "an alias" ',,Ромашки'
meant "an alias in other letters" ',,РОМАШКИ'
meant "an alias of a legal form" ',,"Camomile & Co., Ltd"'
meant "the name" ',,ООО «Ромашка»'
meant "the name in other letters" ',,ооо «РОМАШКА»'
meant "the name with other quotes" ',,"ООО ""Ромашка"""'
meant "the name without quotes" ',,ООО Ромашка'
meant "the name without its legal form" ',,Ромашка'
meant "the name with another one" ',,АО Ромашка'
meant "the name with one behind" ',,"Ромашка, ООО"'
meant "the name with one in words" ',,Общество с ограниченной ответственностью «Ромашка»'
meant "a Latvian legal form" ',,SIA Dzintara Krasts' amber
meant "an English one" ',,Dzintara Krasts LLC' amber
meant "a German one" ',,Dzintara Krasts GmbH' amber
meant "another punctuation" ',,"""DZINTARA-KRASTS"" SIA."' amber
sells '8,,Ромашка' >a.csv
runs 0 "a name with another code" kam-import -qm m.yaml -a accounts a.csv
is "$(sums)" 'romashka 1 ' "is another account"
sells ',,Ромаш' '007,,Ромашка Плюс' >a.csv
runs 0 "a part of a name" kam-import -qm m.yaml -a accounts a.csv
is "$(sums)" 'daisy 2 romash 1 ' "finds nobody"

# Against the run

sells '1,,ООО «Алёнушка»' ',,ООО «Алёнушка»' ',,ооо «алёнушка»' ',,Аленушка' ',,АЛЕНУШКА ООО' '1,,' '1,,Новое имя' '2,,Other' >a.csv
runs 0 "a client by other names" kam-import -qm m.yaml a.csv
is "$(sums)" 'ooo-alenushka 127 other 128 ' "is the one that a row before had made"
like "$(cat out)" '^name: ООО «Алёнушка»$' "and keeps its first name"
sells '1,4401-0000-00,Gulls' '2,4401000000,Wharf' '1,,' '2,,' >a.csv
runs 0 "two codes of one tax number" kam-import -qm m.yaml a.csv
is "$(sums)" 'gulls 15 ' "are one client with two records"
sells ',7707083893,Gulls' ',7707083894,Gulls' >a.csv
runs 2 "two tax numbers of one name" kam-import -qm m.yaml a.csv
like "$(cat err)" '^kam-import: a\.csv:3: "Gulls" \(code "7707083894"\) .* "Gulls" \(code "7707083893"\) \(a\.csv:2\);' \
	"are two clients, and both are named"
sells '1,7707083893,Gulls' '2,7707083894,SIA Gulls' ',,gulls' ',,Gulls' ',,Gulls SIA' >a.csv
runs 1 "names that are the same but for their legal form" kam-import -m m.yaml a.csv
is "$(sums)" 'gulls 13 sia-gulls 2 ' "find the one that has the very name"
like "$(cat err)" '^kam-import: a\.csv:6: .*gulls|^kam-import: a\.csv:6: .*Gulls' "and by a third form neither"
sells '1,0,Gulls' '2,-,Wharf' '3,0000000000,Timber' >a.csv
runs 0 "zeros and hyphens for a tax number" kam-import -qm m.yaml a.csv
is "$(sums)" 'gulls 1 timber 4 wharf 2 ' "are none"
sells '1,,Alpha' ',,Beta' '1,,Beta' >a.csv
runs 0 "a code and a name of two accounts" kam-import -qm m.yaml a.csv
is "$(sums)" 'alpha 5 beta 2 ' "go by the code"
cat >two.yaml <<'END'
kind: sales
source: shop
currency: EUR
account: {external: {shop: code, till: inn}, name: client}
columns: {date: date, revenue: net}
END
sells '1,,Alpha' ',2,Beta' '1,2,Alpha' >a.csv
runs 1 "codes of two accounts" kam-import -m two.yaml a.csv
like "$(cat err)" '^kam-import: a\.csv:4: .*Alpha.*Beta' "name both"
like "$(cat err)" '1 rejected \(two accounts: 1\)' "and are rejected"
is "$(sums)" 'alpha 1 beta 2 ' "and counted for none"

# Ids

# NAME ID: a new account of that name
named() {
	sells "1,,$1" >a.csv
	kam-import -qm m.yaml a.csv >out 2>err
	is "$(sums)" "$2 1 " "the id of $1 is $2"
}
named 'ООО «Ромашка»' ooo-romashka
named 'Щёлково Хлеб & Соль' shchelkovo-khleb-sol
named 'Объём' obem
named 'SIA Ķeguma Koks' sia-keguma-koks
named 'Žagars Ūdens' zagars-udens
named 'Müller & Söhne GmbH' muller-sohne-gmbh
named 'Groß Æro' gross-aero
named '../etc' etc
named '株式会社' '"1"'
named '?!' '"1"'

sells '1,,Щука' '2,,Shchuka' >a.csv
runs 2 "two names of one id" kam-import -m m.yaml a.csv
is "$(cat err)" 'kam-import: a.csv:3: "Shchuka" (code "2") would get the id shchuka, which is that of "Щука" (code "1") (a.csv:2); give one of them a dossier of its own with its code in external:, and import with -a' \
	"stop the import with both names and their lines"
is "$(cat out)" '' "and nothing is written"

# Branches that share a tax number

mkdir branches
printf 'id: north\nname: Harbour North\nexternal: {inn: "7707083893", shop: "1"}\n' >branches/north.yaml
printf 'id: south\nname: Harbour South\nexternal: {inn: "7707083893", shop: "2"}\n' >branches/south.yaml
runs 0 "two dossiers with one tax number" kam-dossier check branches
sells '1,7707083893,' '2,7707083893,x' ',,Harbour South' ',7707083893,Harbour' >a.csv
runs 1 "their rows" kam-import -m m.yaml -a branches a.csv --rejects r.csv
is "$(sums)" 'north 1 south 6 ' "find their own by code and by name"
like "$(cat err)" '^kam-import: a\.csv:5: .*north.*south|^kam-import: a\.csv:5: .*south.*north' "one with the tax number only names both"
like "$(cat err)" '1 rejected \(two accounts: 1\)' "and is rejected"
like "$(cat r.csv)" '^2026-01-01,,7707083893,Harbour,8,5,' "and kept"
cp out stream
runs 0 "a merge of them" kam-dossier merge branches stream
runs 0 "the dossiers after it" kam-dossier check branches
is "$(grep -c revenue branches/north.yaml branches/south.yaml | tr '\n' ' ')" 'branches/north.yaml:1 branches/south.yaml:1 ' \
	"have each its own sales"
sells '3,7707083893,Harbour East' >a.csv
runs 1 "a code that neither has" kam-import -m m.yaml -a branches a.csv
like "$(cat err)" '1 rejected \(two accounts: 1\)' "is rejected: it may be a third one, or a new code of either"
printf 'id: east\nexternal: {shop: "3"}\n' >branches/east.yaml
runs 0 "with a dossier of its own" kam-import -qm m.yaml -a branches a.csv
is "$(sums)" 'east 1 ' "it is found"
printf 'id: north2\nexternal: {shop: "1"}\n' >branches/north2.yaml
runs 1 "two dossiers with one code" kam-dossier check branches

done_testing
