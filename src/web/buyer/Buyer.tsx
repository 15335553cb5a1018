import './buyer.css';
import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { firstPolicy, keepFirstPolicy } from '../first-policy.ts';
import { useT } from '../i18n/i18n.ts';
import { FollowedLots } from './FollowedLots.tsx';
import { useFinding } from './finding.ts';
import { NotFound } from './NotFound.tsx';
import { PolicyChoice } from './PolicyChoice.tsx';
import { ScanCode } from './ScanCode.tsx';
import { TypeCode } from './TypeCode.tsx';

/** From a product to its certificate. */
export function Buyer() {
  const t = useT('buyer');
  const finding = useFinding();
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{t('title')}</Title>
        <Text mt="xs">{t('lead')}</Text>
      </div>
      <ScanCode onText={finding.find} />
      {finding.outcome && <NotFound outcome={finding.outcome} open={finding.open} />}
      <TypeCode {...finding} />
      <FollowedLots />
      <FirstPolicy />
    </Stack>
  );
}

function FirstPolicy() {
  const t = useT('buyer');
  const [policy, setPolicy] = useState(firstPolicy);
  const choose = (id: string) => {
    keepFirstPolicy(id);
    setPolicy(id);
  };
  const [label, description] = [t('policy.first'), t('policy.firstHint')];
  return <PolicyChoice label={label} description={description} value={policy} onChange={choose} />;
}
