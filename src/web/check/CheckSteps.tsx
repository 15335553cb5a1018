import { Progress as Bar, Group, List, Text } from '@mantine/core';
import { Mark, type Sign } from '../components/Mark.tsx';
import { type Progress, type StepState, stepStates } from './progress.ts';
import { stateWords, stepWords, words } from './words.ts';

const MARKS: Readonly<Record<StepState, { sign: Sign; tone: string }>> = {
  waiting: { sign: 'dash', tone: 'note' },
  running: { sign: 'dash', tone: 'unknown' },
  holds: { sign: 'check', tone: 'meets' },
  fails: { sign: 'cross', tone: 'fails' },
};

/** How far a check is: a bar, and each step in words. */
export function CheckSteps({ progress }: { progress: Progress }) {
  return (
    <div>
      <Bar
        value={100 * progress.share}
        aria-label={words.checking}
        transitionDuration={150}
        mb="sm"
        className="no-print"
      />
      <List listStyleType="none" spacing={4} aria-label={words.steps} p={0}>
        {stepStates(progress).map(([step, state]) => (
          <List.Item key={step} className={`${MARKS[state].tone} step-${state}`}>
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <Mark sign={MARKS[state].sign} />
              <Text size="sm" {...(state === 'waiting' && { c: 'dimmed' })}>
                {stepWords[step]} <span className="visually-hidden">({stateWords[state]})</span>
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
