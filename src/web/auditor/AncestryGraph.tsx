import dagre from '@dagrejs/dagre';
import { Button, Text, useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useMemo, useState } from 'react';
import type { Tier, Tiers } from '../../api/schemas/auditing.ts';
import { Mass } from '../components/Mass.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { readableMass } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { SiteLink, StatementLink } from './Links.tsx';
import { pathOf, reading } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';
import { TakeAway } from './TakeAway.tsx';

const WIDTH = 220;
const HEIGHT = 116;
type TierNode = Node<{ tier: Tier; toggle: (key: string) => void }, 'tier'>;
const nodeTypes = { tier: TierBox };

/** What a lot was made of, collapsed by what was done, and opened part by part. */
export function AncestryGraph({ lot }: { lot: string }) {
  const t = useT('auditor');
  const [open, setOpen] = useState<readonly string[]>([]);
  const path = pathOf(`/v1/lots/${lot}/tiers`, { open: open.join(',') });
  const found = useQuery({ ...reading<Tiers>(path), placeholderData: (before: Tiers | undefined) => before });
  const toggle = (key: string) => setOpen((keys) => [...keys, key]);
  return (
    <Reading of={found}>
      {(tiers) => (
        <>
          <Text>
            {t('graph.lead', { count: tiers.productions })}{' '}
            {tiers.leftOut > 0 && t('graph.leftOut', { count: tiers.leftOut })}
          </Text>
          <Button size="xs" variant="default" disabled={open.length === 0} onClick={() => setOpen([])}>
            {t('graph.collapse')}
          </Button>
          <Drawing tiers={tiers} toggle={toggle} />
          <TierTable tiers={tiers} path={path} />
        </>
      )}
    </Reading>
  );
}

function Drawing({ tiers, toggle }: { tiers: Tiers; toggle: (key: string) => void }) {
  const t = useT('auditor');
  const colours = useComputedColorScheme();
  const { nodes, edges } = useMemo(() => layOut(tiers, toggle), [tiers, toggle]);
  return (
    <section className="graph" aria-label={t('graph.title')}>
      <ReactFlow
        key={tiers.tiers.map(({ key }) => key).join()}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={colours}
        fitView
        // Smaller, nobody reads it: what has no room is a pull away, and in the table.
        fitViewOptions={{ minZoom: 0.6 }}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        onlyRenderVisibleElements
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function TierBox({ data: { tier, toggle } }: NodeProps<TierNode>) {
  const t = useT('auditor');
  return (
    <div className="tier nodrag">
      <Handle type="target" position={Position.Left} />
      <strong>{t(`terms:process.${tier.process}`)}</strong>
      {tier.facility && (
        <span>
          <SiteName site={{ ...tier.facility, facility: tier.facility.id }} />
        </span>
      )}
      <span>
        {t('graph.productions', { count: tier.productions })} · {t('graph.lots', { count: tier.lots })} ·{' '}
        <Mass milligrams={tier.milligrams} />
      </span>
      {tier.production && <StatementLink id={tier.production} />}
      {!tier.production && !tier.isRest && (
        <button type="button" className="tier-open nopan" onClick={() => toggle(tier.key)}>
          {t(tier.facility ? 'graph.openSite' : 'graph.openProcess')}
        </button>
      )}
      <Handle type="source" position={Position.Right} />
    </div>
  );
}

function TierTable({ tiers: { tiers, asOf }, path }: { tiers: Tiers; path: string }) {
  const t = useT('auditor');
  const columns = ['process', 'site', 'productions', 'lots', 'mass', 'steps'] as const;
  const names = columns.map((column) => t(`column.${column}`));
  const steps = ({ nearest, furthest }: Tier) =>
    nearest === furthest ? String(nearest) : `${nearest}–${furthest}`;
  const rows = tiers.map((tier) => [
    ...[t(`terms:process.${tier.process}`), tier.facility?.name ?? tier.facility?.id ?? ''],
    ...[String(tier.productions), String(tier.lots), tier.milligrams, steps(tier)],
  ]);
  return (
    <>
      <DataTable
        caption={t('graph.table')}
        columns={names}
        rows={tiers.map((tier) => ({
          key: tier.key,
          cells: [
            t(`terms:process.${tier.process}`),
            tier.facility && <SiteLink key="site" site={tier.facility} />,
            tier.production ? <StatementLink key="statement" id={tier.production} /> : tier.productions,
            ...[tier.lots, <Mass key="mass" milligrams={tier.milligrams} />, steps(tier)],
          ],
        }))}
      />
      <TakeAway paper={{ title: t('graph.title'), columns: names, rows, query: path, asOf }} />
    </>
  );
}

function layOut(
  { tiers, links }: Tiers,
  toggle: (key: string) => void,
): { nodes: TierNode[]; edges: Edge[] } {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 70 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { key } of tiers) graph.setNode(key, { width: WIDTH, height: HEIGHT });
  for (const { from, to } of links) graph.setEdge(from, to);
  dagre.layout(graph);
  const nodes = tiers.map((tier): TierNode => {
    const { x, y } = graph.node(tier.key);
    const position = { x: x - WIDTH / 2, y: y - HEIGHT / 2 };
    return { id: tier.key, type: 'tier', position, data: { tier, toggle }, width: WIDTH, height: HEIGHT };
  });
  const edges = links.map(({ from, to, milligrams }) => ({
    ...{ id: `${from} ${to}`, source: from, target: to, label: readableMass(milligrams) },
    markerEnd: { type: MarkerType.ArrowClosed },
  }));
  return { nodes, edges };
}
