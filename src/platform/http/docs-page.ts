/** The little of an OpenAPI document that the page shows. */
interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { schema?: Schema }>> }>
  >;
}
type Schema = Readonly<Record<string, unknown>>;

const html = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2321; --paper: #fbfaf7; --line: #d8d5cc; --accent: #0b6b6b; --pale: #f1efe8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4dd; --paper: #171a19; --line: #3a3f3d; --accent: #5cc2bd; --pale: #20252a; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 14px/1.6 "PingFang SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
code, pre, .path { font-family: ui-monospace, "JetBrains Mono", Consolas, monospace; font-size: 12.5px; }
pre { background: var(--pale); padding: .75rem; overflow: auto; max-height: 26rem; }
details { border: 1px solid var(--line); margin: .5rem 0; } summary { cursor: pointer; padding: .4rem .75rem; }
details > div { padding: 0 .75rem .75rem; } .method { display: inline-block; width: 4rem; color: var(--accent); font-weight: 600; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; border-bottom: 1px solid var(--line); padding: .25rem .5rem .25rem 0; vertical-align: top; }
a { color: var(--accent); }`;

function schemaBlock(title: string, schema: Schema | undefined): string {
  if (!schema) return '';
  return `<h4>${html(title)}</h4><pre>${html(JSON.stringify(schema, null, 2))}</pre>`;
}

function operationBlock(path: string, method: string, operation: Operation): string {
  const parameters = operation.parameters ?? [];
  const rows = parameters.map(
    (p) =>
      `<tr><td><code>${html(p.name)}</code>${p.required ? ' *' : ''}</td><td>${html(p.in)}</td><td>${html(
        [p.schema?.type, (p.schema?.enum as unknown[] | undefined)?.join(' | ')].filter(Boolean).join(': '),
      )}</td><td>${html(p.description ?? (p.schema?.description as string | undefined) ?? '')}</td></tr>`,
  );
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const answers = Object.entries(operation.responses ?? {}).map(([status, response]) =>
    schemaBlock(
      `${status} ${response.description ?? ''}`,
      Object.values(response.content ?? {})[0]?.schema ?? undefined,
    ),
  );
  return `<details><summary><span class="method">${method.toUpperCase()}</span> <span class="path">${html(path)}</span>
    — ${html(operation.summary ?? '')}</summary><div>
    ${operation.description ? `<p>${html(operation.description)}</p>` : ''}
    ${rows.length ? `<table><thead><tr><th>参数 Parameter</th><th>in</th><th>类型 Type</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>` : ''}
    ${schemaBlock('请求体 Body', body)}${answers.join('')}</div></details>`;
}

/** The API as one readable page: no script, nothing from outside. */
export function docsPage(document: unknown): string {
  const api = document as OpenApi;
  const groups = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(api.paths ?? {})) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (!operation) continue;
      const group = operation.tags?.[0] ?? '其他 Other';
      groups.set(group, [...(groups.get(group) ?? []), operationBlock(path, method, operation)]);
    }
  }
  const sections = [...groups].map(([name, blocks]) => `<h2>${html(name)}</h2>${blocks.join('\n')}`);
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${html(api.info.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<h1>${html(api.info.title)} <small>${html(api.info.version)}</small></h1>
<p>${html(api.info.description ?? '')}</p><p><a href="/api/openapi.json">openapi.json</a></p>
${sections.join('\n')}</body></html>`;
}
