import { Badge, Button, VisuallyHidden } from '@mantine/core';
import { DemoMark } from '../components/DemoMark.tsx';
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
      rightSection={me && <Standing kind={me.kind} isOpen={me.signer !== null} />}
    >
      {/* An aria-label would hide from those who listen what others see beside the name. */}
      {me && <VisuallyHidden>{t('actingAs', { name: me.name })}</VisuallyHidden>}
      <span className="cut" aria-hidden={me !== null}>
        {me ? me.name : t('nobody')}
      </span>
    </Button>
  );
}

function Standing({ kind, isOpen }: { kind: 'key' | 'wallet' | 'persona'; isOpen: boolean }) {
  const t = useT('session');
  if (kind === 'persona') return <DemoMark />;
  return isOpen ? null : (
    <Badge color="gray" variant="light" tt="none">
      {t('locked')}
    </Badge>
  );
}
