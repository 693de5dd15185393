import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { file as words } from './file-messages.ts';
import { clipText, layoutGraph, NODE_HEIGHT, NODE_WIDTH, type PlacedNode, stepNode } from './graph-layout.ts';
import { PolicyStateWord } from './policy-state.tsx';
import type { PolicyGraph } from './types.ts';
import { policyPath, useJoin, useWord } from './words.ts';

const CHANGES = ['repeals', 'amends'];

/** What an act cites, itself, and what cites it, drawn from left to right; the same as a table behind it. */
export function CiteGraph({ id, ordinal }: { id: string; ordinal: number }) {
  const t = useText(words);
  const word = useWord();
  const join = useJoin();
  const navigate = useNavigate();
  const href = useHref();
  const [search, setSearch] = useSearchParams();
  const depth = search.get('depth') === '2' ? 2 : 1;
  const graph = useApi<PolicyGraph>(`/policies/${encodeURIComponent(id)}/graph`, { depth, ordinal }, { keep: true });
  const centre = `${id}:${ordinal}`;
  const layout = useMemo(() => (graph.data ? layoutGraph(graph.data, centre) : null), [graph.data, centre]);
  const [focused, setFocused] = useState(centre);
  const drawing = useRef<SVGSVGElement>(null);
  if (graph.isPending) return <PageSkeleton rows={4} />;
  if (graph.error) return <Failure error={graph.error} onRetry={() => void graph.refetch()} />;
  if (!layout) return null;
  const open = (node: PlacedNode) => node.id !== null && navigate(href(policyPath(node.id, node.ordinal ?? 0)));
  const onKey = (event: KeyboardEvent, node: PlacedNode) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(node);
      return;
    }
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const next = stepNode(layout, node, event.key);
    if (!next) return;
    setFocused(next.key);
    drawing.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(next.key)}"]`)?.focus();
  };
  const layerName = (layer: number) =>
    layer === 0
      ? t('graphAct')
      : layer < 0
        ? t(layer === -1 ? 'graphCites' : 'graphCitesFar')
        : t(layer === 1 ? 'graphCitedBy' : 'graphCitedByFar');
  return (
    <div className="cite-graph">
      <div className="row between no-print">
        <fieldset className="filters" aria-label={t('depth')}>
          {([1, 2] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="filter"
              aria-pressed={depth === one}
              onClick={() =>
                setSearch(
                  (before) => {
                    const after = new URLSearchParams(before);
                    if (one === 2) after.set('depth', '2');
                    else after.delete('depth');
                    return after;
                  },
                  { replace: true, preventScrollReset: true },
                )
              }
            >
              {t(one === 1 ? 'depthOne' : 'depthTwo')}
            </button>
          ))}
        </fieldset>
        <span className="hint">{t('graphKeys')}</span>
      </div>
      {graph.data?.cut && <p className="hint">{t('graphCut')}</p>}
      {layout.nodes.length === 1 ? (
        <p className="hint">{t('graphAlone')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section className="graph-box" aria-label={t('graph')} tabIndex={0}>
          {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no set of fields */}
          <svg
            ref={drawing}
            width={layout.width}
            height={layout.height}
            viewBox={`0 0 ${layout.width} ${layout.height}`}
            className="graph-svg"
            role="group"
            aria-label={t('graph')}
            data-testid="cite-graph"
          >
            <defs>
              {['plain', 'change'].map((tone) => (
                <marker
                  key={tone}
                  id={`arrow-${tone}`}
                  viewBox="0 0 8 8"
                  refX="7"
                  refY="4"
                  markerWidth="7"
                  markerHeight="7"
                  orient="auto-start-reverse"
                >
                  <path d="M0 0L8 4L0 8z" className={`graph-arrow-${tone}`} />
                </marker>
              ))}
            </defs>
            {layout.layers.map(({ layer, x, hidden }) => (
              <text key={layer} x={x} y={16} className="graph-layer">
                {layerName(layer)}
                {hidden > 0 ? ` · ${t('graphHidden', { n: hidden })}` : ''}
              </text>
            ))}
            {layout.edges.map((edge) => {
              const tone = edge.relations.some((one) => CHANGES.includes(one)) ? 'change' : 'plain';
              const near = edge.from.key === focused || edge.to.key === focused;
              return (
                <g key={edge.key} className={near ? 'graph-edge graph-edge-near' : 'graph-edge'}>
                  <path d={edge.path} className={`graph-line graph-line-${tone}`} markerEnd={`url(#arrow-${tone})`} />
                  <text
                    x={edge.label.x}
                    y={edge.label.y - 4}
                    textAnchor="middle"
                    className={`graph-word graph-word-${tone}`}
                  >
                    {join(edge.relations.slice(0, 2).map((one) => word('relation', one)))}
                  </text>
                </g>
              );
            })}
            {layout.nodes.map((node) => (
              // biome-ignore lint/a11y/useSemanticElements: links of HTML cannot stand in a drawing
              <g
                key={node.key}
                role="link"
                tabIndex={node.key === focused ? 0 : -1}
                data-node={node.key}
                transform={`translate(${node.x} ${node.y})`}
                className={`graph-node${node.layer === 0 ? ' graph-node-own' : ''}${node.known ? '' : ' graph-node-unknown'}`}
                aria-label={[
                  node.title,
                  node.number,
                  node.state && word('state', node.state),
                  node.known ? '' : t('notHere'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
                aria-disabled={!node.known}
                onClick={() => (node.layer === 0 ? setFocused(node.key) : open(node))}
                onFocus={() => setFocused(node.key)}
                onMouseEnter={() => setFocused(node.key)}
                onKeyDown={(event) => onKey(event, node)}
              >
                <title>{[node.title, node.number].filter(Boolean).join(' · ')}</title>
                <rect width={NODE_WIDTH} height={NODE_HEIGHT} rx="2" />
                <text x="10" y="18" className="graph-title">
                  {clipText(node.title, 28)}
                </text>
                <text x="10" y="35" className="graph-side">
                  {clipText(
                    [
                      node.number ?? (node.year ? String(node.year) : ''),
                      node.known ? node.state && word('state', node.state) : t('notHere'),
                    ]
                      .filter(Boolean)
                      .join(' · '),
                    31,
                  )}
                </text>
              </g>
            ))}
          </svg>
        </section>
      )}
      {layout.edges.length > 0 && (
        <details className="graph-table">
          <summary>{t('asTable')}</summary>
          <div className="table-box">
            <table className="data-table plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('citing')}</th>
                  <th scope="col">{t('relation')}</th>
                  <th scope="col">{t('cited')}</th>
                  <th scope="col">{t('stateColumn')}</th>
                </tr>
              </thead>
              <tbody>
                {layout.edges.map((edge) => (
                  <tr key={edge.key} className="wrap">
                    <td>
                      <NodeLink node={edge.from} />
                    </td>
                    <td>{join(edge.relations.map((one) => word('relation', one)))}</td>
                    <td>
                      <NodeLink node={edge.to} />
                    </td>
                    <td>{edge.to.known ? <PolicyStateWord state={edge.to.state} /> : t('notHere')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </div>
  );
}

function NodeLink({ node }: { node: PlacedNode }) {
  const title = [node.title, node.number].filter(Boolean).join(' · ');
  return node.id !== null ? (
    <AppLink to={policyPath(node.id, node.ordinal ?? 0)}>{title}</AppLink>
  ) : (
    <span>{title}</span>
  );
}
