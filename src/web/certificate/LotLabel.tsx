import { Alert, Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api.ts';
import { urls } from '../urls.ts';

/** What a buyer who scanned a label has to look at: the serial number on the product, and who else claims it. */
export function LotLabel({ lot }: { lot: string }) {
  const { data } = useQuery(queries.product(lot));
  if (!data) return null;
  const { product } = data;
  const others = product?.disputed ? product.standing.filter((other) => other !== lot) : [];
  return (
    <section aria-label="Label">
      {others.length > 0 && (
        <Alert color="red" title="Another lot claims the same serial number" mb="sm">
          At least one of them is not what it says: do not rely on any before their producers have explained
          it.
          {others.map((other) => (
            <div key={other} className="whole-id">
              <Anchor href={urls.lot(other)}>{other}</Anchor>
            </div>
          ))}
        </Alert>
      )}
      {product?.serial && (
        <Text>
          Compare with the product itself: its serial number must be <strong>{product.serial}</strong>. A
          label can be copied.
        </Text>
      )}
      <Text size="sm">
        Label to print: <Anchor href={urls.labelSvg(lot)}>SVG</Anchor>,{' '}
        <Anchor href={urls.labelPng(lot)}>code alone (PNG)</Anchor>,{' '}
        <Anchor href={urls.labelSheet(lot)}>sheet</Anchor>
      </Text>
    </section>
  );
}
