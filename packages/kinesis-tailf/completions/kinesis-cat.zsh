#compdef kinesis-cat
local -a flags=(
  '-stream:the stream, by name or ARN; with -firehose the name of the Firehose stream'
  '-region:AWS region'
  '-profile:profile of the shared AWS configuration'
  '-endpoint-url:send requests there'
  '-firehose:send to Amazon Data Firehose'
  '-lf:put an LF behind each record'
  '-delimiter:what separates records; \n, \t, \0 and \xHH are read (default LF)'
  '-length-prefix:each record stands behind its length in four bytes, big-endian'
  '-whole:each file is one record'
  '-keep-cr:keep a CR before the LF'
  '-skip-empty:leave empty records out'
  '-skip-oversize:leave out, and name, records over the limit of the stream'
  '-partition-key:one key for all records; otherwise the SHA-256 of each record'\''s data in hex'
  '-key-from:key from each record: a path into JSON (user.id), a column (2) or the first group of /regexp/'
  '-key-random:a random key for each record'
  '-aggregate:pack records in the format of the Kinesis Producer Library'
  '-aggregate-size:bytes of a packed record at most'
  '-ordered:keep the order of records that have the same key'
  '-rate:records a second; auto is as many as the stream takes'
  '-concurrency:requests under way at once'
  '-big-requests:requests of up to 10 MiB instead of 5'
  '-resume:go on where the run that wrote this file was stopped, and keep the position in it'
  '-dry-run:say what would be sent, and send nothing'
  '-progress:say on stderr how far it is'
  '-log-level:least level that is logged'
  '-log-format:form of the log on stderr'
  '-help:print this page and exit'
  '-h:print this page and exit'
  '-version:print the version and exit'
)
if [[ $PREFIX == -* ]] && (( ${words[(i)--]} >= CURRENT )); then
  _describe -o flag flags
else
  _files
fi
