# Completion of kinesis-cat's flags for bash.
_kinesis_cat() {
  local at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    [[ ${COMP_WORDS[at]} == -- ]] && return
  done
  [[ ${COMP_WORDS[COMP_CWORD]} == -* ]] || return
  COMPREPLY=($(compgen -W '-stream -region -profile -endpoint-url -firehose -lf -delimiter -length-prefix -whole -keep-cr -skip-empty -skip-oversize -partition-key -key-from -key-random -aggregate -aggregate-size -ordered -rate -concurrency -big-requests -resume -dry-run -progress -log-level -log-format -help -h -version' -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _kinesis_cat kinesis-cat
