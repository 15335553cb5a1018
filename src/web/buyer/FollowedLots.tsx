import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Certificate } from '../../verification/certificate.ts';
import { get } from '../api.ts';
import { answers } from '../certificate/Verdict.tsx';
import { Day } from '../components/Day.tsx';
import { Mark } from '../components/Mark.tsx';
import { Mass } from '../components/Mass.tsx';
import { useCommodity } from '../components/names.ts';
import { ProblemText } from '../components/ProblemText.tsx';
import { readableTime, shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { usePolicyWords } from '../i18n/said.ts';
import type { Followed } from '../session/browser-store.ts';
import { useMoves } from '../session/live.ts';
import { urls } from '../urls.ts';
import { Changes } from './Changes.tsx';
import { saw, unfollow, useFollowed } from './followed.ts';
import { changesBetween, type Seen, seenOf } from './seen.ts';

/** At most four certificates a second are asked for, however busy the ledger is and however many lots are followed. */
const MS_PER_LOT = 250;
const LEAST_MS = 1_000;

/** The lots that are followed from this browser, and what changed of each. */
export function FollowedLots() {
  const t = useT('buyer');
  const lots = useFollowed();
  const moves = useMoves(Math.max(LEAST_MS, MS_PER_LOT * (lots?.length ?? 0)));
  if (!lots) return null;
  return (
    <section aria-labelledby="followed">
      <Title order={2} size="h3" id="followed" mb="xs">
        {t('followed.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t(lots.length === 0 ? 'followed.none' : 'followed.lead')}
      </Text>
      <Stack component="ul" gap="sm" className="plain-list">
        {lots.map((lot) => (
          <FollowedLot key={lot.lot} followed={lot} moves={moves} />
        ))}
      </Stack>
    </section>
  );
}

function FollowedLot({ followed, moves }: { followed: Followed; moves: number }) {
  const t = useT('buyer');
  const { lot, seen } = followed;
  const { name } = useCommodity()(followed.commodity);
  const { data: now, error } = useQuery({
    queryKey: ['followed', lot, seen.policy.id, moves],
    queryFn: async ({ signal }) =>
      seenOf(await get<Certificate>(urls.certificateJson(lot, seen.policy.id), signal)),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const changes = now ? changesBetween(seen, now) : [];
  return (
    <Card component="li" withBorder padding="md">
      <Anchor href={urls.lotUnder(lot, seen.policy.id)} fw={600}>
        {name}
      </Anchor>
      <Text size="sm">
        <Mass milligrams={followed.milligrams} /> · <span className="short-id">{shortId(lot)}</span>
      </Text>
      <VerdictThen seen={seen} />
      {error && (
        <Text size="sm">
          <Rich text={t('followed.failed')} why={<ProblemText error={error} />} />
        </Text>
      )}
      <div role="status">
        {now && changes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('followed.unchanged', { time: readableTime(now.time) })}
          </Text>
        )}
        {changes.length > 0 && (
          <>
            <Text size="sm" fw={700}>
              {t('followed.changed', { count: changes.length })}
            </Text>
            <Changes changes={changes} />
          </>
        )}
      </div>
      <Group gap="xs" mt="xs">
        {now && changes.length > 0 && (
          <Button size="xs" onClick={() => void saw(followed, now)}>
            {t('followed.saw')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          onClick={() => void unfollow(lot)}
          aria-label={t('follow.stopOf', { name })}
        >
          {t('follow.stop')}
        </Button>
      </Group>
    </Card>
  );
}

/** The verdict as of the last look: what changed since stands below it. */
function VerdictThen({ seen }: { seen: Seen }) {
  const t = useT('buyer');
  const words = usePolicyWords();
  const { sign, tone } = answers[seen.verdict];
  return (
    <p className={`answer ${tone}`}>
      <Mark sign={sign} />
      <span>
        <Rich
          text={t('followed.verdict', {
            verdict: t(`verdict.${seen.verdict}`),
            policy: words(seen.policy.name).children,
          })}
          day={<Day time={seen.time} />}
        />
      </span>
    </p>
  );
}
