/** A node of solc's syntax tree, Solidity's or Yul's. `src` is "start:length:file", in bytes. */
export type Node = { nodeType: string; src: string; [key: string]: unknown };
export type Placed = { node: Node; parents: readonly Node[] };
/** Bytes of a file. */
export type Range = { start: number; end: number };
export type Edit = Range & { text: string };

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'nodeType' in value && 'src' in value;

/** Every node below a value, each with those that it lies in, outermost first. */
export function* walk(value: unknown, parents: readonly Node[] = []): Generator<Placed> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item, parents);
  else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) {
      yield { node: value, parents };
      parents = [...parents, value];
    }
    for (const child of Object.values(value)) yield* walk(child, parents);
  }
}

export function rangeOf({ src }: Node): Range {
  const [start = 0, length = 0] = src.split(':').map(Number);
  return { start, end: start + length };
}

/** A member that is a node; the tree is solc's, so that a missing one is a mistake of ours. */
export function child(node: Node, name: string): Node {
  const value = node[name];
  if (!isNode(value)) throw new Error(`${node.nodeType} at ${node.src} has no ${name}`);
  return value;
}

export const children = (node: Node, name: string): Node[] => {
  const value = node[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

export function typeOf(node: Node): string {
  const { typeString } = (node.typeDescriptions ?? {}) as { typeString?: string };
  return typeString ?? '';
}

/** The text of a file, by bytes. */
export class SourceText {
  readonly bytes: Buffer;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }

  text({ start, end }: Range): string {
    return this.bytes.toString('utf8', start, end);
  }

  of(node: Node): string {
    return this.text(rangeOf(node));
  }

  lineAt(offset: number): number {
    let line = 1;
    for (let at = 0; at < offset; at++) if (this.bytes[at] === 0x0a) line++;
    return line;
  }

  /** The whole lines that a range touches. */
  lines({ start, end }: Range): Range {
    const from = this.bytes.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
    const to = this.bytes.indexOf('\n', Math.max(start, end - 1));
    return { start: from, end: to < 0 ? this.bytes.length : to };
  }

  /** A statement with the semicolon that ends it, which solc leaves out. */
  statement(node: Node): Range {
    const { start, end } = rangeOf(node);
    const rest = this.text({ start: end, end: Math.min(end + 200, this.bytes.length) });
    const semicolon = /^\s*;/.exec(rest);
    return { start, end: end + Buffer.byteLength(semicolon?.[0] ?? '') };
  }

  /** The text with ranges replaced; they must not overlap. At the same place, those given first come first. */
  edited(edits: readonly Edit[]): string {
    const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const parts: Buffer[] = [];
    let done = 0;
    for (const { start, end, text } of ordered) {
      if (start < done) throw new Error(`Edits overlap at byte ${start}`);
      parts.push(this.bytes.subarray(done, start), Buffer.from(text));
      done = end;
    }
    return Buffer.concat([...parts, this.bytes.subarray(done)]).toString();
  }
}
