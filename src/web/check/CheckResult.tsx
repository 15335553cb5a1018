import { List, Stack, Text, Title } from '@mantine/core';
import type { BundleProblem } from '../../verification/bundle/problems.ts';
import type { BundleResult } from '../../verification/bundle/verify.ts';
import { certificateHash } from '../../verification/certificate-hash.ts';
import type { Phrase } from '../../verification/wording/phrase.ts';
import { Notice } from '../components/Notice.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { useSaid } from '../i18n/said.ts';
import { BlockToCompare } from './BlockToCompare.tsx';
import type { Progress } from './progress.ts';

type Proven = Extract<BundleResult, { ok: true }>;

/** What came of a check. Nothing while it is under way. */
export function CheckResult({ progress: { result, broke } }: { progress: Progress }) {
  const t = useT('check');
  if (broke !== null)
    return (
      <Notice tone="unknown" title={t('broke')}>
        <p>{t('brokeLead')}</p>
        <code>{broke}</code>
      </Notice>
    );
  if (result === null) return null;
  return result.ok ? <Holds result={result} /> : <Fails problems={result.problems} />;
}

function Holds({ result }: { result: Proven }) {
  const t = useT('check');
  const { certificate, proven, trusted, wording } = result;
  return (
    <Stack gap="md">
      <Notice tone="meets" title={t('holds')}>
        {t('holdsLead', { verdict: t(`verdict.${certificate.verdict}`) })}
      </Notice>
      <BlockToCompare block={result.block} chainId={certificate.ledger.chainId} />
      <Sentences title={t('proven')} sentences={proven} wording={wording.proven} />
      <Sentences title={t('trusted')} sentences={trusted} wording={wording.trusted} />
      <Text size="xs" c="dimmed" className="whole-id">
        {t('hashes', {
          ledger: certificate.ledger.address,
          policy: certificate.policy.hash,
          certificate: certificateHash(certificate),
        })}
      </Text>
    </Stack>
  );
}

type Told = {
  readonly title: string;
  readonly sentences: readonly string[];
  /** Of each sentence. */
  readonly wording: readonly Phrase[];
};

function Sentences({ title, sentences, wording }: Told) {
  const said = useSaid();
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <List size="sm" spacing={4} className="breaks">
        {sentences.map((sentence, index) => (
          <List.Item key={sentence}>
            <span {...said(sentence, wording[index] ?? { policy: sentence })} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}

/** So many are told in full; a damaged file may have a hundred. */
const MOST_TOLD = 5;

function Fails({ problems }: { problems: readonly BundleProblem[] }) {
  const t = useT('check');
  const more = problems.length - MOST_TOLD;
  return (
    <Notice tone="fails" title={t('fails')}>
      <p>{t('failsLead')}</p>
      <List spacing="xs" size="sm" className="breaks">
        {problems.slice(0, MOST_TOLD).map(({ code, at, detail }) => (
          <List.Item key={`${code}${at}${detail}`}>
            {t(`problem.${code}`)}{' '}
            <Text span size="xs">
              <Rich
                text={t('where', { code, place: at === '' ? t('whole') : at })}
                detail={<span lang="en">{detail}</span>}
              />
            </Text>
          </List.Item>
        ))}
      </List>
      {more > 0 && <p>{t('more', { count: more })}</p>}
    </Notice>
  );
}
