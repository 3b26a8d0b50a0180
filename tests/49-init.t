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
is "$(grep -v '^#' ws/.gitattributes)" "accounts/**/*.yaml -text merge=kam diff=kam" "what git is to do with dossiers"
runs 0 "check" sh -c 'cd ws && kam-dossier check'
is "$(cat err)" "kam-dossier: there is no dossier yet; kam-dossier new makes one
kam-dossier: 0 accounts, 0 errors, 0 warnings" "a workspace without accounts is none the worse"
runs 1 "check of a folder without accounts" sh -c 'cd ws && kam-dossier check -q accounts'
is "$(cat err)" "kam-dossier: accounts: there is no account; is it the right folder?" "asks"

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
like "$(cat out)" 'mine/.gitattributes is yours; add to it:' "and what to add is said"
like "$(cat out)" '^  *accounts/\*\*/\*.yaml -text merge=kam diff=kam$' "it is this line"
runs 0 "-q" kam-dossier init -q mine
is "$(cat out err)" "" "says nothing"

# Settings that are none

mkdir odd && echo '- currency: EUR' >odd/kam.yaml
runs 2 "settings that are a list" sh -c 'cd odd && kam-dossier check'
like "$(cat err)" '^kam-dossier: kam.yaml:1:1: a document must be names and values' "are called so"
printf 'currency: EUR\n<<<<<<< ours\nlanguage: ru\n=======\nlanguage: lv\n>>>>>>> theirs\n' >odd/kam.yaml
runs 2 "settings in conflict" sh -c 'cd odd && kam-dossier check'
like "$(cat err)" '^kam-dossier: kam.yaml:2:1: marks of a merge conflict; resolve it first$' "are called so"
cp odd/kam.yaml conflict.yaml
runs 1 "a dossier in conflict" kam-dossier check --no-config conflict.yaml
like "$(cat out)" '^conflict.yaml:2:1: error: marks of a merge conflict; resolve it first \[syntax\]$' "is called so"

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
is "$(git -C ws config diff.kam.textconv)" "" "the diff driver shows lines"
for f in accounts/koks.yaml accounts/archive/koks.yaml; do
	is "$(git -C ws check-attr merge diff text -- $f | cut -d: -f3 | tr -d '\n')" " kam kam unset" "are used for $f"
done
[ -x ws/.git/hooks/pre-commit ]
ok "a hook"
state ws >before
runs 0 "again" kam-dossier init --git ws
state ws >after
same_file after before "changes nothing"
runs 0 "a commit" sh -c 'cd ws && git add -A && git commit -qm first'
sed 's/^tier:/& biggest /' ws/accounts/koks.yaml >bad && cp bad ws/accounts/koks.yaml
runs 1 "an error in a dossier" sh -c 'cd ws && git add -A && git commit -qm bad'
like "$(cat out err)" '^accounts/koks.yaml:[0-9:]* .*biggest' "is not committed"
runs 0 "a workspace without dossiers" kam-dossier init --git empty
runs 0 "can be committed" sh -c 'cd empty && git add -A && git commit -qm first'
runs 0 "a clone" git clone -q empty clone
runs 0 "init in it" sh -c 'cd clone && kam-dossier init .'
is "$(git -C clone status --short)" "" "changes no file"
is "$(git -C clone config merge.kam.driver)" "kam-dossier merge-driver %O %A %B %P" "but sets the drivers"

git init -q repo
mkdir "repo/a b'c"
runs 0 "in a folder of a repository" kam-dossier init "repo/a b'c/ws"
like "$(cat repo/.git/hooks/pre-commit)" "cd \./'a b'\\\\''c/ws/' && kam-dossier check -q --staged\) \|\| exit\$" "the hook goes there"
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
like "$(cat out)" "^      $PWD/hooks/pre-commit would be a hook of all .* make it, executable, with .*:\$" "the file is named"
like "$(cat out)" 'kam-dossier check -q --staged \|\| exit' "what to add is said"

# What an earlier version left

git init -q old && mkdir old/accounts && git -C old config diff.kam.textconv 'kam-dossier facts --textconv'
printf '#!/bin/sh\n! ls accounts/*.yaml >/dev/null 2>&1 || kam-dossier check -q accounts || exit\n' >old/.git/hooks/pre-commit
echo 'accounts/*.yaml -text merge=kam diff=kam' >old/.gitattributes
cat old/.git/hooks/pre-commit old/.gitattributes >before
runs 0 "where an earlier version was" kam-dossier init old
cat old/.git/hooks/pre-commit old/.gitattributes >after
same_file after before "what it left stays"
is "$(git -C old config diff.kam.textconv)" "kam-dossier facts --textconv" "its setting too"
like "$(cat out)" 'pre-commit checks files that are not committed, and not those that are; put in the place of its line:$' \
	"the hook is to be changed"
like "$(cat out)" '^  *kam-dossier check -q --staged \|\| exit$' "to this"
like "$(cat out)" '.gitattributes says nothing of accounts/archive; put in the place of its line for dossiers:$' \
	"the attributes too"
like "$(cat out)" '^  *git config --unset diff.kam.textconv$' "and the setting"

# What is committed is what is checked

begin() {
	cd "$tap_dir/work" && rm -rf st && kam-dossier init -q --git st && cd st || exit
	kam-dossier new -q koks "SIA Koks" >/dev/null && cp accounts/koks.yaml ../good
	git add -A && git commit -qm first
	sed 's/^tier:/& biggest /' ../good >../bad
}
# DESC STATUS COMMAND…: in a workspace with one good dossier; out is left beside it
commits() {
	desc=$1 status=$2
	shift 2
	runs "$status" "$desc" sh -c "$*"
	mv out err ..
}
begin
cp ../bad accounts/koks.yaml && git add -A && cp ../good accounts/koks.yaml
commits "a bad dossier that was mended after git add" 1 git commit -qm bad
like "$(cat ../out ../err)" '^accounts/koks.yaml:[0-9]+:[0-9]+: error: tier: .*biggest' "is refused with its place"
commits "git commit -a takes the mended one" 0 'git commit -qam good --allow-empty'
begin
cp ../bad accounts/koks.yaml && echo '# ours' >>kam.yaml && git add kam.yaml
commits "a bad dossier that is not committed" 0 git commit -qm settings
commits "git commit -a" 1 git commit -qam all
echo '# more' >>kam.yaml
commits "a commit of another file alone" 0 git commit -qm one kam.yaml
commits "of the bad one alone" 1 git commit -qm one accounts/koks.yaml
git add accounts/koks.yaml && echo '# still more' >>kam.yaml
commits "of another while the bad one is staged" 0 git commit -qm one kam.yaml
commits "both" 1 git commit -qm both
git rm -q --cached accounts/koks.yaml
commits "a dossier is taken away" 0 git commit -qm away
git add -N accounts/koks.yaml && echo '# yet more' >>kam.yaml && git add kam.yaml
commits "a file that is only announced" 0 git commit -qm announced
begin
kam-dossier new -q second "SIA Koks" >/dev/null && sed -i 's/^parent:/& nowhere/' accounts/second.yaml
sed -i 's/^accounts: .*/accounts: [/' kam.yaml && git add accounts
commits "settings that are broken, not staged" 0 git commit -qm second
git add kam.yaml
commits "staged" 1 'git commit -qm settings || exit 1'
like "$(cat ../err)" 'kam.yaml:[0-9]+' "are named"
git reset -q --hard
printf 'managers: [{id: north}]\n' >team.yaml && sed -i 's/^manager:/& north/' accounts/koks.yaml && git add -A
printf 'managers: [{id: south}]\n' >team.yaml
commits "the team that is committed counts" 0 git commit -qm team
git add -A
commits "against the dossiers too" 1 git commit -qm team
like "$(cat ../out ../err)" 'koks.yaml:.*no manager of the team file has the id "north"' "which is said"
git rm -q --cached team.yaml
commits "a file that git does not keep is read where it is" 1 git commit -qm team
mkdir "../out side" && git worktree add -q "../out side/tree" 2>/dev/null && cd "../out side/tree" || exit
cp ../../bad accounts/koks.yaml && cp kam.yaml team.yaml ..
commits "another working tree" 1 'git commit -qam bad; s=$?; mv out err ../..; exit $s' 2>/dev/null
cd ../../st && git worktree remove -f "../out side/tree"
cd ..

# In a folder below the top, from folders below that, in a submodule

rm -rf below && git init -q below && mkdir "below/a b" && kam-dossier init -q "below/a b/ws" && cd "below/a b/ws" || exit
cp ../../../good accounts/koks.yaml && git add -A
commits "below the top" 0 git commit -qm first
mv ../out ../err ../../..
cd accounts || exit
cp ../../../../bad koks.yaml && git add -A && cp ../../../../good koks.yaml
commits "a bad dossier from its folder" 1 git commit -qm bad
like "$(cat ../err)" '^accounts/koks.yaml:[0-9]+:' "has the workspace's path"
rm ../out ../err
runs 1 "check --staged by hand" kam-dossier check -q --staged
like "$(cat out)" '^\.\./accounts/koks.yaml:[0-9]+:' "has the path from there"
runs 1 "of a named file" kam-dossier check -q --staged koks.yaml
like "$(cat out)" '^koks.yaml:[0-9]+:' "has the path that was named"
runs 2 "of what is not in the index" kam-dossier check --staged out
like "$(cat err)" 'out: git has nothing of that name to commit' "is said"
runs 2 "of what is outside" kam-dossier check --staged ../../../../../good
rm out err
git worktree add -q ../../../tree 2>/dev/null && cd "../../../tree/a b/ws" || exit
cp ../../../../bad accounts/koks.yaml && git add -A && cp ../../../../good accounts/koks.yaml
commits "in another working tree" 1 git commit -qm bad
rm ../out ../err
cd ../../../.. || exit
git init -q super && git -C super -c protocol.file.allow=always submodule --quiet add "$PWD/empty" "sub mod" 2>/dev/null
kam-dossier init -q "super/sub mod" && cp bad "super/sub mod/accounts/koks.yaml"
git -C "super/sub mod" add -A && cp good "super/sub mod/accounts/koks.yaml"
runs 1 "in a submodule" git -C "super/sub mod" commit -qm bad
like "$(cat out err)" '^accounts/koks.yaml:[0-9]+:' "is checked as well"
kam-dossier init -q super && git -C super add .
runs 0 "the repository around it" git -C super commit -qm sub
runs 2 "--staged outside of git" kam-dossier check --staged
like "$(cat err)" '--staged: not in the working tree of a git repository' "is said"
mkdir tmp
runs 0 "with a folder for temporary files" env TMPDIR="$PWD/tmp" sh -c 'cd st && git stash -q && kam-dossier check -q --staged'
is "$(ls tmp)" "" "nothing is left there"
runs 0 "which has a relative path" env TMPDIR=../tmp sh -c 'cd st && kam-dossier check -q --staged'
is "$(ls tmp)" "" "nothing is left there"

# Facts are shown when asked

cd st && git reset -q --hard && sed -i 's/^tier:/& key/;s/^name:.*/&   # by hand/' accounts/koks.yaml
git diff >../out
like "$(cat ../out)" '^\+name: .*# by hand$' "git diff shows lines, comments too"
git facts >../out
is "$(sed -n 's/^[-+]\([^-+]\)/&/p' ../out)" '+tier: "key"' "git facts shows facts"
(cd accounts && git facts koks.yaml) >../out
is "$(sed -n 's/^[-+]\([^-+]\)/&/p' ../out)" '+tier: "key"' "from a subfolder, of a file that is there"
(cd accounts && git facts --stat --cached HEAD) >../out
is "$(cat ../out)" "" "with arguments"
git -c diff.kam.textconv='kam-dossier facts --textconv' diff >../out
is "$(sed -n 's/^[-+]\([^-+]\)/&/p' ../out)" '+tier: "key"' "by -c"
cd ../below/tree/a*/ws/accounts && git reset -q --hard && sed -i 's/^tier:/& key/' koks.yaml
git facts koks.yaml >../out
is "$(sed -n 's/^[-+]\([^-+]\)/&/p' ../out)" '+tier: "key"' "in another working tree"
rm ../out && cd ../../../../.. || exit

# Without git

mkdir bin && ln -s "$(command -v kam-dossier)" bin
runs 0 "where there is no git" env PATH="$PWD/bin" "$PWD/bin/kam-dossier" init nogit
like "$(cat out)" 'Not in a git repository' "what to type is said"
runs 2 "--git without git" env PATH="$PWD/bin" "$PWD/bin/kam-dossier" init --git nogit

done_testing
