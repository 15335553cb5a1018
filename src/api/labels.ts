import { create, toBuffer } from 'qrcode';
import { commodityOf } from '../protocol/commodities.ts';
import type { TradeItem } from '../protocol/digital-link.ts';
import type { Hex } from '../protocol/hex.ts';
import { formatMass } from '../protocol/mass.ts';
import { type Html, html } from './docs/html.ts';

/** What stands on a label. Milligrams: the net mass as weighed at birth. */
export type Label = {
  readonly lot: Hex;
  readonly link: string;
  readonly commodity: number;
  readonly milligrams: bigint;
  readonly item: TradeItem | null;
};

/** Of a damaged code, 15 % can be restored. */
const CORRECTION = { errorCorrectionLevel: 'M' } as const;
/** Modules of white around a code, as its standard (ISO/IEC 18004) wants. */
const QUIET = 4;

/** In tenths of a millimetre: 63 × 30 mm, of which the code has 30. */
const [WIDTH, HEIGHT] = [630, 300];

/** A label as one SVG image. */
export function labelSvg(label: Label): string {
  return labelImage(label).text;
}

/** The code alone, black on white. */
export function labelPng({ link }: Label): Promise<Buffer> {
  return toBuffer(link, { ...CORRECTION, type: 'png', margin: QUIET, scale: 8 });
}

/** Labels on sheets of A4, three in a row. */
export function labelSheet(labels: readonly Label[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Labels</title>
<style>
@page { size: A4; margin: 10mm; }
body { margin: 0; display: grid; grid-template-columns: repeat(3, 63mm); font-family: sans-serif; }
svg { width: 63mm; height: 30mm; break-inside: avoid; outline: 0.1mm dotted #999; }
</style>
</head>
<body>
${labels.map(labelImage)}
</body>
</html>
`.text;
}

function labelImage(label: Label): Html {
  const { path, side } = codeOf(label.link);
  const scale = HEIGHT / side;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="63mm" height="30mm" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>${label.link}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<path transform="scale(${scale})" fill="#000" d="${path}"/>
${linesOf(label).map(
  (line, index) =>
    html`<text x="${HEIGHT + 5}" y="${45 + index * 42}" font-family="sans-serif" font-size="${index === 0 ? 26 : 24}" fill="#000">${line}</text>
`,
)}</svg>
`;
}

/** The dark modules as squares of one unit, with the white around them. */
function codeOf(link: string): { readonly path: string; readonly side: number } {
  const { size, data } = create(link, CORRECTION).modules;
  const squares = Array.from(data, (dark, place) =>
    dark ? `M${QUIET + (place % size)} ${QUIET + Math.floor(place / size)}h1v1h-1z` : '',
  );
  return { path: squares.join(''), side: size + 2 * QUIET };
}

/** As many characters as a line has room for. */
const LINE = 24;

function linesOf({ lot, commodity, milligrams, item }: Label): string[] {
  const lines = [
    commodityOf(commodity).name,
    formatMass(milligrams),
    ...(item ? [`GTIN ${item.gtin}`] : []),
    ...(item?.batch == null ? [] : [`Batch ${item.batch}`]),
    ...(item?.serial == null ? [] : [`S/N ${item.serial}`]),
    `Lot ${lot.slice(0, 18)}…`,
  ];
  return lines.map((line) => (line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line));
}
