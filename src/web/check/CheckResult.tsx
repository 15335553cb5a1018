import { List, Stack, Text, Title } from '@mantine/core';
import type { BundleProblem } from '../../verification/bundle/problems.ts';
import type { BundleResult } from '../../verification/bundle/verify.ts';
import { certificateHash } from '../../verification/certificate-hash.ts';
import { verdicts } from '../certificate/Verdict.tsx';
import { Notice } from '../components/Notice.tsx';
import { BlockToCompare } from './BlockToCompare.tsx';
import type { Progress } from './progress.ts';
import { problemWords, words } from './words.ts';

type Proven = Extract<BundleResult, { ok: true }>;

/** What came of a check. Nothing while it is under way. */
export function CheckResult({ progress: { result, broke } }: { progress: Progress }) {
  if (broke !== null)
    return (
      <Notice tone="unknown" title={words.broke}>
        <p>{words.brokeLead}</p>
        <code>{broke}</code>
      </Notice>
    );
  if (result === null) return null;
  return result.ok ? <Holds result={result} /> : <Fails problems={result.problems} />;
}

function Holds({ result }: { result: Proven }) {
  const { certificate, proven, trusted } = result;
  return (
    <Stack gap="md">
      <Notice tone="meets" title={words.holds}>
        {words.holdsLead(verdicts[certificate.verdict].title)}
      </Notice>
      <BlockToCompare block={result.block} chainId={certificate.ledger.chainId} />
      <Sentences title={words.proven} sentences={proven} />
      <Sentences title={words.trusted} sentences={trusted} />
      <Text size="xs" c="dimmed" className="whole-id">
        {words.ledger} {certificate.ledger.address} · {words.policyHash} {certificate.policy.hash} ·{' '}
        {words.certificateHash} {certificateHash(certificate)}
      </Text>
    </Stack>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <List size="sm" spacing={4} className="breaks">
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </div>
  );
}

/** So many are told in full; a damaged file may have a hundred. */
const MOST_TOLD = 5;

function Fails({ problems }: { problems: readonly BundleProblem[] }) {
  const more = problems.length - MOST_TOLD;
  return (
    <Notice tone="fails" title={words.fails}>
      <p>{words.failsLead}</p>
      <List spacing="xs" size="sm" className="breaks">
        {problems.slice(0, MOST_TOLD).map(({ code, at, detail }) => (
          <List.Item key={`${code}${at}${detail}`}>
            {problemWords[code]}{' '}
            <Text span size="xs">
              <code>{code}</code>
              {at !== '' && (
                <>
                  {' '}
                  {words.at} <code>{at}</code>
                </>
              )}
              : {detail}
            </Text>
          </List.Item>
        ))}
      </List>
      {more > 0 && <p>{words.more(more)}</p>}
    </Notice>
  );
}
