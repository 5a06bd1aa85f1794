/** Six programs of the shapes people write, each a set of files of which `main.jsonnet` is the program. */
export const programs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "big config": bigConfig(),
  comprehension: {
    "main.jsonnet": `
      local numbers = [x * 2 + y for x in std.range(1, 1000) for y in std.range(1, 100) if (x + y) % 2 == 0];
      { count: std.length(numbers), sum: std.foldl(function(total, n) total + n, numbers, 0),
        all: std.foldl(function(total, n) total + n % 7, std.range(1, 100000), 0) }`,
  },
  sort: {
    "main.jsonnet": `
      local scrambled = [(i * 7919) % 10007 for i in std.range(0, 9999)];
      local records = [{ id: 'r%05d' % n, weight: n } for n in scrambled];
      { numbers: std.length(std.sort(scrambled)), byWeight: std.sort(records, function(r) r.weight)[0].id,
        byName: std.sort(records, keyF=function(r) r.id)[9999].id, set: std.length(std.set(scrambled)) }`,
  },
  inheritance: {
    "main.jsonnet": `
      local base = { name: 'base', level: 0, total: self.level * 2, nested: { deep: { path: [] } } };
      local layer(i) = { level: super.level + 1, nested+: { deep+: { path+: [i] } }, ['field%d' % (i % 20)]: self.level + i };
      local tall(n) = std.foldl(function(object, i) object + layer(i), std.range(1, n), base);
      [tall(200) { name: 'object %d' % k, level+: k } for k in std.range(1, 20)]`,
  },
  "string building": {
    "main.jsonnet": `
      local words = ['word%d' % i for i in std.range(1, 60000)];
      local text = std.join(' ', words);
      local grown = std.foldl(function(text, i) text + 'line ' + i + '\\n', std.range(1, 60000), '');
      { joined: std.length(text), grown: std.length(grown), replaced: std.length(std.strReplace(text, 'word1', 'w')),
        upper: std.asciiUpper(text)[0:20], parts: std.length(std.split(grown, '\\n')), escaped: std.length(std.escapeStringJson(grown)) }`,
  },
  "YAML output": {
    "main.jsonnet": `
      local service(i) = { name: 'service-%d' % i, replicas: i % 5, ports: [{ name: 'http', port: 8000 + i }, { name: 'admin', port: 9000 + i }],
        env: { ['VAR_%d' % k]: 'value %d of %d' % [k, i] for k in std.range(1, 8) }, command: 'line 1\\nline 2\\n' };
      std.manifestYamlDoc({ services: [service(i) for i in std.range(1, 600)] }, quote_keys=false)`,
  },
};

/** Sixty services for four stages out of a library, defaults, and overrides merged with \`+:\`. */
function bigConfig(): Record<string, string> {
  const services = Array.from({ length: 60 }, (_, i) => {
    const overrides = `resources+: { limits+: { memory: '${128 + i}Mi' } }, env+: { PORT: '${8000 + i}', NAME: $.name }`;
    return `lib.service('svc-${i}', image='registry/svc-${i}:1.${i}') { ${overrides}, labels+:: { tier: '${i % 3 ? "web" : "data"}' } },`;
  });
  return {
    "lib/defaults.libsonnet": `{
      resources: { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: self.floor, floor:: '64Mi' } },
      env: { LOG: 'info', REGION: 'eu-west-1' }, replicas: 2, labels:: { team: 'core' }, probes: { path: '/health', period: 10 },
    }`,
    "lib/service.libsonnet": `local defaults = import 'defaults.libsonnet';
      { service(name, image, port=8080):: defaults {
          local this = self, name: name, image: image,
          assert std.length(this.name) > 0 : 'a service needs a name',
          metadata: { name: this.name, labels: this.labels { app: name } },
          container: { image: this.image, env: [{ name: k, value: this.env[k] } for k in std.objectFields(this.env)], ports: [{ containerPort: port }] },
          arn:: 'arn:aws:ecs:%s:123456789012:service/%s' % [this.env.REGION, this.name],
          outputs: { arn: this.arn, url: std.format('https://%s.example.com:%d', [this.name, port]) },
        } }`,
    "services.libsonnet": `local lib = import 'lib/service.libsonnet';\n[${services.join("\n")}]`,
    "main.jsonnet": `local services = import 'services.libsonnet';
      local stages = { dev: { replicas: 1 }, test: { replicas: 1 }, staging: { env+: { LOG: 'debug' } }, prod: { replicas: 6, env+: { LOG: 'warn' } } };
      { [stage]: { [s.name]: s + stages[stage] + { env+: { STAGE: stage } } for s in services } for stage in std.objectFields(stages) }`,
  };
}
