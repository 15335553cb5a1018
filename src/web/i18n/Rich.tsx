import { Fragment, type ReactNode } from 'react';

/** A message with elements in it: each `<name/>` of the text is replaced by the element of that name. */
export function Rich({ text, ...parts }: { text: string; [name: string]: ReactNode }) {
  return text.split(/<(\w+)\/>/).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text keep their order
    <Fragment key={index}>{index % 2 === 0 ? piece : parts[piece]}</Fragment>
  ));
}
