import { Text } from '@mantine/core';
import { PartyById } from '../components/by-id.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import type { Audience, Paper } from './draft.ts';

/** The evidence that goes with a statement, and who will see each field of it. */
export function PapersInWords({ papers }: { papers: readonly Paper[] }) {
  const t = useT('session');
  if (papers.length === 0) return null;
  return (
    <section aria-label={t('sign.papers')}>
      <Text size="sm" fw={600}>
        {t('sign.papers')}
      </Text>
      <ul className="plain-list scrolled">
        {papers.flatMap(({ root, fields }) =>
          fields.map(({ path, value, audience }) => (
            <li key={`${root}${path}`} className="whole-id">
              <Text size="sm">
                <strong>{path}</strong>: {typeof value === 'string' ? value : JSON.stringify(value)} (
                <WhoSees audience={audience} />)
              </Text>
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

function WhoSees({ audience }: { audience: Audience }) {
  const t = useT('session');
  if (typeof audience === 'string') return t(`sign.${audience}`);
  const names = audience.map((party, index) => (
    <span key={party}>
      {index > 0 && ', '}
      <PartyById id={party} />
    </span>
  ));
  return <Rich text={t('sign.shared')} names={names} />;
}
