#!/bin/sh
# kam-score --select and --sort: which of the accounts are written, and in which order.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
export KAM_TODAY

mkdir accounts
# ID MARGIN LINES
account() {
	printf -- '---\nid: %s\ncurrency: EUR\n%ssales:\n  - {month: 2026-10, source: s, revenue: 100.00, margin: %s}\n' "$1" "$3" "$2" >"accounts/$1.yaml"
}
account a 10.00 'name: ООО «Ромашка»
tier: key
manager: north
'
account b 60.00 'tier: large
manager: south
categories: [partner, renowned]
'
account c 30.00 'manager: north
potential: [{year: 2026, amount: 400}]
'
printf -- '---\nid: d\n' >accounts/d.yaml

# EXPR IDS
selects() {
	kam-score -q -s "$1" accounts >out 2>err
	is "$(sed -n 's/^id: //p' out | tr '\n' ' ')" "$2" "$1"
}
selects 'share>=30' 'b c '
selects 'share>=30 and manager=north' 'c '
selects 'tier=key,large' 'a b '
selects 'not tier' 'c d '
selects 'categories=partner' 'b '
selects 'name~ромашка' 'a '
selects 'flags=key-by-size or share=0 and not penetration' 'a d '
selects 'penetration<50 or id=a' 'a c '
selects 'size=monopoly' 'b c '

runs 0 'selected' kam-score -q -s share=30 accounts
like "$(cat out)" '^  share: 30.0$' 'an account selected has its share of all, not of the selected'
runs 1 'nothing selected' kam-score -s 'share>99' accounts
like "$(cat err)" 'no account is selected' 'is said'
runs 1 'nothing selected' kam-score -q -s 'share>99' accounts
is "$(cat err)" '' 'and not said to who wants errors only'
runs 2 'a wrong name' kam-score -s 'shar>3' accounts
like "$(cat err)" '--select: nothing is called "shar"; did you mean share, at column 1' 'is named'

# NAME IDS
sorts() {
	kam-score -q --sort "$1" accounts >out 2>err
	is "$(sed -n 's/^id: //p' out | tr '\n' ' ')" "$2" "--sort $1"
}
sorts share 'b c a d '
sorts -share 'd a c b '
sorts penetration 'c a b d '
sorts manager 'a c b d '
sorts tier 'a b c d '
sorts size 'b c a d '
sorts -size 'd a b c '
sorts abc 'b c a d '
sorts key 'b a c d '
kam-score -q --sort share -s 'not id=c' accounts >out
is "$(sed -n 's/^id: //p' out | tr '\n' ' ')" 'b a d ' 'selected and sorted'
runs 2 'a map to sort by' kam-score --sort headroom-division accounts
like "$(cat err)" '^kam-score: --sort: headroom-division is a map, which has no order' 'has no order'
runs 2 'a wrong name to sort by' kam-score --sort flags accounts
like "$(cat err)" '--sort: flags is a list' 'is refused'
kam-score -q accounts >one
kam-score -q --sort id -j 1 accounts >two
same_file two one 'sorted or not, the documents are the same'

done_testing
