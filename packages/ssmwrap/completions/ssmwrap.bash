# Completion of ssmwrap's flags for bash.
_ssmwrap() {
  local at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    [[ ${COMP_WORDS[at]} == -- ]] && return
  done
  [[ ${COMP_WORDS[COMP_CWORD]} == -* ]] || return
  COMPREPLY=($(compgen -W '-paths -names -recursive -no-recursive -no-env -env-prefix -prefix -env-entire-path -rule -env -file -expand -strict -on-collision -keep-existing -pristine -sanitize -case -allow-reserved -allow-root -scrub -file-mode -region -profile -role-arn -endpoint-url -retries -max-attempts -timeout -concurrency -splay -print -yes -dry-run -check -supervise -kill-after -nofile -exit-codes -log-level -log-format -help -h -version' -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _ssmwrap ssmwrap
