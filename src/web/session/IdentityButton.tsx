import { Badge, Button } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { isChoosing } from './choosing.ts';
import { session } from './identity.ts';
import { useStore } from './store.ts';

/** Who acts here, in the header; opens the choice. */
export function IdentityButton() {
  const t = useT('session');
  const { me } = useStore(session);
  return (
    <Button
      variant={me ? 'default' : 'filled'}
      size="sm"
      className="identity-button"
      onClick={() => isChoosing.set(true)}
      aria-label={me ? t('actingAs', { name: me.name }) : undefined}
      rightSection={me && <Standing kind={me.kind} isOpen={me.signer !== null} />}
    >
      <span className="cut">{me ? me.name : t('nobody')}</span>
    </Button>
  );
}

function Standing({ kind, isOpen }: { kind: 'key' | 'wallet' | 'persona'; isOpen: boolean }) {
  const t = useT('session');
  if (kind === 'persona')
    return (
      <Badge color="yellow" variant="light" tt="none">
        {t('demoBadge')}
      </Badge>
    );
  return isOpen ? null : (
    <Badge color="gray" variant="light" tt="none">
      {t('locked')}
    </Badge>
  );
}
