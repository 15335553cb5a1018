import { Button, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { usePolicyWords } from '../i18n/said.ts';
import type { Followed } from '../session/browser-store.ts';
import { Changes } from './Changes.tsx';
import { follow, MOST_FOLLOWED, saw, unfollow, useFollowed } from './followed.ts';
import { type Change, changesBetween, seenOf } from './seen.ts';

/** Follows the lot of a certificate from this browser; a reader who does is told what changed since the last look. */
export function FollowLot({ certificate }: { certificate: Certificate }) {
  const t = useT('buyer');
  const words = usePolicyWords();
  const lots = useFollowed();
  const { lot, policy } = certificate;
  const mine = lots?.find((each) => each.lot === lot.id);
  const news = useNews(mine, certificate);
  const isUnderThis = mine?.seen.policy.id === policy.id;
  if (!lots) return null;
  if (!mine && lots.length >= MOST_FOLLOWED) return <Text size="sm">{t('follow.full')}</Text>;
  return (
    <div>
      {news && news.changes.length > 0 && (
        <div role="status">
          <Text size="sm" fw={700}>
            <Rich text={t('follow.since')} day={<Day time={news.since} />} />
          </Text>
          <Changes changes={news.changes} />
        </div>
      )}
      {mine && !isUnderThis && (
        <Text size="sm">{t('follow.otherPolicy', { policy: words(mine.seen.policy.name).children })}</Text>
      )}
      {mine && isUnderThis ? (
        <Button variant="default" onClick={() => void unfollow(lot.id)}>
          {t('follow.stop')}
        </Button>
      ) : (
        <Button variant="default" className="wrapping" onClick={() => void follow(certificate)}>
          {t(mine ? 'follow.underThis' : 'follow.start')}
        </Button>
      )}
      <Text size="xs" c="dimmed" mt={4}>
        {t('follow.lead')}
      </Text>
    </div>
  );
}

type News = { readonly since: number; readonly changes: readonly Change[] };

/** What changed since the last look, which this one becomes: told once, for as long as the page is open. */
function useNews(mine: Followed | undefined, certificate: Certificate): News | null {
  const [news, setNews] = useState<News | null>(null);
  const wasTold = useRef(false);
  useEffect(() => {
    if (wasTold.current || !mine || mine.seen.policy.id !== certificate.policy.id) return;
    wasTold.current = true;
    const now = seenOf(certificate);
    setNews({ since: mine.seen.time, changes: changesBetween(mine.seen, now) });
    void saw(mine, now);
  }, [mine, certificate]);
  return news;
}
