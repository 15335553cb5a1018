import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { productOf } from './code.ts';
import type { Finding } from './finding.ts';

const PLAIN = { autoComplete: 'off', spellCheck: false } as const;

/** For what is typed or pasted: an id, an address, or what GS1 prints beside a code. */
export function TypeCode({ find, open }: Finding) {
  const t = useT('buyer');
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find(text);
  };
  return (
    <>
      <form onSubmit={submit}>
        <Group align="flex-end" wrap="wrap">
          <TextInput
            className="grow"
            label={t('type.label')}
            description={t('type.hint')}
            required
            withAsterisk={false}
            value={text}
            {...PLAIN}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            {t('type.open')}
          </Button>
        </Group>
      </form>
      <details>
        <summary>{t('serial.open')}</summary>
        <TypeSerial open={open} />
      </details>
    </>
  );
}

/** A serial number is one maker's own: it means something beside the GTIN of the product alone. */
function TypeSerial({ open }: Pick<Finding, 'open'>) {
  const t = useT('buyer');
  const [gtin, setGtin] = useState('');
  const [serial, setSerial] = useState('');
  const [wasWrong, setWasWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named = productOf(gtin.replaceAll(/[\s-]/g, ''), serial.trim());
    setWasWrong(named.kind === 'nothing');
    open(named);
  };
  const common = { required: true, withAsterisk: false, className: 'grow', ...PLAIN } as const;
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" wrap="wrap" mt="xs">
        <TextInput
          {...common}
          label={t('serial.gtin')}
          inputMode="numeric"
          value={gtin}
          onChange={(event) => setGtin(event.currentTarget.value)}
          error={wasWrong && t('serial.wrong')}
        />
        <TextInput
          {...common}
          label={t('serial.serial')}
          value={serial}
          onChange={(event) => setSerial(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('type.open')}
        </Button>
      </Group>
    </form>
  );
}
