import { Anchor, Button, Text } from '@mantine/core';
import type { Product } from '../../api/schemas/products.ts';
import { digitalLinkPath } from '../../protocol/digital-link.ts';
import { Failure } from '../components/Failure.tsx';
import { Notice } from '../components/Notice.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { urls } from '../urls.ts';
import { shownText } from './code.ts';
import type { Finding, Outcome } from './finding.ts';

/** Why what was scanned or typed led to no certificate, and what to do. */
export function NotFound({ outcome, open }: { outcome: Outcome; open: Finding['open'] }) {
  const t = useT('buyer');
  if (outcome.kind === 'failed')
    return <Failure what={t('failed.title')} error={outcome.error} retry={() => open(outcome.named)} />;
  if (outcome.kind === 'several') return <Several product={outcome.product} />;
  if (outcome.kind === 'unknown-product')
    return (
      <Notice tone="unknown" title={t('unknownProduct.title')}>
        <Text className="breaks">{digitalLinkPath(outcome.item)}</Text>
        <Text>{t('unknownProduct.text')}</Text>
      </Notice>
    );
  const { text } = outcome;
  const elsewhere = outcome.kind === 'elsewhere' ? outcome : null;
  return (
    <Notice tone="unknown" title={t(elsewhere ? 'elsewhere.title' : 'nothing.title')}>
      <Text>{t('readWas')}</Text>
      <code className="breaks what-was-read">{shownText(text)}</code>
      <Text>{elsewhere ? t('elsewhere.text', { host: elsewhere.host }) : t('nothing.text')}</Text>
      {elsewhere && elsewhere.named.kind !== 'nothing' && (
        <Button mt="xs" variant="default" className="wrapping" onClick={() => open(elsewhere.named)}>
          {t('elsewhere.look')}
        </Button>
      )}
    </Notice>
  );
}

function Several({ product }: { product: Product }) {
  const t = useT('buyer');
  const which = product.disputed ? 'disputed' : 'batch';
  return (
    <Notice tone={product.disputed ? 'fails' : 'unknown'} title={t(`several.${which}`)}>
      <Text>{t(`several.${which}Text`)}</Text>
      <ul>
        {product.claims
          .filter(({ lot }) => product.standing.includes(lot))
          .map(({ lot, producer }) => (
            <li key={lot}>
              <Anchor href={urls.lot(lot)} className="whole-id">
                {lot}
              </Anchor>
              , <Rich text={t('several.madeBy')} party={<PartyName party={producer} />} />
            </li>
          ))}
      </ul>
    </Notice>
  );
}
