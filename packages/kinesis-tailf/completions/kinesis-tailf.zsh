#compdef kinesis-tailf
local -a flags=(
  '-stream:name or ARN of the stream, or file://DUMP for what -o json once printed'
  '-region:AWS region'
  '-profile:profile of the shared AWS configuration'
  '-endpoint-url:send requests there'
  '-start:first moment: 10:00, 2026-11-23T10:00:00Z, 5m ago, yesterday'
  '-since:first moment: 10:00, 2026-11-23T10:00:00Z, 5m ago, yesterday'
  '-end:last moment; with it the run ends when the range is read'
  '-until:last moment; with it the run ends when the range is read'
  '-tz:zone of times that name none: Asia/Tokyo, UTC, +09:00'
  '-from:where to begin without -start: with what comes, or with the oldest record'
  '-follow:go on at the tip of the stream'
  '-shard-key:read only the shards that this partition key maps to'
  '-shard-id:read only this shard, by id or number; may be given several times'
  '-no-children:do not follow a chosen shard into those that it splits or merges into'
  '-o:form of a record: raw bytes, line (LF only if missing), json (one object a line), text for people, hex'
  '-lf:a line feed after every record of -o raw'
  '-kpl:unpack what the Kinesis Producer Library aggregated'
  '-decode:take gzip, zstd and the CloudWatch Logs envelope off (auto), or base64 before'
  '-split:one record for each JSON value of a payload'
  '-grep:print records that match one of these'
  '-grep-v:print no record that matches one of these'
  '-i:letters'\'' case does not matter to -grep and -grep-v'
  '-key:print records whose partition key matches one of these'
  '-where:print records whose JSON payload has this: '\''status >= 500'\'', '\''a.b[0] ~ ^x'\'', '\''id exists'\'''
  '-color:colours of -o text'
  '-n:stop after so many records'
  '-timeout:stop after this time'
  '-idle-timeout:stop after this time without a record'
  '-max-tps:GetRecords calls a second and shard; the service allows 5, shared with everyone who polls'
  '-max-rate:bytes read a second and shard; the service allows 2MiB, shared with everyone who polls'
  '-concurrency:calls under way at once'
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
