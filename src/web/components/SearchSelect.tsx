import { Select, type SelectProps } from '@mantine/core';

type SearchSelectProps = Omit<
  SelectProps,
  'searchable' | 'selectFirstOptionOnChange' | 'selectFirstOptionOnDropdownOpen'
>;

/** A list that is searched by typing: what it finds first is marked, and Enter takes it. */
export function SearchSelect(props: SearchSelectProps) {
  return (
    <Select
      {...props}
      searchable
      selectFirstOptionOnChange
      // Without it, opening the list unmarks a moment later whatever typing had found: Enter then took nothing.
      selectFirstOptionOnDropdownOpen
    />
  );
}
