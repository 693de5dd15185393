import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ConnectionTarget, connect, type Queryable, withDatabase } from './connections.ts';
import { migrate, migrationsFolder } from './migrate.ts';
import { openStore, storeOptionsFrom } from './store.ts';

/**
 * The schema as the migrations leave it, for people to read and for reviews to compare: `migrations/schema.sql`.
 * Written from the catalogues, sorted by name, the same on every supported PostgreSQL. It is not meant to be run.
 *
 *   npx tsx src/platform/postgres/schema-snapshot.ts          writes it
 *   npx tsx src/platform/postgres/schema-snapshot.ts --check  exits 1 when it is out of date
 */
export async function schemaSnapshot(sql: Queryable): Promise<string> {
  const blocks = [
    '-- Written by src/platform/postgres/schema-snapshot.ts from a freshly migrated database. Read it, do not run it.',
    await extensions(sql),
    await types(sql),
    await functions(sql),
    await sequences(sql),
    ...(await tables(sql)),
    await views(sql),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** Our own schemas: not the system's, not the job queue's (which migrates itself). */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and n.nspname !~ '^pg_(toast|temp)'`;
/** What an extension brought along is not ours. */
const notOfExtension = (catalog: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

async function lines(sql: Queryable, query: string): Promise<string[]> {
  return (await sql.unsafe<{ line: string }[]>(query)).map(({ line }) => line);
}

async function extensions(sql: Queryable): Promise<string> {
  const names = await lines(
    sql,
    `select format('extension %I', extname) as line from pg_extension where extname <> 'plpgsql' order by extname collate "C"`,
  );
  return names.join('\n');
}

async function types(sql: Queryable): Promise<string> {
  const enums = await lines(
    sql,
    `select format('type %I.%I as enum (%s)', n.nspname, t.typname, string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as line
     from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_enum e on e.enumtypid = t.oid
     where ${OURS} and ${notOfExtension('pg_type', 't.oid')}
     group by n.nspname, t.typname order by n.nspname collate "C", t.typname collate "C"`,
  );
  const domains = await lines(
    sql,
    `select format('domain %I.%I as %s%s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
       coalesce((select string_agg(' ' || pg_get_constraintdef(c.oid), '' order by c.conname collate "C")
                 from pg_constraint c where c.contypid = t.oid and c.contype = 'c'), '')) as line
     from pg_type t join pg_namespace n on n.oid = t.typnamespace
     where t.typtype = 'd' and ${OURS} and ${notOfExtension('pg_type', 't.oid')}
     order by n.nspname collate "C", t.typname collate "C"`,
  );
  return [...enums, ...domains].join('\n');
}

async function functions(sql: Queryable): Promise<string> {
  const definitions = await lines(
    sql,
    `select rtrim(pg_get_functiondef(p.oid)) || ';'
       || coalesce(E'\\n-- ' || obj_description(p.oid, 'pg_proc'), '')
       || case when p.proacl is null then '' else coalesce((select E'\\n-- execute: ' || string_agg(case when a.grantee = 0 then 'public' else r.rolname end, ', ' order by r.rolname collate "C")
            from aclexplode(p.proacl) a left join pg_roles r on r.oid = a.grantee where a.grantee <> p.proowner), E'\\n-- execute: owner only') end as line
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where ${OURS} and p.prokind in ('f', 'p') and ${notOfExtension('pg_proc', 'p.oid')}
     order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`,
  );
  return definitions.map((text) => text.replace(/[ \t]+$/gm, '')).join('\n\n');
}

async function sequences(sql: Queryable): Promise<string> {
  // Sequences of identity and serial columns show at their column.
  const found = await lines(
    sql,
    `select format('sequence %I.%I as %s', n.nspname, c.relname, format_type(s.seqtypid, null)) as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
     where ${OURS} and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('i', 'a'))
     order by n.nspname collate "C", c.relname collate "C"`,
  );
  return found.join('\n');
}

interface TableRow {
  readonly oid: number;
  readonly head: string;
  readonly tail: string;
  readonly comment: string | null;
}

async function tables(sql: Queryable): Promise<string[]> {
  const found = await sql.unsafe<TableRow[]>(
    `select c.oid::int8 as oid, format('table %I.%I', n.nspname, c.relname) as head,
       concat(case when c.relpersistence = 'u' then ' unlogged' end,
         case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) end,
         case when c.relispartition then format(' partition of %s %s',
           (select inhparent::regclass from pg_inherits where inhrelid = c.oid), pg_get_expr(c.relpartbound, c.oid)) end,
         case when c.reloptions is not null then ' with (' || array_to_string(c.reloptions, ', ') || ')' end) as tail,
       obj_description(c.oid, 'pg_class') as comment
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and ${OURS} and ${notOfExtension('pg_class', 'c.oid')}
     order by n.nspname collate "C", c.relname collate "C"`,
  );
  return Promise.all(found.map((table) => tableBlock(sql, table)));
}

async function tableBlock(sql: Queryable, table: TableRow): Promise<string> {
  const { oid } = table;
  const columns = await sql.unsafe<{ line: string; comment: string | null }[]>(
    `select concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then ' not null' end,
       case a.attidentity when 'a' then ' generated always as identity' when 'd' then ' generated by default as identity' end,
       case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) end) as line,
       col_description(a.attrelid, a.attnum) as comment
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = ${oid} and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  );
  // 'n' (not null as a constraint of its own) exists only since PostgreSQL 18 and shows at the column.
  const constraints = await lines(
    sql,
    `select format('constraint %I %s', conname, pg_get_constraintdef(oid)) as line from pg_constraint
     where conrelid = ${oid} and contype <> 'n' and conparentid = 0
     order by array_position(array['p','u','x','f','c','t'], contype::text), conname collate "C"`,
  );
  const indexes = await lines(
    sql,
    `select pg_get_indexdef(i.indexrelid) as line from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = ${oid} and not c.relispartition
       and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
     order by c.relname collate "C"`,
  );
  const triggers = await lines(
    sql,
    `select pg_get_triggerdef(oid) as line from pg_trigger where tgrelid = ${oid} and not tgisinternal order by tgname collate "C"`,
  );
  const policies = await lines(
    sql,
    `select format('row policy %I', polname) as line from pg_policy where polrelid = ${oid} order by polname collate "C"`,
  );
  const grants = await tableGrants(sql, oid);
  const inner = [
    ...columns.map(({ line, comment }) => ({ line, comment })),
    ...constraints.map((line) => ({ line, comment: null })),
  ];
  const body = inner.map(
    ({ line, comment }, i) => `  ${line}${i < inner.length - 1 ? ',' : ''}${comment ? `  -- ${oneLine(comment)}` : ''}`,
  );
  return [
    ...(table.comment ? [`-- ${oneLine(table.comment)}`] : []),
    `${table.head} (`,
    ...body,
    `)${table.tail};`,
    ...[...indexes, ...triggers, ...policies, ...grants].map((line) => `${line};`),
  ].join('\n');
}

/** What roles other than the owner may do: on the table, and on single columns. */
async function tableGrants(sql: Queryable, oid: number): Promise<string[]> {
  return lines(
    sql,
    `select format('grant %s to %s', string_agg(lower(a.privilege_type), ', ' order by a.privilege_type), a.grantee_name) as line
     from (select x.privilege_type, case when x.grantee = 0 then 'public' else x.grantee::regrole::text end as grantee_name
           from pg_class c, aclexplode(c.relacl) x where c.oid = ${oid} and x.grantee <> c.relowner) a
     group by a.grantee_name
     union all
     select format('grant %s (%s) to %s', lower(b.privilege_type), string_agg(b.attname, ', ' order by b.attnum), b.grantee_name)
     from (select x.privilege_type, t.attname, t.attnum, case when x.grantee = 0 then 'public' else x.grantee::regrole::text end as grantee_name
           from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) x where c.oid = ${oid} and x.grantee <> c.relowner) b
     group by b.privilege_type, b.grantee_name
     order by line`,
  );
}

async function views(sql: Queryable): Promise<string> {
  const found = await lines(
    sql,
    `select coalesce('-- ' || obj_description(c.oid, 'pg_class') || E'\\n', '')
       || format(E'%s %I.%I as\\n%s', case c.relkind when 'm' then 'materialized view' else 'view' end, n.nspname, c.relname, pg_get_viewdef(c.oid, true))
       || coalesce((select E'\\n' || string_agg(format('grant %s to %s;', lower(x.privilege_type), x.grantee::regrole), E'\\n' order by x.privilege_type, x.grantee::regrole::text)
                    from aclexplode(c.relacl) x where x.grantee <> c.relowner and x.grantee <> 0), '') as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('v', 'm') and ${OURS} and ${notOfExtension('pg_class', 'c.oid')}
     order by n.nspname collate "C", c.relname collate "C"`,
  );
  return found.join('\n\n');
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

/** Migrates a database made for the purpose, reads its schema, and drops it. */
async function snapshotOfMigrations(owner: ConnectionTarget): Promise<string> {
  const name = `xiedang_schema_${process.pid}`;
  const admin = connect(owner, { max: 1 });
  try {
    await admin.unsafe(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`);
    const sql = connect(withDatabase(owner, name), { max: 1 });
    try {
      await migrate(sql);
      return await schemaSnapshot(sql);
    } finally {
      await sql.end();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
    }
  } finally {
    await admin.end();
  }
}

async function main(check: boolean): Promise<number> {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { readSecrets, dataFolder } = await import('./data-folder.ts');
  const { databaseUrl } = storeOptionsFrom(process.env);
  const dataDir = await mkdtemp(join(tmpdir(), 'xiedang-schema-'));
  const store = await openStore({ dataDir, databaseUrl, role: 'client' });
  try {
    const administrator = databaseUrl
      ? store.owner
      : { ...store.owner, user: 'postgres', password: readSecrets(dataFolder(dataDir))?.superuser ?? '' };
    const found = await snapshotOfMigrations(administrator);
    const file = join(migrationsFolder(), 'schema.sql');
    if (!check) {
      writeFileSync(file, found);
      return 0;
    }
    if (readFileSync(file, 'utf8') === found) return 0;
    process.stderr.write(`${file} is out of date: npx tsx src/platform/postgres/schema-snapshot.ts\n`);
    return 1;
  } finally {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.includes('--check'));
