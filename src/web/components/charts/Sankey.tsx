import { type SankeyLink, type SankeyNode, sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { readableMass } from '../../format.ts';

/** Where mass is on its way, and its name. */
export type SankeyPlace = { readonly key: string; readonly name: string };
/** Exact milligrams from one place to another. `id` tells two links between the same places apart. */
export type SankeyFlow = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly milligrams: string;
  readonly isRecycled: boolean;
};

type Node = SankeyNode<SankeyPlace, SankeyFlow>;
type Link = SankeyLink<SankeyPlace, SankeyFlow>;
/** Of a column, with room for its names. */
const COLUMN = 230;
const ROW = 16;
const LEAST_HEIGHT = 140;
const MOST_HEIGHT = 720;
/** Of a letter, about. */
const LETTER = 7;
const NODE = 10;
const MOST_LETTERS = Math.floor((COLUMN - NODE) / LETTER);

/**
 * Mass from place to place, left to right. A link opens what is behind it, by mouse and by keyboard; recycled mass is hatched.
 * Widths are drawn; figures are read from the table that belongs beside it.
 */
export function Sankey({
  label,
  places,
  flows,
  onOpen,
}: {
  label: string;
  places: readonly SankeyPlace[];
  flows: readonly SankeyFlow[];
  onOpen: (flow: SankeyFlow) => void;
}) {
  const names = new Map(places.map(({ key, name }) => [key, name]));
  const titleOf = ({ from, to, milligrams }: SankeyFlow) =>
    `${names.get(from) ?? ''} → ${names.get(to) ?? ''}: ${readableMass(milligrams)}`;
  const used = new Set(flows.flatMap(({ from, to }) => [from, to]));
  const height = Math.min(MOST_HEIGHT, LEAST_HEIGHT + ROW * used.size);
  const { nodes, links, width } = layOut(
    places.filter(({ key }) => used.has(key)),
    flows,
    height,
  );
  const path = sankeyLinkHorizontal<SankeyPlace, SankeyFlow>();
  return (
    <div className="chart-scroll">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with things to open in it is a group */}
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="sankey"
        // Letters are never smaller than they are drawn, and not much larger.
        style={{ minWidth: width, maxWidth: 1.5 * width }}
        role="group"
        aria-label={label}
      >
        <Hatching />
        {links.map((link) => (
          // biome-ignore lint/a11y/useSemanticElements: there is no button inside of a drawing
          <path
            key={link.id}
            d={path(link) ?? ''}
            strokeWidth={Math.max(1.5, link.width ?? 0)}
            className={link.isRecycled ? 'sankey-link recycled' : 'sankey-link'}
            role="button"
            tabIndex={0}
            aria-label={titleOf(link)}
            onClick={() => onOpen(link)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ') onOpen(link);
            }}
          >
            <title>{titleOf(link)}</title>
          </path>
        ))}
        {nodes.map((node) => (
          <Place key={node.key} node={node} />
        ))}
      </svg>
    </div>
  );
}

/** Its name as far as there is room; the whole of it on hover, and in the table. */
function Place({ node: { name, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } }: { node: Node }) {
  const short = name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 2)}…` : name;
  return (
    <g>
      <rect x={x0} y={y0} width={x1 - x0} height={Math.max(2, y1 - y0)} className="sankey-place" />
      <text x={x1 + 6} y={(y0 + y1) / 2} dy="0.35em">
        {short}
      </text>
      <title>{name}</title>
    </g>
  );
}

function Hatching() {
  return (
    <defs>
      <pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="hatch-ground" />
        <line x1="0" y1="0" x2="0" y2="6" className="hatch-line" />
      </pattern>
    </defs>
  );
}

/**
 * What is too little to be seen is drawn as wide as the eye needs, a thousandth of the largest. Each column, the last one
 * too, has room for its names to its right.
 */
function layOut(places: readonly SankeyPlace[], flows: readonly SankeyFlow[], height: number) {
  const largest = Math.max(1, ...flows.map(({ milligrams }) => Number(milligrams)));
  const drawn = flows.map((flow) => ({
    ...{ ...flow, source: flow.from, target: flow.to },
    value: Math.max(Number(flow.milligrams), largest / 1_000),
  }));
  const layout = sankey<SankeyPlace, SankeyFlow>()
    .nodeId(({ key }) => key)
    .nodeWidth(NODE)
    .nodePadding(18)
    // Across, any room will do: columns are put in their place below.
    .extent([
      [0, 8],
      [COLUMN, height - 8],
    ]);
  if (places.length === 0) return { nodes: [] as Node[], links: [] as Link[], width: COLUMN };
  const nodes = places.map((place) => ({ ...place }));
  const graph = layout({ nodes, links: drawn as unknown as Link[] });
  const columns = [...new Set(graph.nodes.map(({ x0 = 0 }) => x0))].sort((a, b) => a - b);
  for (const node of graph.nodes) {
    node.x0 = 2 + COLUMN * columns.indexOf(node.x0 ?? 0);
    node.x1 = node.x0 + NODE;
  }
  return { ...graph, width: 2 + COLUMN * columns.length };
}
