import { Card, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { Mark } from '../components/Mark.tsx';
import { useT } from '../i18n/i18n.ts';

type Block = { readonly number: number; readonly hash: string };

/** The hash that all proofs hang on, and a place to compare it with one from elsewhere. */
export function BlockToCompare({ block, chainId }: { block: Block; chainId: number }) {
  const t = useT('check');
  const [found, setFound] = useState('');
  const given = found.trim().toLowerCase();
  return (
    <Card withBorder padding="md">
      <Title order={3} size="h5" mb={4}>
        {t('block.title')}
      </Title>
      <Text size="sm">{t('block.lead', { number: block.number, chain: String(chainId) })}</Text>
      <Text ff="monospace" size="sm" my="xs" className="whole-id">
        {block.hash}
      </Text>
      <TextInput
        className="no-print"
        label={t('block.input')}
        value={found}
        onChange={(event) => setFound(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <div role="status">{given !== '' && <Compared isSame={given === block.hash} />}</div>
    </Card>
  );
}

function Compared({ isSame }: { isSame: boolean }) {
  const t = useT('check');
  return (
    <Text size="sm" mt="xs" className={`answer ${isSame ? 'meets' : 'fails'}`}>
      <Mark sign={isSame ? 'check' : 'cross'} /> {isSame ? t('block.same') : t('block.other')}
    </Text>
  );
}
