# Completion of kinesis-tailf's flags for bash.
_kinesis_tailf() {
  local at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    [[ ${COMP_WORDS[at]} == -- ]] && return
  done
  [[ ${COMP_WORDS[COMP_CWORD]} == -* ]] || return
  COMPREPLY=($(compgen -W '-stream -region -profile -endpoint-url -start -since -end -until -tz -from -follow -checkpoint -shard-key -force -shard-id -no-children -o -template -out -order -order-window -lf -kpl -kpl-depth -kcl-compat -decode -max-inflate -split -grep -grep-v -i -key -where -color -n -timeout -idle-timeout -max-tps -greedy -max-rate -memory -concurrency -efu -consumer -sdk -info -check -shard-map -stats -quiet -verbose -log-level -log-format -help -h -version' -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _kinesis_tailf kinesis-tailf
