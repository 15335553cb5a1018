import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { linkIn } from './lot-link.ts';

/** Leads to a certificate from what a person typed, pasted or had scanned. */
export function FindLot() {
  const t = useT('common');
  const [text, setText] = useState('');
  const [wasWrong, setWasWrong] = useState(false);
  const open = (event: FormEvent) => {
    event.preventDefault();
    const link = linkIn(text);
    setWasWrong(link === null);
    if (link !== null) location.assign(link);
  };
  return (
    <form onSubmit={open}>
      <Group align="flex-end" wrap="wrap">
        <TextInput
          className="grow"
          label={t('home.ask')}
          description={t('home.askHint')}
          required
          withAsterisk={false}
          value={text}
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          onChange={(event) => setText(event.currentTarget.value)}
          error={wasWrong && t('home.notAnId', { found: text.trim().length })}
        />
        <Button type="submit">{t('home.open')}</Button>
      </Group>
    </form>
  );
}
