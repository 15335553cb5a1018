import { Alert, Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { urls } from '../urls.ts';

/** What a buyer who scanned a label has to look at: the serial number on the product, and who else claims it. */
export function LotLabel({ lot }: { lot: string }) {
  const t = useT('certificate');
  const { data } = useQuery(queries.product(lot));
  if (!data) return null;
  const { product } = data;
  const others = product?.disputed ? product.standing.filter((other) => other !== lot) : [];
  return (
    <section aria-label={t('label.section')}>
      {others.length > 0 && (
        <Alert color="red" title={t('label.disputed')} mb="sm">
          {t('label.disputedText')}
          {others.map((other) => (
            <div key={other} className="whole-id">
              <Anchor href={urls.lot(other)}>{other}</Anchor>
            </div>
          ))}
        </Alert>
      )}
      {product?.serial && (
        <Text>
          <Rich text={t('label.compare')} serial={<strong>{product.serial}</strong>} />
        </Text>
      )}
      <Text size="sm">
        <Rich
          text={t('label.print')}
          svg={<Anchor href={urls.labelSvg(lot)}>SVG</Anchor>}
          png={<Anchor href={urls.labelPng(lot)}>{t('label.png')}</Anchor>}
          sheet={<Anchor href={urls.labelSheet(lot)}>{t('label.sheet')}</Anchor>}
        />
      </Text>
    </section>
  );
}
