import {
  Alert,
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  Loader,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Delegation } from '../../api/schemas/parties.ts';
import { type Scope, scopes } from '../../protocol/codes.ts';
import { type Hex, hex } from '../../protocol/hex.ts';
import { keepEnter } from '../components/keep-enter.ts';
import { readableDay, readableList } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useClient } from '../session/client.ts';
import { type Ground, useGround } from '../session/ground.ts';
import { LEDGER } from '../session/queries.ts';
import { askToSign } from '../signing/ask.ts';
import { useMe } from './me.ts';

const DAY = 86_400;
const SCOPES = Object.keys(scopes) as Scope[];

/** Accounts that sign for a party: a telephone at the gate, a colleague, a program. */
export function DelegatesPage() {
  const t = useT('supplier');
  const { me } = useMe();
  const { client, reader } = useClient();
  const ground = useGround();
  const { data } = useQuery({
    queryKey: [LEDGER, reader, 'delegations', me.party],
    queryFn: async () => (await client.delegations(me.party, { limit: 200 })).items,
  });
  if (!data || !ground) return <Loader aria-label={t('common:loading')} />;
  return (
    <Stack>
      <Title order={1}>{t('delegates.title')}</Title>
      <Text>{t('delegates.lead')}</Text>
      {data.length === 0 && <Text>{t('delegates.none')}</Text>}
      <Stack component="ul" className="plain-list" gap="xs">
        {data.map((delegation) => (
          <Row key={delegation.statement} delegation={delegation} party={me.party} ground={ground} />
        ))}
      </Stack>
      <DelegateForm party={me.party} ground={ground} />
    </Stack>
  );
}

type RowProps = { readonly delegation: Delegation; readonly party: Hex; readonly ground: Ground };

function Row({ delegation: { delegate, scope, endsAt, standing }, party, ground }: RowProps) {
  const t = useT('supplier');
  const isInForce = standing === 'in-force';
  return (
    <Card component="li" withBorder padding="sm">
      <Group justify="space-between">
        <code className="whole-id">{delegate}</code>
        <Badge variant="light" tt="none" color={isInForce ? 'lode' : 'gray'}>
          {t(isInForce ? 'delegates.until' : 'delegates.ended', { day: readableDay(endsAt) })}
        </Badge>
      </Group>
      <Text size="sm">{readableList(scope.map((term) => t(`terms:scope.${term}`)))}</Text>
      {isInForce && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => void askToDelegate(ground, { party, delegate, scope: 0, until: 0 })}
        >
          {t('delegates.end')}
        </Button>
      )}
    </Card>
  );
}

type Delegating = {
  readonly party: Hex;
  readonly delegate: Hex;
  readonly scope: number;
  readonly until: number;
};

function askToDelegate(ground: Ground, { party, delegate, scope, until }: Delegating) {
  const now = ground.now();
  const times = { validUntil: until, issuedAt: now, recordBy: now + ground.recordBySeconds };
  return askToSign({
    statement: { type: 'Delegation', message: { party, delegate, scope, ...times } },
    papers: [],
  });
}

function DelegateForm({ party, ground }: { party: Hex; ground: Ground }) {
  const t = useT('supplier');
  const [account, setAccount] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(['production', 'dispatch', 'receipt']);
  const [day, setDay] = useState(() =>
    new Date((ground.now() + 365 * DAY) * 1000).toISOString().slice(0, 10),
  );
  const [wasTried, setWasTried] = useState(false);
  const isAccount = /^0x[0-9a-fA-F]{40}$/.test(account.trim());
  const until = Math.floor(Date.parse(`${day}T00:00Z`) / 1000);
  const isRight = isAccount && chosen.length > 0 && until > ground.now();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWasTried(!isRight);
    if (!isRight) return;
    const scope = SCOPES.filter((term) => chosen.includes(term)).reduce((sum, term) => sum + scopes[term], 0);
    if (await askToDelegate(ground, { party, delegate: hex(account.trim()), scope, until })) setAccount('');
  };
  return (
    <form onSubmit={(event) => void submit(event)} onKeyDown={keepEnter}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t('delegates.add')}
        </Title>
        <TextInput
          label={t('delegates.account')}
          required
          value={account}
          error={account !== '' && !isAccount && t('delegates.accountWrong')}
          onChange={(event) => setAccount(event.currentTarget.value)}
        />
        <Checkbox.Group label={t('delegates.scope')} value={[...chosen]} onChange={setChosen}>
          <Group mt={6}>
            {SCOPES.map((term) => (
              <Checkbox key={term} value={term} label={t(`terms:scope.${term}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <TextInput
          type="date"
          label={t('delegates.last')}
          required
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {wasTried && (
          <Alert color="red" role="alert">
            {t('incomplete')}
          </Alert>
        )}
        <Button type="submit">{t('review')}</Button>
      </Stack>
    </form>
  );
}
