#!/bin/sh
# kam-dossier init: a workspace in which everything runs at once.
. "${0%/*}/lib.sh"

KAM_TODAY=2026-11-22
GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_NAME=north GIT_AUTHOR_EMAIL=north@supplier.example
GIT_COMMITTER_NAME=north GIT_COMMITTER_EMAIL=north@supplier.example
GIT_CEILING_DIRECTORIES=$tap_dir
export KAM_TODAY GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL \
	GIT_CEILING_DIRECTORIES

# state DIR: every file with its bytes, time and mode
state() {
	(cd "$1" && find . -type f ! -path './.git/index' | LC_ALL=C sort | while read -r f; do
		stat -c '%n %y %a' "$f" && cat "$f"
	done)
}

# What is made

runs 0 "init" kam-dossier init --currency EUR --language lv ws
is "$(cd ws && find . -type f | LC_ALL=C sort | tr '\n' ' ')" \
	"./.gitattributes ./accounts/.gitkeep ./kam.yaml ./model.yaml ./playbook.yaml ./team.yaml " "makes these files"
like "$(cat out)" '^made  ws/kam.yaml$' "says so"
like "$(cat out)" "git config merge.kam.driver 'kam-dossier merge-driver %O %A %B %P'" "tells what git needs"
like "$(cat out)" 'kam-dossier new ID' "and what comes next"
like "$(cat ws/kam.yaml)" '^currency: EUR  *#' "the currency"
like "$(cat ws/kam.yaml)" '^language: lv  *#' "the language"
is "$(grep -c '# ' ws/kam.yaml)" "$(wc -l <ws/kam.yaml)" "every setting has its comment"
kam-score --print-model >model
same_file ws/model.yaml model "the built-in model"
kam-followup --print-playbook >playbook
same_file ws/playbook.yaml playbook "the built-in playbook"
is "$(grep -v '^#' ws/.gitattributes)" "accounts/*.yaml -text merge=kam diff=kam" "what git is to do with dossiers"

# Everything runs in it

mkdir ws/sub
runs 0 "a dossier from a subfolder" sh -c 'cd ws/sub && kam-dossier new -v koks "SIA Koks"'
is "$(cat err)" "kam-dossier: settings: ../kam.yaml" "finds the workspace"
[ -e ws/accounts/koks.yaml ]
ok "and its folder of dossiers"
runs 0 "--no-config" sh -c 'cd ws/sub && mkdir accounts && kam-dossier new --no-config other && rm -r accounts'
runs 0 "an option" sh -c 'cd ws/sub && kam-dossier new -d . third && rm third.yaml'
runs 0 "check" sh -c 'cd ws && kam-dossier check'
runs 0 "kam-score" sh -c 'cd ws/sub && kam-score -v ../accounts'
like "$(cat err)" 'kam-score: settings: ../kam.yaml' "with the settings"
like "$(cat out)" 'model: .*model.yaml' "and the model"
runs 0 "kam-followup" sh -c 'cd ws/sub && kam-followup -v ../accounts'
like "$(cat err)" 'kam-followup: settings: ../kam.yaml' "with the settings"
is "$(grep -c warning err)" 0 "and no complaint of the playbook or the team"
sed -n 's/^#     //p' ws/team.yaml >team.yaml
runs 0 "the team's example" kam-followup -t team.yaml --manager north ws/accounts
printf 'date,client,revenue,cost\n2026-10-01,SIA Koks,10.00,5.00\n' >sales.csv
printf 'kind: sales\nsource: x\naccount: {name: client}\ncolumns: {date: date, revenue: revenue, cost: cost}\n' >map.yaml
runs 0 "kam-import" sh -c 'cd ws && kam-import -q -m ../map.yaml ../sales.csv'
like "$(cat out)" '^currency: EUR$' "with the currency"
like "$(cat out)" '^id: koks$' "finds the account"

# Twice

state ws >before
runs 0 "init again" kam-dossier init --currency USD ws
state ws >after
same_file after before "changes nothing"
like "$(cat out)" '^kept  ws/kam.yaml$' "and says so"
is "$(grep -c '^made' out)" 0 "nothing was made"
mkdir mine && echo 'currency: RUB' >mine/kam.yaml && echo '*.png binary' >mine/.gitattributes
runs 0 "where some files are" kam-dossier init mine
is "$(cat mine/kam.yaml mine/.gitattributes)" "currency: RUB
*.png binary" "they stay"
like "$(cat out)" 'add to it: accounts/\*.yaml -text merge=kam diff=kam' "and what to add is said"
runs 0 "-q" kam-dossier init -q mine
is "$(cat out err)" "" "says nothing"

# What cannot be

runs 2 "no folder" kam-dossier init
runs 2 "two" kam-dossier init a b
runs 2 "a file" kam-dossier init sales.csv
runs 2 "a folder in none" kam-dossier init none/ws
like "$(cat err)" 'none/ws: cannot be made: No such file' "is said"
runs 2 "no currency" kam-dossier init --currency euro x
runs 2 "no language" kam-dossier init --language de x
[ ! -e x ]
ok "nothing was made"
mkdir file && echo >file/accounts
runs 2 "accounts is a file" kam-dossier init file
like "$(cat err)" 'file/accounts/: cannot be made' "is said"

# Git

git --version >version 2>&1 || { skip "git" "there is none" && done_testing; }
runs 0 "--git" kam-dossier init --git ws
is "$(git -C ws config merge.kam.driver)" "kam-dossier merge-driver %O %A %B %P" "the merge driver"
is "$(git -C ws config diff.kam.textconv)" "kam-dossier facts --textconv" "the diff driver"
is "$(git -C ws check-attr merge text -- accounts/koks.yaml | cut -d: -f3 | tr -d '\n')" " kam unset" "are used for dossiers"
[ -x ws/.git/hooks/pre-commit ]
ok "a hook"
state ws >before
runs 0 "again" kam-dossier init --git ws
state ws >after
same_file after before "changes nothing"
runs 0 "a commit" sh -c 'cd ws && git add -A && git commit -qm first'
sed 's/^tier:/& biggest /' ws/accounts/koks.yaml >bad && cp bad ws/accounts/koks.yaml
runs 1 "an error in a dossier" sh -c 'cd ws && git add -A && git commit -qm bad'
like "$(cat out err)" 'accounts/koks.yaml:.*biggest' "is not committed"
runs 0 "a workspace without dossiers" kam-dossier init --git empty
runs 0 "can be committed" sh -c 'cd empty && git add -A && git commit -qm first'
runs 0 "a clone" git clone -q empty clone
runs 0 "init in it" sh -c 'cd clone && kam-dossier init .'
is "$(git -C clone status --short)" "" "changes no file"
is "$(git -C clone config diff.kam.textconv)" "kam-dossier facts --textconv" "but sets the drivers"

git init -q repo
mkdir "repo/a b'c"
runs 0 "in a folder of a repository" kam-dossier init "repo/a b'c/ws"
is "$(grep cd repo/.git/hooks/pre-commit | sed 's/ &&.*//')" "(cd ./'a b'\\''c/ws/'" "the hook goes there"
cp bad "repo/a b'c/ws/accounts/koks.yaml"
runs 1 "and refuses" sh -c 'cd repo && git add -A && git commit -qm bad'
like "$(cat out err)" 'accounts/koks.yaml:.*biggest' "what is wrong there"
runs 0 "another workspace in it" kam-dossier init repo
like "$(cat out)" 'pre-commit is yours; add at its end:' "has to be added to the hook"
git init -q own && printf '#!/bin/sh\ntrue\n' >own/.git/hooks/pre-commit && git -C own config merge.kam.driver mine
runs 0 "where there is a hook and a driver" kam-dossier init own
is "$(cat own/.git/hooks/pre-commit; git -C own config merge.kam.driver)" "#!/bin/sh
true
mine" "they stay"
like "$(cat out)" 'which is not: kam-dossier merge-driver' "and it is said"
git init -q shared && git -C shared config core.hooksPath "$PWD/hooks" && mkdir hooks
runs 0 "where hooks are shared with other repositories" kam-dossier init shared
is "$(ls hooks)" "" "none is put there"
like "$(cat out)" 'kam-dossier check -q accounts \|\| exit' "what to add is said"
mkdir bin && ln -s "$(command -v kam-dossier)" bin
runs 0 "where there is no git" env PATH="$PWD/bin" "$PWD/bin/kam-dossier" init nogit
like "$(cat out)" 'Not in a git repository' "what to type is said"
runs 2 "--git without git" env PATH="$PWD/bin" "$PWD/bin/kam-dossier" init --git nogit

done_testing
