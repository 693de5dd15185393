import { describe, expect, it } from 'vitest';
import { clipText, layoutGraph, NODE_HEIGHT, stepNode } from './graph-layout.ts';
import type { GraphNode } from './types.ts';

const node = (id: string, year = 2020, known = true): GraphNode => ({
  key: `${id}:0`,
  id,
  ordinal: 0,
  title: id,
  number: null,
  state: null,
  year,
  known,
});

const graph = {
  cut: false,
  nodes: [
    node('act'),
    node('law', 2014),
    node('rule', 2021),
    node('child', 2023),
    node('grand', 2024),
    node('lost', 0, false),
  ],
  edges: [
    { from: 'act:0', to: 'law:0', relation: 'basis' },
    { from: 'act:0', to: 'rule:0', relation: 'repeals' },
    { from: 'act:0', to: 'rule:0', relation: 'mentions' },
    { from: 'act:0', to: 'lost:0', relation: 'mentions' },
    { from: 'child:0', to: 'act:0', relation: 'implements' },
    { from: 'grand:0', to: 'child:0', relation: 'interprets' },
    { from: 'child:0', to: 'law:0', relation: 'basis' },
  ],
};

describe('the drawing of citations', () => {
  const drawn = layoutGraph(graph, 'act:0');
  const at = (id: string) => drawn.nodes.find((one) => one.id === id);

  it('places what is cited to the left and what cites to the right', () => {
    expect(drawn.nodes.map((one) => [one.id, one.layer]).sort()).toEqual(
      [
        ['act', 0],
        ['child', 1],
        ['grand', 2],
        ['law', -1],
        ['lost', -1],
        ['rule', -1],
      ].sort(),
    );
    expect(at('law')!.x).toBeLessThan(at('act')!.x);
    expect(at('grand')!.x).toBeGreaterThan(at('child')!.x);
    expect(drawn.layers.map((one) => one.layer)).toEqual([-1, 0, 1, 2]);
  });

  it('lets no two boxes lie over each other', () => {
    for (const one of drawn.nodes)
      for (const other of drawn.nodes)
        if (one !== other && one.layer === other.layer)
          expect(Math.abs(one.y - other.y)).toBeGreaterThanOrEqual(NODE_HEIGHT);
    for (const one of drawn.nodes) {
      expect(one.y).toBeGreaterThanOrEqual(0);
      expect(one.y + NODE_HEIGHT).toBeLessThanOrEqual(drawn.height);
    }
  });

  it('draws one line for each pair with all its relations', () => {
    expect(drawn.edges).toHaveLength(6);
    expect(drawn.edges.find((edge) => edge.to.id === 'rule')?.relations).toEqual(['repeals', 'mentions']);
  });

  it('puts what is not in the library last', () => {
    const left = drawn.nodes.filter((one) => one.layer === -1).sort((a, b) => a.y - b.y);
    expect(left.map((one) => one.id)).toEqual(['rule', 'law', 'lost']);
  });

  it('says how many it leaves out', () => {
    const many = {
      cut: false,
      nodes: [node('act'), ...Array.from({ length: 40 }, (_, index) => node(`c${index}`))],
      edges: Array.from({ length: 40 }, (_, index) => ({ from: `c${index}:0`, to: 'act:0', relation: 'basis' })),
    };
    const crowded = layoutGraph(many, 'act:0');
    expect(crowded.layers.at(-1)?.hidden).toBe(28);
    expect(crowded.nodes).toHaveLength(13);
  });

  it('is walked through with arrow keys', () => {
    const act = at('act')!;
    expect(stepNode(drawn, act, 'ArrowRight')?.id).toBe('child');
    const left = stepNode(drawn, act, 'ArrowLeft')!;
    expect(left.layer).toBe(-1);
    expect(stepNode(drawn, at('rule')!, 'ArrowDown')?.id).toBe('law');
    expect(stepNode(drawn, at('rule')!, 'ArrowUp')).toBeUndefined();
  });

  it('stands for an act without citations', () => {
    const alone = layoutGraph({ nodes: [node('act')], edges: [], cut: false }, 'act:0');
    expect(alone.nodes).toHaveLength(1);
  });

  it('cuts long titles by their width', () => {
    expect(clipText('医疗器械监督管理条例', 12)).toBe('医疗器械监…');
    expect(clipText('UDI', 12)).toBe('UDI');
  });
});
