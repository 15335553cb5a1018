import type { JsonValue } from '../../../protocol/evidence.ts';
import type { Hex } from '../../../protocol/hex.ts';
import type { DisclosedFields } from '../../../provenance/history.ts';
import type { BundleDocument } from '../format.ts';
import type { Report } from '../problems.ts';
import type { Tools } from '../tools.ts';

/** Each field that is shown belongs to the document whose root a statement or an act names. */
export function checkDocuments(
  documents: readonly BundleDocument[],
  { verifyField }: Pick<Tools, 'verifyField'>,
  report: Report,
): Map<Hex, DisclosedFields> {
  const disclosed = new Map<Hex, DisclosedFields>();
  documents.forEach(({ root, fields }, index) => {
    const at = `documents.${index}`;
    if (disclosed.has(root)) report('evidence-unproven', at, `document ${root} stands here again`);
    // Without a prototype: a field may be called `constructor`.
    const values: Record<string, JsonValue> = Object.create(null);
    fields.forEach((field, position) => {
      const here = `${at}.fields.${position}`;
      if (field.path in values)
        report('evidence-unproven', here, `the path "${field.path}" stands here again`);
      if (!verifyField(root, field, field.proof))
        report('evidence-unproven', here, `the field "${field.path}" is not of document ${root}`);
      values[field.path] = field.value;
    });
    disclosed.set(root, values);
  });
  return disclosed;
}
