#!/bin/sh
# kam-import: what a row of each kind of export becomes. Sales at length: 20-import.t.
. "${0%/*}/lib.sh"

# the map of a kind $1, in k.yaml, that reads the other words, fields of it, from columns of their names
map() {
	{
		printf 'kind: %s\nsource: s\naccount: {name: client}\ncolumns:\n' "$1"
		shift
		[ $# -eq 0 ] || printf '  %s: %s\n' $(for field; do echo "$field $field"; done)
	} >k.yaml
}

# DESC WANT: the lists that k.csv becomes, with their items, and what is said of rejected rows
makes() {
	kam-import -m k.yaml k.csv >out 2>err
	is "$(sed -n '/^[a-z-]*:$/p; /^  /p' out; sed -n 's/^kam-import: k.csv:/line /p' err)" "$2" "$1"
}

# DESC WANT: what is in k.csv of February and March 2026
cuts() {
	kam-import -qm k.yaml --since 2026-02 --until 2026-03 k.csv >out
	is "$(grep '^  ' out)" "$2" "$1"
}

map accounts manager tier aliases profile.region plan.revenue
cat >k.csv <<'END'
client,manager,tier,profile.region,aliases,plan.revenue
Alpha,north,KEY,Riga,"Al, Alph",
Alpha,north,,,,12
Alpha,south,,,,
Beta,north,first,,,
END
makes 'accounts: rows are fields of the account, and of maps inside' 'profile:
  region: Riga
plan:
  revenue: 12.00
line 4: manager: a row before says otherwise: north
line 5: tier: wrong value, not one of key, large, standard, prospect: "first"'
like "$(cat out)" '^tier: key$' 'accounts: words are found whatever their case'
like "$(cat out)" '^aliases: \[Al, Alph\]$' 'accounts: a cell holds several words'
cuts 'accounts have no month, and are never cut' '  region: Riga
  revenue: 12.00'

map contacts name function level primary birthday
cat >k.csv <<'END'
client,name,function,level,primary,birthday
Alpha,Head of Purchasing,Purchasing,4,да,
Alpha,Head of Purchasing,,,,1980-03-12
Alpha,Head of Purchasing,,5,,
Alpha,,finance,,,
Alpha,Office,finance,6,,
Alpha,***,,,,
END
makes 'contacts: names make ids where there are none, and are needed' 'contacts:
  - {id: head-of-purchasing, name: Head of Purchasing, function: purchasing, level: 4, primary: yes, birthday: 1980-03-12}
line 4: level: a row before says otherwise of "head-of-purchasing": 4
line 5: name: empty cell, the name is needed
line 6: level: wrong value, not one of 1, 2, 3, 4, 5: "6"
line 7: nothing tells this row from others: it needs an id'

map sales date document line product revenue cost
cat >k.csv <<'END'
client,date,document,line,product,revenue,cost
Alpha,2026-01-31,A-1,1,tape,10,8
Alpha,2026-02-01,A-2,1,tape,10,8
Alpha,2026-02-01,A-2,2,tape,10,8
Alpha,2026-02-01,A-2,1,tape,10,8
Alpha,2026-02-01,A-2,2,tape,11,8
Alpha,2026-02-01,A-2,,tape,10,8
Alpha,2026-02-01,A-2,,tape,10,8
Alpha,2027-02-01,A-2,1,,10,8
Alpha,,A-3,1,,10,8
Alpha,2026-04-01,A-3,1,,,8
END
makes 'sales: a line of a document counts once in a year, rows without one each time' 'sales:
  - {month: 2026-01, source: s, revenue: 10.00, margin: 2.00, returns: 0.00, orders: 1, on: [31], products: {tape: 10.00}}
  - {month: 2026-02, source: s, revenue: 40.00, margin: 8.00, returns: 0.00, orders: 1, on: [1], products: {tape: 40.00}}
  - {month: 2027-02, source: s, revenue: 10.00, margin: 2.00, returns: 0.00, orders: 1, on: [1]}
line 5: this line of document A-2 stands in k.csv:3 too; it counts once
line 6: this line of document A-2 stands in k.csv:4 too, and says otherwise
line 10: date: empty cell, a date is needed: ""
line 11: revenue: empty cell, a number is needed: ""'
like "$(cat err)" ' 10 rows read, 6 imported, 3 rejected \(.*\), 1 repeated, 0 left out;' 'sales: repeated rows are counted'
cuts 'sales are of the month of their date' '  - {month: 2026-02, source: s, revenue: 40.00, margin: 8.00, returns: 0.00, orders: 1, on: [1], products: {tape: 40.00}}'

map products date product quantity price
cat >k.csv <<'END'
client,date,product,quantity,price
Alpha,2026-01-31,tape,2,5
Alpha,2026-02-01,tape,2,5
Alpha,2026-02-28,boxes,3,1.5
Alpha,2026-02-28,tape,-1,5
Alpha,2026-02-28,,1,5
Alpha,2026-02-28,tape,1,
END
makes 'products: revenue is summed by product and month, and nothing else' 'sales:
  - {month: 2026-01, source: s, products: {tape: 10.00}}
  - {month: 2026-02, source: s, products: {boxes: 4.50, tape: 5.00}}
line 6: product: empty cell, a product is needed
line 7: price: empty cell, a number is needed: ""'
cuts 'products are of the month of their date' '  - {month: 2026-02, source: s, products: {boxes: 4.50, tape: 5.00}}'

map invoices id date due amount paid settled
cat >k.csv <<'END'
client,id,date,due,amount,paid,settled
Alpha,I-1,2026-01-31,2026-02-28,10.005,0,
Alpha,I-2,2026-02-01,2026-04-01,20,20,2026-04-02
Alpha,,2026-02-01,2026-04-01,20,20,
Alpha,I-3,2026-02-01,2026-04-01,,20,
Alpha,I-4,,2026-02-01,5,,
END
makes 'invoices: amounts are rounded to cents; number and amount are needed' 'invoices:
  - {id: I-1, date: 2026-01-31, due: 2026-02-28, amount: 10.01, paid: 0.00}
  - {id: I-2, date: 2026-02-01, due: 2026-04-01, amount: 20.00, paid: 20.00, settled: 2026-04-02}
  - {id: I-4, due: 2026-02-01, amount: 5.00}
line 4: id: empty cell, the id is needed
line 5: amount: empty cell, the amount is needed'
cuts 'invoices are of the month of their date; without one they are of none, and stay' '  - {id: I-2, date: 2026-02-01, due: 2026-04-01, amount: 20.00, paid: 20.00, settled: 2026-04-02}
  - {id: I-4, due: 2026-02-01, amount: 5.00}'

map deliveries id ordered promised delivered in-full refused
cat >k.csv <<'END'
client,id,ordered,promised,delivered,in-full,refused
Alpha,007,2026-01-31,2026-02-03,2026-02-03,1,
Alpha,8,2026-03-31,2026-04-03,,no,two rolls
Alpha,,2026-03-31,2026-04-03,,no,
Alpha,9,2026-03-31,2026-04-03,,some,
END
makes 'deliveries: numbers stay as they stand' 'deliveries:
  - {id: "007", ordered: 2026-01-31, promised: 2026-02-03, delivered: 2026-02-03, in-full: yes}
  - {id: "8", ordered: 2026-03-31, promised: 2026-04-03, in-full: no, refused: two rolls}
line 4: id: empty cell, the id is needed
line 5: in-full: wrong value, not yes or no: "some"'
cuts 'deliveries are of the month they were ordered in' '  - {id: "8", ordered: 2026-03-31, promised: 2026-04-03, in-full: no, refused: two rolls}'

map deals id title stage source amount probability opened closed proposal.sent
cat >k.csv <<'END'
client,id,title,stage,source,amount,probability,opened,closed,proposal.sent
Alpha,D-1,Tape,Won,referral,10,100,2026-01-31,2026-02-10,2026-02-01
Alpha,D-2,"Boxes, large",lead,,,12.5,2026-02-01,,
Alpha,D-2,,,inbound,20,,,,2026-02-03
Alpha,,Nothing,lead,,,,2026-02-01,,
Alpha,D-3,Tape,signed,,,,2026-02-01,,
END
makes 'deals: a later row of a deal adds what one before left empty' 'deals:
  - {id: D-1, title: Tape, stage: won, source: referral, amount: 10.00, probability: 100, opened: 2026-01-31, closed: 2026-02-10, proposal: {sent: 2026-02-01}}
  - {id: D-2, title: "Boxes, large", stage: lead, probability: 12.5, opened: 2026-02-01, source: inbound, amount: 20.00, proposal: {sent: 2026-02-03}}
line 5: id: empty cell, the id is needed
line 6: stage: wrong value, not one of lead, qualified, proposal, negotiation, won, lost: "signed"'

map deals id opened closed
cuts 'deals are of the month they were opened in' '  - {id: D-2, opened: 2026-02-01}
  - {id: D-3, opened: 2026-02-01}'

map log date kind by with about next
cat >k.csv <<'END'
client,date,kind,by,with,about,next
Alpha,2026-01-31,visit,north,buyer;office,tape,2026-02-10
Alpha,2026-02-01,call,north,buyer,tape,2026-04-01
Alpha,2026-02-01,call,north,,tape,
Alpha,2026-02-01,call,south,,,
Alpha,,call,north,,,
Alpha,2026-02-02,,north,,,
END
makes 'log: date, kind, who and about what tell entries apart' 'log:
  - {date: 2026-01-31, kind: visit, by: north, with: [buyer, office], about: tape, next: 2026-02-10}
  - {date: 2026-02-01, kind: call, by: north, with: [buyer], about: tape, next: 2026-04-01}
  - {date: 2026-02-01, kind: call, by: south}
line 6: date: empty cell, the date is needed
line 7: kind: empty cell, the kind is needed'
cuts 'log: entries are of the month of their date' '  - {date: 2026-02-01, kind: call, by: north, with: [buyer], about: tape, next: 2026-04-01}
  - {date: 2026-02-01, kind: call, by: south}'

map complaints id opened closed severity subject
cat >k.csv <<'END'
client,id,opened,closed,severity,subject
Alpha,R-1,2026-01-31,2026-02-10,high,"wet
cartons"
Alpha,R-2,2026-02-01,2026-04-10,low,late
Alpha,,2026-02-01,,low,late
END
makes 'complaints: texts keep their line breaks' 'complaints:
  - {id: R-1, opened: 2026-01-31, closed: 2026-02-10, severity: high, subject: "wet\ncartons"}
  - {id: R-2, opened: 2026-02-01, closed: 2026-04-10, severity: low, subject: late}
line 5: id: empty cell, the id is needed'
cuts 'complaints are of the month they were opened in' '  - {id: R-2, opened: 2026-02-01, closed: 2026-04-10, severity: low, subject: late}'

map surveys date kind contact sent score
cat >k.csv <<'END'
client,date,kind,contact,sent,score
Alpha,2026-02-10,nps,buyer,2026-01-31,9
Alpha,2026-02-10,nps,office,2026-01-31,
Alpha,2026-04-01,nps,buyer,2026-02-01,7.5
Alpha,,nps,buyer,2026-02-01,7
END
makes 'surveys: one answer of each contact a day; a score may lack' 'surveys:
  - {date: 2026-02-10, kind: nps, contact: buyer, sent: 2026-01-31, score: 9}
  - {date: 2026-02-10, kind: nps, contact: office, sent: 2026-01-31}
  - {date: 2026-04-01, kind: nps, contact: buyer, sent: 2026-02-01, score: 7.5}
line 5: date: empty cell, the date is needed'
cuts 'surveys are of the month of their date' '  - {date: 2026-02-10, kind: nps, contact: buyer, sent: 2026-01-31, score: 9}
  - {date: 2026-02-10, kind: nps, contact: office, sent: 2026-01-31}'

map voice date kind contact by wish effect
cat >k.csv <<'END'
client,date,kind,contact,by,wish,effect
Alpha,2026-01-31,visit,store,field,lighter pallets,2400
Alpha,2026-03-31,visit,store,field,"yes, lighter",
Alpha,,visit,store,field,lighter pallets,2400
Alpha,2026-03-31,visit,store,field,heavier,
END
makes 'voice: what was wished, and what it would bring' 'voice:
  - {date: 2026-01-31, kind: visit, contact: store, by: field, wish: lighter pallets, effect: 2400.00}
  - {date: 2026-03-31, kind: visit, contact: store, by: field, wish: "yes, lighter"}
line 4: date: empty cell, the date is needed
line 5: wish: a row before says otherwise of "2026-03-31/visit/store": "yes, lighter"'
cuts 'voice is of the month of its date' '  - {date: 2026-03-31, kind: visit, contact: store, by: field, wish: "yes, lighter"}'

map potential year product amount assessed
cat >k.csv <<'END'
client,year,product,amount,assessed
Alpha,2026,boxes,420000,2026-01-20
Alpha,2027,boxes,610000,2026-09-14
Alpha,2026,,5,
Alpha,2026,boxes,1,
Alpha,,boxes,1,
Alpha,2028,boxes,,
Alpha,2028.5,boxes,1,
END
makes 'potential: year and product tell it apart' 'potential:
  - {year: 2026, product: boxes, amount: 420000.00, assessed: 2026-01-20}
  - {year: 2027, product: boxes, amount: 610000.00, assessed: 2026-09-14}
  - {year: 2026, amount: 5.00}
line 5: amount: a row before says otherwise of "2026/boxes": 420000.00
line 6: year: empty cell, the year is needed
line 7: amount: empty cell, the amount is needed
line 8: year: not a whole number, 0 to 999999999: "2028.5"'

map competitors name share criteria.criterion criteria.weight criteria.us criteria.them
cat >k.csv <<'END'
client,name,share,criteria.criterion,criteria.weight,criteria.us,criteria.them
Alpha,Pinewood,35,price,5,3,4
Alpha,Pinewood,,delivery,4,5,2
Alpha,Pinewood,,price,5,3,4
Alpha,Birch,10,,,,
Alpha,Birch,12,price,5,3,4
Alpha,,10,price,5,3,4
END
makes 'competitors: rows add criteria up, each once' 'competitors:
  - {name: Pinewood, share: 35, criteria: [{criterion: price, weight: 5, us: 3, them: 4}, {criterion: delivery, weight: 4, us: 5, them: 2}]}
  - {name: Birch, share: 10}
line 6: share: a row before says otherwise of "Birch": 10
line 7: name: empty cell, the name is needed'

map contracts id start end notice discount
cat >k.csv <<'END'
client,id,start,end,notice,discount
Alpha,K-1,2026-01-31,2026-03-31,90d,3.50
Alpha,K-2,2026-02-01,2027-01-31,,
Alpha,,2026-02-01,2027-01-31,,
Alpha,K-3,2026-02-01,2027-01-31,90 days,
END
makes 'contracts: notice is a span of time' 'contracts:
  - {id: K-1, start: 2026-01-31, end: 2026-03-31, notice: 90d, discount: 3.50}
  - {id: K-2, start: 2026-02-01, end: 2027-01-31}
line 4: id: empty cell, the id is needed
line 5: notice: wrong value, not a span of time, as 90d: bd d w m y: "90 days"'
cuts 'contracts are of the month they start in' '  - {id: K-2, start: 2026-02-01, end: 2027-01-31}'

map news date title about url
cat >k.csv <<'END'
client,date,title,about,url
Alpha,2026-01-31,Alpha builds,,https://news.example/1
Alpha,2026-02-01,Pinewood closes a plant,Pinewood,https://news.example/2
Alpha,,Alpha builds,,
Alpha,2026-02-01,,,
END
makes 'news: date and headline are needed' 'news:
  - {date: 2026-01-31, title: Alpha builds, url: "https://news.example/1"}
  - {date: 2026-02-01, title: Pinewood closes a plant, about: Pinewood, url: "https://news.example/2"}
line 4: date: empty cell, the date is needed
line 5: title: empty cell, the title is needed'
cuts 'news are of the month of their date' '  - {date: 2026-02-01, title: Pinewood closes a plant, about: Pinewood, url: "https://news.example/2"}'

# what a map may not say

# DESC WANT MAP: a map that is refused, and what is said of it
refuses() {
	printf '%s\n' "$3" >k.yaml
	kam-import -m k.yaml k.csv >out 2>err
	is "$? $(sed 's/^kam-import: //' err)" "2 $2" "$1"
	is "$(cat out)" '' "$1: nothing is written"
}

refuses 'a name that no map knows is refused with its place and the nearest' \
	'k.yaml:4:1: colums: not a known name; did you mean "columns"?' \
	'kind: contacts
account: {name: client}
columns: {name: name}
colums: {function: function}'
refuses 'so it is further in' \
	'k.yaml:3:7: csv.skp: not a known name; did you mean "skip"?
k.yaml:4:24: clean[0].macth: not a known name; did you mean "match"?
k.yaml:4:9: clean[0].match: missing' \
	'kind: contacts
account: {name: client}
csv: {skp: 1}
clean: [{column: name, macth: x}]
columns: {name: name}'
refuses 'so is a kind' \
	'k.yaml:1:7: kind: not one of accounts, contacts, sales, invoices, deliveries, deals, log, complaints, surveys, voice, potential, competitors, contracts, products, news: "deal"; did you mean "deals"?' \
	'kind: deal
account: {name: client}'
refuses 'so are fields of a kind, inside others too' \
	'k.yaml:3:25: columns: kind deals has no field "stag"; did you mean "stage"?
k.yaml:3:46: columns: kind deals has no field "proposal.snt"; did you mean "proposal.sent"?
k.yaml:3:54: columns: kind deals has no field "zzz"' \
	'kind: deals
account: {name: client}
columns: {id: id, stag: stage, proposal.snt: x, zzz: x}'
refuses 'a field that is needed and has no column is named' \
	'k.yaml:3:10: columns: kind invoices needs "id"
k.yaml:3:10: columns: kind invoices needs "amount"' \
	'kind: invoices
account: {name: client}
columns: {date: date}'
refuses 'a list of lists cannot be read from a column' \
	'k.yaml:3:33: columns: "criteria" of kind competitors cannot be read from a column' \
	'kind: competitors
account: {name: client}
columns: {name: name, criteria: x}'

# products of one source are told by one export

map products date product revenue
mv k.yaml products.yaml
map sales date product revenue
printf 'client,date,product,revenue\nAlpha,2026-01-31,tape,10\n' >k.csv
cp k.csv products.csv
runs 2 'sales that tell products, and products of the same source' kam-import -m k.yaml k.csv -m products.yaml products.csv
like "$(cat err)" '^kam-import: k.yaml and products.yaml both tell the products of the source s,' 'would count twice'
map sales date revenue
runs 0 'sales that do not tell them' kam-import -m k.yaml k.csv -m products.yaml products.csv
like "$(cat out)" '\{month: 2026-01, source: s, revenue: 10.00, .* products: \{tape: 10.00\}\}$' 'share the month with the products'

done_testing
